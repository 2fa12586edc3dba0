using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Testing;
using PolicyHub.Web.Mail;

namespace PolicyHub.Web.Tests.Mail;

/// <summary>A site that sends e-mail to a server of the test, with a clock that the test moves.</summary>
internal sealed class MailSite : IAsyncDisposable
{
    private readonly TestRepository repository = new TestRepository().Commit("First", "a.md", "# Apples\n").Flush();

    private MailSite()
    {
    }

    public TestClock Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));

    public RunningSite Site { get; private set; } = null!;

    public static (string Key, string? Value)[] Settings(int port, bool tls = false) =>
    [
        ("PolicyHub:Mail:Host", "127.0.0.1"), ("PolicyHub:Mail:Port", port.ToString(CultureInfo.InvariantCulture)), ("PolicyHub:Mail:Tls", tls ? "true" : "false"),
        ("PolicyHub:Mail:From", "hub@riverton.example"), ("PolicyHub:Mail:Site", "https://policies.riverton.example/"),
    ];

    public static async Task<MailSite> StartAsync(params (string Key, string? Value)[] settings)
    {
        var made = new MailSite();
        made.Site = await made.AlsoAsync(settings);
        return made;
    }

    /// <summary>Another process, as it were; of a setting that is given twice the last counts.</summary>
    public Task<RunningSite> AlsoAsync(params (string Key, string? Value)[] settings) =>
        RunningSite.StartAsync(Clock, [("PolicyHub:Library", repository.Folder), .. settings.GroupBy(pair => pair.Key).Select(group => group.Last())]);

    public Task SendAsync(string to, string subject, string text = "x") =>
        Site.Services.GetRequiredService<MailPost>().SendAsync(new HubMail(null, to, subject, text), CancellationToken.None);

    /// <summary>Moves the clock, and lets the site look at once what is due by then: its own looks come at real times.</summary>
    public void Advance(TimeSpan by)
    {
        Clock.Advance(by);
        Site.Services.GetRequiredService<MailRoundSignal>().Set();
    }

    /// <summary>Lets time pass until something has come.</summary>
    public async Task<T> UntilAsync<T>(Task<T> comes, TimeSpan step)
    {
        for (var steps = 0; !comes.IsCompleted && steps < 2000; steps++)
        {
            Advance(step);
            await Task.WhenAny(comes, Task.Delay(20));
        }

        return await comes;
    }

    /// <summary>Lets time pass until health has something to say, or nothing any more.</summary>
    public async Task<string> HealthAsync(Func<string, bool> isAsWanted, TimeSpan step)
    {
        for (var steps = 0; steps < 2000; steps++)
        {
            var health = await Site.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative));
            if (isAsWanted(health))
            {
                return health;
            }

            Advance(step);
            await Task.Delay(20);
        }

        throw new TimeoutException("Health did not become as wanted.");
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        repository.Dispose();
    }
}
