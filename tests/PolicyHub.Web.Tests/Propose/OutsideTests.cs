using System.Net;
using PolicyHub.Content;
using PolicyHub.Testing;
using PolicyHub.Web.Hosting;
using static PolicyHub.Web.Tests.Propose.ChangeSite;

namespace PolicyHub.Web.Tests.Propose;

/// <summary>Somebody pushes to the library while the setting holds back what nobody approved: nothing of it is read anywhere until it was taken up and approved.</summary>
public sealed class OutsideTests
{
    private const string Secret = "quincewort";
    private const string Fresh = "policies/utility-billing/weeds.md";
    private const string Page = "/changes/outside";

    [Fact]
    public async Task Push_HeldBack_IsReadOnNoRouteByAnybodyElse()
    {
        await using var city = await HoldingAsync();
        await city.PushAsync(
            $"Note of {Secret}", (Fees, Text($"Fees {Secret}", $"The fee is thirty {Secret}.", "billing-lead")), (Fresh, Text(Secret, Secret, "billing-lead")), (Plans, null), ("policies/utility-billing/weeds.svg", "<svg/>"));
        var routes = new SiteRoutes
        {
            Paths = ["policies/utility-billing/fees", "policies/utility-billing/plans", "policies/utility-billing/weeds"],
            Ids = [],
            Words = [Secret, "fee", "dollars"],
            Files = ["policies/utility-billing/weeds.svg"],
            Areas = ["policies/utility-billing"],
            Kinds = ["policy", "page"],
        };
        foreach (var sample in new[] { "reader", "lead", "administrator" })
        {
            using var other = await Browsing.AsAsync(city.Site, sample);
            foreach (var address in routes.All)
            {
                using var answer = await other.Client.GetAsync(new Uri(address, UriKind.Relative));
                Assert.True((int)answer.StatusCode < 500, $"{sample} {address}: {answer.StatusCode}");
                var text = await answer.Content.ReadAsStringAsync();
                Assert.DoesNotContain(Secret, text.Replace(Uri.UnescapeDataString(address), "", StringComparison.Ordinal).Replace(address, "", StringComparison.Ordinal), StringComparison.Ordinal);
                Assert.True(!text.Contains("from outside", StringComparison.OrdinalIgnoreCase) || (sample != "reader" && address == Page), address);
            }

            Assert.Contains("twenty dollars", await other.Client.GetStringAsync(new Uri("/docs/policies/utility-billing/fees", UriKind.Relative)), StringComparison.Ordinal);
            Assert.Contains("three months", await other.Client.GetStringAsync(new Uri("/docs/policies/utility-billing/plans", UriKind.Relative)), StringComparison.Ordinal);
            Assert.Contains("Payment plans", await other.Client.GetStringAsync(new Uri("/api/search?q=payment+plans", UriKind.Relative)), StringComparison.Ordinal);
            using var page = await other.Client.GetAsync(new Uri(Page, UriKind.Relative));
            Assert.Equal(sample == "reader" ? HttpStatusCode.NotFound : HttpStatusCode.OK, page.StatusCode);
        }
    }

