using System.Net;
using System.Text.RegularExpressions;
using PolicyHub.Testing;
using static PolicyHub.Web.Tests.Propose.ChangeSite;

namespace PolicyHub.Web.Tests.Propose;

/// <summary>Three documents change together on 1 December: rejected, written on, approved; staff read the old texts until midnight and the new ones after, and an auditor finds who, when and which bytes.</summary>
public sealed class StoryTests
{
    private const string Hardship = "policies/utility-billing/hardship.md";

    [Fact]
    public async Task ThreeDocuments_RejectedThenApproved_TakeEffectTogetherAtMidnightOnEveryRoute()
    {
        await using var city = await StartAsync();
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        var proposal = await city.BeginAsync(
            (Fees, Text("Late fees", "The fee is eleventy dollars.", "billing-lead")),
            (Plans, Text("Payment plans", "A plan runs for eleventy months.", "billing-lead")),
            (Hardship, Text("Hardship", "Ask for eleventy papers.", "billing-lead")));
        var page = $"/changes/{proposal.Id}";
        await SendAsync(author, page, ("note", "All for eleventy"), ("why", "Ordinance 12"), ("when", "date"), ("date", "2026-12-01"));
        using var rejected = await approver.SubmitAsync(page, "button[formaction$=Reject]", ("text", "Eleventy is no number."));
        Assert.Equal(page + "?done=rejected", rejected.Headers.Location?.OriginalString);
        Assert.Contains("Eleventy is no number.", (await author.GetAsync(page)).Body!.TextContent, StringComparison.Ordinal);

        using var takenUp = await author.SubmitAsync(page, "form[action$=TakeUp]");
        Assert.Equal(page + "?done=taken-up", takenUp.Headers.Location?.OriginalString);
        foreach (var (path, text) in new[] { (Fees, "The fee is quinze dollars."), (Plans, "A plan runs for quinze months."), (Hardship, "Ask for quinze papers.") })
        {
            var token = (await author.GetAsync(page)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            using var saved = await author.Client.PostAsync(new Uri($"/api{page}/text", UriKind.Relative), new FormUrlEncodedContent(
                [new("__RequestVerificationToken", token), new("path", path), new("step", "0"), new("stamp", "0"), new("text", text + "\n")]));
            Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        }

        await city.ApproveAsync(author, proposal.Id, ("note", "All for quinze"), ("when", "date"), ("date", "2026-12-01"));
        Assert.Contains("effective: 2026-12-01", city.Published(Hardship), StringComparison.Ordinal);

        string[] routes =
        [
            "/docs/policies/utility-billing/fees", "/docs/policies/utility-billing/plans", "/search?q=quinze", "/api/search?q=quinz", "/search?q=dollars", "/browse", "/kind/page", "/api/documents?q=hardship", "/docs/policies/utility-billing/hardship",
        ];
        city.Clock.MoveTo(new DateTimeOffset(2026, 12, 1, 5, 59, 0, TimeSpan.Zero));
        using (var reader = await Browsing.AsAsync(city.Site, "reader"))
        {
            foreach (var route in routes)
            {
                using var answer = await reader.Client.GetAsync(new Uri(route, UriKind.Relative));
                var text = Regex.Replace(await answer.Content.ReadAsStringAsync(), "q=quinze?|“quinze”|value=\"quinze\"|quinze: search|\"quinz\"", "", RegexOptions.None, TimeSpan.FromSeconds(10));
                Assert.False(text.Contains("quinze", StringComparison.OrdinalIgnoreCase) && !route.Contains("q=quinze", StringComparison.Ordinal), route);
            }

            Assert.Contains("twenty", await reader.Client.GetStringAsync(new Uri(routes[0], UriKind.Relative)), StringComparison.Ordinal);
        }

        city.Clock.MoveTo(new DateTimeOffset(2026, 12, 1, 6, 0, 1, TimeSpan.Zero));
        await city.Site.UntilAsync("/health/ready", _ => city.Site.Edition.At >= new DateTimeOffset(2026, 12, 1, 6, 0, 0, TimeSpan.Zero), TimeSpan.FromSeconds(60));
        using var after = await Browsing.AsAsync(city.Site, "reader");
        foreach (var path in new[] { "fees", "plans", "hardship" })
        {
            Assert.Contains("quinze", await after.Client.GetStringAsync(new Uri($"/docs/policies/utility-billing/{path}", UriKind.Relative)), StringComparison.Ordinal);
        }

        Assert.Equal(3, Regex.Count(await after.Client.GetStringAsync(new Uri("/api/search?q=quinze", UriKind.Relative)), "\"state\"", RegexOptions.None, TimeSpan.FromSeconds(10)));

        using var auditor = await Browsing.AsAsync(city.Site, "auditor");
        var history = (await auditor.GetAsync("/history/policies/utility-billing/fees")).Body!.TextContent;
        Assert.Contains("Approved by Priya Nair, Finance Director", Regex.Replace(history, @"\s+", " ", RegexOptions.None, TimeSpan.FromSeconds(10)), StringComparison.Ordinal);
        Assert.Contains("confirmed by the audit log", history, StringComparison.Ordinal);
        Assert.Contains("All for quinze", history, StringComparison.Ordinal);
        var log = await auditor.Client.GetStringAsync(new Uri("/audit?format=jsonl", UriKind.Relative));
        Assert.All(new[] { "\"sent\"", "\"rejected\"", "\"taken-up\"", "\"approved\"", "\"published\"" }, what => Assert.Contains(what, log, StringComparison.Ordinal));
        var (exit, output, error) = await PolicyHubProcess.RunAsync(["verify", "--approvals", "--data", city.Data]);
        Assert.Equal("", error);
        Assert.Equal(0, exit);
        Assert.Contains("Proved: 1 of 1 publications are, byte for byte, what their approvals are for.", output, StringComparison.Ordinal);
        Assert.Contains("The log confirms 1 of them.", output, StringComparison.Ordinal);
    }

    private static async Task SendAsync(Browsing author, string page, params (string Name, string Value)[] fields)
    {
        using var sent = await author.SubmitAsync(page, "button[formaction$=Send]", fields);
        Assert.True(sent.Headers.Location?.OriginalString == page + "?done=sent", $"{sent.StatusCode}: {(await RunningSite.ParseAsync(sent)).QuerySelector("[role=alert], h1")?.TextContent}");
    }
}
