using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Rendering;
using PolicyHub.Web.Pages.History;

namespace PolicyHub.Web.Pages.Read;

/// <summary>A document with what its page shows around it, looked up once.</summary>
public sealed class DocumentView
{
    public DocumentView(EditionDocument found, Visit visit, string? marking = null)
    {
        Found = found;
        Visit = visit;
        Marking = marking;
        Desk = visit.DeskOf(found);
    }

    public EditionDocument Found { get; }

    public Document Document => Found.Document;

    public Visit Visit { get; }

    /// <summary>What was searched for; null: nothing is marked.</summary>
    public string? Marking { get; }

    /// <summary>The desk that handles it.</summary>
    public DeskNow? Desk { get; }

    /// <summary>The body, with the words searched for marked.</summary>
    public SafeHtml Body => Mark(Found.Rendered.Html);

    /// <summary>Headings for the contents list; a body with fewer than three needs none.</summary>
    public IReadOnlyList<RenderedSection> Contents
    {
        get
        {
            var headings = Found.Rendered.Sections.Where(section => section.Level is 1 or 2 or 3).ToList();
            return headings.Count < 3 ? [] : headings;
        }
    }

    /// <summary>Notices that run now and override this document.</summary>
    public IEnumerable<EditionDocument> Overriding => Visit.Edition.NoticesAt(Visit.Now, Visit.Reader)
        .Where(notice => ((NoticeDetails)notice.Document.Details!).Overrides.Contains(Found.Path));

    /// <summary>Where the text that takes its place next can be read already; null where none is planned any more, or none that the reader may see.</summary>
    public string? UpcomingRead => Found.Upcoming is { } upcoming && Visit.Today.MaySee(Found.History, upcoming.Version, Visit.Reader)
        ? HistoryLinks.Text(upcoming.Version, DocumentTimeline.Of(Found.History, Visit.Today, Visit.Reader, Visit.Clock), Visit)
        : null;

    public IReadOnlyList<EditionDocument> LinkedFrom => [.. Visit.Edition.LinksTo(Found, Visit.Reader)];

    public bool HasProblems => Visit.Edition.HasProblems(Found, Visit.Reader);

    /// <summary>Positions that own it, the accountable one first: title and who holds it.</summary>
    public IEnumerable<(string Title, string HeldBy)> Owners => Document.Owners.Select(slug =>
        Visit.Settings.Positions.TryGetValue(slug, out var position)
            ? (position.Title, string.Join(", ", position.HeldBy))
            : (slug, ""));

    /// <summary>What is printed across a text that is not in effect today: since when it is not, or from when it will be; null where it is.</summary>
    public string? PrintMark
    {
        get
        {
            if (Visit.AsOf is null || Visit.Today.Find(Found.History.Path, Visit.Reader)?.Version.Blob == Found.Version.Blob)
            {
                return null;
            }

            var zone = Visit.Settings.Zone;
            var span = Resolver.Spans(Found.History.Versions, Visit.Clock, zone).LastOrDefault(span => span.Version == Found.Version);
            return span is null ? Visit["print.not-in-effect"]
                : span.From > Visit.Clock ? $"{Visit["state.not-yet"]} {Visit.Dates.DayText(span.From)}"
                : span.Until is { } until && until <= Visit.Clock ? Visit.Format("print.superseded", Visit.Dates.DayText(until))
                : null;
        }
    }

    /// <summary>Whether front matter says anything about the document that its card would show.</summary>
    public bool HasFacts => Document is { Owners.Length: > 0 } or { Audience.Length: > 0 } or { Tags.Length: > 0 } or { AlsoKnownAs.Length: > 0 }
        or { LegalBasis.Length: > 0 } or { Implements.Length: > 0 } or { Replaces.Length: > 0 } or { ReplacedBy.Length: > 0 }
        or { MustRead.Length: > 0 } or { ReviewBy: not null } or { AdoptedBy: not null };

    /// <summary>When its review is due; null when no date is known.</summary>
    public DateOnly? ReviewBy => Document.ReviewBy;

    public bool ReviewIsOverdue => ReviewBy is { } due && due < DateOnly.FromDateTime(Visit.Dates.Local);

    /// <summary>Where a path or number of front matter leads, and the words for it; the text alone when it leads nowhere.</summary>
    public (string Text, string? Address) Reference(string written)
    {
        var target = Visit.Edition.FindById(written, Visit.Reader);
        if (target is null && Found.Path.TryResolve(written, out var path))
        {
            target = Visit.Edition.Find(path, Visit.Reader);
        }

        if (target is null && LibraryPath.TryParse(written.TrimStart('/'), out var fromRoot))
        {
            target = Visit.Edition.Find(fromRoot, Visit.Reader);
        }

        if (target is not null)
        {
            return (target.Title, ReadLinks.Document(target));
        }

        // What is gone or still to come has a page that says so.
        var named = Visit.Edition.FindHistoryById(written, Visit.Reader)
            ?? (Found.Path.TryResolve(written, out var beside) ? Visit.Edition.FindHistory(beside.Value, Visit.Reader) : null)
            ?? Visit.Edition.FindHistory(written, Visit.Reader);
        return (written, named is null ? null : ReadLinks.Document(named, Visit));
    }

    /// <summary>The address of a file that front matter names relative to the document; null when the library has none there.</summary>
    public string? Attachment(string? written)
    {
        if (written is null || !Found.Path.TryResolve(written, out var path))
        {
            return null;
        }

        if (path.IsDocument)
        {
            return Visit.Edition.Find(path, Visit.Reader) is { } target ? ReadLinks.Document(target) : null;
        }

        return Visit.Edition.FindFile(path) is null ? null : ReadLinks.File(path);
    }

    public EditionDocument? FindDesk(string slug) => Visit.Edition.FindDesk(slug, Visit.Reader);

    public SafeHtml Mark(SafeHtml html) => Marking is null ? html : Visit.Edition.Mark(html, Marking, Visit.Reader);

    /// <summary>The HTML of a section with the sections under it, so that a heading never stands without its text.</summary>
    public SafeHtml Section(int index)
    {
        var sections = Found.Rendered.Sections;
        var last = index;
        while (sections[index].Level > 0 && last + 1 < sections.Length && sections[last + 1].Level > sections[index].Level)
        {
            last++;
        }

        return Mark(Found.Rendered.Html.Slice(sections[index].HtmlStart, sections[last].HtmlEnd));
    }
}
