using System.Collections.Immutable;
using System.Text;
using Markdig.Extensions.DefinitionLists;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Editing;

/// <summary>What a block of a page is, as far as editing it goes.</summary>
public enum BlockKind
{
    Paragraph,
    Heading,
    List,
    Table,
    Quote,
    Code,
    Rule,
    Definitions,
}

/// <summary>A block of a body that is edited as one, and where it stands.</summary>
/// <param name="Index">Its place among the blocks, from 0.</param>
/// <param name="FirstLine">Of the body, from 0.</param>
/// <param name="LineCount">Without empty lines after it.</param>
public sealed record EditableBlock(int Index, BlockKind Kind, int FirstLine, int LineCount);

/// <summary>
/// A file of the library as blocks that can be edited one by one. Each block is whole lines; what is written anew is those lines and nothing
/// else, so every other byte of the file stays. Immutable.
/// </summary>
public sealed class EditableText
{
    private readonly bool hasMark;
    private readonly string head;
    private readonly ImmutableArray<string> lines;

    private EditableText(bool hasMark, string head, ImmutableArray<string> lines, MarkdownDocument parsed) =>
        (this.hasMark, this.head, this.lines, Blocks) = (hasMark, head, lines, BlocksOf(parsed, lines));

    /// <summary>In the order of the page. What is no block of its own there (footnotes, where links lead) is none here.</summary>
    public ImmutableArray<EditableBlock> Blocks { get; }

    /// <summary>Reads a file; null: it is no text that can be edited by blocks, and its source may still be.</summary>
    public static EditableText? Read(ReadOnlySpan<byte> file) =>
        FrontMatter.Decode(file) is { } text ? Read(text, file.StartsWith("\uFEFF"u8)) : null;

    /// <summary>The Markdown after the front matter, line ends as in the file.</summary>
    public string Body => string.Concat(lines);

    /// <summary>The front matter with its rules, line ends as in the file; empty where there is none.</summary>
    public string Head => head;

    /// <summary>What is no block and yet gives blocks their meaning: footnotes and where links lead, as they are written.</summary>
    public string Notes => string.Join('\n', Between(0, lines.Length));

    /// <summary>The lines of a block, as they are written, joined by line feeds.</summary>
    public string SourceOf(EditableBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        return string.Join('\n', lines.Skip(block.FirstLine).Take(block.LineCount).Select(WithoutEnd));
    }

