using System.Net;
using PolicyHub.Testing;
using static PolicyHub.Web.Tests.Propose.ChangeSite;

namespace PolicyHub.Web.Tests.Propose;

/// <summary>What is being written, and what waits for approval, is seen by nobody else, on no route.</summary>
public sealed class LeakTests
{
    private const string Secret = "quincewort";

    [Fact]
    public async Task EveryRoute_WithChangesUnderWay_HoldsNoWordOfThemForAnybodyElse()
    {
        await using var city = await StartAsync();
        using var author = await Browsing.AsAsync(city.Site, "author");
        await city.SendAsync(author, $"The fee is thirty {Secret}.");
        var draft = await city.BeginAsync(
            (Plans, Text($"Plans {Secret}", $"A plan runs for three {Secret}.", "billing-lead")), ("policies/utility-billing/another.md", Text(Secret, Secret, "billing-lead")));
        var routes = new SiteRoutes
        {
            Paths = ["policies/utility-billing/fees", "policies/utility-billing/plans", "policies/utility-billing/another"],
            Ids = [],
            Words = [Secret, "fee"],
            Files = [],
            Areas = ["policies/utility-billing"],
            Kinds = ["policy"],
        };
        var addresses = routes.All.Concat([$"/changes/{draft.Id}", $"/changes/{draft.Id}/edit/{Plans}", $"/changes/{draft.Id}/merge?path={Plans}", $"/changes/{draft.Id}/files/{Plans}"]).ToList();

        // The author sees it, so the word can be found where it stands.
        Assert.Contains(Secret, await author.Client.GetStringAsync(new Uri($"/changes/{draft.Id}", UriKind.Relative)), StringComparison.Ordinal);
        foreach (var sample in new[] { "reader", "lead", "administrator" })
        {
            using var other = await Browsing.AsAsync(city.Site, sample);
            foreach (var address in addresses)
            {
                using var answer = await other.Client.GetAsync(new Uri(address, UriKind.Relative));
                Assert.True((int)answer.StatusCode < 500, $"{sample} {address}: {answer.StatusCode}");
                var text = await answer.Content.ReadAsStringAsync();

                // What was asked stands in the answer again.
                Assert.DoesNotContain(Secret, text.Replace(Uri.UnescapeDataString(address), "", StringComparison.Ordinal).Replace(address, "", StringComparison.Ordinal), StringComparison.Ordinal);
            }
        }

        using var approver = await Browsing.AsAsync(city.Site, "approver");
        using var refused = await approver.Client.GetAsync(new Uri($"/changes/{draft.Id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Contains("Ask for thirty dollars", await approver.Client.GetStringAsync(new Uri("/my-work", UriKind.Relative)), StringComparison.Ordinal);
    }
}
