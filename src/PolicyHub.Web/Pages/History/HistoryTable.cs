using PolicyHub.Content.Editions;

namespace PolicyHub.Web.Pages.History;

/// <summary>A document's history as rows of a file.</summary>
internal static class HistoryTable
{
    private static readonly string[] Columns =
        ["version", "state", "in-effect", "applies", "title", "happened", "note", "author", "published", "authored", "approvals", "recorded-from", "path", "commit", "blob"];

    public static IEnumerable<IEnumerable<string?>> Of(DocumentTimeline timeline, Visit visit)
    {
        yield return Columns.Select(column => visit[$"history.csv.{column}"]);
        foreach (var change in timeline.Events)
        {
            var row = new HistoryRow(change, timeline, visit);
            yield return
            [
                row.Version?.Label.ToString(),
                row.IsUnreadable ? $"{row.StateName}, {visit["history.unreadable"]}" : row.StateName,
                row.Version is null ? "" : Spans(timeline.SpansOf(row.Version), visit),
                row.Version is null ? "" : Spans(timeline.OtherDaysOf(row.Version), visit),
                change.Title,
                string.Join("; ", row.Happenings.DefaultIfEmpty(visit[$"history.event.{HistoryRow.SlugOf(change.Kind)}"])),
                row.Note,
                row.Commit.Author,
                HistoryDates.Exact(row.Commit.Published, visit),
                HistoryDates.Exact(row.Commit.Authored, visit),
                row.Approvals.IsEmpty ? visit["history.no-approval"] : string.Join("; ", row.Approvals.Select(row.Words)),
                row.RecordedFrom,
                change.Path.Value,
                row.Commit.Id.Hex,
                row.Version?.Blob?.Hex,
            ];
        }
    }

    private static string Spans(IEnumerable<VersionSpan> spans, Visit visit) =>
        string.Join("; ", spans.Select(span => $"{HistoryDates.Exact(span.From, visit)}/{(span.Until is { } until ? HistoryDates.Exact(until, visit) : "")}"));
}
