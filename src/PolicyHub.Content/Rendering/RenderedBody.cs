using System.Collections.Immutable;
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
