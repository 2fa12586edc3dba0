using System.Net;
using PolicyHub.Testing;
using static PolicyHub.Web.Tests.Propose.ChangeSite;

namespace PolicyHub.Web.Tests.Propose;

/// <summary>A section that others answer for is changed only with their yes, beside that of the owners of the document.</summary>
public sealed class SectionOwnerTests : IAsyncLifetime
{
    private const string Owners = "section-owners:\n  records: records-officer\n";

    private ChangeSite city = null!;

    public async ValueTask InitializeAsync()
    {
        city = await StartAsync();
        await city.CommitAsync(Fees, Page("Twenty dollars.", "Kept for a year."));
    }

    public ValueTask DisposeAsync() => city.DisposeAsync();

    [Fact]
    public async Task Send_WithAnOwnedSectionChanged_AsksItsOwnerToo()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        using var auditor = await Browsing.AsAsync(city.Site, "auditor");
        var proposal = await city.BeginAsync((Fees, Page("Twenty dollars.", "Kept for two years.")));
        var plan = (await author.GetAsync($"/changes/{proposal.Id}")).QuerySelector(".change-steps")!;
        Assert.Contains("Records Officer", plan.TextContent, StringComparison.Ordinal);
        Assert.Equal("for “Records” in “Late fees”", plan.QuerySelector(".step-section")!.TextContent.Trim());

        using var sent = await author.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Send]", ("note", "Two years"));
        Assert.Equal($"/changes/{proposal.Id}?done=sent", sent.Headers.Location?.OriginalString);
        using var approved = await approver.SubmitAsync($"/changes/{proposal.Id}", ".decision form");
        Assert.Equal($"/changes/{proposal.Id}?done=approved", approved.Headers.Location?.OriginalString);
        Assert.Contains("for a year", city.Published(Fees), StringComparison.Ordinal);
        Assert.Equal("for “Records” in “Late fees”", (await author.GetAsync($"/changes/{proposal.Id}")).QuerySelector(".change-steps .step-section")!.TextContent.Trim());
    }

    [Fact]
    public async Task Send_WithAnotherSectionChanged_AsksTheOwnersOfTheDocumentAlone()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        var proposal = await city.BeginAsync((Fees, Page("Thirty dollars.", "Kept for a year.")));
        var plan = (await author.GetAsync($"/changes/{proposal.Id}")).QuerySelector(".change-steps")!;
        Assert.DoesNotContain("Records Officer", plan.TextContent, StringComparison.Ordinal);
        await city.ApproveAsync(author, proposal.Id, ("note", "Thirty"));
        Assert.Contains("Thirty", city.Published(Fees), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Details_WithASectionAndItsOwner_WritesThemAndNothingElse()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        var proposal = await city.BeginAsync((Fees, Page("Twenty dollars.", "Kept for a year.")));
        var address = $"/changes/{proposal.Id}/edit/{Fees}";
        Assert.Equal(["records", ""], (await author.GetAsync(address)).QuerySelectorAll("select[name=owned-section]").Select(select => ((AngleSharp.Html.Dom.IHtmlSelectElement)select).Value));
        using var saved = await author.SubmitAsync(
            address, ".edit-details", ("owned-section", "records"), ("section-owner", "records-officer"), ("owned-section", "the-fee"), ("section-owner", "finance-director"), ("owned-section", "records"),
            ("section-owner", "customer-service-lead"), ("owned-section", ""), ("section-owner", "billing-lead"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var source = (await author.GetAsync(address + "?view=markdown")).QuerySelector("textarea[name=matter]")!.TextContent;
        Assert.Contains("section-owners:\n  records: [records-officer, customer-service-lead]\n  the-fee: finance-director", source.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private static string Page(string fee, string records) => Text("Late fees", $"## The fee\n\n{fee}\n\n## Records\n\nSee below.\n\n### How long\n\n{records}", "billing-lead", Owners);
}
