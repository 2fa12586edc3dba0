using System.Collections.Immutable;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Search;
using PolicyHub.Web.Pages.Read;

namespace PolicyHub.Web.Pages.Find;

/// <summary>A desk that would have what was searched for, with the line of what it handles that says so; empty where none does.</summary>
public sealed record DeskForTopic(DeskNow Desk, string Handles)
{
    private const int MostWords = 12;

    private const int MostDesks = 3;

    private static readonly char[] Between = [' ', ',', '.', '?', '!', ';', ':', '/'];

    /// <summary>
    /// The desks that know most words of a question, each word asked by itself: a question with words that the library lacks finds
    /// nothing as a whole. Word forms, slips and synonyms count, as in any search.
    /// </summary>
    public static ImmutableArray<DeskForTopic> Of(string question, Visit visit)
    {
        var words = question.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(word => word.Length > 2).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostWords);
        var desks = visit.Edition.Documents(visit.Reader).Count(document => document.Kind == DocumentKind.Desk);
        var hits =
            from word in words
            let found = visit.Edition.Search(new SearchQuery { Text = word, Kind = DocumentKind.Desk, Limit = MostDesks, Unfinished = false }, visit.Reader)
            where found.Total * 2 <= desks // A word of most desks, such as “and”, tells none.
            from hit in found.Hits
            select (hit.Document, hit.Score, Word: word);
        return
        [
            .. (from found in hits
                group found by found.Document.Document.Path into desk
                orderby desk.Select(found => found.Word).Distinct().Count() descending, desk.Sum(found => found.Score) descending
                let stand = visit.StandOf(visit.Edition.Find(desk.Key, visit.Reader))
                where stand is not null
                select new DeskForTopic(stand, HandlesOf(stand, desk.Select(found => found.Word)))).Take(MostDesks),
        ];
    }

    private static string HandlesOf(DeskNow desk, IEnumerable<string> words) =>
        desk.Details.Handles.FirstOrDefault(line => words.Any(word => line.Contains(word[..Math.Min(word.Length, 4)], StringComparison.CurrentCultureIgnoreCase))) ?? "";
}
