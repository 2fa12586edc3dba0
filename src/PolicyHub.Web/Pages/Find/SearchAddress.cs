using PolicyHub.Content.Documents;
using PolicyHub.Content.Search;
using PolicyHub.Web.Pages.History;
using PolicyHub.Web.Security;

namespace PolicyHub.Web.Pages.Find;

/// <summary>A search as it stands in an address: pages and programs ask alike.</summary>
public static class SearchAddress
{
    /// <summary>What an address asks for; a sentence that says what is wrong with it instead where it can't be asked.</summary>
    /// <param name="usual">How many results where it says nothing of that.</param>
    public static (SearchQuery? Query, string? Wrong) Read(IQueryCollection asked, Visit visit, int usual)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(visit);
        var text = Value(asked, "q") ?? "";
        if (text.Length > SearchLimit.LongestQuery)
        {
            return (null, $"q is longer than {SearchLimit.LongestQuery} characters.");
        }

        var most = usual;
        if (Value(asked, "limit") is { } limit && (!int.TryParse(limit, System.Globalization.CultureInfo.InvariantCulture, out most) || most is < 1 or > SearchLimit.MostResults))
        {
            return (null, $"limit is a number from 1 to {SearchLimit.MostResults}.");
        }

        DocumentKind kind = default;
        if (Value(asked, "kind") is { } name && !DocumentKinds.TryParse(name, out kind))
        {
            return (null, "kind is one of " + string.Join(", ", DocumentKinds.All.Select(known => known.Slug())) + ".");
        }

        DeclaredMoment first = default, last = default;
        if ((Value(asked, "since") is { } since && !DeclaredMoment.TryParse(since, out first)) || (Value(asked, "until") is { } until && !DeclaredMoment.TryParse(until, out last)))
        {
            return (null, "since and until are dates such as 2026-12-01.");
        }

        // A day starts and ends where the organisation is.
        var zone = visit.Edition.Settings.Zone;
        DateTimeOffset? from = Value(asked, "since") is null ? null : first.FirstInstant(zone);
        DateTimeOffset? to = Value(asked, "until") is null ? null : last.LastInstant(zone);
        return from > to ? (null, "since is after until.") : (new SearchQuery
        {
            Text = text,
            Limit = most,
            Kind = Value(asked, "kind") is null ? null : kind,
            Tag = Value(asked, "tag"),
            Audience = Value(asked, "audience"),
            Since = from,
            Until = to,
            Exactly = IsTrue(asked, "exactly"),
            Facets = IsTrue(asked, "facets"),
        }, null);
    }

    /// <summary>The page that shows what a search finds, with all its filters.</summary>
    public static string Of(SearchQuery query, Visit visit) => FindLinks.Query(FindLinks.SearchPage, Parameters(query, visit));

    /// <summary>Why a search found a section, see <see cref="FindLinks.ReadKey"/>.</summary>
    public static string Why(string read, SearchQuery query, Visit visit) => FindLinks.Query("/search/why", [("read", read), .. Parameters(query, visit)]);

    /// <summary>Whether anything but words and perhaps a kind is asked for.</summary>
    public static bool IsFiltered(this SearchQuery query) => (query.Tag ?? query.Audience) is not null || (query.Since ?? query.Until) is not null;

    private static (string Name, string? Value)[] Parameters(SearchQuery query, Visit visit) =>
    [
        ("q", query.Text),
        ("kind", query.Kind?.Slug()),
        ("tag", query.Tag),
        ("audience", query.Audience),
        ("since", query.Since is { } since ? HistoryDates.Iso(since, visit) : null),
        ("until", query.Until is { } until ? HistoryDates.Iso(until, visit) : null),
        ("exactly", query.Exactly ? "1" : null),
    ];

    private static bool IsTrue(IQueryCollection asked, string name) => asked[name] is [("1" or "true")];

    /// <summary>Null where it is not said or empty, as a form sends what nobody filled in; said twice, the first counts.</summary>
    private static string? Value(IQueryCollection asked, string name) => asked[name] is { Count: > 0 } values && values[0] is { Length: > 0 } value ? value : null;
}
