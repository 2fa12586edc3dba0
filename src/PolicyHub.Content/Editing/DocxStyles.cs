using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace PolicyHub.Content.Editing;

/// <summary>What the styles of a Word document say of its paragraphs.</summary>
internal sealed class DocxStyles
{
    private const int LongestChain = 20;

    private readonly Dictionary<string, Style> styles = new(StringComparer.Ordinal);

    public DocxStyles(MainDocumentPart part)
    {
        foreach (var style in part.StyleDefinitionsPart?.Styles?.Elements<Style>() ?? [])
        {
            if (style.StyleId?.Value is { } id)
            {
                styles.TryAdd(id, style);
            }
        }
    }

    /// <summary>The level of a heading, 0 for the title of the document; null: it is none.</summary>
    public int? LevelOf(Paragraph paragraph)
    {
        foreach (var (name, style) in Chain(paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value))
        {
            if (name == "title")
            {
                return 0;
            }

            if (name.StartsWith("heading ", StringComparison.Ordinal) && int.TryParse(name["heading ".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level is >= 1 and <= 9)
            {
                return level;
            }

            if (style?.StyleParagraphProperties?.OutlineLevel?.Val?.Value is { } outline and < 9)
            {
                return outline + 1;
            }
        }

        return paragraph.ParagraphProperties?.OutlineLevel?.Val?.Value is { } own and < 9 ? own + 1 : null;
    }

    public bool IsQuote(Paragraph paragraph) => Chain(paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value).Any(style => style.Name is "quote" or "intense quote" or "block text");

    /// <summary>Whether it is a line of a table of contents.</summary>
    public bool IsContents(Paragraph paragraph) =>
        Chain(paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value).Any(style => style.Name.StartsWith("toc ", StringComparison.Ordinal) || style.Name == "table of figures");

    /// <summary>The numbering that a style gives its paragraphs; null: none.</summary>
    public NumberingProperties? NumberingOf(Paragraph paragraph) =>
        Chain(paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value).Select(style => style.Style?.StyleParagraphProperties?.NumberingProperties).FirstOrDefault(numbering => numbering is not null);

    /// <summary>Whether a style of characters, or one that it is based on, sets something.</summary>
    public bool Sets(string? styleId, Func<StyleRunProperties, bool> sets, string name) =>
        Chain(styleId).Any(style => style.Name == name || (style.Style?.StyleRunProperties is { } run && sets(run)));

    /// <summary>A style and those that it is based on, by their names in lower case.</summary>
    private IEnumerable<(string Name, Style? Style)> Chain(string? id)
    {
        for (var count = 0; id is not null && count < LongestChain; count++)
        {
            var style = styles.GetValueOrDefault(id);

            // Files made by programs often name a style that they do not define.
            yield return ((style?.StyleName?.Val?.Value ?? Undefined(id)).ToLowerInvariant(), style);
            id = style?.BasedOn?.Val?.Value;
        }
    }

    private static string Undefined(string id) => id.StartsWith("Heading", StringComparison.OrdinalIgnoreCase) && id.Length == 8 ? $"heading {id[7]}" : id;
}
