using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using PolicyHub.Testing;
using PolicyHub.Web.Hosting;
using PolicyHub.Web.Security;

namespace PolicyHub.Web.Tests.Security;

/// <summary>What people type stands in no log, at any level, in no trace and in no referrer.</summary>
public sealed class QueryLeakTests
{
    private const string Typed = "zanzibarquestion";

    private static readonly string[] Searches =
    [
        $"/search?q={Typed}", $"/search?q={Typed}&part=results", $"/search?q={Typed}&plain=1", $"/search/section?read=a&q={Typed}", $"/api/search?q={Typed}",
        $"/docs/a?q={Typed}", $"/docs/moved/a?q={Typed}", $"/search/gap?q={Typed}", $"/search?kind=nonsense&q={Typed}", $"/api/search?limit=x&q={Typed}", $"/nothing?q={Typed}", $"/fails?q={Typed}",
        $"/search?q={Typed}&kind[%00={Typed}",
    ];

    [Fact]
    public async Task Search_WithEverythingLogged_StandsInNoLogAndNoTrace()
    {
        var written = new ConcurrentQueue<string>();
        var loggers = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        using var listener = Listen(written);
        using var repository = new TestRepository().Commit("First", "a.md", "# A\n").Flush();
        using var data = new TemporaryFolder();
        await using var site = HubApp.Build([], builder =>
        {
            builder.Environment.EnvironmentName = "Development";
            builder.Configuration.AddInMemoryCollection(
            [
                new("urls", "http://127.0.0.1:0"), new("PolicyHub:SignIn:Open", "true"), new("PolicyHub:Data", data.Path), new("PolicyHub:Library", repository.Folder),
                // Whatever the settings ask for, and however exactly.
                new("Logging:LogLevel:Default", "Trace"), new("Logging:LogLevel:Microsoft.AspNetCore", "Trace"),
                new("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "Trace"), new("Logging:Keeping:LogLevel:Default", "Trace"),
                new("Logging:Keeping:LogLevel:Microsoft.AspNetCore.Mvc.RazorPages", "Trace"), new("Logging:Keeping:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "Trace"),
            ]);
            builder.Logging.ClearProviders().AddProvider(new KeepingProvider(written, loggers));
        });
        site.MapGet("/fails", string () => throw new InvalidOperationException("It failed."));
        await site.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(site.Urls.First()) };

        foreach (var asked in Searches)
        {
            using var answer = await client.GetAsync(asked);
            _ = await answer.Content.ReadAsStringAsync();
        }

        using var told = await client.PostAsync("/api/search/outcome", new FormUrlEncodedContent([new("q", Typed), new("outcome", "none")]));
        using var reported = await client.PostAsync("/search/gap", new FormUrlEncodedContent([new("q", Typed)]));
        await site.StopAsync();

        Assert.Contains("Microsoft.AspNetCore.Routing.EndpointMiddleware", loggers.Keys); // Everything was listened to.
        Assert.Contains(written, line => line.StartsWith("activity", StringComparison.Ordinal));
        Assert.Contains(written, line => line.Contains("It failed.", StringComparison.Ordinal));
        Assert.DoesNotContain(written, line => line.Contains(Typed, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Search_WithoutOurRules_WouldStandInTheLog()
    {
        // The test above can fail: the same loggers, asked by a host without the rules, write the query.
        var written = new ConcurrentQueue<string>();
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Trace", "--Logging:LogLevel:Microsoft.AspNetCore", "Trace"]);
        builder.Logging.ClearProviders().AddProvider(new KeepingProvider(written, new ConcurrentDictionary<string, bool>(StringComparer.Ordinal)));
        await using var site = builder.Build();
        site.MapGet("/search", string () => "");
        await site.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(site.Urls.First()) };

        _ = await client.GetStringAsync("/search?q=" + Typed);

        Assert.Contains(written, line => line.Contains(Typed, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/search?q=" + Typed)]
    [InlineData("/docs/policies/late-fees?q=" + Typed)]
    [InlineData("/search/gap?q=" + Typed)]
    [InlineData("/search?kind=nonsense&q=" + Typed)]
    public async Task Get_PageWithAQuery_SendsNoReferrerAndEchoesNothingElsewhere(string asked)
    {
        using var repository = new TestRepository().Commit("First", "policies/late-fees.md", "# A\n\n[Out](https://other.example/)\n").Flush();
        await using var site = await RunningSite.StartAsync(null, ("PolicyHub:Library", repository.Folder));
        using var answer = await site.Client.GetAsync(asked);
        var page = await RunningSite.ParseAsync(answer);

        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Empty(page.QuerySelectorAll("[referrerpolicy], meta[name=referrer]"));
        Assert.DoesNotContain(answer.Headers, header => header.Value.Any(value => value.Contains(Typed, StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain(page.QuerySelectorAll("a[href^=http]"), link => link.GetAttribute("href")!.Contains(Typed, StringComparison.Ordinal));
    }

    [Fact]
    public void PostConfigure_RulesOfAProvider_GiveWay()
    {
        var options = new LoggerFilterOptions();
        options.Rules.Add(new LoggerFilterRule("Console", "Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Trace, null));
        options.Rules.Add(new LoggerFilterRule("Console", null, LogLevel.Trace, null));

        new QueriesOutOfLogs().PostConfigure(null, options);

        Assert.DoesNotContain(options.Rules, rule => rule.CategoryName is not null && rule.LogLevel < LogLevel.Warning);
        Assert.Contains(options.Rules, rule => rule is { ProviderName: "Console", CategoryName: "Microsoft.AspNetCore.Hosting.Diagnostics" });
    }

    private static ActivityListener Listen(ConcurrentQueue<string> written)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                // The client of this test stands for the caller: what it knows of its own requests is no trace of the site.
                if (activity.Source.Name != "System.Net.Http")
                {
                    var tags = activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}")
                        .Concat(activity.Events.SelectMany(happened => happened.Tags.Select(tag => $"{tag.Key}={tag.Value}")))
                        .Concat(activity.Baggage.Select(item => $"{item.Key}={item.Value}"));
                    written.Enqueue($"activity {activity.Source.Name} {activity.DisplayName} {string.Join(' ', tags)}");
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private sealed class KeepingProviderScope : IDisposable
    {
        public void Dispose()
        {
            // A scope ends; its words were taken when it began.
        }
    }

    /// <summary>Keeps all that is logged: message, values, scopes and exceptions.</summary>
    [ProviderAlias("Keeping")]
    private sealed class KeepingProvider(ConcurrentQueue<string> written, ConcurrentDictionary<string, bool> loggers) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new KeepingLogger(categoryName, written, loggers);

        public void Dispose()
        {
            // Nothing is held.
        }
    }

    private sealed class KeepingLogger(string category, ConcurrentQueue<string> written, ConcurrentDictionary<string, bool> loggers) : ILogger
    {
        public IDisposable BeginScope<TState>(TState state)
            where TState : notnull
        {
            written.Enqueue($"{category} scope {Values(state)}");
            return new KeepingProviderScope();
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            loggers[category] = true;
            written.Enqueue($"{category} {logLevel} {formatter(state, exception)} {Values(state)} {exception}");
        }

        private static string Values(object? state) => state is IEnumerable<KeyValuePair<string, object?>> values
            ? string.Join(' ', values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Key}={value.Value}")))
            : $"{state}";
    }
}
