using System.Globalization;
using System.Text;
using PolicyHub.Content.Search;

namespace PolicyHub.Web.CommandLine;

/// <summary>What was found, as <c>policyhub search</c> prints it. Lines end in a line feed.</summary>
internal static class SearchPrinter
{
    /// <summary>Three lines a hit: rank, title and heading; path and anchor; the passage.</summary>
    /// <param name="why">The sentences that say why a hit was found; none are printed where it gives none.</param>
    public static string Print(SearchResults results, Func<SearchHit, IEnumerable<string>> why)
    {
        var text = new StringBuilder();
        if (results.CorrectedTo is { } corrected)
        {
            text.Append(CultureInfo.InvariantCulture, $"Showing results for “{Line(corrected)}”.\n\n");
        }

        foreach (var answer in results.Answers)
        {
            var condition = answer.Answer.OnlyIf is { } onlyIf ? $"Only if: {Line(onlyIf)} " : "";
            text.Append(CultureInfo.InvariantCulture, $"{Line(answer.Answer.Ask)}\n   {condition}{Line(answer.Answer.Say)}\n   {Place(answer.Document, answer.Answer.Section ?? "")}\n\n");
        }

        foreach (var (index, hit) in results.Hits.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"{index + 1}. {Line(hit.Title.Text)}{(hit.Heading.Text.Length > 0 ? " › " : "")}{Line(hit.Heading.Text)}\n");
            text.Append(CultureInfo.InvariantCulture, $"   {Place(hit.Document, AnchorOf(hit))}\n   {Line(hit.Excerpt.Text)}\n");
            if (hit.Pinned is { } reason)
            {
                text.Append(CultureInfo.InvariantCulture, $"   Pinned: {Line(reason)}\n");
            }

            foreach (var sentence in why(hit))
            {
                text.Append(CultureInfo.InvariantCulture, $"   - {Line(sentence)}\n");
            }
        }

        if (results.Hits.IsEmpty)
        {
            text.Append(results.Suggestion is { } meant ? $"Nothing found. Did you mean “{Line(meant)}”?\n" : "Nothing found.\n");
        }

        return text.ToString();
    }

    /// <summary>The anchor of the section found; empty for the text above the first heading.</summary>
    public static string AnchorOf(SearchHit hit) => hit.Document.Sections[hit.Section].Anchor;

    private static string Place(SearchableDocument document, string anchor) =>
        Line(document.Document.Path.Value) + (anchor.Length > 0 ? "#" + Line(anchor) : "");

    /// <summary>What an author wrote may hold what would break a line or steer a terminal.</summary>
    private static string Line(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
