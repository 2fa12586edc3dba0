using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests;

/// <summary>Every route of the site and how it is asked about a library, in one place: what is proven of all routes is proven of each that is listed here, and a new one fails until it is.</summary>
internal sealed class SiteRoutes
{
    /// <summary>Paths of documents, without extension.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Their numbers.</summary>
    public required IReadOnlyList<string> Ids { get; init; }

    /// <summary>Words that stand in the library; all but the last letter is searched for, as the answer says again what was asked.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    public required IReadOnlyList<string> Files { get; init; }

    public required IReadOnlyList<string> Areas { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = ["common"];

    public IReadOnlyList<string> Kinds { get; init; } = ["policy", "process", "desk"];

    /// <summary>By route: the addresses that are answered from the edition of the day asked about.</summary>
    public Dictionary<string, string[]> OfTheDay => new(StringComparer.Ordinal)
    {
        ["/"] = ["/"],
        ["/docs/{**path}"] = [.. Paths.SelectMany(path => new[] { $"/docs/{path}", $"/docs/{path}?q=common", $"/docs/{path}?view=poster" })],
        ["/id/{id}"] = [.. Ids.Select(id => "/id/" + id)],
        ["/kind/{kind}"] = [.. Kinds.Select(kind => "/kind/" + kind)],
        ["/tag/{tag}"] = [.. Tags.Select(tag => "/tag/" + tag)],
        ["/audience/{audience}"] = ["/audience/phone"],
        ["/area/{**folder}"] = [.. Areas.Select(area => "/area/" + area)],
        ["/browse"] = ["/browse"],
        ["/search"] = ["/search?q=common", "/search?q=common&part=results", "/search?q=zzzz+nothing", "/search?q=fe-00", .. Beginnings.Select(word => "/search?q=" + word)],
        ["/search/section"] = [.. Paths.Select(path => $"/search/section?read={path}&q=common")],
        ["/search/why"] = [.. Paths.Select(path => $"/search/why?read={path}&q=common")],
        ["/search/gap"] = ["/search/gap?q=common"],
        ["/search/gaps"] = ["/search/gaps"],
        ["/emergency"] = ["/emergency"],
        ["/problems"] = ["/problems"],
        ["/keys"] = ["/keys"],
        ["/accessibility"] = ["/accessibility"],
        ["/error/{status:int}"] = ["/error/404"],
        ["/api/search"] = ["/api/search?q=common&limit=50&facets=1", .. Beginnings.Select(word => "/api/search?q=" + word)],
        ["/api/open"] = ["/api/open?" + string.Join('&', Paths.Select(path => $"held={path}+000000000000")) + "&since=2020-01-01"],
        ["/api/documents"] = ["/api/documents?" + string.Join('&', Paths.Select(path => "read=" + path))],
        ["/files/{**path}"] = [.. Files.Select(file => "/files/" + file)],
        ["{**address}"] = [.. Paths.Take(1).Select(path => "/" + path), "/nothing"],
        ["/theme/theme.css"] = ["/theme/theme.css"],
        ["/health/live"] = ["/health/live"],
        ["/health/ready"] = ["/health/ready"],
    };

    /// <summary>What is about history, and says of each version when it could be read: it may show any that the reader may see.</summary>
    public Dictionary<string, string[]> OfHistory => new(StringComparer.Ordinal)
    {
        // The title of a document asked for by its exact number stands above the results, with its state, when it is not in effect.
        ["/search/history"] = ["/search/history?q=common", .. Ids.SelectMany(id => new[] { "/search?q=" + id, "/api/search?q=" + id }), .. Beginnings.Select(word => "/search/history?q=" + word)],
        ["/history/{**path}"] = [.. Paths.Select(path => "/history/" + path), .. Paths.Select(path => $"/history/{path}?format=csv")],
        ["/compare/{**path}"] = [.. Paths.SelectMany(path => new[] { $"/compare/{path}", $"/compare/{path}?view=details", $"/compare/{path}?from=1&to=2", $"/compare/{path}?from=1&to=2&view=source", $"/compare/{path}?from=1&to=2&view=details" })],
        ["/my-work"] = ["/my-work"],
        ["/changes.atom"] = ["/changes.atom"],
        ["/compare"] = ["/compare", "/compare?from=2026-01-01&to=2026-06-01"],
        ["/evidence/{**path}"] = ["/evidence", .. Paths.Select(path => "/evidence/" + path), .. Paths.Select(path => $"/evidence/{path}?version=1")],
        ["/changes"] = ["/changes", "/changes?format=csv", "/changes?kind=policy", "/changes?area=hr"],
    };

    /// <summary>What shows no text of the library; those without an address are sent to, or only there in Development.</summary>
    public static Dictionary<string, string[]> OfNoText => new(StringComparer.Ordinal)
    {
        ["/changes/{id:guid}"] = ["/changes/00000000-0000-0000-0000-000000000001"],
        ["/changes/outside"] = ["/changes/outside"],
        ["/my-work/deputies"] = ["/my-work/deputies"],
        ["/audit/urgent"] = ["/audit/urgent"],
        ["/audit"] = ["/audit", "/audit?format=csv", "/audit?format=jsonl"],
        ["/sign-in"] = ["/sign-in", "/sign-in?return=%2Fbrowse"],
        ["/sign-in/trouble"] = ["/sign-in/trouble", "/sign-in/trouble?return=%2Fbrowse"],
        ["/sign-out"] = ["/sign-out"],
        ["/sign-in/code"] = ["/sign-in/code"],
        ["/welcome"] = ["/welcome", "/welcome?key=nothing"],
        ["/who"] = ["/who"],
        ["/account"] = ["/account"],
        ["/account/authenticator"] = ["/account/authenticator"],
        ["/account/authenticator.svg"] = ["/account/authenticator.svg"],
        ["/counter-pc"] = ["/counter-pc"],
        ["/admin/people"] = ["/admin/people"],
        ["/admin/people/import"] = ["/admin/people/import"],
        ["/admin/people/{id}"] = ["/admin/people/new"],
        ["/admin/counter-pcs"] = ["/admin/counter-pcs"],
        ["/admin/records-request"] = ["/admin/records-request"],
        ["/api/mine"] = ["/api/mine"],
        ["/pins"] = ["/pins"],
        ["/notices"] = ["/notices"],
        ["/notices/new"] = ["/notices/new"],
        ["/feedback"] = ["/feedback"],
        ["/feedback/new"] = ["/feedback/new"],
        ["/about-you"] = ["/about-you"],
        ["/changes/start"] = ["/changes/start"],
        ["/changes/new"] = ["/changes/new"],
        ["/changes/other"] = ["/changes/other"],
        ["/changes/{id:guid}/merge"] = [NoChange + "/merge?path=policies/a.md"],
        ["/changes/{id:guid}/edit/{**path}"] = [NoChange + "/edit/policies/a.md"],
        ["/changes/{id:guid}/files/{**path}"] = [NoChange + "/files/policies/a.png"],
        ["/api/changes/{id:guid}/{handler}"] = [],
        ["/theme/logo"] = ["/theme/logo"],
        ["/theme/favicon"] = ["/theme/favicon"],
        ["/look"] = [],
        ["/api/search/outcome"] = [],
        ["{**path:file}"] = [],
    };

    private const string NoChange = "/changes/00000000-0000-0000-0000-000000000001";

    /// <summary>Every address there is.</summary>
    public IEnumerable<string> All => OfTheDay.Values.Concat(OfHistory.Values).Concat(OfNoText.Values).SelectMany(addresses => addresses).Distinct(StringComparer.Ordinal);

    private IEnumerable<string> Beginnings => Words.Select(word => word[..^1]);

    /// <summary>Routes of a site that are not listed here, and listed ones that it has not.</summary>
    public IEnumerable<string> Unlisted(RunningSite site)
    {
        var routes = EndpointsOf(site).Select(RouteOf).ToHashSet(StringComparer.Ordinal);
        return routes.Except(OfTheDay.Keys).Except(OfHistory.Keys).Except(OfNoText.Keys).Concat(OfTheDay.Keys.Concat(OfHistory.Keys).Except(routes));
    }

    /// <summary>What a site answers to, its own styles and scripts aside.</summary>
    public static IEnumerable<RouteEndpoint> EndpointsOf(RunningSite site) => site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null);

    /// <summary>The name of a route in these lists.</summary>
    public static string RouteOf(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText is ['/' or '{', ..] route ? route : "/" + endpoint.RoutePattern.RawText;

    /// <summary>An address with one more question in it.</summary>
    public static string With(string address, string question) =>
        question.Length == 0 ? address : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{question}";
}
