using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;

namespace PolicyHub.Web.Pages.Find;

/// <summary>A document that was asked for by its exact number, or by a title that it had, and is not in effect: it stands above the results, with its state.</summary>
/// <param name="IsGone">It was in effect and is not any more; else it is not yet.</param>
/// <param name="State">“Rescinded since 1 May 2026”, as people say it.</param>
public sealed record NumberedDocument(DocumentHistory History, string Title, bool IsGone, string State)
{
    /// <summary>Null where the text is no number or title of one, or one that is in effect, or that the reader may not see.</summary>
    public static NumberedDocument? Of(string text, Visit visit)
    {
        var asked = text.Trim();
        if (visit.Edition.FindById(asked, visit.Reader) is not null
            || (visit.Edition.FindHistoryById(asked, visit.Reader) ?? visit.Edition.FindAbsentByTitle(asked, visit.Reader)) is not { } history)
        {
            return null;
        }

        // What the reader may not see is not told of, not even by its title.
        var timeline = DocumentTimeline.Of(history, visit.Today, visit.Reader, visit.Clock);
        var spans = timeline.InEffect;
        var ended = spans.LastOrDefault(span => span.Until <= visit.Now);
        var begins = spans.FirstOrDefault(span => span.From > visit.Now);
        var title = (ended ?? begins)?.Version.Title ?? timeline.Title;
        return ended is not null ? new(history, title, true, $"{visit["absent.rescinded"]} {visit.Dates.DayText(ended.Until!.Value)}")
            : begins is not null ? new(history, title, false, $"{visit["state.not-yet"]} {visit.Dates.DayText(begins.From)}")
            : new(history, title, true, visit["absent.never"]);
    }
}
