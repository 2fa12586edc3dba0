using System.Collections.Immutable;
using System.Diagnostics;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Search;
using PolicyHub.Web.Pages.Read;
using PolicyHub.Web.Telemetry;

namespace PolicyHub.Web.Pages.Find;

/// <summary>What was found for a question, with everything its page shows.</summary>
public sealed class SearchView
{
    public SearchView(SearchQuery query, Visit visit)
    {
        Query = query;
        Visit = visit;
        var began = Stopwatch.GetTimestamp();
        Results = IsEmpty ? SearchResults.None : WithoutAnswersThatAreOver(visit.Edition.Search(query, visit.Reader));
        HubMeter.Searched(IsEmpty ? "empty" : FoundNothing ? "none" : "found", Stopwatch.GetElapsedTime(began));
    }

    private const int Foremost = 5;

    /// <summary>More tags than that nobody reads through.</summary>
    private const int MostOffered = 100;

    private NumberedDocument? numbered;
    private FoundLinks? links;

    public SearchQuery Query { get; }

    public Visit Visit { get; }

    public SearchResults Results { get; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Query.Text);

    public bool FoundNothing => !IsEmpty && Results.Hits.IsEmpty && Results.Answers.IsEmpty;

    /// <summary>What was in fact searched for: its words are marked.</summary>
    public string Searched => Results.CorrectedTo ?? Query.Text;

    /// <summary>Where what was found is read.</summary>
    public FoundLinks Links => links ??= new FoundLinks(Searched);

    /// <summary>Documents found, whatever their kind.</summary>
    public int AllKinds => Results.Kinds.Sum(kind => kind.Count);

    /// <summary>A document asked for by its exact number that is not in effect.</summary>
    public NumberedDocument? Numbered => numbered ??= NumberedDocument.Of(Query.Text, Visit);

    /// <summary>Notices that run now and override one of the first documents found: of what stands further down nobody asked.</summary>
    public IReadOnlyList<EditionDocument> Notices
    {
        get
        {
            var paths = Results.Hits.Take(Foremost).Select(hit => hit.Document.Document.Path)
                .Concat(Results.Answers.Select(answer => answer.Document.Document.Path)).ToHashSet();
            return [.. Visit.Edition.NoticesAt(Visit.Now, Visit.Reader)
                .Where(notice => ((NoticeDetails)notice.Document.Details!).Overrides.Any(paths.Contains))];
        }
    }

    /// <summary>Desks to ask when nothing was found.</summary>
    public IReadOnlyList<DeskNow> Desks =>
        [.. Visit.Edition.Documents(Visit.Reader).Where(document => document.Kind == DocumentKind.Desk).Select(Visit.StandOf).OfType<DeskNow>()];

    /// <summary>The desks that would have the topic when nothing was found; empty where none does.</summary>
    public ImmutableArray<DeskForTopic> DesksForTopic => FoundNothing ? DeskForTopic.Of(Results.Suggestion ?? Query.Text, Visit) : [];

    /// <summary>The page that says who handles what is not ours, where the library has one.</summary>
    public EditionDocument? NotOurs => Visit.Edition.Documents(Visit.Reader)
        .FirstOrDefault(document => document.Path.Name.Equals("not-ours.md", StringComparison.OrdinalIgnoreCase));

    public EditionDocument? DocumentOf(SearchableDocument found) => Visit.Edition.Find(found.Document.Path, Visit.Reader);

    /// <summary>The same question with another filter.</summary>
    public string Address(DocumentKind? kind, bool exactly = false) =>
        SearchAddress.Of(Query with { Kind = kind, Exactly = exactly || Query.Exactly }, Visit);

    /// <summary>What a filter can be set to: what was found has it, and what it is set to now.</summary>
    public IEnumerable<FacetCount> Offered(ImmutableArray<FacetCount> found, string? now) =>
        now is null || found.Any(facet => facet.Is(now)) ? found.Take(MostOffered) : found.Take(MostOffered).Prepend(new FacetCount(now, 0));

    public static string AnchorOf(SearchHit hit) => hit.Document.Sections[hit.Section].Anchor;

    /// <summary>What a notice answered is no answer once the notice has ended.</summary>
    private SearchResults WithoutAnswersThatAreOver(SearchResults found) => found with
    {
        Answers = [.. found.Answers.Where(answer => DocumentOf(answer.Document) is { } document && !NoticeState.IsOver(document, Visit))],
    };
}
