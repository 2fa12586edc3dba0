using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace PolicyHub.Content.Documents;

/// <summary>The title and summary of a document whose front matter gives none.</summary>
internal static partial class BodyDefaults
{
    // A title and a first paragraph stand at the top; the rest of a long body need not be parsed for them, and seldom more than this.
    private const int Top = 8 * 1024;
    private const int UsualTop = 1500;
    private const int LongestSummary = 200;
    private const int LongestTitle = 300;

    /// <summary>The first heading, else the file's name; the first paragraph of words, else nothing.</summary>
    /// <param name="needsTitle">False where the front matter has one: then no heading need be looked for.</param>
    public static (string Title, string Summary) Read(LibraryPath path, string body, bool needsTitle)
    {
        var (title, summary) = ReadTop(body, UsualTop);
        if (((needsTitle && title is null) || summary is null) && body.Length > UsualTop)
        {
            (title, summary) = ReadTop(body, Top);
        }

        return (
            string.IsNullOrEmpty(title) ? FromName(path) : Cut(title, LongestTitle),
            Cut(summary ?? "", LongestSummary));
    }

    private static (string? Title, string? Summary) ReadTop(string body, int length)
    {
        string? title = null, summary = null;
        foreach (var block in MarkdownBody.Parse(WholeBlocks(body, length)) ?? [])
        {
            if (title is null && block is HeadingBlock heading)
            {
                title = PlainText.OneLine(heading);
            }
            else if (summary is null && block is ParagraphBlock paragraph)
            {
                summary = PlainText.OneLine(paragraph);
                summary = summary.Length == 0 || TemplateTags().IsMatch(summary) ? null : summary;
            }
        }

        return (title, summary);
    }

    /// <summary>The start of a body, up to an empty line where there is one, so that no paragraph is cut in two.</summary>
    private static string WholeBlocks(string body, int length)
    {
        if (body.Length <= length)
        {
            return body;
        }

        var end = body.LastIndexOf("\n\n", length, length, StringComparison.Ordinal);
        return body[..(end > 0 ? end : length)];
    }

    /// <summary>Words of a file name: <c>late-fees.md</c> is “Late fees”; a folder's index takes the folder's name.</summary>
    private static string FromName(LibraryPath path)
    {
        var name = Path.GetFileNameWithoutExtension(path.Name);
        if (path.Folder.Length > 0 && (name.Equals("index", StringComparison.OrdinalIgnoreCase) || name.Equals("readme", StringComparison.OrdinalIgnoreCase)))
        {
            name = path.Folder[(path.Folder.LastIndexOf('/') + 1)..];
        }

        var words = name.Replace('-', ' ').Replace('_', ' ').Trim();
        return words.Length == 0 ? path.Name : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>Cut at the end of a word, with dots for what is missing.</summary>
    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = text.LastIndexOf(' ', longest - 1);
        if (end < longest / 2)
        {
            end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        }

        return text[..end].TrimEnd(' ', ',', ';', ':', '.') + "…";
    }

    /// <summary>A paragraph of nothing but the tags of a template language.</summary>
    [GeneratedRegex(@"^(?:\{[%{:][^{}]*\}+ ?)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TemplateTags();
}
