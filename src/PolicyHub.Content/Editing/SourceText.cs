using System.Text;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Editing;

/// <summary>A file as it is edited by those who want to see how it is written: its fields and its text apart.</summary>
/// <param name="Matter">Its front matter without the rules around it; null: it has none that can be read apart, and all of the file is text.</param>
public sealed record SourceText(string? Matter, string Text)
{
    private const string Rule = "---";

    /// <summary>Null: its bytes are no text.</summary>
    public static SourceText? Read(ReadOnlySpan<byte> file) =>
        EditableText.Read(file) is { } text ? new SourceText(text.Head.Length == 0 ? null : string.Join('\n', Lines(text.Head)[1..^1]), text.Body.ReplaceLineEndings("\n"))
        : FrontMatter.Decode(file) is { } whole ? new SourceText(null, whole.ReplaceLineEndings("\n"))
        : null;

    /// <summary>The file with other fields and another text; lines that stay the same at the beginning and the end of the text keep their ends.</summary>
    /// <param name="matter">Null: as it is.</param>
    public static byte[] Write(ReadOnlySpan<byte> file, string? matter, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (EditableText.Read(file) is not { } before)
        {
            return Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"));
        }

        var changed = before.WithBody(text);
        if (matter is null || Read(file) is not { Matter: { } old } || old.TrimEnd('\n') == matter.ReplaceLineEndings("\n").TrimEnd('\n'))
        {
            return changed;
        }

        var end = before.Head.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var head = matter.Trim().Length == 0 ? "" : string.Concat(((string[])[Rule, .. Lines(matter.TrimEnd()), Rule]).Select(line => line + end));
        var body = EditableText.Read(changed)?.Body ?? text;
        return Encoding.UTF8.GetBytes((file.StartsWith("\uFEFF"u8) ? "\uFEFF" : "") + head + body);
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
