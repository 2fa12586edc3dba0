using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Content;
using PolicyHub.Content.Editions;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Tests.AsOf;

/// <summary>No address of the site shows a version that the edition of its instant does not hold; a new route must say here how it is asked.</summary>
public sealed class EveryRouteTests(PastSite past)
{
    private static readonly SiteRoutes Routes = new()
    {
        Paths = ["policies/fees", "policies/gas", "policies/dogs", "policies/late", "policies/animals", "processes/guest", "desks/billing", "hr/pay"],
        Ids = ["FE-001", "GA-001", "DO-001", "LA-001", "AN-001", "PR-001", "HR-001"],
        Words = PastLibrary.Markers,
        Files = ["files/form.png"],
        Areas = ["policies", "hr"],
    };

    public static TheoryData<string> Days =>
        ["", "on=2026-01-04", "on=2026-01-10", "on=2026-02-10T15:00:00Z", "on=2026-02-20", "on=2026-04-15", "on=2026-12-01", "for=2026-01-10", "for=2026-01-25", "for=2026-04-15", "for=2027-01-01"];

    [Theory]
    [MemberData(nameof(Days))]
    public async Task Get_EveryRoute_ShowsOnlyVersionsOfItsInstant(string day)
    {
        var edition = await EditionAsync(day);
        var held = (await HeldAsync(edition)).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var address in Routes.OfTheDay.Values.SelectMany(addresses => addresses))
        {
            var asked = SiteRoutes.With(address, day);
            using var response = await past.Site.Client.GetAsync(new Uri(asked, UriKind.Relative), TestContext.Current.CancellationToken);
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            foreach (var marker in PastLibrary.Markers.Where(marker => body.Contains(marker, StringComparison.Ordinal)))
            {
                // The page of a document that is not in effect says its title, and when and why it is not.
                Assert.True(held.Contains(marker) || IsAbsence(response, body), $"{asked} shows “{marker}”, which its edition does not hold.");
                seen.Add(marker);
            }
        }

        // Else the test would pass on a site that shows nothing.
        Assert.Superset(held, seen);
    }

    [Theory]
    [MemberData(nameof(Days))]
    public async Task Get_EveryRouteOfHistory_ShowsNothingRestricted(string day)
    {
        foreach (var address in Routes.OfHistory.Values.SelectMany(addresses => addresses))
        {
            var asked = SiteRoutes.With(address, day);
            using var response = await past.Site.Client.GetAsync(new Uri(asked, UriKind.Relative), TestContext.Current.CancellationToken);
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True((int)response.StatusCode < 500, $"{asked}: {response.StatusCode}");
            Assert.DoesNotContain("muonfield", body, StringComparison.Ordinal);
            Assert.DoesNotContain("hr/pay", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Routes_OfTheSite_AreAllListed() => Assert.Equal([], Routes.Unlisted(past.Site));

    private static bool IsAbsence(HttpResponseMessage response, string body) =>
        (int)response.StatusCode is 404 or 410 && body.Contains("class=\"paper absent\"", StringComparison.Ordinal);

    private async Task<Edition> EditionAsync(string day)
    {
        var today = past.Site.Edition;
        if (day.Length == 0)
        {
            return today;
        }

        var (question, written) = (day.Split('=')[0], day.Split('=')[1]);
        var at = written.Length > 10
            ? DateTimeOffset.Parse(written, CultureInfo.InvariantCulture)
            : new DateTimeOffset(DateOnly.ParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToDateTime(new TimeOnly(23, 59)), TimeSpan.FromHours(-6));
        var blobs = past.Site.Services.GetRequiredService<CurrentEdition>().Blobs;
        return await new EditionBuilder(blobs).BuildAsync(
            today, question == "on" ? PointInTime.On(at) : PointInTime.For(at, today.At), [], TestContext.Current.CancellationToken);
    }

    /// <summary>The words of the versions that an edition holds for anybody.</summary>
    private async Task<ImmutableArray<string>> HeldAsync(Edition edition)
    {
        var texts = edition.Documents(Reader.Anyone).Select(document => document.Title + document.Document.Body).ToList();
        if (edition.FindFile(LibraryPath.Parse("files/form.png")) is { } blob)
        {
            var blobs = past.Site.Services.GetRequiredService<CurrentEdition>().Blobs;
            texts.Add(System.Text.Encoding.UTF8.GetString((await blobs.ReadAsync([blob], 1000, TestContext.Current.CancellationToken))[0]!));
        }

        return [.. PastLibrary.Markers.Where(marker => texts.Any(text => text.Contains(marker, StringComparison.Ordinal)))];
    }
}
