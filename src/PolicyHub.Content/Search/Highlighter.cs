using System.Collections.Immutable;

namespace PolicyHub.Content.Search;

/// <summary>Marks in plain text what a query meets, every form of it, and picks the best window of a long one.</summary>
internal sealed class Highlighter(MatchMap map, Analyzer analyzer)
{
    /// <summary>Words of an excerpt: about two lines.</summary>
    private const int Window = 40;

    /// <summary>Words shown before the first mark.</summary>
    private const int Lead = 6;

    private const char Cut = '…';

    /// <param name="words">The words of the text, in order, as the index has them.</param>
    public MarkedText Mark(string text, ReadOnlySpan<int> words) =>
        map.Meets(words)
            ? Mark(text, [], words, map.PlacesIn(words, out var strong), strong, 0, words.Length)
            : Take(text, 0, text.Length, ImmutableArray.CreateBuilder<TextSpan>(0));

    /// <summary>The window of the text that meets most of the query, closest together.</summary>
    /// <param name="starts">Where every <see cref="AnalysedDocument.Stride"/>th word of the text starts; -1 where it can't be read by itself.</param>
    public MarkedText Excerpt(string text, ReadOnlySpan<int> words, ReadOnlySpan<int> starts)
    {
        if (words.Length <= Window)
        {
            return Mark(text, words);
        }

        var met = map.PlacesIn(words, out var strong);
        var first = Math.Min(Math.Max(0, BestStart(met) - Lead), words.Length - Window);
        return Mark(text, starts, words, met, strong, first, first + Window);
    }

    /// <summary>The first word of the window with the most of the query in it; a word of the query counts by its importance, again much less.</summary>
    private int BestStart(ReadOnlySpan<ulong> met)
    {
        var (bestStart, bestValue) = (0, 0f);
        for (var start = 0; start < met.Length; start++)
        {
            if (met[start] == 0)
            {
                continue;
            }

            var (seen, value) = (0ul, 0f);
            for (var i = start; i < Math.Min(met.Length, start + Window - Lead); i++)
            {
                var places = met[i];
                value += places == 0 ? 0 : 0.02f;
                for (var fresh = places & ~seen; fresh != 0; fresh &= fresh - 1)
                {
                    // Nearer to the start of the window is nearer to each other.
                    value += map.ImportanceOf(System.Numerics.BitOperations.TrailingZeroCount(fresh)) * (1 - (0.005f * (i - start)));
                }

                seen |= places;
            }

            if (value > bestValue)
            {
                (bestStart, bestValue) = (start, value);
            }
        }

        return bestStart;
    }

    private MarkedText Mark(
        string text, ReadOnlySpan<int> starts, ReadOnlySpan<int> words, ReadOnlySpan<ulong> met, ReadOnlySpan<bool> strong, int first, int end)
    {
        var marks = ImmutableArray.CreateBuilder<TextSpan>();
        var reader = new WordReader(text, analyzer, stackalloc char[WordReader.Longest]);
        var (from, to) = (0, text.Length);
        var skipped = Math.Min(first / AnalysedDocument.Stride, starts.Length);
        while (skipped > 0 && starts[skipped - 1] < 0)
        {
            skipped--;
        }

        if (skipped > 0)
        {
            reader.Skip(starts[skipped - 1]);
        }

        for (var i = skipped * AnalysedDocument.Stride; i < end && reader.Next(); i++)
        {
            if (i < first)
            {
                continue;
            }

            from = i == first && first > 0 ? reader.Start : from;
            to = i == end - 1 && end < words.Length ? reader.End : to;
            if (IsMarked(met, strong, i) && (marks.Count == 0 || marks[^1].Start + marks[^1].Length <= reader.Start))
            {
                marks.Add(new TextSpan(reader.Start, reader.End - reader.Start));
            }
        }

        return Take(text, from, to, marks);
    }

    /// <summary>A word so common that it tells nothing is marked only beside one that does.</summary>
    public static bool IsMarked(ReadOnlySpan<ulong> met, ReadOnlySpan<bool> strong, int at) =>
        met[at] != 0 && (strong[at] || (at > 0 && strong[at - 1]) || (at + 1 < strong.Length && strong[at + 1]));

    private static MarkedText Take(string text, int from, int to, ImmutableArray<TextSpan>.Builder marks)
    {
        if (from == 0 && to == text.Length)
        {
            return new MarkedText(text.Contains('\n') ? text.ReplaceLineEndings("\n").Length == text.Length ? text.Replace('\n', ' ') : text : text, marks.ToImmutable());
        }

        var lead = from > 0 ? 1 : 0;
        var cut = string.Concat(lead > 0 ? $"{Cut}" : "", text.AsSpan(from, to - from), to < text.Length ? $"{Cut}" : "");
        return new MarkedText(cut.Replace('\n', ' '), [.. marks.Select(mark => mark with { Start = mark.Start - from + lead })]);
    }
}
