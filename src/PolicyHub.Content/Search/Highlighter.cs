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

    private readonly List<TextSpan> marks = [];
    private int[] places = new int[64];

    /// <param name="words">The words of the text, in order, as the index has them.</param>
    public MarkedText Mark(string text, ReadOnlySpan<int> words) =>
        map.Meets(words)
            ? Mark(text, [], words, map.PlacesIn(words, out var strong), strong, 0, words.Length)
            : new MarkedText(Whole(text), []);

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
        // Most words meet nothing: the few that do are gone over again and again.
        var count = 0;
        for (var i = 0; i < met.Length; i++)
        {
            if (met[i] != 0)
            {
                if (count == places.Length)
                {
                    Array.Resize(ref places, count * 2);
                }

                places[count++] = i;
            }
        }

        var (bestStart, bestValue) = (0, 0f);
        for (var first = 0; first < count; first++)
        {
            var start = places[first];
            var (seen, value) = (0ul, 0f);
            for (var next = first; next < count && places[next] < start + Window - Lead; next++)
            {
                value += 0.02f;
                for (var fresh = met[places[next]] & ~seen; fresh != 0; fresh &= fresh - 1)
                {
                    // Nearer to the start of the window is nearer to each other.
                    value += map.ImportanceOf(System.Numerics.BitOperations.TrailingZeroCount(fresh)) * (1 - (0.005f * (places[next] - start)));
                }

                seen |= met[places[next]];
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
        marks.Clear();
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

        return Take(text, from, to);
    }

    /// <summary>A word so common that it tells nothing is marked only beside one that does.</summary>
    public static bool IsMarked(ReadOnlySpan<ulong> met, ReadOnlySpan<bool> strong, int at) =>
        met[at] != 0 && (strong[at] || (at > 0 && strong[at - 1]) || (at + 1 < strong.Length && strong[at + 1]));

    private MarkedText Take(string text, int from, int to)
    {
        if (from == 0 && to == text.Length)
        {
            return new MarkedText(Whole(text), [.. marks]);
        }

        var (lead, tail) = (from > 0 ? 1 : 0, to < text.Length ? 1 : 0);
        var cut = string.Create(lead + to - from + tail, (text, from, to), static (into, of) =>
        {
            into[0] = into[^1] = Cut;
            var start = of.from > 0 ? 1 : 0;
            of.text.AsSpan(of.from, of.to - of.from).Replace(into[start..], '\n', ' ');
        });
        for (var i = 0; i < marks.Count; i++)
        {
            marks[i] = marks[i] with { Start = marks[i].Start - from + lead };
        }

        return new MarkedText(cut, [.. marks]);
    }

    private static string Whole(string text) =>
        text.Contains('\n') && text.ReplaceLineEndings("\n").Length == text.Length ? text.Replace('\n', ' ') : text;
}
