using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Content;
using PolicyHub.Content.Editions;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Tests.AsOf;

/// <summary>No address of the site shows a version that the edition of its instant does not hold; a new route must say here how it is asked.</summary>
public sealed class EveryRouteTests(PastSite past)
{
    private static readonly string[] Paths = ["policies/fees", "policies/gas", "policies/dogs", "policies/late", "policies/animals", "processes/guest", "desks/billing", "hr/pay"];

    private static readonly string[] Ids = ["FE-001", "GA-001", "DO-001", "LA-001", "AN-001", "PR-001", "HR-001"];

    /// <summary>By route: the addresses to ask.</summary>
    private static readonly Dictionary<string, string[]> Asked = new(StringComparer.Ordinal)
    {
        ["/"] = ["/"],
        ["/docs/{**path}"] = [.. Paths.SelectMany(path => new[] { $"/docs/{path}", $"/docs/{path}?q=common", $"/docs/{path}?view=poster" })],
        ["/id/{id}"] = [.. Ids.Select(id => "/id/" + id)],
        ["/kind/{kind}"] = ["/kind/policy", "/kind/process", "/kind/desk"],
        ["/tag/{tag}"] = ["/tag/common"],
        ["/audience/{audience}"] = ["/audience/phone"],
        ["/area/{**folder}"] = ["/area/policies", "/area/hr"],
        ["/browse"] = ["/browse"],
        ["/search"] = ["/search?q=common", "/search?q=common&part=results", "/search?q=zzzz+nothing", "/search?q=fe-00", .. PastLibrary.Markers.Select(marker => "/search?q=" + marker[..^1])],
        ["/search/section"] = [.. Paths.Select(path => $"/search/section?read={path}&q=common")],
        ["/search/why"] = [.. Paths.Select(path => $"/search/why?read={path}&q=common")],
        ["/search/gap"] = ["/search/gap?q=common"],
        ["/search/gaps"] = ["/search/gaps"],
        ["/emergency"] = ["/emergency"],
        ["/problems"] = ["/problems"],
        ["/keys"] = ["/keys"],
        ["/accessibility"] = ["/accessibility"],
        ["/error/{status:int}"] = ["/error/404"],
        ["/api/search"] = ["/api/search?q=common&limit=50&facets=1", .. PastLibrary.Markers.Select(marker => "/api/search?q=" + marker[..^1])],
        ["/api/open"] = ["/api/open?" + string.Join('&', Paths.Select(path => $"held={path}+000000000000")) + "&since=2020-01-01"],
        ["/api/documents"] = ["/api/documents?" + string.Join('&', Paths.Select(path => "read=" + path))],
        ["/files/{**path}"] = ["/files/files/form.png"],
        ["{**address}"] = ["/policies/fees", "/nothing"],
        ["/theme/theme.css"] = ["/theme/theme.css"],
        ["/health/live"] = ["/health/live"],
        ["/health/ready"] = ["/health/ready"],
    };

    /// <summary>What is about history, and says of each version when it could be read: it may show any that the reader may see.</summary>
    private static readonly Dictionary<string, string[]> History = new(StringComparer.Ordinal)
    {
        // The title of a document asked for by its exact number stands above the results, with its state, when it is not in effect.
        ["/search/history"] = ["/search/history?q=common", .. Ids.SelectMany(id => new[] { "/search?q=" + id, "/api/search?q=" + id }), .. PastLibrary.Markers.Select(marker => "/search/history?q=" + marker[..^1])],
        ["/history/{**path}"] = [.. Paths.Select(path => "/history/" + path), .. Paths.Select(path => $"/history/{path}?format=csv")],
        ["/compare/{**path}"] = [.. Paths.SelectMany(path => new[] { $"/compare/{path}", $"/compare/{path}?from=1&to=2", $"/compare/{path}?from=1&to=2&view=source", $"/compare/{path}?from=1&to=2&view=details" })],
        ["/changes.atom"] = ["/changes.atom"],
        ["/compare"] = ["/compare", "/compare?from=2026-01-01&to=2026-06-01"],
        ["/evidence/{**path}"] = [.. Paths.Select(path => "/evidence/" + path), .. Paths.Select(path => $"/evidence/{path}?version=1")],
        ["/changes"] = ["/changes", "/changes?format=csv", "/changes?kind=policy", "/changes?area=hr"],
    };

    /// <summary>What shows no text of the library.</summary>
    private static readonly string[] Without = ["/api/mine", "/pins", "/notices", "/notices/new", "/feedback", "/feedback/new", "/about-you", "/admin/records-request", "/audit", "/sign-in", "/sign-out", "/theme/logo", "/theme/favicon", "/look", "/api/search/outcome", "{**path:file}"];

    public static TheoryData<string> Days =>
        ["", "on=2026-01-04", "on=2026-01-10", "on=2026-02-10T15:00:00Z", "on=2026-02-20", "on=2026-04-15", "on=2026-12-01", "for=2026-01-10", "for=2026-01-25", "for=2026-04-15", "for=2027-01-01"];

    [Theory]
    [MemberData(nameof(Days))]
    public async Task Get_EveryRoute_ShowsOnlyVersionsOfItsInstant(string day)
    {
        var edition = await EditionAsync(day);
        var held = (await HeldAsync(edition)).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var address in Asked.Values.SelectMany(addresses => addresses))
        {
            var asked = day.Length == 0 ? address : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{day}";
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
        foreach (var address in History.Values.SelectMany(addresses => addresses))
        {
            var asked = day.Length == 0 ? address : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{day}";
            using var response = await past.Site.Client.GetAsync(new Uri(asked, UriKind.Relative), TestContext.Current.CancellationToken);
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True((int)response.StatusCode < 500, $"{asked}: {response.StatusCode}");
            Assert.DoesNotContain("muonfield", body, StringComparison.Ordinal);
            Assert.DoesNotContain("hr/pay", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Routes_AreAllAskedHere()
    {
        var routes = past.Site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText!)
            .Select(route => route.StartsWith('/') || route.StartsWith('{') ? route : "/" + route)
            .ToHashSet(StringComparer.Ordinal);

        Assert.Equal([], routes.Except(Asked.Keys).Except(History.Keys).Except(Without));
        Assert.Equal([], Asked.Keys.Concat(History.Keys).Except(routes));
    }

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
