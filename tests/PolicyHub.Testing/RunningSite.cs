using System.Diagnostics;
using System.Text.Json;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PolicyHub.Content.Editions;
using PolicyHub.Web.Hosting;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Testing;

/// <summary>The real site on a real port of this machine, over a folder or a repository.</summary>
public sealed class RunningSite : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TemporaryFolder data;

    private RunningSite(WebApplication app, TemporaryFolder data)
    {
        this.app = app;
        this.data = data;
        Address = new Uri(app.Urls.First());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    /// <summary>Follows no redirect and keeps no cookie.</summary>
    public HttpClient Client { get; }

    public Edition Edition => app.Services.GetRequiredService<CurrentEdition>().Value;

    public IServiceProvider Services => app.Services;

    /// <summary>The folder of this site's state.</summary>
    public string Data => data.Path;

    /// <summary>Starts a site with settings such as <c>("PolicyHub:Library", path)</c>; its data folder is its own unless set.</summary>
    public static Task<RunningSite> StartAsync(TimeProvider? clock, params (string Key, string? Value)[] settings) =>
        StartAsync(clock, _ => { }, settings);

    /// <param name="prepare">Adds to the site what a test needs, before it starts.</param>
    public static async Task<RunningSite> StartAsync(TimeProvider? clock, Action<WebApplication> prepare, params (string Key, string? Value)[] settings)
    {
        ArgumentNullException.ThrowIfNull(prepare);
        var state = new TemporaryFolder();
        var site = HubApp.Build([], builder =>
        {
            // Open on this machine, as nearly all that a test looks at is what staff read; a test about people closes it.
            builder.Environment.EnvironmentName = Environments.Development;
            builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0"), new("PolicyHub:Data", state.Path), new("PolicyHub:SignIn:Open", "true")]);
            builder.Configuration.AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));
            builder.Logging.ClearProviders();

            // The framework looks the registrations over in Development only; every test does.
            builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = provider.ValidateScopes = true);
            if (clock is not null)
            {
                builder.Services.Replace(ServiceDescriptor.Singleton(clock));
            }
        });
        prepare(site);
        await site.StartAsync();
        return new RunningSite(site, state);
    }

    /// <summary>A site that shows a folder as it is.</summary>
    public static Task<RunningSite> PreviewAsync(string folder, TimeProvider? clock = null) =>
        StartAsync(clock, ("PolicyHub:Preview", folder));

    /// <summary>A page, parsed; its status is not looked at.</summary>
    public async Task<IDocument> GetPageAsync(string address)
    {
        using var response = await Client.GetAsync(new Uri(address, UriKind.Relative));
        return await ParseAsync(response);
    }

    /// <summary>Asks for an address until its answer is as wanted.</summary>
    /// <exception cref="TimeoutException">It was not, for as long as one was ready to wait.</exception>
    public async Task UntilAsync(string address, Func<string, bool> isAsWanted, TimeSpan patience)
    {
        ArgumentNullException.ThrowIfNull(isAsWanted);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < patience)
        {
            using var response = await Client.GetAsync(new Uri(address, UriKind.Relative));
            if (isAsWanted(await response.Content.ReadAsStringAsync()))
            {
                return;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException($"{address} did not become as wanted within {patience}.");
    }

    /// <summary>Whether health has nothing to say but that the audit log is not anchored, as it is on every site whose library has no remote.</summary>
    public static bool IsWell(string health)
    {
        ArgumentNullException.ThrowIfNull(health);
        using var report = JsonDocument.Parse(health);
        return report.RootElement.GetProperty("checks").EnumerateArray()
            .All(check => check.GetProperty("name").GetString() == "audit" || check.GetProperty("status").GetString() == "Healthy");
    }

    public static async Task<IDocument> ParseAsync(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        var html = await response.Content.ReadAsStringAsync();
        return new HtmlParser(default, BrowsingContext.New(Configuration.Default)).ParseDocument(html);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        data.Dispose();
    }
}
