using PolicyHub.Content.Documents;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Editing;

/// <summary>Finds in a source what was found in the words that are made of it.</summary>
internal static class TextPlace
{
    private const int Longest = 24;

    /// <summary>The line of the file on which a text of a section begins; that of the section where marks in the source part its first words.</summary>
    /// <param name="lines">Those of the body.</param>
    public static int LineOf(Document document, string[] lines, RenderedSection section, string text)
    {
        var first = text[..Math.Min(text.Length, Longest)];
        for (var line = Math.Max(0, section.Line - document.BodyLine); line < lines.Length; line++)
        {
            if (lines[line].Contains(first, StringComparison.OrdinalIgnoreCase))
            {
                return document.BodyLine + line;
            }
        }

        return section.Line;
    }
}
