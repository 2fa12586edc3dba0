using PolicyHub.Content.Catalogue;

namespace PolicyHub.Web.Pages.History;

/// <summary>Changes as rows of a file.</summary>
internal static class ChangesTable
{
    private static readonly string[] Columns = ["published", "happened", "title", "id", "type", "version", "note", "author", "approvals", "path", "path-before", "commit", "blob"];

    public static IEnumerable<IEnumerable<string?>> Of(IEnumerable<ChangeRow> rows, Visit visit)
    {
        yield return Columns.Select(column => visit[$"history.csv.{column}"]);
        foreach (var row in rows)
        {
            var change = row.Change;
            yield return
            [
                HistoryDates.Exact(change.Published, visit),
                row.IsUnreadable ? $"{row.What}, {visit["history.unreadable"]}" : row.What,
                change.Title,
                row.History.Id,
                visit.KindName(row.Kind),
                change.Version?.Label.ToString(),
                row.Note,
                change.Commit.Author,
                string.Join("; ", Approval.Of(change.Commit).Select(approval => approval.Name)),
                change.Path.Value,
                change.MovedFrom?.Value,
                change.Commit.Id.Hex,
                change.Version?.Blob?.Hex,
            ];
        }
    }
}
