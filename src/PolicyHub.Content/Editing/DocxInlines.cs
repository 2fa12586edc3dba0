using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using PolicyHub.Content.Checking;
using PolicyHub.Content.Rendering;
using Drawing = DocumentFormat.OpenXml.Drawing;
using WordRun = DocumentFormat.OpenXml.Wordprocessing.Run;

namespace PolicyHub.Content.Editing;

/// <summary>Writes the inside of a paragraph of a Word document as HTML.</summary>
internal sealed partial class DocxInlines(MainDocumentPart part, string name, DocxStyles styles, DocxNotes notes)
{
    /// <summary>What stands in the place of a link that can't be read.</summary>
    public const string BadLink = "about:blank";

    private const int Deepest = 40;
    private const int MostPictures = 50;

    private readonly List<ImportedFile> files = [];
    private readonly Dictionary<string, string> pictures = new(StringComparer.Ordinal);
    private readonly List<(string Label, OpenXmlElement Note)> footnotes = [];
    private readonly Stack<Field> fields = new();

    public ImmutableArray<ImportedFile> Files => [.. files];

    public bool IsPicture(string address) => files.Any(file => file.Name == address);

    /// <summary>The HTML of a paragraph.</summary>
    /// <param name="isHeading">Bold is what headings are.</param>
    public string Write(Paragraph paragraph, bool isHeading = false)
    {
        var html = new StringBuilder();
        Children(paragraph, html, new Look(isHeading), 0);

        // A link that goes on in the next paragraph ends here.
        foreach (var field in fields.Where(field => field.IsOpen))
        {
            html.Append("</a>");
            field.IsOpen = false;
        }

        return html.ToString();
    }

    /// <summary>The footnotes that were named so far, and those that they name, each as HTML.</summary>
    public IEnumerable<(string Label, string Html)> Footnotes()
    {
        for (var index = 0; index < footnotes.Count; index++)
        {
            var (label, note) = footnotes[index];
            notes.Excerpt = note.InnerText;
            yield return (label, string.Concat(note.Descendants<Paragraph>().Select(paragraph => $"<p>{Write(paragraph)}</p>")));
        }
    }

    private void Children(OpenXmlElement parent, StringBuilder html, Look look, int depth)
    {
        if (depth > Deepest)
        {
            notes.Add("too-deep");
            return;
        }

        foreach (var element in parent.ChildElements)
        {
            switch (element)
            {
                case WordRun run:
                    Run(run, html, look, depth + 1);
                    break;
                case Hyperlink link:
                    Link(link, html, look, depth + 1);
                    break;
                case SimpleField field:
                    Around(AddressOf(field.Instruction?.Value), html, () => Children(field, html, look, depth + 1));
                    break;
                case InsertedRun or MoveToRun:
                    notes.Add("tracked-changes");
                    Children(element, html, look, depth + 1);
                    break;
                case DeletedRun or MoveFromRun:
                    notes.Add("tracked-changes");
                    break;
                case SdtRun or SdtContentRun or CustomXmlRun or BidirectionalOverride or BidirectionalEmbedding:
                    Children(element, html, look, depth + 1);
                    break;
                case AlternateContent:
                    Alternate(element, html, look, depth + 1, Children);
                    break;
                case { NamespaceUri: "http://schemas.openxmlformats.org/officeDocument/2006/math" }:
                    notes.Add("equation");
                    html.Append(HtmlText.Encode(element.InnerText));
                    break;
            }
        }
    }

    private void Link(Hyperlink link, StringBuilder html, Look look, int depth)
    {
        var address = link.Id?.Value is { } id
            ? part.HyperlinkRelationships.FirstOrDefault(relationship => relationship.Id == id)?.Uri.OriginalString + (link.Anchor?.Value is { Length: > 0 } at ? "#" + at : "")
            : null;
        Around(address, html, () => Children(link, html, look, depth));
        if (link.Id is null && link.Anchor is not null)
        {
            notes.Add("inner-link");
        }
    }

    private void Around(string? address, StringBuilder html, Action write)
    {
        if (address is { Length: > 0 } && (address.StartsWith(BadLink, StringComparison.Ordinal) || HtmlToMarkdown.SafeAddress(address) is null))
        {
            notes.Add("link");
            address = null;
        }

        html.Append(address is { Length: > 0 } ? $"<a href=\"{HtmlText.Encode(address)}\">" : "");
        write();
        html.Append(address is { Length: > 0 } ? "</a>" : "");
    }

