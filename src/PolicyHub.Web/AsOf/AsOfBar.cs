using System.Collections.Immutable;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Web.Pages;

namespace PolicyHub.Web.AsOf;

/// <summary>
/// What the bar over a page of another day says: the question, where the library, or the document shown, stood before and
/// after, and whether the other question has another answer.
/// </summary>
public sealed class AsOfBar
{
    /// <summary>After so long without a hand on it, a page of another day goes back to today.</summary>
    public const int IdleSeconds = 600;

    private readonly Lazy<ImmutableArray<DateTimeOffset>> changes;

    private AsOfBar(Visit visit, AsOfDate date, DocumentHistory? document)
    {
        (Visit, Date, Document) = (visit, date, document);
        changes = new(() => document is null ? visit.Today.ChangesFor(visit.Reader) : ChangesOf(document));
    }

    public Visit Visit { get; }

    public AsOfDate Date { get; }

    /// <summary>The document that the page shows; null where it shows the library.</summary>
    public DocumentHistory? Document { get; }

    /// <summary>From when what stood before this day stood; null where nothing did.</summary>
    public DateTimeOffset? Before => Next >= 2 ? changes.Value[Next - 2] : null;

    /// <summary>When what stands on this day changed next, or will; null where nothing is known.</summary>
    public DateTimeOffset? After => Next < changes.Value.Length ? changes.Value[Next] : null;

    /// <summary>The day, as people say it; with its time where one was asked for.</summary>
    public string Day => DayText(Date, Visit);

    /// <summary>The document's version of this day is another one where the other question is asked.</summary>
    public bool OtherQuestionDiffers => Document is { } document && Answer(document, DateQuestion.On) != Answer(document, DateQuestion.For);

    public static DateQuestion Other(DateQuestion question) => question == DateQuestion.On ? DateQuestion.For : DateQuestion.On;

    /// <summary>Null on a page of today.</summary>
    public static AsOfBar? Of(Visit visit, DocumentHistory? document) => visit.AsOf is { } date ? new AsOfBar(visit, date, document) : null;

    public static string DayText(AsOfDate date, Visit visit) =>
        date.Written.Time is null ? visit.Dates.DayText(date.At) : $"{visit.Dates.DayText(date.At)}, {visit.Dates.TimeText(TimeZoneInfo.ConvertTime(date.At, visit.Settings.Zone).DateTime)}";

    /// <summary>This page on the day from which an instant's text stands: named by its date where that is enough to say it.</summary>
    public string AddressAt(DateTimeOffset instant)
    {
        var zone = Visit.Settings.Zone;
        var day = new DeclaredMoment(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime));
        var isEnough = !changes.Value.Any(change => change > instant && change <= day.LastInstant(zone));
        return Address(Date.Question, isEnough ? day.ToString() : AsOfDate.Exact(instant));
    }

    /// <summary>This page with another question, or another day; an empty one is today.</summary>
    public string Address(DateQuestion question, string day)
    {
        var others = string.Join('&', Others.Select(pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value)}"));
        return AsOfDate.Put(Visit.Path + (others.Length > 0 ? "?" + others : ""), question, day);
    }

    /// <summary>What the address of this page says beside the day.</summary>
    public IEnumerable<(string Name, string Value)> Others => Visit.Asked.Where(pair => pair.Name is not (AsOfDate.On or AsOfDate.For or "part"));

    /// <summary>The place of the first change after the day.</summary>
    private int Next => changes.Value.AsSpan().BinarySearch(Date.At) is var index && index >= 0 ? index + 1 : ~index;

    private BlobAnswer Answer(DocumentHistory document, DateQuestion question)
    {
        var zone = Visit.Settings.Zone;
        var point = question == DateQuestion.On ? PointInTime.On(Date.At) : PointInTime.For(Date.At, Visit.Clock);
        var version = point.Version(document.Versions, zone);
        return new BlobAnswer(version is null || version.HasEnded(Date.At, zone) ? null : version.Blob?.Hex);
    }

    private ImmutableArray<DateTimeOffset> ChangesOf(DocumentHistory document)
    {
        var zone = Visit.Settings.Zone;
        var spans = Date.Question == DateQuestion.On
            ? Resolver.Spans(document.Versions, Visit.Clock, zone)
            : Resolver.Applied(document.Versions, Visit.Clock, zone);
        return [.. spans.SelectMany(span => new[] { span.From, span.Until ?? span.From }).Distinct().Order()];
    }

    private readonly record struct BlobAnswer(string? Hex);
}
