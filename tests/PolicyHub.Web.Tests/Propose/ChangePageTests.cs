using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.Proposals;
using PolicyHub.Testing;
using static PolicyHub.Web.Tests.Propose.ChangeSite;

namespace PolicyHub.Web.Tests.Propose;

/// <summary>The page of a change: who sees what, what can be done on it, and what becomes of that.</summary>
public sealed class ChangePageTests : IAsyncLifetime
{
    private ChangeSite city = null!;

    public async ValueTask InitializeAsync() => city = await StartAsync();

    public ValueTask DisposeAsync() => city.DisposeAsync();

    [Fact]
    public async Task Get_ADraft_ShowsItsAuthorWhatDiffersAndWhoApproves()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        var proposal = await city.BeginAsync((Fees, Text("Late fees", "The fee is thirty dollars.", "billing-lead")));
        var page = await author.GetAsync($"/changes/{proposal.Id}");

        Assert.Contains("Not in effect.", page.QuerySelector(".bar-proposed")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("twenty", page.QuerySelector(".change-compared .content del")!.TextContent.Trim());
        Assert.Equal("thirty", page.QuerySelector(".change-compared .content ins")!.TextContent.Trim());

        // Maria holds the position that owns it and wrote it: the position above is asked.
        Assert.Contains("Utility Billing Lead or Finance Director", page.QuerySelector(".change-steps")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Priya Nair", page.QuerySelector(".holders")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/changes/{proposal.Id}/edit/policies/utility-billing/fees.md", page.QuerySelector(".changed-ways a")!.GetAttribute("href"));
        Assert.Null(page.QuerySelector(".decision"));
    }

