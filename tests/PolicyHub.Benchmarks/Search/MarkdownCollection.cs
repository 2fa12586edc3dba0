using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Search;

namespace PolicyHub.Benchmarks.Search;

/// <summary>
/// Any folder of Markdown as documents to search, cut by a few lines of its own, so that search is measured apart from reading and rendering.
/// </summary>
internal static partial class MarkdownCollection
{
    /// <summary>Behind all others in the order of paths, which decides between texts that are as good.</summary>
    private const string CopyFolder = "zz-copy";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseYamlFrontMatter().UsePipeTables().UseAutoLinks().Build();

    public static List<SearchableDocument> Read(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .AsParallel().AsOrdered()
            .Select(file => Read(Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllText(file))),
    ];

    /// <summary>The same collection several times over, with every word of the copies changed in part, so that the vocabulary grows as in real text.</summary>
    public static List<SearchableDocument> Scale(List<SearchableDocument> documents, int copies)
    {
        var scaled = new List<SearchableDocument>(documents);
        for (var copy = 1; copy < copies; copy++)
        {
            var number = copy;
            scaled.AddRange(documents.Select(source => source with
            {
                Key = $"{number}/{source.Key}",
                Document = source.Document with
                {
                    Path = LibraryPath.Parse($"{CopyFolder}{number}/{source.Document.Path}"),
                    Title = Change(source.Document.Title, number),
                    Summary = Change(source.Document.Summary, number),
                },
                Sections = [.. source.Sections.Select(section => section with { Heading = Change(section.Heading, number), Text = Change(section.Text, number) })],
            }));
        }

        return scaled;
    }

    /// <summary>The path of the page that one is a copy of; its own where it is none.</summary>
    public static string OriginalOf(string path) => path.StartsWith(CopyFolder, StringComparison.Ordinal) ? path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..] : path;

    /// <summary>One word in eight, the same one everywhere in a copy, becomes another word.</summary>
    private static string Change(string text, int copy) => Word().Replace(text, match =>
        (match.Value.ToLowerInvariant().Sum(letter => letter * 31) + copy) % 8 == 0 ? match.Value[1..] + (char)('a' + (copy % 26)) + match.Value[0] : match.Value);

    private static SearchableDocument Read(string path, string text)
    {
        var front = FrontMatter().Match(text);
        string Value(string field) =>
            Regex.Match(front.Value, $@"^{field}:[ \t]*(?:>-?|\|-?)?\s*(.+)$", RegexOptions.Multiline, TimeSpan.FromSeconds(1)) is { Success: true } match
                ? Plain(match.Groups[1].Value.Trim().Trim('"', '\'')) : "";
        var parsed = Markdown.Parse(text, Pipeline);
        var sections = new List<RenderedSection>();
        var (heading, level, body) = ("", 0, new StringBuilder());
        void Close() => sections.Add(new RenderedSection(heading, $"s{sections.Count}", level, Plain(body.ToString()).Trim(), 0, 0, 0));
        foreach (var block in parsed)
        {
            if (block is HeadingBlock next)
            {
                Close();
                (heading, level) = (Plain(TextOf(next.Inline)), next.Level);
                body.Clear();
            }
            else
            {
                Append(block, body);
            }
        }

        Close();
        var title = Value("title") is { Length: > 0 } given ? given : sections.FirstOrDefault(section => section.Level == 1)?.Heading ?? "";
        var summary = Value("summary") is { Length: > 0 } said ? said : Value("deck");
        return new SearchableDocument
        {
            Key = path,
            Access = "",
            Document = new Document
            {
                Path = LibraryPath.Parse(path),
                Title = title.Length > 0 ? title : Path.GetFileNameWithoutExtension(path).Replace('-', ' '),
                Summary = summary,
                Kind = DocumentKind.Page,
                Body = "",
                BodyLine = 1,
            },
            Sections = [.. sections],
        };
    }

    private static void Append(Block block, StringBuilder into)
    {
        switch (block)
        {
            case LeafBlock { Inline: { } inline }:
                into.Append(TextOf(inline)).Append('\n');
                break;
            case YamlFrontMatterBlock:
                break;
            case CodeBlock code:
                into.Append(code.Lines.ToString()).Append('\n');
                break;
            case HtmlBlock html:
                into.Append(Tag().Replace(html.Lines.ToString(), " ")).Append('\n');
                break;
            case ContainerBlock container:
                foreach (var child in container)
                {
                    Append(child, into);
                }

                if (container is TableRow)
                {
                    into.Append('\n');
                }

                break;
            default:
                break;
        }
    }

    private static string TextOf(ContainerInline? inline)
    {
        var text = new StringBuilder();
        foreach (var part in inline?.Descendants() ?? [])
        {
            text.Append(part switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                LineBreakInline => " ",
                _ => "",
            });
        }

        return text.ToString();
    }

    /// <summary>Without the short codes of site generators.</summary>
    private static string Plain(string text) => System.Net.WebUtility.HtmlDecode(ShortCode().Replace(text, " "));

    [GeneratedRegex(@"\A---\r?\n.*?\n---\r?\n", RegexOptions.Singleline, 1000)]
    private static partial Regex FrontMatter();

    [GeneratedRegex(@"\{\{[<%].*?[%>]\}\}|\{%.*?%\}|\{\{.*?\}\}", RegexOptions.Singleline, 1000)]
    private static partial Regex ShortCode();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\p{L}{5,}", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
