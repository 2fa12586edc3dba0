using PolicyHub.Content.Documents;
using PolicyHub.Content.Search;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Pages.Find;
using PolicyHub.Web.Pages.Read;
using PolicyHub.Web.Security;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Api;

/// <summary><c>GET /api/search</c>: what the box shows while a person types, and what other programs may ask.</summary>
public static class SearchEndpoint
{
    public const string Address = "/api/search";

    private const int Usual = 10;

    private static readonly string[] Reads = ["GET", "HEAD"];

    public static void MapSearch(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods(Address, Reads, Search).RequireAuthorization(Policies.Reading).RequireRateLimiting(SearchLimit.Policy);

    private static IResult Search(Visit visit, HttpRequest request) =>
        SearchAddress.Read(request.Query, visit, Usual) is var (query, wrong) && query is not null
            ? new SearchAnswer(FoundSections.Of(new SearchView(query, visit)))
            : TypedResults.Problem(wrong, statusCode: StatusCodes.Status400BadRequest);
}

/// <summary>The answer as JSON.</summary>
/// <param name="Tags">How many have each tag; empty unless <c>facets=1</c>, like <paramref name="Audiences"/>.</param>
public sealed record FoundSections(
    string Query,
    string? CorrectedTo,
    string? Suggestion,
    int Total,
    IEnumerable<FoundKind> Kinds,
    IEnumerable<FacetCount> Tags,
    IEnumerable<FacetCount> Audiences,
    IEnumerable<FoundAnswer> Answers,
    IEnumerable<FoundSection> Results,
    IEnumerable<FoundOwner> Desks,
    FoundNumber? Numbered)
{
    public static FoundSections Of(SearchView view) => new(
        view.Query.Text,
        view.Results.CorrectedTo,
        view.Results.Suggestion,
        view.Results.Total,
        view.Results.Kinds.Select(kind => new FoundKind(kind.Kind.Slug(), view.Visit.KindName(kind.Kind), kind.Count)),
        view.Results.Tags,
        view.Results.Audiences,
        view.Results.Answers.Select(answer => FoundAnswer.Of(view, answer)).OfType<FoundAnswer>(),
        view.Results.Hits.Select(hit => FoundSection.Of(view, hit)).OfType<FoundSection>(),
        view.DesksForTopic.Select(owner => FoundOwner.Of(owner, view.Visit)),
        view.Numbered is { } numbered ? new FoundNumber(numbered.Title, numbered.History.Id ?? "", view.Visit.Keep(ReadLinks.Document(numbered.History, view.Visit)), numbered.State) : null);
}

/// <summary>A document that was asked for by its exact number or a title that it had, and is not in effect.</summary>
/// <param name="Id">Its number; empty where it has none.</param>
public sealed record FoundNumber(string Title, string Id, string Url, string State);

public sealed record FoundKind(string Kind, string Name, int Count);

/// <summary>A desk and how it stands now.</summary>
/// <param name="Reach">How to reach it, as people say it: “ext. 4100”.</param>
public sealed record FoundDesk(string Title, string? Extension, string Reach, bool? Open, string State)
{
    public static FoundDesk? Of(DeskNow? desk, Visit visit) =>
        desk is null ? null : new(desk.Desk.Title, desk.Details.Extension, desk.Reach(visit), desk.IsOpen, desk.State);
}

/// <summary>A desk that would have what was not found.</summary>
/// <param name="Handles">The line of what it handles that says so.</param>
public sealed record FoundOwner(string Title, string Url, string Reach, string State, string Handles)
{
    public static FoundOwner Of(DeskForTopic owner, Visit visit) =>
        new(owner.Desk.Desk.Title, visit.Keep(ReadLinks.Document(owner.Desk.Desk)), owner.Desk.Reach(visit), owner.Desk.State, owner.Handles);
}

/// <param name="Citation">What stands under it when it is copied.</param>
/// <param name="Pane">Where its section is read without the page around.</param>
public sealed record FoundAnswer(
    string Ask,
    string Say,
    string? OnlyIf,
    string Title,
    string? Id,
    string Kind,
    string Url,
    DateTimeOffset InEffectSince,
    string State,
    FoundDesk? Desk,
    string Citation,
    string Pane)
{
    public static FoundAnswer? Of(SearchView view, AnswerHit hit) => view.DocumentOf(hit.Document) is not { } document ? null : new(
        hit.Answer.Ask,
        hit.Answer.Say,
        hit.Answer.OnlyIf,
        document.Title,
        document.Document.Id,
        document.Kind.Slug(),
        view.Visit.Keep(view.Links.Document(document, hit.Answer.Section)),
        document.InEffectSince,
        NoticeState.TextOf(document, view.Visit),
        FoundDesk.Of(view.Visit.DeskOf(document), view.Visit),
        Pages.Read.Citation.Of(document, view.Visit),
        view.Visit.Keep(view.Links.Pane(document, hit.Answer.Section)));
}

/// <param name="State">Since when it is in effect, or how a notice stands, as people say it.</param>
/// <param name="Pinned">Why its owner placed it first for this question; null where nobody did.</param>
/// <param name="Marks">Start and length of each match, in UTF-16 units, by field.</param>
public sealed record FoundSection(
    string Title,
    string Heading,
    string Url,
    string Kind,
    string KindName,
    string? Id,
    string Snippet,
    double Score,
    DateTimeOffset InEffectSince,
    string State,
    FoundDesk? Desk,
    string? Pinned,
    string Citation,
    string Pane,
    FoundMarks Marks)
{
    public static FoundSection? Of(SearchView view, SearchHit hit)
    {
        if (view.DocumentOf(hit.Document) is not { } document)
        {
            return null;
        }

        var (visit, anchor, state) = (view.Visit, SearchView.AnchorOf(hit), NoticeState.TextOf(document, view.Visit));
        return new FoundSection(
            hit.Title.Text,
            hit.Heading.Text,
            visit.Keep(view.Links.Document(document, anchor)),
            document.Kind.Slug(),
            visit.KindName(document.Kind),
            document.Document.Id,
            ExcerptRows.Of(hit).Text,
            Math.Round(hit.Score, 4),
            document.InEffectSince,
            state,
            FoundDesk.Of(visit.DeskOf(document), visit),
            hit.Pinned,
            Pages.Read.Citation.Of(document, state, visit),
            visit.Keep(view.Links.Pane(document, anchor)),
            new FoundMarks(Pairs(hit.Title), Pairs(hit.Heading), Pairs(hit.Excerpt)));
    }

    private static int[][] Pairs(MarkedText text) => [.. text.Marks.Select(mark => new[] { mark.Start, mark.Length })];
}

public sealed record FoundMarks(int[][] Title, int[][] Heading, int[][] Snippet);
