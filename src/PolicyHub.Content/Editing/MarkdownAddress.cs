namespace PolicyHub.Content.Editing;

/// <summary>Where a link leads, as Markdown writes it inside its brackets.</summary>
internal static class MarkdownAddress
{
    public static string Of(string address, string? title)
    {
        var plain = address.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Trim();
        var isPlain = plain.Length > 0 && plain[0] != '<' && !plain.Any(letter => letter is ' ' or '(' or ')' or '\\' or '\t' || char.IsControl(letter));
        var written = isPlain ? plain : $"<{plain.Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal).Replace("\\", "%5C", StringComparison.Ordinal)}>";
        var words = string.Join(' ', (title ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Length == 0 ? written : $"{written} \"{words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }
}
