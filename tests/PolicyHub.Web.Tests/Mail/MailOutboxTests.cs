using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Mails;
using PolicyHub.Records.People;
using PolicyHub.Records.Storage;
using PolicyHub.Testing;
using PolicyHub.Web.Tests.Propose;

namespace PolicyHub.Web.Tests.Mail;

/// <summary>E-mail that waits: it outlives a process and a server that is away, and goes once.</summary>
public sealed class MailOutboxTests
{
    [Fact]
    public async Task Send_SiteEndsBeforeTheServerIsBack_IsDeliveredByTheNextProcess()
    {
        var port = SmtpListener.FreePort();
        await using var city = await ChangeSite.StartAsync(MailSite.Settings(port));
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        await AddressAsync(city);
        var proposal = await city.SendAsync(author);
        await city.EndAsync();

        await using var server = new SmtpListener(port: port);
        var settings = MailSite.Settings(port).ToDictionary(pair => pair.Key.Replace(":", "__", StringComparison.Ordinal), pair => pair.Value!, StringComparer.Ordinal);
        await using var next = PolicyHubProcess.Start(["--data", city.Data, "--urls", "http://127.0.0.1:0"], settings);
        await next.ListeningAsync();

        var mail = await server.NextAsync();
        Assert.Contains("RCPT TO:<sample-approver@riverton.example>", mail, StringComparison.Ordinal);
        Assert.Contains($"https://policies.riverton.example/changes/{proposal.Id}", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ServerAwayForHours_IsDeliveredWhenItIsBack()
    {
        var port = SmtpListener.FreePort();
        await using var city = await MailSite.StartAsync(MailSite.Settings(port));
        await city.SendAsync("a@riverton.example", "first");
        await city.SendAsync("b@riverton.example", "second");
        var health = await city.HealthAsync(said => said.Contains("\"mail\",\"status\":\"Degraded\"", StringComparison.Ordinal), TimeSpan.Zero);
        Assert.Contains("can't be delivered to the server 127.0.0.1", health, StringComparison.Ordinal);
        for (var minutes = 0; minutes < 10 * 60; minutes += 10)
        {
            city.Advance(TimeSpan.FromMinutes(10));
            await Task.Delay(10);
        }

        await using var server = new SmtpListener(port: port);
        string[] came = [await city.UntilAsync(server.NextAsync(), TimeSpan.FromMinutes(5)), await city.UntilAsync(server.NextAsync(), TimeSpan.FromMinutes(5))];

        Assert.Equal(["Subject: first", "Subject: second"], came.Select(mail => mail.Split('\n').Single(line => line.StartsWith("Subject", StringComparison.Ordinal)).Trim()).Order(StringComparer.Ordinal));
        await city.HealthAsync(said => said.Contains("\"mail\",\"status\":\"Healthy\"", StringComparison.Ordinal), TimeSpan.Zero);
    }

    [Fact]
    public async Task Send_ServerAwayForDays_IsGivenUpAndTold()
    {
        await using var city = await MailSite.StartAsync(MailSite.Settings(SmtpListener.FreePort()));
        await city.SendAsync("a@riverton.example", "first");
        await using var db = await city.Site.Services.GetRequiredService<IDbContextFactory<RecordsDb>>().CreateDbContextAsync();
        var begun = city.Clock.GetUtcNow();
        var pauses = new List<TimeSpan>();
        for (var looked = 0; looked < 3000 && await db.Set<WaitingMail>().AsNoTracking().SingleOrDefaultAsync() is { } mail; looked++)
        {
            // Held by nobody, and put off for long: to then.
            if (mail.Due - city.Clock.GetUtcNow() is var pause && pause > MailBook.HeldFor)
            {
                pauses.Add(pause);
                city.Advance(pause);
            }

            city.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10);
        }

        var left = await db.Set<WaitingMail>().AsNoTracking().SingleOrDefaultAsync();
        Assert.True(left is null, $"{left?.Tries} tries, due {left?.Due:O} at {city.Clock.GetUtcNow():O}, {string.Join(' ', pauses)}");
        Assert.Equal((7, true), (pauses.Count, pauses.SequenceEqual(pauses.Order())));
        Assert.InRange(city.Clock.GetUtcNow() - begun, TimeSpan.FromDays(1.5), TimeSpan.FromDays(3));
        Assert.Single(await db.Set<AuditEntry>().Where(entry => entry.What == "mail-given-up").ToListAsync());
    }

    [Fact]
    public async Task Deliver_TwoProcessesOnOneDatabase_SendEachMailOnce()
    {
        const int many = 60;
        using var records = await TestRecords.NoneYetAsync(RecordsProvider.PostgreSql);
        await using var server = new SmtpListener();
        (string, string?)[] settings = [.. MailSite.Settings(server.Port), ("PolicyHub:Database", records.Location.Connection)];
        await using var city = await MailSite.StartAsync(settings);
        await using var other = await city.AlsoAsync(settings);
        var both = new[] { city.Site, other }.Select(site => site.Services.GetRequiredService<Web.Mail.MailPost>()).ToList();
        await Task.WhenAll(Enumerable.Range(0, many).Select(number =>
            both[number % 2].SendAsync(new Web.Mail.HubMail(null, "a@riverton.example", $"mail {number}", "x"), CancellationToken.None)));
        var came = new List<string>();
        while (came.Count < many)
        {
            came.Add(await city.UntilAsync(server.NextAsync(), TimeSpan.FromSeconds(1)));
        }

        // Whoever would send one twice has time for it.
        for (var minutes = 0; minutes < 10; minutes++)
        {
            city.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(20);
        }

        Assert.Equal(0, server.Count);
        Assert.Equal(many, came.Select(mail => mail.Split('\n').Single(line => line.StartsWith("Subject", StringComparison.Ordinal))).Distinct().Count());
        Assert.Equal(many, came.Select(mail => mail.Split('\n').Single(line => line.StartsWith("Message-ID", StringComparison.Ordinal))).Distinct().Count());
    }

    [Theory]
    [InlineData(RecordsProvider.Sqlite)]
    [InlineData(RecordsProvider.PostgreSql)]
    public async Task Take_HolderIsKilled_IsDueAgainForAnother(RecordsProvider provider)
    {
        using var records = await TestRecords.OpenAsync(provider);
        var clock = new TestClock(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));
        using var log = new AuditLog(records, clock);
        var book = new MailBook(records, log, clock);
        await book.AddAsync(null, "a@riverton.example", "first", "x", CancellationToken.None);
        var held = await book.TakeAsync(CancellationToken.None);

        Assert.Equal(1, held!.Tries);
        Assert.Null(await book.TakeAsync(CancellationToken.None));
        clock.Advance(MailBook.HeldFor);
        var again = await book.TakeAsync(CancellationToken.None);
        Assert.Equal((held.Id, 2), (again!.Id, again.Tries));

        // Whoever held it before does not move it any more.
        await book.PutOffAsync(held, TimeSpan.Zero, CancellationToken.None);
        Assert.Null(await book.TakeAsync(CancellationToken.None));
        await book.DeliveredAsync(again, CancellationToken.None);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await book.TakeAsync(CancellationToken.None));
    }

    private static async Task AddressAsync(ChangeSite city)
    {
        var accounts = city.Site.Services.GetRequiredService<AccountBook>();
        foreach (var person in (await accounts.ListAsync("", 0, 10, CancellationToken.None)).People)
        {
            await accounts.ChangeAsync(person.Id, "changed", known => known.Email = $"{person.UserName}@riverton.example", AuditActor.CommandLine, CancellationToken.None);
        }
    }
}
