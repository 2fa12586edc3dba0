using System.Collections.Immutable;
using Markdig;
using Markdig.Syntax;

namespace PolicyHub.Content.Documents;

/// <summary>
/// Takes out of a Markdown source what is for staff: DO and NEVER call-outs, wherever they stand. Closed where in doubt: a quote whose marker is
/// none that we know, a marker that stands on a later line or outside of any quote, and a body that cannot be read are for staff as well.
/// </summary>
internal static class StaffParts
{
    public const string CallOuts = "call-outs";

    public const string Limits = "limits";

    public const string Steps = "steps";

    /// <summary>What <c>public-shows</c> may name: DO and NEVER call-outs, the limits of an authority, what staff do in the steps of a process.</summary>
    public static readonly ImmutableArray<string> Names = [CallOuts, Limits, Steps];

    /// <summary>What is uncovered by taking one part out is looked at again, so often at most.</summary>
    private const int MostRounds = 20;

    private static readonly object Found = new();

    private static readonly MarkdownPipeline Pipeline = MarkdownBody.Build(Look);

    /// <summary>The body without them, its other lines as they were; the same text where there are none.</summary>
    public static string Without(string body)
    {
        if (MarkdownBody.IsTooLarge(body))
        {
            return "";
        }

        var text = MarkdownBody.Prepare(body);
        for (var round = 0; round < MostRounds; round++)
        {
            if (!text.Contains("[!", StringComparison.Ordinal))
            {
                return text;
            }

            if (MarkdownBody.Parse(text, Pipeline) is not { } parsed)
            {
                return "";
            }

            var found = PartsOf(parsed);
            if (found.Count == 0)
            {
                return text;
            }

            // From the end, so that the places before stay what they are; what stands inside of a part goes with it.
            var cut = text.Length + 1;
            foreach (var (start, end) in found.OrderByDescending(part => part.Start))
            {
                var last = Math.Min(EndOfLine(text, end), cut);
                text = text[..start] + text[Math.Max(start, last)..];
                cut = start;
            }
        }

        return "";
    }

    /// <summary>From the mark of the quote, what stands before it on its line is another block's, to the end of the last line of anything inside of it.</summary>
    private static List<(int Start, int End)> PartsOf(MarkdownDocument parsed)
    {
        var parts = new List<(int Start, int End)>();
        foreach (var block in parsed.GetData(Found) as List<Block> ?? [])
        {
            var end = block.Span.End;
            foreach (var inner in block is ContainerBlock container ? container.Descendants<Block>() : [])
            {
                end = Math.Max(end, inner.Span.End);
            }

            // One that lies in another goes with it.
            if (parts.FindIndex(part => block.Span.Start >= part.Start && block.Span.Start <= part.End) is var outer && outer >= 0)
            {
                parts[outer] = (parts[outer].Start, Math.Max(parts[outer].End, end));
            }
            else
            {
                parts.Add((block.Span.Start, end));
            }
        }

        return parts;
    }

    private static int EndOfLine(string text, int from)
    {
        var at = Math.Min(from, text.Length);
        var found = text.AsSpan(at).IndexOfAny('\r', '\n');
        return found < 0 ? text.Length : at + found;
    }

    /// <summary>Looks at the blocks before their inlines are read.</summary>
    private static void Look(MarkdownDocument document) => document.SetData(
        Found,
        document.Descendants<Block>()
            .Where(block => block is QuoteBlock quote ? IsForStaff(quote) : block is ParagraphBlock paragraph && Lines(paragraph).Any(HasStaffMarker))
            .Select(block => block is ParagraphBlock { Parent: QuoteBlock around } ? around : block)
            .ToList());

    private static bool IsForStaff(QuoteBlock quote) => BeforeInlines.CalloutOf(quote) is { } kind
        ? kind is "DO" or "NEVER"
        : quote is [ParagraphBlock first, ..] && Lines(first).FirstOrDefault()?.StartsWith("[!", StringComparison.Ordinal) == true;

    private static bool HasStaffMarker(string line) =>
        line.StartsWith("[!DO", StringComparison.OrdinalIgnoreCase) || line.StartsWith("[!NEVER", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Lines(ParagraphBlock paragraph)
    {
        for (var index = 0; index < paragraph.Lines.Count; index++)
        {
            yield return paragraph.Lines.Lines[index].Slice.AsSpan().Trim().ToString();
        }
    }
}
