using System.Net;
using System.Text;

namespace PolicyHub.Content.Search;

/// <summary>
/// Puts marks into HTML that the renderer made: in the text between tags only, never in a tag, an attribute or the link of a heading
/// (<c>&lt;a class="anchor"&gt;</c>). The text of the page stays the same to the letter.
/// </summary>
internal sealed class HtmlMarker(MatchMap map, ReaderView view)
{
    private readonly StringBuilder output = new();

    /// <summary>The text of one node, decoded, and where each of its letters starts in the HTML.</summary>
    private readonly StringBuilder decoded = new();
    private readonly List<int> places = [];
    private readonly List<(int Start, int End, int Word)> words = [];

    public string Mark(string html)
    {
        var at = 0;
        while (at < html.Length)
        {
            if (html[at] == '<')
            {
                var end = EndOfTag(html, at);
                if (IsAnchor(html.AsSpan(at, end - at)))
                {
                    var close = html.IndexOf("</a>", end, StringComparison.OrdinalIgnoreCase);
                    end = close < 0 ? html.Length : close;
                }

                output.Append(html, at, end - at);
                at = end;
            }
            else
            {
                var end = html.IndexOf('<', at);
                end = end < 0 ? html.Length : end;
                MarkText(html, at, end);
                at = end;
            }
        }

        return output.ToString();
    }

    private static int EndOfTag(string html, int at)
    {
        if (html.AsSpan(at).StartsWith("<!--"))
        {
            var comment = html.IndexOf("-->", at, StringComparison.Ordinal);
            return comment < 0 ? html.Length : comment + 3;
        }

        var quote = '\0';
        for (var i = at + 1; i < html.Length; i++)
        {
            var letter = html[i];
            if (quote != '\0')
            {
                quote = letter == quote ? '\0' : quote;
            }
            else if (letter is '"' or '\'')
            {
                quote = letter;
            }
            else if (letter == '>')
            {
                return i + 1;
            }
        }

        return html.Length;
    }

    private static bool IsAnchor(ReadOnlySpan<char> tag) =>
        tag.StartsWith("<a ", StringComparison.OrdinalIgnoreCase) && tag.Contains("class=\"anchor\"", StringComparison.OrdinalIgnoreCase);

    private void MarkText(string html, int start, int end)
    {
        Decode(html, start, end);
        words.Clear();
        var reader = new WordReader(decoded.ToString(), view.Data.Analyzer, stackalloc char[WordReader.Longest]);
        while (reader.Next())
        {
            words.Add((reader.Start, reader.End, view.Data.Dictionary.Find(reader.Folded)));
        }

        var written = start;
        for (var i = 0; i < words.Count; i++)
        {
            if (!IsMarked(i) || places[words[i].Start] < written)
            {
                continue;
            }

            var (from, to) = (places[words[i].Start], places[words[i].End]);
            output.Append(html, written, from - written).Append("<mark>").Append(html, from, to - from).Append("</mark>");
            written = to;
        }

        output.Append(html, written, end - written);
    }

    private void Decode(string html, int start, int end)
    {
        decoded.Clear();
        places.Clear();
        for (var i = start; i < end;)
        {
            var length = 1;
            if (html[i] == '&' && html.AsSpan(i, Math.Min(end - i, 12)).IndexOf(';') is var close and > 0
                && WebUtility.HtmlDecode(html.Substring(i, close + 1)) is { Length: 1 or 2 } entity && entity[0] != '&' | entity.Length == 1)
            {
                decoded.Append(entity);
                places.AddRange(Enumerable.Repeat(i, entity.Length));
                length = close + 1;
            }
            else
            {
                decoded.Append(html[i]);
                places.Add(i);
            }

            i += length;
        }

        places.Add(end);
    }

    private bool IsMarked(int at) => Meets(at) && (!map.IsWeak(words[at].Word) || IsStrong(at - 1) || IsStrong(at + 1));

    private bool IsStrong(int at) => at >= 0 && at < words.Count && Meets(at) && !map.IsWeak(words[at].Word);

    private bool Meets(int at) => words[at].Word >= 0 && map.Meets(words[at].Word);
}
