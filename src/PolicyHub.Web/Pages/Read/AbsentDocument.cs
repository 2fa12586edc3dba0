using PolicyHub.Content;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Web.AsOf;

namespace PolicyHub.Web.Pages.Read;

/// <summary>A document that is not in effect at the instant of the visit: since when it is gone and why, or from when it will be there.</summary>
public sealed class AbsentDocument
{
    private readonly Visit visit;
    private readonly VersionText? last;

    private AbsentDocument(Visit visit, DocumentHistory history, VersionSpan? before, VersionSpan? after, string title, VersionText? last) =>
        (this.visit, History, Before, After, this.last, Title) = (visit, history, before, after, last, (before ?? after)?.Version.Title ?? title);

    public DocumentHistory History { get; }

    /// <summary>When it was in effect last; null where it was not yet.</summary>
    public VersionSpan? Before { get; }

    /// <summary>When it will be in effect next, or was after the day asked about; null where nothing is known.</summary>
    public VersionSpan? After { get; }

    /// <summary>It was there and is gone; else it is not there yet, or never was to be read.</summary>
    public bool IsGone => Before is not null;

    public string Title { get; }

    /// <summary>Why it was rescinded, as its text or the one who withdrew it says; empty where nobody does.</summary>
    public string Reason
    {
        get
        {
            if (last?.Document.RescindedReason is { Length: > 0 } reason)
            {
                return reason;
            }

            // It may have come back and gone again since: what counts is what followed the text that was read last.
            var end = Before is null ? null : History.Versions.SkipWhile(version => !ReferenceEquals(version, Before.Version)).Skip(1).FirstOrDefault();
            return end is { Blob: null } && end.Published <= visit.Clock ? visit.Edition.NoteOf(end, visit.Reader) : "";
        }
    }

    /// <summary>What took its place: what it names itself, and what names it; those that are in effect, each once.</summary>
    public IReadOnlyList<EditionDocument> ReplacedBy =>
    [
        .. (last?.Document.ReplacedBy ?? []).Select(Find).OfType<EditionDocument>()
            .Concat(visit.Edition.ReplacersOf(History, visit.Reader))
            .DistinctBy(document => document.Path),
    ];

    /// <summary>Its page as it was last read.</summary>
    public string? LastRead => Before is null ? null : AddressOn(Before.Until!.Value.AddTicks(-1));

    /// <summary>Its page as it will be read, or was after the day asked about.</summary>
    public string? NextRead => After is null ? null : AddressOn(After.From);

    /// <summary>Reads what its last text says of its end.</summary>
    /// <exception cref="GitException">The store cannot be read.</exception>
    public static async Task<AbsentDocument> OfAsync(DocumentHistory history, Visit visit, VersionTexts texts, IBlobStore blobs, CancellationToken cancellation)
    {
        // What the reader may not see is not told of, not even by its title.
        var timeline = DocumentTimeline.Of(history, visit.Today, visit.Reader, visit.Clock);
        var spans = visit.AsOf?.Question == DateQuestion.For ? timeline.Applied : timeline.InEffect;
        var before = spans.LastOrDefault(span => span.Until <= visit.Now);
        return new AbsentDocument(
            visit, history, before, spans.FirstOrDefault(span => span.From > visit.Now), timeline.Title,
            before is null ? null : await texts.ReadAsync(blobs, before.Version, visit.Settings, cancellation));
    }

    private EditionDocument? Find(string written) =>
        visit.Edition.FindById(written, visit.Reader)
        ?? (History.Path.TryResolve(written, out var path) ? visit.Edition.Find(path, visit.Reader) : null)
        ?? (LibraryPath.TryParse(written.TrimStart('/'), out var fromRoot) ? visit.Edition.Find(fromRoot, visit.Reader) : null);

    private string AddressOn(DateTimeOffset instant)
    {
        var zone = visit.Settings.Zone;
        var day = new DeclaredMoment(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime));
        var isEnough = visit.AsOf?.Question != DateQuestion.For && Resolver.Spans(History.Versions, visit.Clock, zone).Any(span => span.Holds(instant) && span.Holds(day.LastInstant(zone)));
        return AsOfDate.Put(
            ReadLinks.Document(History.PathAt(instant)),
            visit.AsOf?.Question ?? DateQuestion.On,
            isEnough ? day.ToString() : AsOfDate.Exact(instant));
    }
}
