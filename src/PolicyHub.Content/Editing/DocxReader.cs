using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace PolicyHub.Content.Editing;

/// <summary>
/// Writes the body of a Word document as HTML of the kind that the editor gives, which <see cref="HtmlToMarkdown"/> turns into Markdown: so an import, a paste and what is typed
/// become the same text.
/// </summary>
internal sealed class DocxReader
{
    private const int Deepest = 40;

    private readonly DocxStyles styles;
    private readonly DocxLists lists;
    private readonly DocxInlines inlines;
    private readonly DocxNotes notes = new();
    private readonly StringBuilder html = new();
    private readonly Stack<(bool IsOrdered, int Level)> open = new();
    private readonly int shift;
    private string title;

    public DocxReader(MainDocumentPart part, string name)
    {
        styles = new DocxStyles(part);
        lists = new DocxLists(part, styles);
        inlines = new DocxInlines(part, name, styles, notes);
        var levels = part.Document.Body!.Descendants<Paragraph>().Where(paragraph => paragraph.Ancestors<Table>().FirstOrDefault() is null).Select(paragraph => (Paragraph: paragraph, Level: styles.LevelOf(paragraph))).ToList();
        title = levels.FirstOrDefault(level => level.Level == 0 && level.Paragraph.InnerText.Trim().Length > 0).Paragraph?.InnerText.Trim() ?? "";
        var firsts = levels.Where(level => level.Level == 1 && level.Paragraph.InnerText.Trim().Length > 0).ToList();

        // The page's title is its heading of the first level: where the file's only one is its title, the others stay where they are.
        if (title.Length == 0 && firsts.Count == 1 && levels.First(level => level.Level is not null).Paragraph == firsts[0].Paragraph)
        {
            title = firsts[0].Paragraph.InnerText.Trim();
            TitleParagraph = firsts[0].Paragraph;
        }

        shift = firsts.Any(first => first.Paragraph != TitleParagraph) ? 1 : 0;
    }

    private Paragraph? TitleParagraph { get; }

    /// <summary>Null: it is longer than a document of a library may be.</summary>
    public ImportedDocument? Read(Body body)
    {
        Blocks(body, 0);
        CloseLists(-1);
        if (html.Length > HtmlToMarkdown.Longest)
        {
            return null;
        }

        var converter = new HtmlToMarkdown(address => address.StartsWith('#') || inlines.IsPicture(address) ? address : HtmlToMarkdown.SafeAddress(address), isOfEditor: true);
        var markdown = new StringBuilder(converter.Convert(html.ToString())).Append('\n');
        foreach (var (label, note) in inlines.Footnotes())
        {
            var text = converter.Convert(note).Split('\n');
            markdown.Append(CultureInfo.InvariantCulture, $"\n[^{label}]: {string.Join('\n', text.Select((line, index) => index == 0 || line.Length == 0 ? line : "    " + line))}\n");
        }

        return new ImportedDocument(OneLine(title), markdown.ToString().TrimStart('\n'), inlines.Files, notes.All);
    }

    private void Blocks(OpenXmlElement parent, int depth)
    {
        if (depth > Deepest)
        {
            notes.Add("too-deep", parent.InnerText);
            return;
        }

        foreach (var element in parent.ChildElements)
        {
            switch (element)
            {
                case Paragraph paragraph:
                    Paragraph(paragraph);
                    break;
                case Table table:
                    CloseLists(-1);
                    Table(table, depth);
                    break;
                case SdtBlock or SdtContentBlock or CustomXmlBlock:
                    Blocks(element, depth + 1);
                    break;
                case AltChunk:
                    notes.Add("embedded", "");
                    break;
                case AlternateContent alternate:
                    Blocks(alternate.GetFirstChild<AlternateContentChoice>() ?? (OpenXmlElement?)alternate.GetFirstChild<AlternateContentFallback>() ?? alternate, depth + 1);
                    break;
            }
        }
    }

    private void Paragraph(Paragraph paragraph)
    {
        notes.Excerpt = paragraph.InnerText;
        if (styles.IsContents(paragraph))
        {
            notes.Add("contents");
            return;
        }

        if (styles.LevelOf(paragraph) is { } level)
        {
            Heading(paragraph, level);
            return;
        }

        var text = inlines.Write(paragraph);
        if (text.Trim().Length == 0)
        {
            return;
        }

        if (lists.Find(paragraph) is { } item)
        {
            Item(item, text);
            return;
        }

        CloseLists(-1);
        html.Append(styles.IsQuote(paragraph) ? $"<blockquote><p>{text}</p></blockquote>" : $"<p>{text}</p>");
    }

