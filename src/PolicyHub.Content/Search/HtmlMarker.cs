using System.Net;
using System.Text;

namespace PolicyHub.Content.Search;

/// <summary>
/// Puts marks into HTML that the renderer made: in the text between tags only, never in a tag, an attribute or the link of a heading
/// (<c>&lt;a class="anchor"&gt;</c>). The text of the page stays the same to the letter.
/// </summary>
internal sealed class HtmlMarker(MatchMap map, ReaderView view)
{
    private const char NoLetter = '\uFFFC';

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

        var met = map.PlacesIn([.. words.Select(word => word.Word)]);
        var written = start;
        for (var i = 0; i < met.Length; i++)
        {
            var word = words[met[i].At];
            if (!MetPlace.IsMarked(met, i) || places[word.Start] < written)
            {
                continue;
            }

            var (from, to) = (places[word.Start], places[word.End]);
            output.Append(html, written, from - written).Append("<mark>").Append(html, from, to - from).Append("</mark>");
            written = to;
        }

        output.Append(html, written, end - written);
    }

    /// <summary>A character reference is one letter; one that is not known here is no letter, so no mark can cut it.</summary>
    private void Decode(string html, int start, int end)
    {
        decoded.Clear();
        places.Clear();
        for (var i = start; i < end;)
        {
            var length = html[i] == '&' ? ReferenceLength(html.AsSpan(i, end - i)) : 1;
            var text = length == 1 ? null : WebUtility.HtmlDecode(html.Substring(i, length));
            if (text is null)
            {
                decoded.Append(html[i]);
            }
            else
            {
                decoded.Append(text.Length == 1 ? text[0] : NoLetter);
            }

            places.Add(i);
            i += length;
        }

        places.Add(end);
    }

    /// <summary>How long the reference is that starts here; 1 where there is none.</summary>
    private static int ReferenceLength(ReadOnlySpan<char> html)
    {
        var length = 1;
        while (length < html.Length && (char.IsAsciiLetterOrDigit(html[length]) || (length == 1 && html[length] == '#')))
        {
            length++;
        }

        return length > 1 && length < html.Length && html[length] == ';' ? length + 1 : length;
    }
}
