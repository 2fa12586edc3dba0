using System.Collections.Immutable;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Editing;

/// <summary>A sentence and where it stands.</summary>
/// <param name="Anchor">That of its section; empty for what stands above the first heading.</param>
/// <param name="Line">The line of the file, from 1, on which it starts; that of its section where it can't be told.</param>
public sealed record LongSentence(string Text, int Words, string Anchor, int Line);

/// <summary>
/// How much schooling it takes to read a text in English at ease: the Flesch–Kincaid grade, 0.39 · words / sentences + 11.8 · syllables / words − 15.59
/// (Kincaid, Fishburne, Rogers and Chissom, 1975, Research Branch Report 8-75). Grade 8 is what plain language aims at.
/// </summary>
/// <param name="Grade">A school year of the United States, with one digit after the point, at least 0.</param>
/// <param name="Longest">Sentences of more than <see cref="LongSentenceWords"/> words, the longest first.</param>
public sealed record ReadingLevel(double Grade, int Words, int Sentences, ImmutableArray<LongSentence> Longest)
{
    /// <summary>Over so many words a sentence is hard to follow.</summary>
    public const int LongSentenceWords = 25;

    private const int MostLongest = 10;

    /// <summary>Fewer words tell nothing.</summary>
    private const int LeastWords = 30;

    private static readonly string[] Abbreviations = ["a.m.", "p.m.", "e.g.", "i.e.", "mr.", "mrs.", "ms.", "dr.", "st.", "no.", "vs.", "etc.", "ext.", "inc.", "dept."];

    /// <summary>Measures what is written as sentences: no headings, no tables, no code. Null where there is too little, and for a language that is not English.</summary>
    public static ReadingLevel? Of(Document document, RenderedBody body, string language)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(body);
        if (!language.StartsWith("en", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var lines = document.Body.Split('\n');
        var sentences = (from section in body.Sections
                         from block in section.Text.Split('\n')
                         where !block.Contains(" | ", StringComparison.Ordinal)
                         from sentence in SentencesOf(block)
                         let words = WordsOf(sentence)
                         where words.Count > 0
                         select (sentence, words, section)).ToList();
        var count = sentences.Sum(sentence => sentence.words.Count);
        if (count < LeastWords)
        {
            return null;
        }

        var syllables = sentences.Sum(sentence => sentence.words.Sum(Syllables));
        var grade = (0.39 * count / sentences.Count) + (11.8 * syllables / count) - 15.59;
        return new ReadingLevel(Math.Max(0, Math.Round(grade, 1)), count, sentences.Count,
        [
            .. sentences.Where(sentence => sentence.words.Count > LongSentenceWords).OrderByDescending(sentence => sentence.words.Count).Take(MostLongest)
                .Select(sentence => new LongSentence(sentence.sentence, sentence.words.Count, sentence.section.Anchor, TextPlace.LineOf(document, lines, sentence.section, sentence.sentence))),
        ]);
    }

    /// <summary>Syllables of an English word by its spelling: groups of vowels, less an e that is not heard. A number counts as one.</summary>
    internal static int Syllables(string word)
    {
        var letters = word.ToLowerInvariant();
        var count = 0;
        for (var at = 0; at < letters.Length; at++)
        {
            if (IsVowel(letters[at]) && (at == 0 || !IsVowel(letters[at - 1])))
            {
                count++;
            }
        }

        var ends = letters.TrimEnd('\'', '’');
        var isSilent = ends.EndsWith('e') ? !ends.EndsWith("le", StringComparison.Ordinal) || (ends.Length > 2 && IsVowel(ends[^3]))
            : ends.EndsWith("ed", StringComparison.Ordinal) ? ends.Length > 2 && ends[^3] is not ('t' or 'd') && !IsVowel(ends[^3])
            : ends.EndsWith("es", StringComparison.Ordinal) && ends.Length > 2 && !IsVowel(ends[^3]) && ends[^3] is not ('s' or 'x' or 'z' or 'c' or 'g' or 'h' or 'l');
        return Math.Max(1, isSilent && count > 1 ? count - 1 : count);
    }

    /// <summary>The sentences of a line of text: up to a full stop, question or exclamation mark that white space and a new start follow.</summary>
    internal static IEnumerable<string> SentencesOf(string block)
    {
        var start = 0;
        for (var at = 0; at < block.Length; at++)
        {
            if (block[at] is not ('.' or '?' or '!'))
            {
                continue;
            }

            var end = at + 1;
            while (end < block.Length && block[end] is '"' or '”' or '\'' or '’' or ')')
            {
                end++;
            }

            if (end < block.Length && (!char.IsWhiteSpace(block[end]) || (block[at] == '.' && IsAbbreviation(block, at)) || (end + 1 < block.Length && char.IsLower(block[end + 1]))))
            {
                continue;
            }

            yield return block[start..end].Trim();
            start = end;
        }

        if (block[start..].Trim() is { Length: > 0 } rest)
        {
            yield return rest;
        }
    }

    internal static List<string> WordsOf(string sentence)
    {
        var words = new List<string>();
        for (var at = 0; at < sentence.Length;)
        {
            var start = at;
            while (at < sentence.Length && (char.IsLetterOrDigit(sentence[at]) || (at > start && at + 1 < sentence.Length && sentence[at] is '\'' or '’' or '.' or ',' && char.IsLetterOrDigit(sentence[at + 1]))))
            {
                at++;
            }

            if (at > start)
            {
                words.Add(sentence[start..at]);
            }
            else
            {
                at++;
            }
        }

        return words;
    }

    private static bool IsAbbreviation(string block, int stop)
    {
        var start = block.LastIndexOf(' ', stop) + 1;
        return Abbreviations.Contains(block[start..(stop + 1)].TrimStart('(', '"'), StringComparer.OrdinalIgnoreCase)
            || (stop - start == 1 && char.IsUpper(block[start]));
    }

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
}
