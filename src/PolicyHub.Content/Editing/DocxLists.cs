using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace PolicyHub.Content.Editing;

/// <param name="Level">From 0.</param>
/// <param name="Start">The number of the first item.</param>
/// <param name="IsLettered">It counts in letters or Roman numbers.</param>
internal sealed record DocxListItem(int Level, bool IsOrdered, int Start, bool IsLettered);

/// <summary>Which paragraphs of a Word document are items of which lists.</summary>
internal sealed class DocxLists(MainDocumentPart part, DocxStyles styles)
{
    private const int DeepestLevel = 8;

    private readonly Numbering? numbering = part.NumberingDefinitionsPart?.Numbering;

    /// <summary>Null: it is no item.</summary>
    public DocxListItem? Find(Paragraph paragraph)
    {
        var own = paragraph.ParagraphProperties?.NumberingProperties;
        var styled = styles.NumberingOf(paragraph);
        if ((own?.NumberingId?.Val?.Value ?? styled?.NumberingId?.Val?.Value) is not ({ } id and not 0))
        {
            return null;
        }

        var level = Math.Clamp(own?.NumberingLevelReference?.Val?.Value ?? styled?.NumberingLevelReference?.Val?.Value ?? 0, 0, DeepestLevel);
        var instance = numbering?.Elements<NumberingInstance>().FirstOrDefault(instance => instance.NumberID?.Value == id);
        var list = numbering?.Elements<AbstractNum>().FirstOrDefault(list => list.AbstractNumberId?.Value == instance?.AbstractNumId?.Val?.Value);
        var changed = instance?.Elements<LevelOverride>().FirstOrDefault(change => change.LevelIndex?.Value == level);
        var written = changed?.Level ?? list?.Elements<Level>().FirstOrDefault(other => other.LevelIndex?.Value == level);
        var format = written?.NumberingFormat?.Val?.Value ?? NumberFormatValues.Bullet;
        var start = changed?.StartOverrideNumberingValue?.Val?.Value ?? written?.StartNumberingValue?.Val?.Value ?? 1;
        var isOrdered = format != NumberFormatValues.Bullet && format != NumberFormatValues.None;
        return new DocxListItem(level, isOrdered, Math.Max(0, start), isOrdered && format != NumberFormatValues.Decimal && format != NumberFormatValues.DecimalZero);
    }
}
