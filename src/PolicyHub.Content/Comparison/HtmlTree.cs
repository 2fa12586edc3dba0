using System.Text;

namespace PolicyHub.Content.Comparison;

/// <summary>
/// Reads HTML that the renderer made into a tree. It is no parser of HTML: it knows what <c>PageRenderers</c> writes, balanced tags and attributes in double
/// quotes, and answers null to anything else. Links of headings to themselves are left out.
/// </summary>
internal sealed class HtmlTree
{
    /// <summary>Deeper than the renderer nests.</summary>
    private const int Deepest = 400;

    private readonly string html;
    private int at;

    private HtmlTree(string html) => this.html = html;

    /// <summary>The root, an element without a tag; null where the text is not of the renderer's kind.</summary>
    public static HtmlElement? Read(string html) => new HtmlTree(html).Read();

    private HtmlElement? Read()
    {
        var root = new HtmlElement("", []);
        var open = new Stack<HtmlElement>([root]);
        while (at < html.Length)
        {
            if (html[at] != '<')
            {
                var end = html.IndexOf('<', at);
                end = end < 0 ? html.Length : end;
                open.Peek().Children.Add(new HtmlText(html[at..end]));
                at = end;
            }
            else if (at + 1 < html.Length && html[at + 1] == '/')
            {
                var end = html.IndexOf('>', at);
                if (end < 0 || open.Count == 1 || !html.AsSpan(at + 2, end - at - 2).SequenceEqual(open.Peek().Tag))
                {
                    return null;
                }

                Tidy(open.Pop().Children);
                at = end + 1;
            }
            else if (ReadTag() is { } element && open.Count < Deepest)
            {
                if (element.Tag == "a" && element["class"] == "anchor")
                {
                    var close = html.IndexOf("</a>", at, StringComparison.Ordinal);
                    if (close < 0)
                    {
                        return null;
                    }

                    at = close + "</a>".Length;
                    continue;
                }

                open.Peek().Children.Add(element);
                if (!element.IsVoid)
                {
                    open.Push(element);
                }
            }
            else
            {
                return null;
            }
        }

        Tidy(root.Children);
        return open.Count == 1 ? root : null;
    }

    /// <summary>White space beside a block is never seen; without it two texts laid out in another way in their source are equal.</summary>
    private static void Tidy(List<HtmlNode> children)
    {
        if (!children.Exists(IsBlock))
        {
            return;
        }

        for (var i = children.Count - 1; i >= 0; i--)
        {
            if (children[i] is HtmlText text)
            {
                var left = i == 0 || IsBlock(children[i - 1]) ? text.Html.TrimStart() : text.Html;
                children[i] = new HtmlText(i + 1 == children.Count || IsBlock(children[i + 1]) ? left.TrimEnd() : left);
            }
        }

        children.RemoveAll(child => child is HtmlText { Html.Length: 0 });
    }

    private static bool IsBlock(HtmlNode node) => node is HtmlElement { IsBlock: true };

    /// <summary>A tag that opens an element, with attributes as the renderer writes them: <c>name="value"</c> or <c>name</c>.</summary>
    private HtmlElement? ReadTag()
    {
        at++;
        var tag = ReadName();
        var attributes = new List<(string, string?)>();
        while (tag.Length > 0 && at < html.Length)
        {
            if (html[at] == '>')
            {
                at++;
                return new HtmlElement(tag, attributes);
            }

            if (html[at] == ' ' || html[at] == '/')
            {
                at++;
                continue;
            }

            var name = ReadName();
            string? value = null;
            if (name.Length == 0)
            {
                return null;
            }

            if (at + 1 < html.Length && html[at] == '=' && html[at + 1] == '"')
            {
                var end = html.IndexOf('"', at + 2);
                if (end < 0)
                {
                    return null;
                }

                value = html[(at + 2)..end];
                at = end + 1;
            }

            attributes.Add((name, value));
        }

        return null;
    }

    private string ReadName()
    {
        var start = at;
        while (at < html.Length && (char.IsAsciiLetterLower(html[at]) || char.IsAsciiDigit(html[at]) || html[at] == '-'))
        {
            at++;
        }

        return html[start..at];
    }
}

/// <summary>Gives equal parts of both trees equal numbers, from the leaves up, and knows the words under each.</summary>
internal sealed class HtmlNumbers
{
    private readonly WordDiff.Numbers keys = new();
    private readonly WordDiff.Numbers words = new();
    private readonly Dictionary<HtmlNode, int[]> wordsOf = new(ReferenceEqualityComparer.Instance);

    public int KeyOf(string text) => keys.Of(text);

    public void Number(HtmlNode node, bool isCode = false)
    {
        if (node is HtmlText text)
        {
            text.Key = keys.Of("t" + Shown(text.Html, isCode));
            return;
        }

        var element = (HtmlElement)node;
        foreach (var child in element.Children)
        {
            Number(child, isCode || element.Tag == "pre");
        }

        element.Key = keys.Of($"e{element.Identity}>{Key(element.Children)}");
    }

    /// <summary>The text as it is seen: outside code any white space is one space.</summary>
    public static string Shown(string html, bool isCode)
    {
        if (isCode || !html.AsSpan().ContainsAny("\t\r\n"))
        {
            return html;
        }

        var shown = new StringBuilder(html.Length);
        foreach (var letter in html)
        {
            var isSpace = letter is ' ' or '\t' or '\r' or '\n';
            if (!isSpace || shown.Length == 0 || shown[^1] != ' ')
            {
                shown.Append(isSpace ? ' ' : letter);
            }
        }

        return shown.ToString();
    }

    /// <summary>One key for nodes in a row.</summary>
    public int KeyOf(IEnumerable<HtmlNode> nodes) => keys.Of("r" + Key(nodes));

    /// <summary>The numbers of the words under nodes in a row, sorted.</summary>
    public int[] WordsOf(IEnumerable<HtmlNode> nodes)
    {
        var found = new List<int>();
        foreach (var node in nodes)
        {
            found.AddRange(WordsOf(node));
        }

        found.Sort();
        return [.. found];
    }

    private int[] WordsOf(HtmlNode node)
    {
        if (!wordsOf.TryGetValue(node, out var known))
        {
            wordsOf[node] = known = node is HtmlText text ? Cut(text.Html)
                : node is HtmlElement { IsVoid: true } atom ? [words.Of(atom.Identity)]
                : WordsOf(((HtmlElement)node).Children);
        }

        return known;
    }

    private int[] Cut(string html)
    {
        var found = new List<int>();
        for (var at = 0; at < html.Length;)
        {
            var length = TextWords.LengthAt(html.AsSpan(at), isHtml: true);
            if (!char.IsWhiteSpace(html[at]) && (length > 1 || char.IsLetterOrDigit(html[at])))
            {
                found.Add(words.Of(html.Substring(at, length)));
            }

            at += length;
        }

        found.Sort();
        return [.. found];
    }

    private static string Key(IEnumerable<HtmlNode> nodes)
    {
        var key = new StringBuilder();
        foreach (var node in nodes)
        {
            key.Append(node.Key).Append(',');
        }

        return key.ToString();
    }
}
