using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Editing;

/// <summary>How a run of text looks.</summary>
/// <param name="Link">Where it leads, as Markdown says it; null: nowhere.</param>
internal sealed record RunLook(bool IsBold = false, bool IsItalic = false, bool IsStruck = false, string? Link = null)
{
    public static readonly RunLook Plain = new();
}

/// <summary>A stretch of text that looks the same throughout.</summary>
/// <param name="IsWritten">Whether the text is Markdown already, such as code or an image; else it is what people read.</param>
internal sealed record Run(string Text, RunLook Look, bool IsWritten = false)
{
    public const string Break = "\n";

    public bool IsBreak => IsWritten && Text == Break;

    public bool IsSpace => !IsWritten && string.IsNullOrWhiteSpace(Text);
}

/// <summary>Takes the inside of a paragraph apart into runs: white space as a browser shows it, marks only around words.</summary>
internal sealed partial class InlineRuns(Func<IElement, string?> addressOf)
{
    private const int Deepest = 100;

    private readonly List<Run> runs = [];

    /// <param name="addressOf">Where a link or picture leads, as Markdown says it; null: nowhere.</param>
    public static ImmutableArray<Run> Of(IEnumerable<INode> nodes, Func<IElement, string?> addressOf)
    {
        var reader = new InlineRuns(addressOf);
        foreach (var node in nodes)
        {
            reader.Read(node, RunLook.Plain, 0);
        }

        return reader.Tidy();
    }

    private void Read(INode node, RunLook look, int depth)
    {
        if (node is IText text)
        {
            AddText(Spaces().Replace(text.Data, " "), look);
        }
        else if (node is IElement element && depth < Deepest && !ReadWhole(element, look))
        {
            look = look with
            {
                IsBold = PastedHtml.IsBold(element) || (look.IsBold && !(PastedHtml.Style(element, "font-weight") is "normal" or "400")),
                IsItalic = look.IsItalic || PastedHtml.IsItalic(element),
                IsStruck = look.IsStruck || PastedHtml.IsStruck(element),
                Link = element.LocalName == "a" && addressOf(element) is { } address ? MarkdownAddress.Of(address, element.GetAttribute("title")) : look.Link,
            };
            foreach (var child in element.ChildNodes)
            {
                Read(child, look, depth + 1);
            }
        }
    }

    /// <summary>An address of the web that stands within marks would take them for a part of itself.</summary>
    private void AddText(string text, RunLook look)
    {
        var from = 0;
        if (look.Link is null && Has(look))
        {
            foreach (Match address in Address().Matches(text))
            {
                runs.Add(new Run(text[from..address.Index], look));
                runs.Add(new Run($"<{address.Value}>", look, IsWritten: true));
                from = address.Index + address.Length;
            }
        }

        runs.Add(new Run(text[from..], look));
    }

    /// <summary>What is no text with a look, but a thing of its own.</summary>
    private bool ReadWhole(IElement element, RunLook look)
    {
        switch (element.LocalName)
        {
            case "a" or "span" when element.HasAttribute(EditingMarks.Picture) && addressOf(element) is { } picture:
                runs.Add(Picture(element, element.TextContent, picture, look));
                return true;
            case "br":
                runs.Add(new Run(Run.Break, RunLook.Plain, IsWritten: true));
                return true;
            case "code" or "kbd" or "samp" or "tt":
                var code = Spaces().Replace(element.TextContent, " ");
                if (code.Trim().Length > 0)
                {
                    runs.Add(new Run(CodeOf(code), look, IsWritten: true));
                }

                return true;
            case "img":
                if (addressOf(element) is { } address)
                {
                    runs.Add(Picture(element, element.GetAttribute("alt") ?? "", address, look));
                }

                return true;
            case "sup" when element.QuerySelector("a.footnote-ref") is { } reference:
                if (reference.GetAttribute(EditingMarks.Label) is { Length: > 0 } label)
                {
                    runs.Add(new Run($"[^{label}]", look, IsWritten: true));
                }

                return true;
            case "input":
                return true;
            default:
                return false;
        }
    }

    private static Run Picture(IElement element, string alt, string address, RunLook look) =>
        new($"![{MarkdownEscape.Inline(Spaces().Replace(alt, " ").Trim())}]({MarkdownAddress.Of(address, element.GetAttribute("title"))})", look, IsWritten: true);

    private static string CodeOf(string code)
    {
        var fence = new string('`', LongestRun(code, '`') + 1);
        var pad = code[0] == '`' || code[^1] == '`' || (code[0] == ' ' && code[^1] == ' ') ? " " : "";
        return fence + pad + code + pad + fence;
    }