    [Theory]
    [InlineData("reader")]
    [InlineData("lead")]
    [InlineData("approver")]
    public async Task Get_ADraftOfAnother_IsNotThere(string sample)
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var other = await Browsing.AsAsync(city.Site, sample);
        var proposal = await city.BeginAsync((Fees, Text("Late fees", "The quince is thirty dollars.", "billing-lead")));
        using var answer = await other.Client.GetAsync(new Uri($"/changes/{proposal.Id}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("quince", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var act in new[] { "Save", "Send", "Urgent", "TakeUp", "Withdraw", "Comment", "Approve", "Ask", "Reject", "HandOver", "LeaveOut", "Reassign" })
        {
            using var refused = await PostAsync(other, $"/changes/{proposal.Id}?handler={act}");
            Assert.Equal((act, HttpStatusCode.NotFound), (act, refused.StatusCode));
        }
    }

    [Fact]
    public async Task Get_ADraft_IsSeenByAuditorsAndNotChanged()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var auditor = await Browsing.AsAsync(city.Site, "auditor");
        var proposal = await city.BeginAsync((Fees, Text("Late fees", "The fee is thirty dollars.", "billing-lead")));
        var page = await auditor.GetAsync($"/changes/{proposal.Id}");

        Assert.Equal("thirty", page.QuerySelector(".change-compared .content ins")!.TextContent.Trim());
        Assert.Empty(page.QuerySelectorAll("main form"));
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(auditor, $"/changes/{proposal.Id}?handler=Withdraw")).StatusCode);
    }

    [Fact]
    public async Task Get_SentToOthers_ShowsAnAdministratorStepsAndNoText()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var administrator = await Browsing.AsAsync(city.Site, "administrator");
        using var lead = await Browsing.AsAsync(city.Site, "lead");
        var proposal = await city.SendAsync(author, "The quince is thirty dollars.");
        var page = await administrator.GetAsync($"/changes/{proposal.Id}");

        Assert.DoesNotContain("quince", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("Ask for thirty dollars", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        using var unexplained = await administrator.SubmitAsync($"/changes/{proposal.Id}", "form[action$=Reassign]", ("text", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unexplained.StatusCode);
        using var given = await administrator.SubmitAsync($"/changes/{proposal.Id}", "form[action$=Reassign]", ("to", Sample(2)), ("text", "Priya is away"));
        Assert.Equal($"/changes/{proposal.Id}?done=reassigned", given.Headers.Location?.OriginalString);
        Assert.NotNull((await lead.GetAsync($"/changes/{proposal.Id}")).QuerySelector(".decision"));
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(administrator, $"/changes/{proposal.Id}?handler=Approve", ("hash", "x"))).StatusCode);
    }

    [Fact]
    public async Task Send_WithoutSayingWhatChanges_IsAskedForAndKeepsWhatWasTyped()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        var proposal = await city.BeginAsync((Fees, Text("Late fees", "The fee is thirty dollars.", "billing-lead")));
        using var answer = await author.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Send]", ("why", "Ordinance 12"));
        var page = await RunningSite.ParseAsync(answer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Say in one line", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Ordinance 12", page.QuerySelector("#c_why")!.TextContent);
    }

    [Fact]
    public async Task Save_FromTwoWindows_KeepsTheFirstAndShowsTheSecondWhatItTyped()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        var proposal = await city.BeginAsync((Fees, Text("Late fees", "The fee is thirty dollars.", "billing-lead")));
        var stamp = (await author.GetAsync($"/changes/{proposal.Id}")).QuerySelector("[name=stamp]")!.GetAttribute("value")!;
        using var first = await author.SubmitAsync($"/changes/{proposal.Id}", "#c_said", ("note", "One"));
        using var second = await author.SubmitAsync($"/changes/{proposal.Id}", "#c_said", ("note", "Two"), ("stamp", stamp));
        var page = await RunningSite.ParseAsync(second);

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal("Two", page.QuerySelector("#c_note")!.GetAttribute("value"));
        Assert.Equal("One", (await author.GetAsync($"/changes/{proposal.Id}")).QuerySelector("#c_note")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Send_WithDayReadersAndKinds_IsPublishedWithThemOnceApproved()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        var proposal = await city.BeginAsync(
            (Fees, Text("Late fees", "The fee is thirty dollars.", "billing-lead")), (Plans, Text("Payment plans", "A plan runs for four months.", "billing-lead")));
        using var sent = await author.SubmitAsync(
            $"/changes/{proposal.Id}", "button[formaction$=Send]", ("note", "Thirty dollars, four months"), ("when", "date"), ("date", "2026-12-01"),
            ("read:" + Fees, "counter"), ("kind:" + Plans, "minor"));
        Assert.Equal($"/changes/{proposal.Id}?done=sent", sent.Headers.Location?.OriginalString);
        using var approved = await approver.SubmitAsync($"/changes/{proposal.Id}", ".decision form");

        Assert.Equal($"/changes/{proposal.Id}?done=published", approved.Headers.Location?.OriginalString);
        Assert.Contains("effective: 2026-12-01", city.Published(Fees), StringComparison.Ordinal);
        Assert.Contains("effective: 2026-12-01", city.Published(Plans), StringComparison.Ordinal);
        Assert.Contains($"Change: minor {Plans}", city.Message(), StringComparison.Ordinal);
        Assert.Contains($"Must-read: {Fees}: counter", city.Message(), StringComparison.Ordinal);
        Assert.Contains("Published.", (await author.GetAsync($"/changes/{proposal.Id}")).QuerySelector(".bar-proposed")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_AtOnce_TakesTheDayOfTheTextBeforeOut()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        var first = await city.BeginAsync((Fees, Text("Late fees", "One.", "billing-lead", "effective: 2026-01-01\n")));
        using var sent = await author.SubmitAsync($"/changes/{first.Id}", "button[formaction$=Send]", ("note", "One"));
        using var approved = await approver.SubmitAsync($"/changes/{first.Id}", ".decision form");
        Assert.Contains("effective: 2026-01-01", city.Published(Fees), StringComparison.Ordinal);
        await WaitForAsync("One.");

        var second = await city.BeginAsync((Fees, Text("Late fees", "Two.", "billing-lead", "effective: 2026-01-01\n")));
        using var again = await author.SubmitAsync($"/changes/{second.Id}", "button[formaction$=Send]", ("note", "Two"));
        using var yes = await approver.SubmitAsync($"/changes/{second.Id}", ".decision form");

        Assert.Contains("Two.", city.Published(Fees), StringComparison.Ordinal);
        Assert.DoesNotContain("effective", city.Published(Fees), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decide_AskForChangesThenApprove_GoesBackAndOnAndIsTold()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        var proposal = await city.SendAsync(author);
        using var silent = await approver.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Ask]");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode);
        using var asked = await approver.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Ask]", ("text", "Say from when."));
        Assert.Equal($"/changes/{proposal.Id}?done=asked", asked.Headers.Location?.OriginalString);
        var back = await author.GetAsync($"/changes/{proposal.Id}");
        Assert.Contains("Say from when.", back.QuerySelector(".talk")!.TextContent, StringComparison.Ordinal);

        using var answered = await author.SubmitAsync($"/changes/{proposal.Id}", ".talk details form", ("text", "From March."));
        using var again = await author.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Send]");
        using var approved = await approver.SubmitAsync($"/changes/{proposal.Id}", ".decision form", ("text", "Thank you."));
        Assert.Equal($"/changes/{proposal.Id}?done=published", approved.Headers.Location?.OriginalString);
        var page = await author.GetAsync($"/changes/{proposal.Id}");
        Assert.Contains("From March.", page.QuerySelector(".answers")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("thirty", city.Published(Fees), StringComparison.Ordinal);
        Assert.Contains("Approved-by: Priya Nair", city.Message(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approve_AnEarlierText_IsNoYesToTheLater()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        var proposal = await city.SendAsync(author);
        var seen = (await approver.GetAsync($"/changes/{proposal.Id}")).QuerySelector("[name=hash]")!.GetAttribute("value")!;
        using var taken = await author.SubmitAsync($"/changes/{proposal.Id}", "form[action$=TakeUp]");
        using var again = await author.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Send]", ("note", "Another note"));
        using var late = await approver.SubmitAsync($"/changes/{proposal.Id}", ".decision form", ("hash", seen));

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("twenty", city.Published(Fees), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reject_WithAReason_IsTakenUpAgainByItsAuthor()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        var proposal = await city.SendAsync(author);
        using var rejected = await approver.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Reject]", ("text", "Not this year."));
        Assert.Equal($"/changes/{proposal.Id}?done=rejected", rejected.Headers.Location?.OriginalString);
        using var taken = await author.SubmitAsync($"/changes/{proposal.Id}", "form[action$=TakeUp]");
        Assert.Equal($"/changes/{proposal.Id}?done=taken-up", taken.Headers.Location?.OriginalString);
        Assert.NotNull((await author.GetAsync($"/changes/{proposal.Id}")).QuerySelector("#c_said"));
        using var withdrawn = await author.SubmitAsync($"/changes/{proposal.Id}", "form[action$=Withdraw]", ("text", "Later"));
        Assert.Equal($"/changes/{proposal.Id}?done=withdrawn", withdrawn.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Send_WithAMistake_IsHeldBackAndTheMistakeNamed()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        var proposal = await city.BeginAsync((Fees, Text("Late fees", "See [plans](nowhere.md).", "billing-lead")));
        using var answer = await author.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Send]", ("note", "See plans"));
        var page = await RunningSite.ParseAsync(answer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("nowhere.md", page.QuerySelector(".findings")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_NothingChanged_IsHeldBack()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        var proposal = await city.BeginAsync((Fees, Text("Late fees", "The fee is twenty dollars.", "billing-lead")));
        using var answer = await author.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Send]", ("note", "Nothing"), ("when", "date"), ("date", "2026-12-01"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Nothing is changed", (await RunningSite.ParseAsync(answer)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_ByNumberPathOrName_LeadsToWhereItIsAdded()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        var proposal = await city.BeginAsync((Fees, Text("Late fees", "Thirty.", "billing-lead")));
        foreach (var name in new[] { "Payment plans", "policies/utility-billing/plans", "policies/utility-billing/plans.md" })
        {
            using var found = await author.SubmitAsync($"/changes/{proposal.Id}", "form[action$=Add]", ("name", name));
            Assert.Equal($"/changes/start?doc=policies%2Futility-billing%2Fplans.md&into={proposal.Id}", found.Headers.Location?.OriginalString);
        }

        // One of water is not hers to change.
        foreach (var name in new[] { "Main breaks", "nothing", "" })
        {
            using var none = await author.SubmitAsync($"/changes/{proposal.Id}", "form[action$=Add]", ("name", name));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        }
    }

    [Fact]
    public async Task Send_CancellingAPlannedText_AsksWhy()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        var today = city.Site.Edition.Find(Content.LibraryPath.Parse(Fees), Content.Reader.Anyone)!.Version.Blob!.Value.Hex;
        var planned = await city.BeginAsync((Fees, Text("Late fees", "Forty.", "billing-lead")));
        using var sent = await author.SubmitAsync($"/changes/{planned.Id}", "button[formaction$=Send]", ("note", "Forty"), ("when", "date"), ("date", "2026-12-01"));
        using var approved = await approver.SubmitAsync($"/changes/{planned.Id}", ".decision form");
        while (city.Site.Edition.Find(Content.LibraryPath.Parse(Fees), Content.Reader.Anyone)?.Upcoming is null)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var upcoming = city.Site.Edition.Find(Content.LibraryPath.Parse(Fees), Content.Reader.Anyone)!.Upcoming!.Value.Version.Blob!.Value.Hex;
        var proposal = await city.BeginAsync(new StartedFile(Fees, System.Text.Encoding.UTF8.GetBytes(Text("Late fees", "Now thirty.", "billing-lead"))) { Base = upcoming, Origin = today });
        using var silent = await author.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Send]", ("note", "Thirty"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode);
        Assert.Contains("1 Dec 2026", (await RunningSite.ParseAsync(silent)).QuerySelector(".cancels")!.TextContent, StringComparison.Ordinal);
        using var unticked = await author.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Send]", ("exception", "The council took it back"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unticked.StatusCode);
        using var said = await author.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Send]", await TickAsync(author, proposal.Id));
        Assert.Equal($"/changes/{proposal.Id}?done=sent", said.Headers.Location?.OriginalString);

        // Who approves it is told beside the button, and why.
        var asked = await approver.GetAsync($"/changes/{proposal.Id}");
        Assert.Contains("1 Dec 2026 will not take effect", asked.QuerySelector(".decision .wrong-line")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The council took it back", asked.QuerySelector(".change-side")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_APlannedTextPutOffOrCorrectedLate_IsHeldBack()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        var today = city.Site.Edition.Find(Content.LibraryPath.Parse(Fees), Content.Reader.Anyone)!.Version.Blob!.Value.Hex;
        var planned = await city.BeginAsync((Fees, Text("Late fees", "Forty.", "billing-lead")));
        using var sent = await author.SubmitAsync($"/changes/{planned.Id}", "button[formaction$=Send]", ("note", "Forty"), ("when", "date"), ("date", "2026-12-01"));
        using var approved = await approver.SubmitAsync($"/changes/{planned.Id}", ".decision form");
        while (city.Site.Edition.Find(Content.LibraryPath.Parse(Fees), Content.Reader.Anyone)?.Upcoming is null)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var blob = city.Site.Edition.Find(Content.LibraryPath.Parse(Fees), Content.Reader.Anyone)!.Upcoming!.Value.Version.Blob!.Value.Hex;
        var later = await city.BeginAsync(new StartedFile(Fees, System.Text.Encoding.UTF8.GetBytes(Text("Late fees", "Fifty.", "billing-lead", "effective: 2027-01-01\n"))) { Base = blob, Origin = blob });
        using var putOff = await author.SubmitAsync($"/changes/{later.Id}", "button[formaction$=Send]", ("note", "Later"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, putOff.StatusCode);
        Assert.Contains("would take effect on its day", (await RunningSite.ParseAsync(putOff)).QuerySelector("main [role=alert]")!.TextContent, StringComparison.Ordinal);

        using var unsaid = await author.SubmitAsync($"/changes/{later.Id}", "button[formaction$=Send]", ("note", "Sooner"), ("when", "date"), ("date", "2026-10-01"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unsaid.StatusCode);
        Assert.Contains("takes effect on 1 Oct 2026 instead", (await RunningSite.ParseAsync(unsaid)).QuerySelector(".cancels")!.TextContent, StringComparison.Ordinal);
        using var sooner = await author.SubmitAsync($"/changes/{later.Id}", "button[formaction$=Send]", [("exception", "The printer is early"), .. await TickAsync(author, later.Id)]);
        Assert.Equal($"/changes/{later.Id}?done=sent", sooner.Headers.Location?.OriginalString);

        var both = await city.Site.Services.GetRequiredService<ProposalBook>().StartAsync(Maria,
        [
            new StartedFile(Fees, System.Text.Encoding.UTF8.GetBytes(Text("Late fees", "Thirty.", "billing-lead"))) { Base = blob, Origin = today },
            new StartedFile(Fees, System.Text.Encoding.UTF8.GetBytes(Text("Late fees", "Forty-one.", "billing-lead", "effective: 2026-12-01\n"))) { Step = 1, Base = blob, Origin = blob },
        ], CancellationToken.None);
        using var late = await author.SubmitAsync($"/changes/{both.Id}", "button[formaction$=Send]", ("note", "Both"), ("when", "date"), ("date", "2026-11-01"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Contains("keeps its own day", (await RunningSite.ParseAsync(late)).QuerySelector("main [role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Urgent_ByAPositionThatMay_IsInEffectAndListedForAuditors()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        using var auditor = await Browsing.AsAsync(city.Site, "auditor");
        var proposal = await city.BeginAsync((Fees, Text("Late fees", "The fee is ten dollars.", "billing-lead")));
        using var silent = await author.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Urgent]", ("note", "Ten dollars"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode);
        using var urgent = await author.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Urgent]", ("note", "Ten dollars"), ("reason", "A flood"));
        Assert.Equal($"/changes/{proposal.Id}?done=urgent", urgent.Headers.Location?.OriginalString);
        Assert.Contains("ten dollars", city.Published(Fees), StringComparison.Ordinal);
        var list = await auditor.GetAsync("/audit/urgent");
        Assert.Contains("A flood", list.QuerySelector("table")!.TextContent, StringComparison.Ordinal);

        using var rejected = await approver.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Reject]", ("text", "No flood."));
        Assert.Equal($"/changes/{proposal.Id}?done=taken-back", rejected.Headers.Location?.OriginalString);
        Assert.Contains("twenty dollars", city.Published(Fees), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("view=nothing", HttpStatusCode.BadRequest)]
    [InlineData("view=source", HttpStatusCode.OK)]
    [InlineData("view=details", HttpStatusCode.OK)]
    [InlineData("read=nothing.md&step=9", HttpStatusCode.OK)]
    [InlineData("done=nothing", HttpStatusCode.OK)]
    public async Task Get_OddAddresses_AreAnswered(string query, HttpStatusCode expected)
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        var proposal = await city.BeginAsync((Fees, Text("Fees", "The fee is thirty dollars.", "billing-lead")), ("policies/utility-billing/new.md", Text("New", "New.", "billing-lead")));
        using var answer = await author.Client.GetAsync(new Uri($"/changes/{proposal.Id}?{query}", UriKind.Relative));

        Assert.Equal(expected, answer.StatusCode);
    }

    private static string Sample(byte number) => new Guid(0, 0, 0, [0x80, 0, 0, 0, 0, 0, 0, number]).ToString();

    /// <summary>A form that nobody was shown, with the token of one that was.</summary>
    private static async Task<(string Name, string Value)[]> TickAsync(Browsing author, Guid id) =>
        [.. (await author.GetAsync($"/changes/{id}")).QuerySelectorAll("input[name=lost]").Select(box => ("lost", box.GetAttribute("value")!))];

    private static async Task<HttpResponseMessage> PostAsync(Browsing browsing, string address, params (string Name, string Value)[] fields)
    {
        var token = (await browsing.GetAsync("/account")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await browsing.Client.PostAsync(
            new Uri(address, UriKind.Relative), new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]));
    }

    private async Task WaitForAsync(string text)
    {
        while (city.Site.Edition.Find(Content.LibraryPath.Parse(Fees), Content.Reader.Anyone)?.Document.Body.Contains(text, StringComparison.Ordinal) != true)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