    private void Heading(Paragraph paragraph, int level)
    {
        CloseLists(-1);
        var text = inlines.Write(paragraph, isHeading: true);
        if (paragraph.InnerText.Trim() is not { Length: > 0 } words)
        {
            return;
        }

        if (paragraph == TitleParagraph || (level == 0 && words == title))
        {
            return;
        }

        notes.Section = OneLine(words);
        if (lists.Find(paragraph) is not null)
        {
            notes.Add("heading-number");
        }

        var shown = Math.Clamp(level + shift, 2, 6);
        html.Append(CultureInfo.InvariantCulture, $"<h{shown}>{text}</h{shown}>");
    }

    private void Item(DocxListItem item, string text)
    {
        CloseLists(item.Level);
        if (open.Count > 0 && open.Peek() is var top && top.Level == item.Level && top.IsOrdered != item.IsOrdered)
        {
            CloseLists(item.Level - 1);
        }

        if (item.IsLettered)
        {
            notes.Add("letters");
        }

        if (open.Count == 0 || open.Peek().Level < item.Level)
        {
            open.Push((item.IsOrdered, item.Level));
            html.Append(item.IsOrdered ? string.Create(CultureInfo.InvariantCulture, $"<ol start=\"{item.Start}\">") : "<ul>");
        }
        else
        {
            html.Append("</li>");
        }

        html.Append("<li>").Append(text);
    }

    /// <summary>Ends the lists that are deeper than a level.</summary>
    private void CloseLists(int level)
    {
        while (open.Count > 0 && open.Peek().Level > level)
        {
            html.Append(open.Pop().IsOrdered ? "</li></ol>" : "</li></ul>");
        }
    }

    private void Table(Table table, int depth)
    {
        notes.Excerpt = table.InnerText;
        if (table.Descendants<Table>().Any())
        {
            notes.Add("nested-table");
        }

        html.Append("<table>");
        foreach (var row in table.Descendants<TableRow>().Where(row => row.Ancestors<Table>().First() == table))
        {
            html.Append("<tr>");
            foreach (var cell in row.Descendants<TableCell>().Where(cell => cell.Ancestors<TableRow>().First() == row))
            {
                if (cell.TableCellProperties?.VerticalMerge is { } merge && (merge.Val is null || merge.Val.Value == MergedCellValues.Continue))
                {
                    notes.Add("merged-cells");
                }

                var span = cell.TableCellProperties?.GridSpan?.Val?.Value is > 1 and <= 20 and var columns ? string.Create(CultureInfo.InvariantCulture, $" colspan=\"{columns}\"") : "";
                html.Append("<td").Append(span).Append(AlignmentOf(cell)).Append('>');
                Cell(cell, depth);
                html.Append("</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</table>");
    }

    private void Cell(TableCell cell, int depth)
    {
        var isFirst = true;
        foreach (var element in cell.ChildElements.SelectMany(child => child is SdtBlock ? child.Descendants<Paragraph>() : (IEnumerable<OpenXmlElement>)[child]))
        {
            if (element is Table inner && depth < Deepest)
            {
                Table(inner, depth + 1);
            }
            else if (element is Paragraph paragraph)
            {
                notes.Excerpt = paragraph.InnerText;
                if (lists.Find(paragraph) is not null)
                {
                    notes.Add("list-in-table");
                }

                // A line of a table stands on one line.
                var text = inlines.Write(paragraph);
                if (text.Trim().Length > 0)
                {
                    html.Append(isFirst ? "" : " ").Append(text.Replace("<br>", " ", StringComparison.Ordinal));
                    isFirst = false;
                }
            }
        }
    }

    private static string AlignmentOf(TableCell cell)
    {
        var alignment = cell.GetFirstChild<Paragraph>()?.ParagraphProperties?.Justification?.Val?.Value;
        return alignment == JustificationValues.Right || alignment == JustificationValues.End ? " align=\"right\"" : alignment == JustificationValues.Center ? " align=\"center\"" : "";
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>What an import could not carry over, as it is met; the same in one place is told once.</summary>
internal sealed class DocxNotes
{
    private const int Most = 200;
    private const int LongestExcerpt = 80;

    private readonly List<ImportNote> notes = [];
    private readonly HashSet<ImportNote> known = [];

    public ImmutableArray<ImportNote> All => [.. notes];

    /// <summary>The last heading.</summary>
    public string Section { get; set; } = "";

    /// <summary>The words of what is read.</summary>
    public string Excerpt
    {
        get;
        set
        {
            var line = string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            field = line.Length <= LongestExcerpt ? line : line[..LongestExcerpt] + "…";
        }
    } = "";

    public void Add(string code) => Add(code, Excerpt);

    public void Add(string code, string excerpt)
    {
        Excerpt = excerpt;
        if (notes.Count < Most && known.Add(new ImportNote(code, Section, Excerpt)))
        {
            notes.Add(new ImportNote(code, Section, Excerpt));
        }
    }
}
