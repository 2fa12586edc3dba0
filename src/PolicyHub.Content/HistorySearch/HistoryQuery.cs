using System.Globalization;
using System.Text;

namespace PolicyHub.Content.HistorySearch;

/// <summary>
/// What a person types, as FTS5 understands it (https://sqlite.org/fts5.html, section 3): every word must be there, words in quotation
/// marks together and in this order, the last word may be the beginning of one, <c>-word</c> must not be there. Each word is quoted, so no
/// letter is ever an operator.
/// </summary>
internal sealed class HistoryQuery
{
    /// <summary>More words than a person types.</summary>
    private const int Most = 32;

    public HistoryQuery(string text)
    {
        var wanted = new List<string>();
        var unwanted = new List<string>();
        foreach (var (words, isPhrase, isNot, isLast) in Parts(text).Take(Most))
        {
            var quoted = $"\"{words}\"";
            if (isNot)
            {
                unwanted.Add(quoted);
            }
            else
            {
                wanted.Add(isLast && !isPhrase && words.Length > 1 ? quoted + "*" : quoted);
            }
        }

        IsEmpty = wanted.Count == 0;
        Expression = string.Join(" AND ", wanted) + string.Concat(unwanted.Select(word => " NOT " + word));
    }

    /// <summary>Nothing is asked for.</summary>
    public bool IsEmpty { get; }

    public string Expression { get; }

    private static IEnumerable<(string Words, bool IsPhrase, bool IsNot, bool IsLast)> Parts(string text)
    {
        var quotes = text.Normalize(NormalizationForm.FormC).Replace('“', '"').Replace('”', '"').Split('"');
        for (var index = 0; index < quotes.Length; index++)
        {
            // A quotation mark that is not closed begins no phrase.
            var isPhrase = index % 2 == 1 && index + 1 < quotes.Length;
            if (isPhrase)
            {
                if (Words(quotes[index]) is { Count: > 0 } together)
                {
                    yield return (string.Join(' ', together), true, quotes[index - 1].EndsWith('-'), false);
                }

                continue;
            }

            var typed = quotes[index].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            for (var at = 0; at < typed.Length; at++)
            {
                var words = Words(typed[at]);
                for (var word = 0; word < words.Count; word++)
                {
                    var isLast = index == quotes.Length - 1 && at == typed.Length - 1 && word == words.Count - 1 && !text.EndsWith(' ');
                    yield return (words[word], false, typed[at].StartsWith('-') && typed[at].Length > 1, isLast);
                }
            }
        }
    }

    /// <summary>Runs of letters and digits, as the tokenizer of SQLite cuts them.</summary>
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.PrivateUse)
            {
                word.Append(rune);
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
