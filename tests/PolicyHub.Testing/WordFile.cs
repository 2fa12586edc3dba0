using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Drawing = DocumentFormat.OpenXml.Drawing;

namespace PolicyHub.Testing;

/// <summary>A Word file made for a test, as Word would write it.</summary>
public sealed class WordFile
{
    /// <summary>A picture of one dot.</summary>
    public static readonly byte[] Dot = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private readonly List<OpenXmlElement> blocks = [];
    private readonly List<(string Id, string Address)> links = [];
    private readonly List<OpenXmlElement> footnotes = [];
    private readonly List<(string Id, byte[] Bytes, bool IsPng)> pictures = [];

    /// <summary>A paragraph of runs, with a style.</summary>
    public WordFile Paragraph(string? style, params OpenXmlElement[] runs)
    {
        blocks.Add(new Paragraph([.. style is null ? Array.Empty<OpenXmlElement>() : [new ParagraphProperties(new ParagraphStyleId { Val = style })], .. runs]));
        return this;
    }

    public WordFile Paragraph(string? style, string text) => Paragraph(style, Run(text));

    /// <summary>An item of a list: 1 has dots, 2 numbers, 3 letters.</summary>
    public WordFile Item(int list, int level, string text)
    {
        blocks.Add(new Paragraph(new ParagraphProperties(new NumberingProperties(new NumberingLevelReference { Val = level }, new NumberingId { Val = list })), Run(text)));
        return this;
    }

    public WordFile Add(OpenXmlElement block)
    {
        blocks.Add(block);
        return this;
    }

    public WordFile Table(params string[][] rows) => Add(new Table([.. rows.Select(row => new TableRow([.. row.Select(cell => new TableCell(new Paragraph(Run(cell))))]))]));

    public static Run Run(string text, params OpenXmlElement[] look) =>
        new([.. look.Length == 0 ? Array.Empty<OpenXmlElement>() : [new RunProperties(look)], new Text(text) { Space = SpaceProcessingModeValues.Preserve }]);

    public Hyperlink Link(string address, string text)
    {
        links.Add(($"link{links.Count}", address));
        return new Hyperlink(Run(text)) { Id = links[^1].Id };
    }

    public Run Footnote(string text)
    {
        footnotes.Add(new Footnote(new Paragraph(new Run(new FootnoteReferenceMark()), Run(" " + text))) { Id = footnotes.Count + 1 });
        return new Run(new FootnoteReference { Id = footnotes.Count });
    }

    public Run Picture(string words, bool isPng = true)
    {
        pictures.Add(($"picture{pictures.Count}", Dot, isPng));
        return new Run(new DocumentFormat.OpenXml.Wordprocessing.Drawing(new Drawing.Wordprocessing.Inline(
            new Drawing.Wordprocessing.DocProperties { Id = 1, Name = "P", Description = words },
            new Drawing.Graphic(new Drawing.GraphicData(new Drawing.Pictures.Picture(new Drawing.Pictures.BlipFill(new Drawing.Blip { Embed = pictures[^1].Id })))
            { Uri = "http://schemas.openxmlformats.org/drawingml/2006/picture" }))));
    }

    /// <summary>The file's bytes.</summary>
    public byte[] Make()
    {
        using var stream = new MemoryStream();
        using (var package = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = package.AddMainDocumentPart();
            main.Document = new Document(new Body(blocks));
            main.AddNewPart<StyleDefinitionsPart>().Styles = new Styles(
                StyleOf("Title", "Title"), StyleOf("Heading1", "heading 1"), StyleOf("Heading2", "heading 2"), StyleOf("TOC1", "toc 1"), StyleOf("Quote", "Quote"),
                new Style(new StyleName { Val = "Our heading" }, new BasedOn { Val = "Heading2" }) { Type = StyleValues.Paragraph, StyleId = "Ours" });
            main.AddNewPart<NumberingDefinitionsPart>().Numbering = new Numbering(
            [
                .. new[] { NumberFormatValues.Bullet, NumberFormatValues.Decimal, NumberFormatValues.LowerLetter }.Select((format, index) => new AbstractNum(
                    Enumerable.Range(0, 3).Select(level => new Level(new StartNumberingValue { Val = 1 }, new NumberingFormat { Val = format }) { LevelIndex = level }))
                { AbstractNumberId = index }),
                .. Enumerable.Range(0, 3).Select(index => new NumberingInstance(new AbstractNumId { Val = index }) { NumberID = index + 1 }),
            ]);
            main.AddNewPart<FootnotesPart>().Footnotes = new Footnotes(footnotes);
            foreach (var (id, address) in links)
            {
                main.AddHyperlinkRelationship(new Uri(address, UriKind.RelativeOrAbsolute), isExternal: true, id);
            }

            foreach (var (id, bytes, isPng) in pictures)
            {
                var picture = main.AddImagePart(isPng ? ImagePartType.Png : ImagePartType.Emf, id);
                using var content = new MemoryStream(bytes);
                picture.FeedData(content);
            }
        }

        return stream.ToArray();
    }

    private static Style StyleOf(string id, string name) => new(new StyleName { Val = name }) { Type = StyleValues.Paragraph, StyleId = id };
}