    /// <summary>The most of one sign in a row.</summary>
    public static int LongestRun(string text, char sign)
    {
        var (longest, now) = (0, 0);
        foreach (var letter in text)
        {
            now = letter == sign ? now + 1 : 0;
            longest = Math.Max(longest, now);
        }

        return longest;
    }

    private ImmutableArray<Run> Tidy()
    {
        var tidy = new List<Run>();
        foreach (var run in runs.SelectMany(Apart))
        {
            var isAfterSpace = tidy.Count == 0 || tidy[^1].IsSpace || tidy[^1].IsBreak;
            if (run.IsSpace && isAfterSpace)
            {
                continue;
            }

            while (run.IsBreak && tidy is [.., { IsSpace: true }])
            {
                tidy.RemoveAt(tidy.Count - 1);
            }

            tidy.Add(run);
        }

        while (tidy is [.., { IsSpace: true } or { IsBreak: true }])
        {
            tidy.RemoveAt(tidy.Count - 1);
        }

        while (tidy is [{ IsBreak: true }, ..])
        {
            tidy.RemoveAt(0);
        }

        // A space looks like what stands on both its sides: marks close before it and open after it, never within.
        for (var at = 0; at < tidy.Count; at++)
        {
            if (tidy[at].IsSpace)
            {
                tidy[at] = tidy[at] with { Look = Shared(tidy[at - 1].Look, tidy[at + 1].Look) };
            }
        }

        return [.. Punctuated(tidy)];
    }

    /// <summary>The space before, the words, the space after.</summary>
    private static IEnumerable<Run> Apart(Run run)
    {
        if (run.IsWritten || run.Text.Length == 0)
        {
            return run.Text.Length == 0 ? [] : [run];
        }

        var words = run.Text.Trim(' ');
        if (words.Length == 0)
        {
            return [run with { Text = " " }];
        }

        return new[] { run.Text[0] == ' ' ? run with { Text = " " } : null, run with { Text = words }, run.Text[^1] == ' ' ? run with { Text = " " } : null }.OfType<Run>();
    }

    /// <summary>
    /// A mark that closes after a sign and before a letter, as in <c>**Note:**text</c>, closes nothing in Markdown: the sign goes out of it. The same
    /// at its beginning.
    /// </summary>
    private static List<Run> Punctuated(List<Run> runs)
    {
        for (var at = 0; at + 1 < runs.Count; at++)
        {
            var (left, right) = (runs[at], runs[at + 1]);
            if (left.Look == right.Look || left.IsSpace || right.IsSpace || left.IsBreak || right.IsBreak)
            {
                continue;
            }

            // Code, a picture or an address ends and begins with a sign, and is nothing to be taken apart.
            if (left.IsWritten || right.IsWritten)
            {
                if (left.IsWritten && !right.IsWritten && char.IsLetterOrDigit(right.Text[0]) && Has(left.Look))
                {
                    runs[at] = left with { Look = Shared(left.Look, right.Look) with { Link = left.Look.Link } };
                }
                else if (right.IsWritten && !left.IsWritten && char.IsLetterOrDigit(left.Text[^1]) && Has(right.Look))
                {
                    runs[at + 1] = right with { Look = Shared(left.Look, right.Look) with { Link = right.Look.Link } };
                }

                continue;
            }

            var words = left.Text.TrimEnd(Signs);
            if (words.Length < left.Text.Length && char.IsLetterOrDigit(right.Text[0]) && Has(left.Look))
            {
                runs[at] = left with { Text = words };
                runs.Insert(at + 1, new Run(left.Text[words.Length..], Shared(left.Look, right.Look)));
                at++;
            }
            else if (right.Text.TrimStart(Signs) is var rest && rest.Length < right.Text.Length && char.IsLetterOrDigit(left.Text[^1]) && Has(right.Look))
            {
                runs[at + 1] = right with { Text = rest };
                runs.Insert(at + 1, new Run(right.Text[..^rest.Length], Shared(left.Look, right.Look)));
                at++;
            }
        }

        runs.RemoveAll(run => run.Text.Length == 0);
        return runs;
    }

    private static readonly char[] Signs = [.. Enumerable.Range(0x21, 0x5E).Select(code => (char)code).Where(letter => !char.IsLetterOrDigit(letter)), '“', '”', '‘', '’', '…', '–', '—', ' '];

    private static bool Has(RunLook look) => look.IsBold || look.IsItalic || look.IsStruck;

    private static RunLook Shared(RunLook left, RunLook right) => new(
        left.IsBold && right.IsBold, left.IsItalic && right.IsItalic, left.IsStruck && right.IsStruck, left.Link == right.Link ? left.Link : null);

    [GeneratedRegex(@"https?://[^\s<>]*[^\s<>.,;:!?""')\]]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Spaces();
}