    private void Run(WordRun run, StringBuilder html, Look look, int depth)
    {
        var own = run.RunProperties;
        if (IsOn(own?.Vanish))
        {
            return;
        }

        var style = own?.RunStyle?.Val?.Value;
        var isBold = own?.Bold is { } bold ? IsOn(bold) : styles.Sets(style, set => IsOn(set.Bold), "strong");
        var isItalic = own?.Italic is { } italic ? IsOn(italic) : styles.Sets(style, set => IsOn(set.Italic), "emphasis");
        Tell(run, own);
        var (open, close) = ("", "");
        foreach (var (isSet, tag) in new[] { (isBold && !look.IsHeading, "strong"), (isItalic, "em"), (IsOn(own?.Strike) || IsOn(own?.DoubleStrike), "s") })
        {
            (open, close) = isSet ? (open + $"<{tag}>", $"</{tag}>" + close) : (open, close);
        }

        var inside = new StringBuilder();
        Inside(run, inside, html, look, depth);
        if (inside.Length > 0)
        {
            html.Append(open).Append(inside).Append(close);
        }
    }

    /// <summary>What of a run's look has no place in a library.</summary>
    private void Tell(WordRun run, RunProperties? own)
    {
        if (own is null || run.InnerText.Trim().Length == 0)
        {
            return;
        }

        var isLink = run.Ancestors<Hyperlink>().Any() || fields.Any(field => field.IsOpen);
        if (own.Underline is { } underline && underline.Val?.Value != UnderlineValues.None && !isLink)
        {
            notes.Add("underline");
        }

        if (own.Highlight is { } highlight && highlight.Val?.Value != HighlightColorValues.None)
        {
            notes.Add("highlight");
        }

        if (own.VerticalTextAlignment?.Val?.Value is { } raised && raised != VerticalPositionValues.Baseline && !run.Elements<FootnoteReference>().Any() && !run.Elements<EndnoteReference>().Any())
        {
            notes.Add("raised");
        }
    }

    private void Inside(OpenXmlElement run, StringBuilder inside, StringBuilder html, Look look, int depth)
    {
        if (depth > Deepest)
        {
            return;
        }

        foreach (var element in run.ChildElements)
        {
            if (element is FieldChar mark)
            {
                Mark(mark, inside);
                continue;
            }

            if (element is FieldCode code)
            {
                if (fields.TryPeek(out var field))
                {
                    field.Code += code.Text;
                }

                continue;
            }

            // Of a field, only what it shows.
            if (fields.Any(field => !field.IsShown))
            {
                continue;
            }

            switch (element)
            {
                case Text text:
                    inside.Append(HtmlText.Encode(text.Text));
                    break;
                case TabChar or PositionalTab:
                    inside.Append(' ');
                    break;
                case NoBreakHyphen:
                    inside.Append('-');
                    break;
                case Break lineBreak when lineBreak.Type is null || lineBreak.Type.Value == BreakValues.TextWrapping:
                    inside.Append("<br>");
                    break;
                case CarriageReturn:
                    inside.Append("<br>");
                    break;
                case SymbolChar:
                    notes.Add("symbol");
                    break;
                case FootnoteReference { Id.Value: var id }:
                    Footnote(part.FootnotesPart?.Footnotes?.Elements<Footnote>().FirstOrDefault(note => note.Id?.Value == id), inside);
                    break;
                case EndnoteReference { Id.Value: var id }:
                    Footnote(part.EndnotesPart?.Endnotes?.Elements<Endnote>().FirstOrDefault(note => note.Id?.Value == id), inside);
                    break;
                case CommentReference:
                    notes.Add("comment");
                    break;
                case DocumentFormat.OpenXml.Wordprocessing.Drawing or Picture or EmbeddedObject:
                    Drawn(element, inside);
                    break;
                case AlternateContent:
                    Alternate(element, inside, look, depth + 1, (child, into, _, deeper) => Inside(child, into, html, look, deeper));
                    break;
            }
        }
    }

    private static void Alternate(OpenXmlElement element, StringBuilder html, Look look, int depth, Action<OpenXmlElement, StringBuilder, Look, int> write)
    {
        var chosen = element.GetFirstChild<AlternateContentChoice>() ?? (OpenXmlElement?)element.GetFirstChild<AlternateContentFallback>();
        if (chosen is not null)
        {
            write(chosen, html, look, depth);
        }
    }

