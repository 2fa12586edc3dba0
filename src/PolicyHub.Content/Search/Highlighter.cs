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

    /// <param name="met">Where the text meets the query.</param>
    public MarkedText Mark(string text, ReadOnlySpan<MetPlace> met) =>
        met.IsEmpty ? new MarkedText(Whole(text), []) : Mark(text, [], met, 0, int.MaxValue);

    /// <summary>The window of the text that meets most of the query, closest together.</summary>
    /// <param name="words">How many the text has.</param>
    /// <param name="met">Where the text meets the query.</param>
    /// <param name="starts">Where every <see cref="AnalysedDocument.Stride"/>th word of the text starts; -1 where it can't be read by itself.</param>
    public MarkedText Excerpt(string text, int words, ReadOnlySpan<MetPlace> met, ReadOnlySpan<int> starts)
    {
        if (words <= Window)
        {
            return Mark(text, met);
        }

        var first = Math.Min(Math.Max(0, BestStart(met) - Lead), words - Window);
        return Mark(text, starts, met, first, first + Window == words ? int.MaxValue : first + Window);
    }

    /// <summary>The first word of the window with the most of the query in it; a word of the query counts by its importance, again much less.</summary>
    private int BestStart(ReadOnlySpan<MetPlace> met)
    {
        var (bestStart, bestValue) = (0, 0f);
        for (var first = 0; first < met.Length; first++)
        {
            var start = met[first].At;
            var (seen, value) = (0ul, 0f);
            for (var next = first; next < met.Length && met[next].At < start + Window - Lead; next++)
            {
                value += met[next].Words != 0 ? 0.02f : 0;
                for (var fresh = met[next].Words & ~seen; fresh != 0; fresh &= fresh - 1)
                {
                    // Nearer to the start of the window is nearer to each other.
                    value += map.ImportanceOf(System.Numerics.BitOperations.TrailingZeroCount(fresh)) * (1 - (0.005f * (met[next].At - start)));
                }

                seen |= met[next].Words;
            }

            if (value > bestValue && met[first].Words != 0)
            {
                (bestStart, bestValue) = (start, value);
            }
        }

        return bestStart;
    }

    /// <summary>Marks the words from <paramref name="first"/> to before <paramref name="end"/>; only they and those that the text is cut at are read.</summary>
    private MarkedText Mark(string text, ReadOnlySpan<int> starts, ReadOnlySpan<MetPlace> met, int first, int end)
    {
        marks.Clear();
        var reader = new WordReader(text, analyzer, stackalloc char[WordReader.Longest]);
        var next = 0;
        var from = first > 0 && ReadTo(first, starts, ref reader, ref next) ? reader.Start : 0;
        for (var i = 0; i < met.Length && met[i].At < end; i++)
        {
            if (met[i].At >= first && MetPlace.IsMarked(met, i) && ReadTo(met[i].At, starts, ref reader, ref next)
                && (marks.Count == 0 || marks[^1].Start + marks[^1].Length <= reader.Start))
            {
                marks.Add(new TextSpan(reader.Start, reader.End - reader.Start));
            }
        }

        var to = end < int.MaxValue && ReadTo(end - 1, starts, ref reader, ref next) ? reader.End : text.Length;
        return Take(text, from, to);
    }

    /// <summary>Reads on to a word, from the nearest before it that is known.</summary>
    /// <param name="next">The word that the reader reads next.</param>
    /// <returns>False: the text has no such word.</returns>
    private static bool ReadTo(int word, ReadOnlySpan<int> starts, ref WordReader reader, ref int next)
    {
        var known = Math.Min(word / AnalysedDocument.Stride, starts.Length);
        while (known > 0 && starts[known - 1] < 0)
        {
            known--;
        }

        if (known * AnalysedDocument.Stride > next)
        {
            reader.Skip(starts[known - 1]);
            next = known * AnalysedDocument.Stride;
        }

        while (next <= word && reader.Next())
        {
            next++;
        }

        return next == word + 1;
    }

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
