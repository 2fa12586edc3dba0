using System.Net;
using PolicyHub.Testing;
using static PolicyHub.Web.Tests.Propose.ChangeSite;

namespace PolicyHub.Web.Tests.Propose;

/// <summary>A document gets another place: its own links lead where they did, and those of others are mended in the same change.</summary>
public sealed class RenameTests : IAsyncLifetime
{
    private ChangeSite city = null!;
    private Browsing author = null!;

    public async ValueTask InitializeAsync()
    {
        city = await StartAsync();
        author = await Browsing.AsAsync(city.Site, "author");
        await city.CommitAsync(Fees, Text("Late fees", "See [plans](plans.md#how) and [breaks](../water/breaks.md).\n\n## X", "billing-lead"));
        await city.CommitAsync(Plans, Text("Payment plans", "## How\n\nFirst [the fees](fees.md \"Fees\"), then [again](./fees.md#x).", "billing-lead"));
        await city.CommitAsync("policies/water/breaks.md", Text("Main breaks", "Not [fees](../utility-billing/fees.md).", "customer-service-lead"));
    }

    public async ValueTask DisposeAsync()
    {
        author.Dispose();
        await city.DisposeAsync();
    }

    [Fact]
    public async Task Move_ADocument_KeepsItsLinksAndMendsThoseOfOthers()
    {
        var proposal = await city.BeginAsync((Fees, Text("Late fees", "See [plans](plans.md#how) and [breaks](../water/breaks.md).\n\n## X", "billing-lead")));
        await MoveAsync(proposal.Id, Fees, "policies/utility-billing", "charges");
        var page = await author.GetAsync($"/changes/{proposal.Id}");
        var mend = page.QuerySelector(".links-to-mend")!;
        Assert.Contains("Mend these 2 links", mend.TextContent, StringComparison.Ordinal);
        Assert.Contains("Main breaks", mend.QuerySelector(".quiet-line")!.TextContent, StringComparison.Ordinal);

        using var mended = await author.SubmitAsync($"/changes/{proposal.Id}", ".links-to-mend");
        Assert.Equal($"/changes/{proposal.Id}?done=mended", mended.Headers.Location?.OriginalString);
        var after = await author.GetAsync($"/changes/{proposal.Id}");
        Assert.Null(after.QuerySelector(".links-to-mend button"));
        Assert.NotNull(after.QuerySelector($"input[name='kind:{Plans}'][value=minor][checked]"));
        Assert.Equal(
            Text("Payment plans", "## How\n\nFirst [the fees](charges.md \"Fees\"), then [again](./charges.md#x).", "billing-lead"), await SourceAsync(proposal.Id, Plans));

        // What leads there from elsewhere, and may not be changed, still arrives.
        Assert.Contains("redirect_from: [\"/policies/utility-billing/fees/\"]", await SourceAsync(proposal.Id, "policies/utility-billing/charges.md"), StringComparison.Ordinal);
        await city.ApproveAsync(author, proposal.Id, ("note", "Charges"));
        Assert.Contains("charges.md#x", city.Published(Plans), StringComparison.Ordinal);
        using var old = await author.Client.GetAsync(new Uri("/docs/policies/utility-billing/fees", UriKind.Relative));
        Assert.Equal("/docs/policies/utility-billing/charges", old.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Move_ToAnotherFolderAndBack_ChangesTheAddressesOnlyAndThenNothing()
    {
        await city.CommitAsync("policies/utility-billing/deep/x.md", Text("Deep", "Text.", "billing-lead"));
        var text = Text("Late fees", "See [plans](plans.md#how) and [breaks](../water/breaks.md).\n\n## X", "billing-lead");
        var proposal = await city.BeginAsync((Fees, text));
        await MoveAsync(proposal.Id, Fees, "policies/utility-billing/deep", "fees");
        Assert.Equal(text.Replace("plans.md#", "../plans.md#", StringComparison.Ordinal).Replace("../water", "../../water", StringComparison.Ordinal), await SourceAsync(proposal.Id, "policies/utility-billing/deep/fees.md"));
        await MoveAsync(proposal.Id, "policies/utility-billing/deep/fees.md", "policies/utility-billing", "fees");
        Assert.Equal(text, await SourceAsync(proposal.Id, Fees));
    }

    [Fact]
    public async Task Mend_OfAnother_IsNotThere()
    {
        using var auditor = await Browsing.AsAsync(city.Site, "auditor");
        var proposal = await city.BeginAsync((Fees, Text("Late fees", "Text.", "billing-lead")));
        var token = (await auditor.GetAsync("/about-you")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var refused = await auditor.Client.PostAsync(new Uri($"/changes/{proposal.Id}?handler=Mend", UriKind.Relative), new FormUrlEncodedContent([new("__RequestVerificationToken", token)]));
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    private async Task MoveAsync(Guid id, string path, string folder, string name)
    {
        using var moved = await author.SubmitAsync($"/changes/{id}/edit/{path}", "form[action*='handler=Move']", ("folder", folder), ("name", name));
        Assert.True(moved.StatusCode == HttpStatusCode.Redirect, $"{moved.StatusCode}: {(await RunningSite.ParseAsync(moved)).QuerySelector("[role=alert]")?.TextContent}");
    }

    private async Task<string> SourceAsync(Guid id, string path)
    {
        var page = await author.GetAsync($"/changes/{id}/edit/{path}?view=markdown");
        return $"---\n{page.QuerySelector("textarea[name=matter]")!.TextContent.Trim('\n')}\n---\n{page.QuerySelector("textarea[name=text]")!.TextContent.TrimStart('\n')}".ReplaceLineEndings("\n");
    }
}
