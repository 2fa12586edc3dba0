using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Syntax;

namespace PolicyHub.Content.Documents;

/// <summary>
/// The one Markdown pipeline. Extensions are named one by one: those that let a text set attributes, embed media or write
/// formulas stay out, and so does raw HTML, which becomes text.
/// </summary>
internal static partial class MarkdownBody
{
    /// <summary>Characters; a longer body is shown as plain text.</summary>
    public const int Largest = 512 * 1024;

    /// <summary>Lines; Markdig takes quadratic time over hundreds of thousands of headings or definitions in a row.</summary>
    private const int MostLines = 20_000;

    private const int DeepestNesting = 64;

    private static readonly MarkdownPipeline Pipeline = Build();

    /// <summary>Whether a body is too much to be parsed at all.</summary>
    public static bool IsTooLarge(string body) => body.Length > Largest || Math.Max(body.AsSpan().Count('\n'), body.AsSpan().Count('\r')) > MostLines;

    /// <summary>The parsed body; null where it is nested too deeply.</summary>
    public static MarkdownDocument? Parse(string body) => Parse(Prepare(body), Pipeline);

    /// <summary>A text that has been prepared, parsed by a pipeline of <see cref="Build"/>; null where it is nested too deeply.</summary>
    public static MarkdownDocument? Parse(string prepared, MarkdownPipeline pipeline)
    {
        try
        {
            return Markdown.Parse(prepared, pipeline);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IndexOutOfRangeException or NullReferenceException)
        {
            // Markdig's guard against nesting is an ArgumentException; the others would be its bugs, and no page may die of one.
            return null;
        }
    }

    /// <summary>The text as it is parsed; source spans count in it.</summary>
    public static string Prepare(string body) =>
        body.Contains("{{", StringComparison.Ordinal) ? LiquidRoot().Replace(body, "{{site.baseurl}}") : body;

    /// <summary>A Jekyll site's placeholder for its own root, taken off the front of an address.</summary>
    public static string WithoutLiquidRoot(string url) =>
        LiquidRoot().Match(url) is { Success: true, Index: 0 } match ? "/" + url[match.Length..].TrimStart('/') : url;

    /// <param name="look">See <see cref="BeforeInlines"/>.</param>
    public static MarkdownPipeline Build(Action<MarkdownDocument>? look = null)
    {
        var builder = new MarkdownPipelineBuilder { MaximumNestingDepth = DeepestNesting }
            .DisableHtml()
            .UsePipeTables()
            .UseGridTables()
            .UseTaskLists()
            .UseFootnotes()
            .UseDefinitionLists()
            .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
            .UseAutoLinks()
            .UsePreciseSourceLocation();
        builder.Extensions.Add(new BeforeInlines(look));
        return builder.Build();
    }

    [GeneratedRegex(@"\{\{-?[ \t]*(?:site|base)\.base_?url[ \t]*-?\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LiquidRoot();
}
