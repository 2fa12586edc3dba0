using PolicyHub.Content.Catalogue;

namespace PolicyHub.Web.Pages.History;

/// <summary>Which document an address of history means.</summary>
public static class HistoryFinder
{
    /// <param name="path">A path that it has or had, with or without its extension; else its number.</param>
    /// <param name="began">How its first commit begins, where several stood there one after the other; null: the one that stands there, or stood last.</param>
    /// <returns>Null where there never was one that the reader may see.</returns>
    public static DocumentHistory? Find(string? path, string? began, Visit visit)
    {
        var address = (path ?? "").Trim('/');
        if (string.IsNullOrEmpty(began))
        {
            return visit.Today.FindHistory(address, visit.Reader) ?? visit.Today.FindHistoryById(address, visit.Reader);
        }

        return began.Length < HistoryLinks.LettersOfCommit ? null : visit.Today.Catalogue.Documents.FirstOrDefault(history =>
            history.Versions[0].Commit.Id.Hex.StartsWith(began, StringComparison.Ordinal)
            && history.Paths.Any(span => span.Path.WithoutExtension == address)
            && visit.Reader.MaySee(visit.Today.AccessOf(history)));
    }
}
