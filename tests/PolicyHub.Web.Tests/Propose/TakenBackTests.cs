using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Records.Proposals;
using PolicyHub.Testing;
using PolicyHub.Web.Tests.Mail;

namespace PolicyHub.Web.Tests.Propose;

/// <summary>An urgent text is taken back: whoever saw it is told, and nobody else hears who that was.</summary>
public sealed class TakenBackTests
{
    private const string Document = "/docs/policies/utility-billing/fees";

    private const string Pane = "/search/section?read=policies/utility-billing/fees&q=";

    private const string Note = ".bar-told .taken-back";

    [Fact]
    public async Task Reject_AnUrgentText_TellsThoseWhoSawItUntilTheyPutItAway()
    {
        await using var city = await ChangeSite.StartAsync();
        using var reader = await Browsing.AsAsync(city.Site, "reader");
        using var lead = await Browsing.AsAsync(city.Site, "lead");
        using var administrator = await Browsing.AsAsync(city.Site, "administrator");
        var proposal = await UrgentAsync(city);

        // One reads the page, one the pane beside the results of a search, one nothing of it.
        await UntilAsync(reader, Document, page => Says(page, "ten dollars"));
        Assert.NotNull((await reader.GetAsync(Document)).QuerySelector(".bar-urgent"));
        Assert.NotNull((await lead.GetAsync(Pane)).QuerySelector(".pane-head .bar-urgent"));
        Assert.Null((await reader.GetAsync("/")).QuerySelector(Note));

        city.Clock.Advance(TimeSpan.FromMinutes(90));
        await RejectAsync(city, proposal);
        var told = await UntilAsync(reader, "/", page => page.QuerySelector(Note) is not null);
        var note = told.QuerySelector(Note)!;
        Assert.Contains("Late fees", note.TextContent, StringComparison.Ordinal);
        Assert.Contains("It was in effect from 2 Mar 2026, 9 am until 2 Mar 2026, 10:30 am.", note.TextContent, StringComparison.Ordinal);
        Assert.Contains("In effect again", note.TextContent, StringComparison.Ordinal);
        Assert.Equal(Document, note.QuerySelector(".notice-head a")!.GetAttribute("href"));
        Assert.NotNull((await UntilAsync(lead, "/browse", page => page.QuerySelector(Note) is not null)).QuerySelector(Note));
        Assert.Null((await administrator.GetAsync("/")).QuerySelector(Note));
        var back = await UntilAsync(reader, Document, page => Says(page, "twenty dollars"));
        Assert.Null(back.QuerySelector(".bar-urgent"));

        // It is theirs alone: among what is kept about them, and in nobody else's hands.
        Assert.Contains("\"seen\": [", await DownloadAsync(reader), StringComparison.Ordinal);
        Assert.Contains("fees", await SeenAsync(reader), StringComparison.Ordinal);
        Assert.DoesNotContain("fees", await SeenAsync(administrator), StringComparison.Ordinal);

        using var away = await reader.SubmitAsync(Document, $"{Note} form");
        Assert.Equal(Document, away.Headers.Location?.OriginalString);
        Assert.Null((await reader.GetAsync("/")).QuerySelector(Note));
        Assert.NotNull((await lead.GetAsync("/")).QuerySelector(Note));
    }

    [Fact]
    public async Task Expire_AnUrgentTextWithoutAYes_TellsThoseWhoSawItAndItsOwnersAndAuthor()
    {
        await using var server = new SmtpListener();
        await using var city = await ChangeSite.StartAsync(MailSite.Settings(server.Port));
        await city.CommitAsync(ChangeSite.Fees, "---\ntitle: Late fees\nowners: [billing-lead, customer-service-lead]\n---\nThe fee is twenty dollars.\n");
        using var reader = await Browsing.AsAsync(city.Site, "reader");
        using var owner = await Browsing.AsAsync(city.Site, "lead");
        using var author = await Browsing.AsAsync(city.Site, "author");
        foreach (var (name, address) in new[] { ("sample-lead", "sam@riverton.example"), ("sample-author", "maria@riverton.example") })
        {
            var accounts = city.Site.Services.GetRequiredService<AccountBook>();
            var known = (await accounts.ListAsync("", 0, 10, CancellationToken.None)).People.Single(person => person.UserName == name);
            await accounts.ChangeAsync(known.Id, "changed", person => person.Email = address, AuditActor.CommandLine, CancellationToken.None);
        }

        await UrgentAsync(city);
        await UntilAsync(reader, Document, page => Says(page, "ten dollars"));

        // They have long gone, and come back.
        city.Clock.Advance(TimeSpan.FromHours(5));
        using var again = await Browsing.AsAsync(city.Site, "reader");
        var told = await UntilAsync(again, "/browse", page => page.QuerySelector(Note) is not null);
        Assert.Contains("until 2 Mar 2026, 2 pm", told.QuerySelector(Note)!.TextContent, StringComparison.Ordinal);
        var mails = new List<string>();
        while (mails.Count(mail => mail.Contains("aken back:", StringComparison.Ordinal)) < 2)
        {
            mails.Add(await NextAsync(server, city.Clock));
        }

        var toAuthor = Assert.Single(mails, mail => mail.Contains("Subject: Taken back: Ten dollars", StringComparison.Ordinal));
        Assert.Contains("RCPT TO:<maria@riverton.example>", toAuthor, StringComparison.Ordinal);
        var toOwner = Assert.Single(mails, mail => mail.Contains("Subject: Urgent change taken back: Ten dollars", StringComparison.Ordinal));
        Assert.Contains("RCPT TO:<sam@riverton.example>", toOwner, StringComparison.Ordinal);
        Assert.Contains("https://policies.riverton.example" + Document, toOwner, StringComparison.Ordinal);
        Assert.All(mails, mail => Assert.DoesNotContain("Teresa", mail, StringComparison.Ordinal));
    }

