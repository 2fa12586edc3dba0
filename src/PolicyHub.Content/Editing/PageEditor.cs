using System.Collections.Immutable;
using System.Globalization;
using PolicyHub.Content.Comparison;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Editing;

/// <summary>Shows a document as the page that staff see, to be edited there, and writes what was typed into its source: what was touched and nothing else.</summary>
/// <param name="addressOf">What an address of the page is called in the document, as <see cref="LibraryAddress.Of"/> says it.</param>
/// <param name="fileAddress">Where a file that is not published yet is shown; null: where it always is.</param>
public sealed class PageEditor(LibraryPath path, LibrarySettings settings, Func<string, string?> addressOf, Func<LibraryPath, string?>? fileAddress = null)
{
    /// <summary>The attribute of a part that holds the index of its block.</summary>
    public const string BlockMark = "data-block";

    private readonly DocumentRenderer renderer = new(settings.Words);
    private readonly HtmlToMarkdown typed = new(addressOf, isOfEditor: true);

    /// <summary>The page; null: it can be edited as Markdown only.</summary>
    public EditablePage? Show(ReadOnlySpan<byte> file)
    {
        if (EditableText.Read(file) is not { } text || Pieces(file, text) is not { } pieces)
        {
            return null;
        }

        var title = text.Blocks is [{ Kind: BlockKind.Heading } first, ..] && pieces.All(piece => piece.Line != first.FirstLine) ? first : null;
        var parts = ImmutableArray.CreateBuilder<EditablePart>(text.Blocks.Length + 1);
        parts.AddRange(text.Blocks.Where(block => block != title).Select(block => Part(text, block, pieces)));
        parts.AddRange(pieces.Where(piece => piece.Line < 0).Select(piece => new EditablePart(null, piece.With(("contenteditable", "false")), IsFixed: true)));
        return new EditablePage(parts.ToImmutable(), title?.Index);
    }

    /// <summary>
    /// The file with what was typed; null where something of it cannot stand where it was typed: then nothing is changed, and the source is offered. Edits do not overlap
    /// and count blocks as they were before all of them.
    /// </summary>
    public EditedText? Apply(ReadOnlySpan<byte> file, IReadOnlyList<BlockEdit> edits)
    {
        ArgumentNullException.ThrowIfNull(edits);
        var bytes = file.ToArray();
        var counts = new int[edits.Count];
        foreach (var (index, edit) in edits.Index().OrderByDescending(pair => pair.Item.From).ThenByDescending(pair => pair.Index))
        {
            if (EditableText.Read(bytes) is not { } text || edit.From < 0 || edit.To < edit.From || edit.To > text.Blocks.Length
                || edits.Any(other => other != edit && other.From >= edit.From && other.From < edit.To) || Apply(text, bytes, edit) is not { } changed)
            {
                return null;
            }

            counts[index] = (ReferenceEquals(changed, bytes) ? 0 : EditableText.Read(changed)!.Blocks.Length - text.Blocks.Length) + edit.To - edit.From;
            bytes = changed;
        }

        return new EditedText(bytes, [.. edits.Select((edit, index) => (edit.From + edits.Select((other, at) => other.From < edit.From ? counts[at] - other.To + other.From : 0).Sum(), counts[index]))]);
    }

    /// <summary>The page as it comes out, in the form of one that is edited; null: it cannot be shown.</summary>
    public SafeHtml? Preview(ReadOnlySpan<byte> file) =>
        DocumentReader.Read(path, file, settings).Document is { } document && renderer.RenderForEditing(document, fileAddress) is { } pieces ? RenderedPiece.Joined(pieces) : null;

    /// <summary>What was pasted, as this page would have it: of another program or page, clean; nothing of it is believed but what one reads.</summary>
    public SafeHtml Paste(string html)
    {
        var markdown = new HtmlToMarkdown(addressOf).Convert(html);
        return RenderedPiece.Joined(PiecesAlone(markdown, ""));
    }

    /// <summary>A picture, or a link to a file, as this page would have it.</summary>
    /// <param name="file">A file that stands in the library or is about to.</param>
    public SafeHtml Attachment(LibraryPath file, string words)
    {
        var isImage = AttachmentTypes.TryGet(file, out var type) && type.IsImage;
        var address = MarkdownAddress.Of(LibraryAddress.To(path, file), null);
        return RenderedPiece.Joined(PiecesAlone($"{(isImage ? "!" : "")}[{MarkdownEscape.Inline(string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))}]({address})", ""));
    }

    /// <summary>Markdown as what is typed on the page would write it: shown and turned back.</summary>
    /// <param name="notes">Footnotes and where links lead, for what refers to them.</param>
    public string Normal(string markdown, string notes) => typed.Convert(ShowAlone(markdown, notes));