    /// <summary>A field is written as marks between runs: its code, then what it shows.</summary>
    private void Mark(FieldChar mark, StringBuilder inside)
    {
        var kind = mark.FieldCharType?.Value;
        if (kind == FieldCharValues.Begin)
        {
            fields.Push(new Field());
        }
        else if (kind == FieldCharValues.Separate && fields.TryPeek(out var field))
        {
            field.IsShown = true;
            var address = AddressOf(field.Code) is { } written && HtmlToMarkdown.SafeAddress(written) is { } safe ? safe : null;
            if (address is not null && !fields.Any(other => other.IsOpen))
            {
                field.IsOpen = true;
                inside.Append(CultureInfo.InvariantCulture, $"<a href=\"{HtmlText.Encode(address)}\">");
            }
        }
        else if (kind == FieldCharValues.End && fields.TryPop(out var ended) && ended.IsOpen)
        {
            inside.Append("</a>");
        }
    }

    private void Footnote(OpenXmlElement? note, StringBuilder inside)
    {
        if (note is null)
        {
            return;
        }

        var known = footnotes.FindIndex(other => ReferenceEquals(other.Note, note));
        if (known < 0)
        {
            known = footnotes.Count;
            footnotes.Add(((known + 1).ToString(CultureInfo.InvariantCulture), note));
        }

        inside.Append(CultureInfo.InvariantCulture, $"<sup><a class=\"footnote-ref\" {EditingMarks.Label}=\"{footnotes[known].Label}\">{footnotes[known].Label}</a></sup>");
    }

    /// <summary>A picture as a file beside the document; of all else that is drawn, its words.</summary>
    private void Drawn(OpenXmlElement drawn, StringBuilder inside)
    {
        var id = drawn.Descendants<Drawing.Blip>().Select(blip => blip.Embed?.Value).FirstOrDefault(id => id is not null)
            ?? drawn.Descendants<DocumentFormat.OpenXml.Vml.ImageData>().Select(image => image.RelationshipId?.Value).FirstOrDefault(id => id is not null);
        if (drawn is not EmbeddedObject && id is not null && PictureOf(id) is { } address)
        {
            var alt = drawn.Descendants<Drawing.Wordprocessing.DocProperties>().Select(properties => properties.Description?.Value).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) ?? "";
            if (alt.Length == 0)
            {
                notes.Add("picture-words");
            }

            inside.Append(CultureInfo.InvariantCulture, $"<img src=\"{HtmlText.Encode(address)}\" alt=\"{HtmlText.Encode(alt)}\">");
            return;
        }

        notes.Add(id is not null && drawn is not EmbeddedObject ? "picture" : "drawing");
        var words = drawn.Descendants<TextBoxContent>().FirstOrDefault()?.Descendants<Text>().Select(text => text.Text) ?? [];
        inside.Append(HtmlText.Encode(string.Join(' ', words)));
    }

    /// <summary>The file name of a picture; null where it is of a type, or of a size, that is not served.</summary>
    private string? PictureOf(string id)
    {
        if (pictures.TryGetValue(id, out var known))
        {
            return known;
        }

        if (files.Count >= MostPictures || !part.TryGetPartById(id, out var found) || found is not ImagePart image || TypeOf(image.ContentType) is not { } extension)
        {
            return null;
        }

        using var stream = image.GetStream(FileMode.Open, FileAccess.Read);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        if (bytes.Length is 0 or > LibraryCheck.LargestFile)
        {
            return null;
        }

        var file = string.Create(CultureInfo.InvariantCulture, $"{name}-{files.Count + 1}{extension}");
        files.Add(new ImportedFile(file, bytes.ToArray()));
        return pictures[id] = file;
    }

    private static string? TypeOf(string contentType) => contentType switch
    {
        "image/png" => ".png",
        "image/jpeg" or "image/jpg" => ".jpg",
        "image/gif" => ".gif",
        "image/webp" => ".webp",
        _ => null,
    };

    private static string? AddressOf(string? code) => code is not null && LinkCode().Match(code) is { Success: true } match ? match.Groups["address"].Value : null;

    private static bool IsOn(OnOffType? property) => property is not null && (property.Val is null || property.Val.Value);

    [GeneratedRegex("""^\s*HYPERLINK\s+"(?<address>[^"]{1,2000})"\s*(\\o\s+"[^"]*"\s*)?$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LinkCode();

    private readonly record struct Look(bool IsHeading);

    private sealed class Field
    {
        public string Code { get; set; } = "";

        /// <summary>Its code has been read, and what it shows comes.</summary>
        public bool IsShown { get; set; }

        /// <summary>It is a link that has begun.</summary>
        public bool IsOpen { get; set; }
    }
}
