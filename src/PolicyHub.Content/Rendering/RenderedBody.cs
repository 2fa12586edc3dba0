using System.Collections.Immutable;
using System.Text;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Rendering;

/// <summary>The body of a document as safe HTML, cut into sections. A function of (path, body, words) alone.</summary>
public sealed record RenderedBody
{
    public required SafeHtml Html { get; init; }

    /// <summary>In order; the first has an empty heading and anchor and holds what stands above the first heading; it is always there.</summary>
    public required ImmutableArray<RenderedSection> Sections { get; init; }

    public required ImmutableArray<DocumentLink> Links { get; init; }

    /// <summary>What is wrong with the body by itself: unsafe links, too deep nesting, too large.</summary>
    public ImmutableArray<Problem> Problems { get; init; } = [];
}

/// <summary>A heading and the text under it, up to the next heading of any level.</summary>
/// <param name="Level">As shown under the page's title, 2 to 6, whatever the author wrote; 0 for the text above the first heading.</param>
/// <param name="Text">Plain text for search and excerpts: blocks parted by a line break, table cells by " | ", marks of HTML left out.</param>
/// <param name="HtmlStart">Where its HTML, heading included, starts in <see cref="RenderedBody.Html"/>.</param>
/// <param name="Line">The line of the file, from 1.</param>
public sealed record RenderedSection(string Heading, string Anchor, int Level, string Text, int HtmlStart, int HtmlEnd, int Line);

/// <summary>A part of a page that stands in its source as lines of their own.</summary>
/// <param name="Line">The line of the body on which it starts, from 0; -1: it is gathered from many, as footnotes are.</param>
public sealed record RenderedPiece(int Line, SafeHtml Html)
{
    /// <summary>Parts one after the other.</summary>
    public static SafeHtml Joined(IEnumerable<RenderedPiece> parts) => new(string.Concat(parts.Select(part => part.Html.Value)));

    /// <summary>Several parts as one.</summary>
    public static RenderedPiece Around(int line, IEnumerable<RenderedPiece> parts) => new(line, new SafeHtml($"<div>{string.Concat(parts.Select(part => part.Html.Value))}</div>\n"));

    /// <summary>The same with attributes put into its first element.</summary>
    /// <param name="attributes">Name and value; a name is written as it stands, a value is encoded.</param>
    public SafeHtml With(params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        var html = Html.Value;
        var open = html.IndexOf('<', StringComparison.Ordinal);
        var at = open < 0 ? -1 : open + 1 + html.AsSpan(open + 1).IndexOfAny(" >");
        if (at <= open)
        {
            return Html;
        }

        var written = new StringBuilder(html, 0, at, html.Length + 64);
        foreach (var (name, value) in attributes)
        {
            written.Append(' ').Append(name).Append("=\"");
            HtmlText.Append(written, value).Append('"');
        }

        return new SafeHtml(written.Append(html, at, html.Length - at).ToString());
    }
}

/// <summary>A link or image as written.</summary>
/// <param name="Target">The file in the library that it leads to; null for other hosts, for the page itself, and where it leaves the library.</param>
/// <param name="Anchor">Without the #; null when none.</param>
public sealed record DocumentLink(string Url, LibraryPath? Target, string? Anchor, bool IsImage, bool IsExternal, SourcePosition Position);

/// <summary>HTML that came through the one door: the renderer or the marker of search. Nothing else may make one.</summary>
public sealed class SafeHtml
{
    internal SafeHtml(string value) => Value = value;

    public static SafeHtml Empty { get; } = new("");

    public string Value { get; }

    /// <summary>A part cut at boundaries that the renderer gave.</summary>
    public SafeHtml Slice(int start, int end) => new(Value[start..end]);
}