    /// <summary>
    /// The file with other Markdown in the place of a block; empty Markdown takes the block out. Null: in that place the Markdown would be read as
    /// something else, or change what stands around it.
    /// </summary>
    public byte[]? Replace(EditableBlock block, string markdown)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(markdown);
        return Put(block.FirstLine, block.LineCount, block.Index, block.Index + 1, markdown);
    }

    /// <summary>The file with a new block before the one of an index, or at the end. Null: as for <see cref="Replace(EditableBlock, string)"/>.</summary>
    public byte[]? Insert(int index, string markdown)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, Blocks.Length);
        var last = Blocks.LastOrDefault();
        var at = index < Blocks.Length ? Blocks[index].FirstLine : last is null ? lines.Length : last.FirstLine + last.LineCount;
        return Put(at, 0, index, index, markdown);
    }

    /// <summary>
    /// The file with other Markdown in the place of a run of blocks, the last of which stands before <paramref name="to"/>; of none: before the block
    /// <paramref name="from"/>. Footnotes between them stay. Null: as for <see cref="Replace(EditableBlock, string)"/>.
    /// </summary>
    public byte[]? Replace(int from, int to, string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, Blocks.Length);
        if (from >= to)
        {
            return Insert(from, markdown);
        }

        var (first, last) = (Blocks[from].FirstLine, Blocks[to - 1]);
        var count = last.FirstLine + last.LineCount - first;
        var notes = string.Join('\n', Between(first, first + count));
        return Put(first, count, from, to, notes.Length == 0 ? markdown : $"{markdown}\n\n{notes}");
    }

    /// <summary>The file with another body; lines at its beginning and end that stay the same keep their ends, all others end as the file's lines do.</summary>
    public byte[] WithBody(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        var written = Lines(markdown.ReplaceLineEndings("\n"));
        var end = LineEnd;
        var (above, below) = (0, 0);
        var most = Math.Min(written.Length, lines.Length);
        while (above < most && IsSame(written[above], lines[above]))
        {
            above++;
        }

        while (below < most - above && IsSame(written[^(below + 1)], lines[^(below + 1)]))
        {
            below++;
        }

        var body = string.Concat(lines[..above]) + string.Concat(written[above..^below].Select(line => line.EndsWith('\n') ? line[..^1] + end : line)) + string.Concat(lines[^below..]);
        return Encoding.UTF8.GetBytes((hasMark ? "\uFEFF" : "") + head + body);
    }

    /// <summary>Two lines of the same words, both with an end or both without.</summary>
    private static bool IsSame(string left, string right) => WithoutEnd(left) == WithoutEnd(right) && WithoutEnd(left).Length == left.Length == (WithoutEnd(right).Length == right.Length);

    /// <summary>Lines that belong to no block, but for empty ones at the beginning and end.</summary>
    private IEnumerable<string> Between(int first, int end)
    {
        var inBlocks = Blocks.SelectMany(block => Enumerable.Range(block.FirstLine, block.LineCount)).ToHashSet();
        var found = Enumerable.Range(first, end - first).Where(line => !inBlocks.Contains(line)).Select(line => WithoutEnd(lines[line])).ToList();
        return found.SkipWhile(string.IsNullOrWhiteSpace).Reverse().SkipWhile(string.IsNullOrWhiteSpace).Reverse();
    }

    private string LineEnd => lines.Select(line => line[WithoutEnd(line).Length..]).FirstOrDefault(end => end.Length > 0) ?? "\n";

    private static EditableText? Read(string text, bool hasMark)
    {
        var matter = FrontMatter.Split(text);
        if (matter.IsUnclosed || MarkdownBody.IsTooLarge(matter.Body) || MarkdownBody.Parse(matter.Body) is not { } parsed)
        {
            return null;
        }

        return new EditableText(hasMark, text[..(text.Length - matter.Body.Length)], Lines(matter.Body), parsed);
    }

    /// <summary>
    /// Tries the plainest way first; where the neighbours would be drawn in, with empty lines around. What counts is how the result reads: every
    /// other block as before, and in the place of the old one what the new Markdown is by itself.
    /// </summary>
    private byte[]? Put(int first, int count, int fromBlock, int toBlock, string markdown)
    {
        var end = LineEnd;
        string[] written = markdown.Length == 0 ? [] : [.. markdown.ReplaceLineEndings("\n").Trim('\n').Split('\n')];
        var alone = Read(string.Join('\n', written), hasMark: false);
        if (alone is null || alone.head.Length > 0)
        {
            return null;
        }

        // What is put in stands apart from its neighbours as people write it; what is taken out takes the empty lines below it along.
        bool IsText(int line) => line >= 0 && line < lines.Length && !string.IsNullOrWhiteSpace(lines[line]);
        var ways = new List<(bool Before, bool After)> { (false, false), (true, false), (false, true), (true, true) };
        if (count == 0)
        {
            ways.Insert(0, (IsText(first - 1), IsText(first)));
        }
        else if (written.Length == 0 && !IsText(first - 1))
        {
            while (first + count < lines.Length && !IsText(first + count))
            {
                count++;
            }
        }

        foreach (var (before, after) in ways)
        {
            var fresh = written.Length == 0 ? [] : string.Concat(before ? "\n" : "", string.Join('\n', written), after ? "\n" : "").Split('\n');
            var above = lines[..first];

            // The last line of a file may have no end.
            if (fresh.Length > 0 && above is [.., var last] && WithoutEnd(last).Length == last.Length)
            {
                above = above.SetItem(above.Length - 1, last + end);
            }

            var isLast = first + count == lines.Length && lines is [.., var old] && WithoutEnd(old).Length == old.Length && count > 0;
            var body = string.Concat(above) + string.Concat(fresh.Select((line, index) => isLast && index == fresh.Length - 1 ? line : line + end)) + string.Concat(lines[(first + count)..]);
            if (Read(head + body, hasMark) is { } changed && changed.head == head && Reads(changed, fromBlock, toBlock, alone))
            {
                return Encoding.UTF8.GetBytes((hasMark ? "\uFEFF" : "") + head + body);
            }
        }

        return null;
    }

    private bool Reads(EditableText changed, int fromBlock, int toBlock, EditableText alone)
    {
        var added = alone.Blocks.Length - (toBlock - fromBlock);
        return changed.Blocks.Length == Blocks.Length + added
            && Enumerable.Range(0, fromBlock).All(index => Same(this, Blocks[index], changed, changed.Blocks[index]))
            && Enumerable.Range(toBlock, Blocks.Length - toBlock).All(index => Same(this, Blocks[index], changed, changed.Blocks[index + added]))
            && Enumerable.Range(0, alone.Blocks.Length).All(index => Same(alone, alone.Blocks[index], changed, changed.Blocks[fromBlock + index]));
    }

    private static bool Same(EditableText left, EditableBlock one, EditableText right, EditableBlock other) =>
        one.Kind == other.Kind && left.SourceOf(one) == right.SourceOf(other);

    private static ImmutableArray<EditableBlock> BlocksOf(MarkdownDocument parsed, ImmutableArray<string> lines)
    {
        var starts = new List<(int Line, BlockKind? Kind)>();
        foreach (var block in parsed)
        {
            // Footnotes are gathered at the end of the page, but each stands where it was written.
            if (block is FootnoteGroup notes)
            {
                starts.AddRange(notes.OfType<Footnote>().Select(note => (note.Line, (BlockKind?)null)));
            }
            else if (block is LinkReferenceDefinitionGroup links)
            {
                starts.AddRange(links.Where(link => link.Line < lines.Length).Select(link => (link.Line, (BlockKind?)null)));
            }
            else
            {
                starts.Add((block.Line, KindOf(block)));
            }
        }

        var ordered = starts.DistinctBy(start => start.Line).OrderBy(start => start.Line).ToList();
        var blocks = ImmutableArray.CreateBuilder<EditableBlock>();
        for (var index = 0; index < ordered.Count; index++)
        {
            var (line, kind) = ordered[index];
            var end = index + 1 < ordered.Count ? ordered[index + 1].Line : lines.Length;
            while (end > line + 1 && string.IsNullOrWhiteSpace(lines[end - 1]))
            {
                end--;
            }

            if (kind is { } known)
            {
                blocks.Add(new EditableBlock(blocks.Count, known, line, end - line));
            }
        }

        return blocks.ToImmutable();
    }

    private static BlockKind KindOf(Block block) => block switch
    {
        HeadingBlock => BlockKind.Heading,
        ListBlock => BlockKind.List,
        Table => BlockKind.Table,
        QuoteBlock => BlockKind.Quote,
        CodeBlock => BlockKind.Code,
        ThematicBreakBlock => BlockKind.Rule,
        DefinitionList => BlockKind.Definitions,
        _ => BlockKind.Paragraph,
    };

    /// <summary>Lines with their ends: line feed, carriage return, or both, as CommonMark has them.</summary>
    private static ImmutableArray<string> Lines(string text)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        for (var at = 0; at < text.Length;)
        {
            var length = text.AsSpan(at).IndexOfAny('\r', '\n');
            var end = length < 0 ? text.Length : at + length + (text[at + length] == '\r' && at + length + 1 < text.Length && text[at + length + 1] == '\n' ? 2 : 1);
            found.Add(text[at..end]);
            at = end;
        }

        return found.ToImmutable();
    }

    private static string WithoutEnd(string line) => line.TrimEnd('\r', '\n');
}
