using System.Buffers;
using System.Collections.Immutable;
using Markdig;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace PolicyHub.Content.Documents;

/// <summary>
/// What has to happen between Markdig's two passes, when all blocks are known and no inline is parsed: quotes that start with a
/// call-out marker are made call-outs, and blocks whose inlines would take too long are left as plain text.
/// </summary>
/// <param name="look">Sees the document when call-outs are known and its lines still stand as written; null: nobody does.</param>
internal sealed class BeforeInlines(Action<MarkdownDocument>? look = null) : IMarkdownExtension
{
    // Markdig scans ahead from a bracket or star that nothing closes, so that n of them in l characters take about n × l steps of
    // some 2 ns. On a line where all are closed they seldom do, and long tables are made of such lines: there they count a quarter.
    private const long MostSteps = 100_000_000;
    private const long MostStepsInAll = 300_000_000;
    private const int WeightWhenClosed = 1;
    private const int WeightWhenOpen = 4;

    // A row is filled up to the widest one: rows times columns bounds what a table can grow to.
    private const long MostCells = 50_000;

    private static readonly object Tooheavy = new();
    private static readonly object Marker = new();
    private static readonly object UnknownMarker = new();
    private static readonly SearchValues<char> Costly = SearchValues.Create("[]()*_~`<!&");

    private const int LongestMarker = 20;

    /// <summary>The kinds of call-outs that a text may name.</summary>
    public static readonly ImmutableArray<string> Kinds = ["SAY", "DO", "NEVER", "NOTE", "WARN", "TIP", "IMPORTANT", "CAUTION", "WARNING"];

    /// <summary>The call-out's kind in upper case, as written; null for a plain quote.</summary>
    public static string? CalloutOf(QuoteBlock quote) => quote.GetData(Marker) as string;

    /// <summary>What stands where a call-out's marker would, on a line of its own, and is none that we know.</summary>
    public static string? UnknownMarkerOf(QuoteBlock quote) => quote.GetData(UnknownMarker) as string;

    /// <summary>The block stands as plain text because parsing it would take too long.</summary>
    public static bool IsTooHeavy(Block block) => block.ContainsData(Tooheavy);

    public void Setup(MarkdownPipelineBuilder pipeline) => pipeline.BlockParsers.Insert(0, new Subscriber(Inspect));

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
    }

    private void Inspect(InlineProcessor processor, Inline? inline)
    {
        var budget = MostStepsInAll;
        foreach (var block in processor.Document.Descendants<LeafBlock>())
        {
            if (block is ParagraphBlock { Parent: QuoteBlock quote } paragraph && quote[0] == paragraph)
            {
                MarkCallout(quote, paragraph);
            }

            if (block.ProcessInlines && block.Lines.Count > 0)
            {
                budget -= LeaveHeavyAlone(block, budget);
            }
        }

        look?.Invoke(processor.Document);
    }

    private static void MarkCallout(QuoteBlock quote, ParagraphBlock paragraph)
    {
        if (paragraph.Lines.Count == 0)
        {
            return;
        }

        ref var first = ref paragraph.Lines.Lines[0].Slice;
        var line = first.AsSpan().TrimStart();
        var close = line.IndexOf(']');
        if (!line.StartsWith("[!") || close < 3)
        {
            return;
        }

        var written = line[2..close].ToString();
        if (Kinds.FirstOrDefault(known => known.Equals(written, StringComparison.OrdinalIgnoreCase)) is not { } kind)
        {
            if (close <= LongestMarker && line[(close + 1)..].IsWhiteSpace() && !written.AsSpan().ContainsAnyExceptInRange('A', 'Z'))
            {
                quote.SetData(UnknownMarker, written);
            }

            return;
        }

        // Words on the marker's own line are part of the call-out; an address after it would be a link, not a marker.
        var rest = line[(close + 1)..];
        if (rest is ['(', ..] or ['[', ..] or [':', ..])
        {
            return;
        }

        quote.SetData(Marker, kind);
        first.Start += first.Length - rest.Length;
        first.TrimStart();
        if (first.IsEmpty)
        {
            paragraph.Lines.RemoveAt(0);
        }
    }

    /// <summary>The steps that the block's inlines will take, none where it was made plain text.</summary>
    private static long LeaveHeavyAlone(LeafBlock block, long budget)
    {
        long length = 0, costly = 0, widest = 0;
        for (var index = 0; index < block.Lines.Count; index++)
        {
            var line = block.Lines.Lines[index].Slice.AsSpan();
            length += line.Length + 1;
            costly += CountCostly(line) * (AllClosed(line) ? WeightWhenClosed : WeightWhenOpen);
            widest = Math.Max(widest, line.Count('|'));
        }

        var steps = length * costly / WeightWhenOpen;
        if (steps <= MostSteps && steps <= budget && (widest + 1) * block.Lines.Count <= MostCells)
        {
            return steps;
        }

        block.SetData(Tooheavy, Tooheavy);
        block.ProcessInlines = false;
        block.Inline = new ContainerInline().AppendChild(new LiteralInline(block.Lines.ToString()));
        return 0;
    }

    private static int CountCostly(ReadOnlySpan<char> line)
    {
        var count = 0;
        for (var next = line.IndexOfAny(Costly); next >= 0; next = line.IndexOfAny(Costly))
        {
            count++;
            line = line[(next + 1)..];
        }

        return count;
    }

    private static bool AllClosed(ReadOnlySpan<char> line) =>
        line.Count('[') == line.Count(']') && line.Count('(') == line.Count(')') && line.Count('<') == line.Count('>')
        && line.Count('*') % 2 == 0 && line.Count('_') % 2 == 0 && line.Count('`') % 2 == 0 && line.Count('~') % 2 == 0;

    /// <summary>A parser that opens nothing: it is the one place that sees the document before its inlines are parsed.</summary>
    private sealed class Subscriber(ProcessInlineDelegate inspect) : BlockParser
    {
        private static readonly object Subscribed = new();

        public override BlockState TryOpen(BlockProcessor processor)
        {
            if (!processor.Document.ContainsData(Subscribed))
            {
                processor.Document.SetData(Subscribed, Subscribed);
                processor.Document.ProcessInlinesBegin += inspect;
            }

            return BlockState.None;
        }
    }
}