    /// <summary>The next mail. What could not be done at once is tried again after seconds of the clock, which stands still but for this.</summary>
    private static async Task<string> NextAsync(SmtpListener server, TestClock clock)
    {
        for (var looked = 0; looked < 60 && server.Count == 0; looked++)
        {
            await Task.Delay(1000, TestContext.Current.CancellationToken);
            clock.Advance(TimeSpan.FromSeconds(5));
        }

        return await server.NextAsync();
    }

    [Fact]
    public async Task Approve_AnUrgentText_TellsNobodyAndKeepsNobody()
    {
        await using var city = await ChangeSite.StartAsync();
        using var reader = await Browsing.AsAsync(city.Site, "reader");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        var proposal = await UrgentAsync(city);
        await UntilAsync(reader, Document, page => Says(page, "ten dollars"));
        Assert.Contains("fees", await SeenAsync(reader), StringComparison.Ordinal);

        using var approved = await approver.SubmitAsync($"/changes/{proposal.Id}", "form[action$=Approve], button[formaction$=Approve]");
        Assert.Contains("done=", approved.Headers.Location?.OriginalString, StringComparison.Ordinal);
        for (var looked = 0; looked < 600 && (await SeenAsync(reader)).Contains("fees", StringComparison.Ordinal); looked++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.DoesNotContain("fees", await SeenAsync(reader), StringComparison.Ordinal);
        Assert.Null((await reader.GetAsync("/browse")).QuerySelector(Note));
    }

    [Fact]
    public async Task Reject_AnUrgentNewDocument_TellsThatNothingStandsInItsPlace()
    {
        await using var city = await ChangeSite.StartAsync();
        using var reader = await Browsing.AsAsync(city.Site, "reader");
        var proposal = await UrgentAsync(city, "policies/utility-billing/floods.md", "Floods", "No fee is asked for after a flood.");
        await UntilAsync(reader, "/docs/policies/utility-billing/floods", page => Says(page, "after a flood"));
        await RejectAsync(city, proposal);

        var note = (await UntilAsync(reader, "/browse", page => page.QuerySelector(Note) is not null)).QuerySelector(Note)!;
        Assert.Contains("Floods", note.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing is in effect in its place.", note.TextContent, StringComparison.Ordinal);
        Assert.Null(note.QuerySelector("a"));
    }

    private static async Task<Proposal> UrgentAsync(ChangeSite city, string path = ChangeSite.Fees, string title = "Late fees", string text = "The fee is ten dollars.")
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        var proposal = await city.BeginAsync((path, ChangeSite.Text(title, text, "billing-lead", "effective: 2026-02-01\n")));
        using var urgent = await author.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Urgent]", ("note", "Ten dollars"), ("reason", "A flood"));
        Assert.Equal($"/changes/{proposal.Id}?done=urgent", urgent.Headers.Location?.OriginalString);
        return proposal;
    }

    private static async Task RejectAsync(ChangeSite city, Proposal proposal)
    {
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        using var rejected = await approver.SubmitAsync($"/changes/{proposal.Id}", "form[action$=Reject], button[formaction$=Reject]", ("text", "Not by half"));
        Assert.Equal($"/changes/{proposal.Id}?done=taken-back", rejected.Headers.Location?.OriginalString);
    }

    private static bool Says(IDocument page, string text) => page.QuerySelector(".content")?.TextContent.Contains(text, StringComparison.Ordinal) == true;

    private static async Task<IDocument> UntilAsync(Browsing person, string address, Func<IDocument, bool> isAsWanted)
    {
        for (var looked = 0; looked < 600; looked++)
        {
            if (await person.GetAsync(address) is var page && isAsWanted(page))
            {
                return page;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"{address} did not become as wanted: {(await person.GetAsync(address)).Title}");
    }

    private static async Task<string> DownloadAsync(Browsing person)
    {
        using var kept = await person.SubmitAsync("/about-you", "form[action$=Download]");
        return await kept.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What is kept about a person of urgent texts that they saw, as they can download it.</summary>
    private static async Task<string> SeenAsync(Browsing person)
    {
        using var kept = System.Text.Json.JsonDocument.Parse(await DownloadAsync(person));
        return kept.RootElement.GetProperty("seen").GetRawText();
    }
}
