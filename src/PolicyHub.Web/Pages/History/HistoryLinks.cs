using System.Globalization;
using PolicyHub.Content;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Web.AsOf;
using PolicyHub.Web.Pages.Find;
using PolicyHub.Web.Pages.Read;

namespace PolicyHub.Web.Pages.History;

/// <summary>The addresses of history.</summary>
public static class HistoryLinks
{
    public const string ChangesPage = "/changes";

    public const string FeedPath = "/changes.atom";

    public const string ComparePage = "/compare";

    /// <summary>Letters of the commit that tells two documents apart that stood at one path one after the other.</summary>
    public const int LettersOfCommit = 12;

    /// <summary>Every version of a document.</summary>
    public static string Of(DocumentHistory history, Visit visit, int page = 1, string? format = null) =>
        FindLinks.Query(PathOf("/history/", history.Path), ("began", Began(history, visit)), ("page", Number(page)), ("format", format));

    /// <summary>Two texts of a document; versions by label, such as <c>6</c>, or days, such as <c>2026-03-01</c>.</summary>
    public static string Compare(DocumentHistory history, Visit visit, string? from = null, string? to = null, string? view = null) =>
        FindLinks.Query(PathOf("/compare/", history.Path), ("began", Began(history, visit)), ("from", from), ("to", to), ("view", view));

    /// <summary>The library on two days.</summary>
    public static string CompareLibrary(string? from = null, string? to = null) => FindLinks.Query(ComparePage, ("from", from), ("to", to));

    /// <summary>The text of a version as it was read, on the day from which it counted; null where there was no such day.</summary>
    public static string? Text(DocumentVersion version, DocumentTimeline timeline, Visit visit) =>
        timeline.SpansOf(version) is [var span, ..] ? Text(span, DateQuestion.On, timeline, visit)
        : timeline.OtherDaysOf(version) is [var day, ..] ? Text(day, DateQuestion.For, timeline, visit)
        : null;

    public static string Changes(ChangesAsked asked, int page = 1, string? format = null) => FindLinks.Query(ChangesPage, [.. asked.Pairs, ("page", Number(page)), ("format", format)]);

    public static string Feed(ChangesAsked asked) => FindLinks.Query(FeedPath, [.. asked.Pairs]);

    /// <summary>The path of a page about a document, for a form.</summary>
    public static string PathOf(string page, LibraryPath path) => page + string.Join('/', path.WithoutExtension.Split('/').Select(Uri.EscapeDataString));

    /// <summary>What tells it from a later document at its path; null where it is the one that the path leads to.</summary>
    public static string? Began(DocumentHistory history, Visit visit) =>
        ReferenceEquals(visit.Today.FindHistory(history.Path.Value, visit.Reader), history) ? null : Began(history);

    /// <summary>How its first commit begins; null where it has none, as in a folder on disk.</summary>
    public static string? Began(DocumentHistory history) => history.Versions[0].Commit.Id.Hex is { Length: > LettersOfCommit } hex ? hex[..LettersOfCommit] : null;

    /// <summary>The day where that is enough to name it, else the instant.</summary>
    private static string Text(VersionSpan span, DateQuestion question, DocumentTimeline timeline, Visit visit)
    {
        var zone = visit.Today.Settings.Zone;
        var day = new DeclaredMoment(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(span.From, zone).DateTime));
        var isEnough = span.Holds(day.LastInstant(zone));
        var point = question == DateQuestion.On ? PointInTime.On(span.From) : PointInTime.For(span.From, visit.Clock);
        var written = isEnough ? day.ToString() : AsOfDate.Exact(span.From);
        return AsOfDate.Put(ReadLinks.Document(point.PathOf(timeline.History)), question, written);
    }

    private static string? Number(int page) => page <= 1 ? null : page.ToString(CultureInfo.InvariantCulture);
}
