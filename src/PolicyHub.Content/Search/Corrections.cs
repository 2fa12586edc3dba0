using System.Text;

namespace PolicyHub.Content.Search;

/// <summary>What was searched instead of what was typed.</summary>
internal static class Corrections
{
    /// <summary>The query with each corrected word as it stands in a document (or in none in particular); null when no word was.</summary>
    public static string? Of(QueryPlan plan, ReaderView view, int? slot)
    {
        StringBuilder? text = null;
        var shift = 0;

        // Where a whole stretch is met, its words were not read as others: “pot hole” is “pothole”, whatever “pot” alone may be.
        var read = plan.Clauses
            .Where(clause => !clause.Alternatives.Any(whole => whole.Kind == MatchKind.Joined && Holds(whole, view, slot)))
            .SelectMany(clause => clause.Words)
            .OrderBy(clause => clause.Word.Word.Start);
        foreach (var clause in read)
        {
            if (clause.Alternatives.Any(alternative => alternative.Kind != MatchKind.Corrected && Holds(alternative, view, slot))
                || clause.Alternatives.FirstOrDefault(alternative => alternative.Kind == MatchKind.Corrected && Holds(alternative, view, slot)) is not { } corrected)
            {
                continue;
            }

            var group = corrected.Groups[0];
            var word = view.Data.Dictionary[group.Words.MaxBy(candidate => view.DocumentFrequency[candidate])];
            text ??= new StringBuilder(plan.Query.Text);
            var place = clause.Word.Word;
            text.Remove(place.Start + shift, place.Length).Insert(place.Start + shift, word);
            shift += word.Length - place.Length;
        }

        return text?.ToString().Trim();
    }

    private static bool Holds(Alternative alternative, ReaderView view, int? slot) =>
        slot is not { } document
        || Array.TrueForAll(alternative.Groups, group => Array.Exists(group.Words, word => view.Data.Postings[word].Holds(document)));
}
