using System.Buffers;
using System.Text;

namespace PolicyHub.Content.Documents;

/// <summary>A file cut into its front matter and its body, nothing read yet.</summary>
/// <param name="Yaml">Null where the file has no front matter.</param>
/// <param name="BodyLine">The line of the file, from 1, on which the body starts.</param>
/// <param name="IsUnclosed">It opens like front matter and never closes.</param>
internal readonly record struct FrontMatter(string? Yaml, string Body, int BodyLine, bool IsUnclosed)
{
    private static readonly SearchValues<char> FieldNames = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a file; null when its bytes are no UTF-8 text. A byte order mark is dropped.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        if (bytes.Contains((byte)0))
        {
            return null;
        }

        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>
    /// Front matter is what stands between a first line of three dashes and the next line of three dashes or dots. A first line
    /// of dashes that nothing closes is a rule across the page, unless a field follows it.
    /// </summary>
    public static FrontMatter Split(string text)
    {
        var start = NextLine(text, 0, out var first);
        if (first.TrimEnd() is not "---")
        {
            return new FrontMatter(null, text, 1, IsUnclosed: false);
        }

        var line = 2;
        for (var at = start; at < text.Length; line++)
        {
            var next = NextLine(text, at, out var current);
            if (current.TrimEnd() is "---" or "...")
            {
                return new FrontMatter(text[start..at], text[next..], line + 1, IsUnclosed: false);
            }

            at = next;
        }

        NextLine(text, start, out var second);
        return new FrontMatter(null, text, 1, IsUnclosed: LooksLikeField(second));
    }

    private static bool LooksLikeField(ReadOnlySpan<char> line)
    {
        var colon = line.IndexOf(':');
        return colon > 0
            && (colon + 1 == line.Length || char.IsWhiteSpace(line[colon + 1]))
            && !line[..colon].ContainsAnyExcept(FieldNames);
    }

    /// <summary>The line that starts at an offset, without its end, and the offset of the next one; CR LF, LF and CR end a line.</summary>
    private static int NextLine(string text, int at, out ReadOnlySpan<char> line)
    {
        var length = text.AsSpan(at).IndexOfAny('\r', '\n');
        if (length < 0)
        {
            line = text.AsSpan(at);
            return text.Length;
        }

        line = text.AsSpan(at, length);
        var end = at + length;
        return end + (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1);
    }
}