    private byte[]? Apply(EditableText text, byte[] bytes, BlockEdit edit)
    {
        if (Write(text, bytes, edit) is { } changed)
        {
            return changed;
        }

        // Beside a list another list would become part of it, unless both are written knowing of each other.
        var (from, to) = (Math.Max(0, edit.From - 1), Math.Min(text.Blocks.Length, edit.To + 1));
        return Pieces(bytes, text) is not { } pieces ? null : Write(text, bytes, new BlockEdit(from, to, string.Concat(
            Enumerable.Range(from, edit.From - from).Select(index => Html(text.Blocks[index], pieces)).Append(edit.Html).Concat(Enumerable.Range(edit.To, to - edit.To).Select(index => Html(text.Blocks[index], pieces))))));
    }

    private byte[]? Write(EditableText text, byte[] bytes, BlockEdit edit)
    {
        var markdown = typed.Convert(edit.Html);
        var sources = text.Blocks[edit.From..edit.To].Select(text.SourceOf).ToList();
        var notes = text.Notes;
        var fresh = EditableText.Read(System.Text.Encoding.UTF8.GetBytes(markdown)) is { Head: "", Notes: "" } read ? read.Blocks.Select(read.SourceOf).ToList() : [];
        if (fresh.Count > 0 && sources.Count > 0)
        {
            var kept = Keep(sources, fresh, source => Normal(source, notes));
            if (kept.SequenceEqual(sources))
            {
                return bytes;
            }

            if (text.Replace(edit.From, edit.To, string.Join("\n\n", kept)) is { } changed)
            {
                return changed;
            }
        }

        return text.Replace(edit.From, edit.To, markdown);
    }

    /// <summary>Blocks that mean what a block before meant stay as that was written; of those that take the place of one, what was not touched.</summary>
    private static List<string> Keep(List<string> sources, List<string> fresh, Func<string, string> normal)
    {
        if (sources.Count == fresh.Count)
        {
            return [.. sources.Zip(fresh, (source, typed) => KeptLines.Merge(source, typed, normal))];
        }

        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int Number(string block) => numbers.TryGetValue(block, out var number) ? number : numbers[block] = numbers.Count;
        var matched = SequenceDiff.Match([.. sources.Select(source => Number(normal(source)))], [.. fresh.Select(Number)]).ToDictionary(pair => pair.New, pair => pair.Old);
        return [.. fresh.Select((block, index) => matched.TryGetValue(index, out var same) ? sources[same] : block)];
    }

    private EditablePart Part(EditableText text, EditableBlock block, ImmutableArray<RenderedPiece> pieces)
    {
        var own = pieces.Where(piece => piece.Line == block.FirstLine).ToList();
        var piece = own.Count == 1 && own[0].Html.Value.Length > 0 ? own[0] : RenderedPiece.Around(block.FirstLine, own);
        var isFixed = own.Count != 1 || BlockMeaning.Of(piece.Html.Value) != BlockMeaning.Of(ShowAlone(typed.Convert(piece.Html.Value), text.SourceOf(block).Contains('[', StringComparison.Ordinal) ? text.Notes : ""));
        var (mark, kind) = ((BlockMark, block.Index.ToString(CultureInfo.InvariantCulture)), ("data-kind", block.Kind.ToString().ToLowerInvariant()));
        return new EditablePart(block.Index, isFixed ? piece.With(mark, kind, ("data-fixed", ""), ("contenteditable", "false")) : piece.With(mark, kind), isFixed);
    }

    private static string Html(EditableBlock block, ImmutableArray<RenderedPiece> pieces) =>
        string.Concat(pieces.Where(piece => piece.Line == block.FirstLine).Select(piece => piece.Html.Value));

    private ImmutableArray<RenderedPiece>? Pieces(ReadOnlySpan<byte> file, EditableText text) =>
        DocumentReader.Read(path, file, settings).Document is { } document && document.Body == text.Body ? renderer.RenderForEditing(document, fileAddress) : null;

    /// <summary>Markdown as it is shown by itself.</summary>
    private string ShowAlone(string markdown, string notes) => RenderedPiece.Joined(PiecesAlone(markdown, notes)).Value;

    private IEnumerable<RenderedPiece> PiecesAlone(string markdown, string notes)
    {
        var alone = new Document { Path = path, Title = "", Summary = "", Kind = DocumentKind.Page, Body = $"{markdown}\n\n{notes}", BodyLine = 1 };
        var lines = markdown.AsSpan().Count('\n') + 1;
        return (renderer.RenderForEditing(alone, fileAddress) ?? []).Where(piece => piece.Line >= 0 && piece.Line < lines);
    }
}
