using System.Collections.Immutable;
using System.Text;

namespace PolicyHub.Content.Editing;

/// <summary>Writes runs as the inside of a paragraph.</summary>
internal static class InlineMarkdown
{
    /// <summary>Runs; a mark that goes on for longer than that is long enough.</summary>
    private const int LookAhead = 64;

    /// <summary>The lines of a paragraph, one unless it holds breaks; marks of the beginning of a line are not yet escaped.</summary>
    public static ImmutableArray<string> Lines(ImmutableArray<Run> runs)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        for (var start = 0; start <= runs.Length;)
        {
            var end = start;
            while (end < runs.Length && !runs[end].IsBreak)
            {
                end++;
            }

            lines.Add(Line(runs.AsSpan()[start..end]));
            start = end + 1;
        }

        lines.RemoveAll(line => line.Length == 0);
        return lines.ToImmutable();
    }

    private static string Line(ReadOnlySpan<Run> runs)
    {
        var line = new StringBuilder();
        var open = new Stack<Mark>();
        for (var at = 0; at < runs.Length; at++)
        {
            var wanted = MarksOf(runs[at].Look);
            while (open.Any(mark => !wanted.Contains(mark)))
            {
                line.Append(open.Pop().Close);
            }

            // What goes on for longest is opened first, so that marks nest.
            var rest = runs.Slice(at, Math.Min(LookAhead, runs.Length - at)).ToArray();
            foreach (var mark in wanted.Where(mark => !open.Contains(mark)).OrderByDescending(mark => rest.TakeWhile(run => MarksOf(run.Look).Contains(mark)).Count()).ToList())
            {
                // An exclamation mark before a link would make a picture of it.
                if (mark.Open == "[" && line.Length > 0 && line[^1] == '!')
                {
                    line.Insert(line.Length - 1, '\\');
                }

                line.Append(mark.Open);
                open.Push(mark);
            }

            line.Append(runs[at].IsWritten ? runs[at].Text : MarkdownEscape.Inline(runs[at].Text));
        }

        while (open.Count > 0)
        {
            line.Append(open.Pop().Close);
        }

        return line.ToString().Trim();
    }

    private static ImmutableArray<Mark> MarksOf(RunLook look) =>
    [
        .. look.Link is { } link ? [new Mark("[", $"]({link})")] : Array.Empty<Mark>(),
        .. look.IsStruck ? [new Mark("~~", "~~")] : Array.Empty<Mark>(),
        .. look.IsBold ? [new Mark("**", "**")] : Array.Empty<Mark>(),
        .. look.IsItalic ? [new Mark("*", "*")] : Array.Empty<Mark>(),
    ];

    private readonly record struct Mark(string Open, string Close);
}