    [Fact]
    public async Task Push_HeldBack_IsToldToThoseWhoDecide()
    {
        await using var city = await HoldingAsync();
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var auditor = await Browsing.AsAsync(city.Site, "auditor");
        Assert.Contains("Nothing from outside waits", (await author.GetAsync(Page)).Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Came from outside", (await author.GetAsync("/my-work")).Body!.TextContent, StringComparison.Ordinal);
        var commit = await city.PushAsync("Thirty dollars", (Fees, Text("Late fees", "The fee is thirty dollars.", "billing-lead")));

        Assert.Contains("Thirty dollars", (await author.GetAsync("/my-work")).QuerySelector("[aria-labelledby=outside]")!.TextContent, StringComparison.Ordinal);
        var shown = await author.GetAsync($"{Page}?read={Fees}");
        Assert.Contains("Olga Outside", shown.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("thirty", shown.QuerySelector("#compared .content ins")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(commit[..7], shown.Body!.TextContent, StringComparison.Ordinal);
        var audited = await auditor.GetAsync(Page);
        Assert.Contains(commit[..7], audited.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(audited.QuerySelector("main form[action*=outside]"));
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        Assert.Contains("Thirty dollars", (await approver.GetAsync(Page)).Body!.TextContent, StringComparison.Ordinal);

        const string History = "/history/policies/utility-billing/fees";
        Assert.Contains("Held back, waiting for approval since", (await auditor.GetAsync(History)).Body!.TextContent, StringComparison.Ordinal);
        using var reader = await Browsing.AsAsync(city.Site, "reader");
        Assert.DoesNotContain("Held back", (await reader.GetAsync(History)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakenUp_AndApproved_IsServedFromThenOn()
    {
        await using var city = await HoldingAsync();
        await city.PushAsync("Thirty dollars", (Fees, Text("Late fees", "The fee is thirty dollars.", "billing-lead")), (Fresh, Text("New", "All new.", "billing-lead")), (Plans, null));
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var taken = await author.SubmitAsync(Page, "form[action*=Up]");
        var id = IdOf(taken);
        var change = await author.GetAsync($"/changes/{id}");
        Assert.Contains("thirty", (await author.GetAsync($"/changes/{id}?read={Fees}")).QuerySelector(".change-compared .content ins")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("all of it is new", (await author.GetAsync($"/changes/{id}?read={Fresh}")).QuerySelector(".change-compared")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Thirty dollars", change.QuerySelector("input[name=note]")!.GetAttribute("value"));
        Assert.Contains("Maria Lopez has begun", (await author.GetAsync(Page)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Null((await author.GetAsync(Page)).QuerySelector("form[action*=Up]"));
        city.Clock.Advance(TimeSpan.FromHours(2));

        await city.ApproveAsync(author, id);
        await city.KnownAsync();

        Assert.Contains($"Approves: {Fees}", city.Message(), StringComparison.Ordinal);
        using var reader = await Browsing.AsAsync(city.Site, "reader");
        Assert.Contains("thirty dollars", await reader.Client.GetStringAsync(new Uri("/docs/policies/utility-billing/fees", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("All new", await reader.Client.GetStringAsync(new Uri("/docs/policies/utility-billing/weeds", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("All new", await reader.Client.GetStringAsync(new Uri("/api/search?q=all+new", UriKind.Relative)), StringComparison.Ordinal);
        using var gone = await reader.Client.GetAsync(new Uri("/docs/policies/utility-billing/plans", UriKind.Relative));
        Assert.NotEqual(HttpStatusCode.OK, gone.StatusCode);
        Assert.Contains("twenty dollars", await reader.Client.GetStringAsync(new Uri("/docs/policies/utility-billing/fees?on=2026-03-02T10:00", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("Nothing from outside waits", (await author.GetAsync(Page)).Body!.TextContent, StringComparison.Ordinal);
        using var auditor = await Browsing.AsAsync(city.Site, "auditor");
        var history = (await auditor.GetAsync("/history/policies/utility-billing/fees")).Body!.TextContent;
        Assert.Contains("confirmed by the audit log", history, StringComparison.Ordinal);
        Assert.Contains("written by Olga Outside", history, StringComparison.Ordinal);
        var (exit, output, error) = await PolicyHubProcess.RunAsync(["verify", "--approvals", "--data", city.Data], new Dictionary<string, string> { ["PolicyHub__HoldBackAfter"] = city.First });
        Assert.Equal("", error);
        Assert.True(exit == 0, output);
        Assert.Contains("Proved: 1 of 1 publications are, byte for byte, what their approvals are for.", output, StringComparison.Ordinal);
        Assert.Contains("The log confirms 1 of them.", output, StringComparison.Ordinal);
        Assert.Contains("by Olga Outside came without an approval and was held back; all that it changed has been decided about.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_WithSomethingHeldBack_SaysSoAndVerifiesAgainstACopy()
    {
        await using var city = await HoldingAsync();
        await city.PushAsync("Forty", (Fees, Text("Late fees", "The fee is forty dollars.", "billing-lead")), (Fresh, Text(Secret, Secret, "billing-lead")));
        using var author = await Browsing.AsAsync(city.Site, "author");
        var proposal = await city.BeginAsync((Plans, Text("Payment plans", "A plan runs for four months.", "billing-lead")));
        await city.ApproveAsync(author, proposal.Id, ("note", "Four months"));
        await city.KnownAsync();
        using var reader = await Browsing.AsAsync(city.Site, "reader");
        var pack = Path.Combine(city.Data, "pack.zip");
        await File.WriteAllBytesAsync(pack, await reader.Client.GetByteArrayAsync(new Uri("/evidence?on=2026-03-02", UriKind.Relative)), TestContext.Current.CancellationToken);

        var (exit, output, _) = await PolicyHubProcess.RunAsync(["verify", pack, "--against", Path.Combine(city.Data, "library.git")]);

        Assert.True(exit == 0, output);
        Assert.Contains("1 commit of the line was not served", output, StringComparison.Ordinal);
        using var archive = System.IO.Compression.ZipFile.OpenRead(pack);
        foreach (var entry in archive.Entries)
        {
            using var bytes = new MemoryStream();
            await using var stream = await entry.OpenAsync(TestContext.Current.CancellationToken);
            await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
            var text = System.Text.Encoding.Latin1.GetString(bytes.ToArray());
            Assert.False(text.Contains(Secret, StringComparison.Ordinal) || text.Contains("weeds.md", StringComparison.Ordinal) || text.Contains("forty", StringComparison.Ordinal), entry.FullName);
        }

        var (_, held, _) = await PolicyHubProcess.RunAsync(["verify", "--approvals", "--data", city.Data], new Dictionary<string, string> { ["PolicyHub__HoldBackAfter"] = city.First });
        Assert.Contains($"waiting: {Fees}, {Fresh}.", held, StringComparison.Ordinal);
        Assert.Contains("The log confirms 1 of them.", held, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TurnedDown_AndApproved_LeavesTheTextAndItsVersionAsTheyWere()
    {
        await using var city = await HoldingAsync();
        await city.PushAsync("Thirty dollars", (Fees, Text("Late fees", "The fee is thirty dollars.", "billing-lead")), (Fresh, Text("New", "All new.", "billing-lead")), (Plans, null));
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var taken = await author.SubmitAsync(Page, "button[formaction*=Down]");

        await city.ApproveAsync(author, IdOf(taken));
        await city.KnownAsync();

        Assert.Equal(Text("Late fees", "The fee is twenty dollars.", "billing-lead"), city.Published(Fees));
        Assert.Equal(Text("Payment plans", "A plan runs for three months.", "billing-lead"), city.Published(Plans));
        Assert.All(city.Site.Edition.Catalogue.Documents, document => Assert.Single(document.Versions));
        Assert.Contains("Nothing from outside waits", (await author.GetAsync(Page)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakenUp_AndMovedMeanwhile_ShowsApproversAllThatIsNewToStaff()
    {
        await using var city = await HoldingAsync();
        using var author = await Browsing.AsAsync(city.Site, "author");
        var proposal = await city.BeginAsync((Fees, Text("Late fees", "The fee is twenty dollars.\n\nBring a photo ID.", "billing-lead")));
        await city.PushAsync("Thirty", (Fees, Text("Late charges", "The fee is twenty dollars.", "billing-lead")));

        using var tooEarly = await author.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Send]", ("note", "Bring an ID"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooEarly.StatusCode);
        var merge = (await RunningSite.ParseAsync(tooEarly)).QuerySelector(".moved-card a")!.GetAttribute("href")!;
        Assert.Contains("from outside", (await author.GetAsync(merge)).Body!.TextContent, StringComparison.Ordinal);
        using var merged = await author.SubmitAsync(merge, "main form");
        Assert.Equal($"/changes/{proposal.Id}?done=merged", merged.Headers.Location?.OriginalString);
        var source = await author.GetAsync($"/changes/{proposal.Id}?read={Fees}&view=source");
        Assert.Contains("Late charges", source.QuerySelector(".change-compared")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Late fees", source.QuerySelector(".change-compared")!.TextContent, StringComparison.Ordinal);

        await city.ApproveAsync(author, proposal.Id);
        await city.KnownAsync();
        Assert.Equal("Late charges", city.Site.Edition.Find(LibraryPath.Parse(Fees), Reader.Anyone)!.Title);
        Assert.Empty(city.Site.Edition.Catalogue.HeldBack!.Paths);
    }

    [Fact]
    public async Task Change_BegunWhileATextIsHeldBack_IsPutTogetherWithItFirst()
    {
        await using var city = await HoldingAsync();
        await city.PushAsync("Thirty", (Fees, Text("Late charges", "The fee is twenty dollars.", "billing-lead")));
        using var author = await Browsing.AsAsync(city.Site, "author");

        using var begun = await author.SubmitAsync($"/changes/start?doc={Fees}", "main form");

        var id = begun.Headers.Location!.OriginalString.Split('/')[2];
        Assert.Contains("from outside", (await author.GetAsync($"/changes/{id}")).QuerySelector(".moved-card")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Special_OnADocumentWithATextHeldBack_AsksToDecideFirst()
    {
        await using var city = await HoldingAsync();
        await city.PushAsync("Thirty", (Fees, Text("Late fees", "The fee is thirty dollars.", "billing-lead")));
        using var author = await Browsing.AsAsync(city.Site, "author");

        using var refused = await author.SubmitAsync($"/changes/other?doc={Fees}", "form[action*='/changes/other']", ("act", "Reviewed"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("Decide about that first", (await RunningSite.ParseAsync(refused)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publication_OfOurOwn_IsNeverHeldForAMoment()
    {
        await using var city = await HoldingAsync();
        using var author = await Browsing.AsAsync(city.Site, "author");
        var seen = 0;
        using var ended = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
            {
                seen += city.Site.Edition.Catalogue.HeldBack!.Commits.Length;
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }
        });
        for (var turn = 0; turn < 3; turn++)
        {
            var proposal = await city.BeginAsync((Fees, Text("Late fees", $"The fee is {turn + 30} dollars.", "billing-lead")));
            await city.ApproveAsync(author, proposal.Id, ("note", "Another fee"));
            await city.KnownAsync();
            Assert.Contains($"{turn + 30} dollars", (await author.GetAsync("/docs/policies/utility-billing/fees")).Body!.TextContent, StringComparison.Ordinal);
        }

        await ended.CancelAsync();
        await watch;
        Assert.Equal(0, seen);
    }

    [Fact]
    public async Task ForgedTrailers_OfARealPublication_AreHeld()
    {
        await using var city = await HoldingAsync();
        using var author = await Browsing.AsAsync(city.Site, "author");
        var proposal = await city.BeginAsync((Fees, Text("Late fees", "The fee is thirty dollars.", "billing-lead")));
        await city.ApproveAsync(author, proposal.Id, ("note", "Ask for thirty dollars"));
        await city.KnownAsync();

        // Its message on another text; then the very same change once more, after it was undone from outside.
        await city.PushAsync(city.Message(), (Fees, Text("Late fees", "The fee is fifty dollars.", "billing-lead")));
        await city.PushAsync("Undo", (Fees, Text("Late fees", "The fee is twenty dollars.", "billing-lead")));
        await city.PushAsync(city.Message(), (Fees, Text("Late fees", "The fee is thirty dollars.", "billing-lead")), (Fresh, Text("New", "New.", "billing-lead")));

        var catalogue = city.Site.Edition.Catalogue;
        Assert.Equal(3, catalogue.HeldBack!.Commits.Length);
        Assert.Equal([Fresh], catalogue.HeldBack.Paths.Keys.Select(path => path.Value));
        Assert.Contains("thirty dollars", (await author.GetAsync("/docs/policies/utility-billing/fees")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_SettingOnOffAndOnAgain_ServesByIt()
    {
        await using var city = await HoldingAsync();
        var first = city.Head;
        using (var author = await Browsing.AsAsync(city.Site, "author"))
        {
            var proposal = await city.BeginAsync((Plans, Text("Payment plans", "A plan runs for four months.", "billing-lead")));
            await city.ApproveAsync(author, proposal.Id, ("note", "Four months"));
        }

        await city.PushAsync("Thirty", (Fees, Text("Late fees", "The fee is thirty dollars.", "billing-lead")));
        foreach (var (after, fee, isHeld) in new[] { (first, "twenty", true), ("", "thirty", false), (first[..12], "twenty", true), (city.Head, "thirty", false) })
        {
            await city.RestartAsync(("PolicyHub:HoldBackAfter", after));
            using var reader = await Browsing.AsAsync(city.Site, "reader");
            Assert.Contains($"{fee} dollars", (await reader.GetAsync("/docs/policies/utility-billing/fees")).Body!.TextContent, StringComparison.Ordinal);
            Assert.Contains("four months", (await reader.GetAsync("/docs/policies/utility-billing/plans")).Body!.TextContent, StringComparison.Ordinal);
            Assert.Equal(isHeld, city.Site.Edition.Catalogue.HeldBack?.Paths.Count > 0);
            Assert.Equal(city.Head, city.Site.Edition.Head.Hex);
        }
    }

    [Theory]
    [InlineData("0123456789012345678901234567890123456789", "is not on the published line")]
    [InlineData("main", "must be the name of a commit")]
    public async Task Start_SettingThatNamesNoCommitOfTheLine_IsRefusedWithWhatToDo(string after, string said)
    {
        var refused = await Record.ExceptionAsync(() => StartAsync(("PolicyHub:HoldBackAfter", after)));

        Assert.True(refused is StartRefusedException or Content.Git.GitException, refused?.ToString());
        Assert.Contains(said, refused!.Message, StringComparison.Ordinal);
    }

    private static Guid IdOf(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return Guid.Parse(answer.Headers.Location!.OriginalString.Split('/')[^1]);
    }
}
