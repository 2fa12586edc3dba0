using System.Text;

namespace PolicyHub.Content.Comparison;

/// <summary>A node of HTML that the renderer made. Mutable only while it is built.</summary>
internal abstract class HtmlNode
{
    /// <summary>Equal numbers, equal content, whatever its ids; set when the tree is numbered.</summary>
    public int Key { get; set; }
}

/// <summary>Text between tags, as it stands in the HTML.</summary>
internal sealed class HtmlText(string html) : HtmlNode
{
    public string Html { get; } = html;
}

internal sealed class HtmlElement(string tag, IReadOnlyList<(string Name, string? Value)> attributes) : HtmlNode
{
    private static readonly HashSet<string> Flow = new(StringComparer.Ordinal)
    {
        "p", "div", "section", "blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "td", "th", "hr", "h1", "h2", "h3", "h4", "h5", "h6",
    };

    private static readonly string[] ClassAlone = ["class"];

    private static readonly string[] Telling = ["class", "href", "title", "src", "alt", "checked", "start", "colspan", "rowspan"];

    public string Tag { get; } = tag;

    public List<HtmlNode> Children { get; } = [];

    public bool IsBlock => Flow.Contains(Tag);

    public bool IsVoid => Tag is "br" or "hr" or "img" or "input";

    public string? Id => this["id"];

    public string? this[string name] => attributes.FirstOrDefault(attribute => attribute.Name == name).Value;

    /// <summary>Its tag and the attributes that make it another thing to a reader; ids, addresses of notes and names for screen readers do not.</summary>
    public string Identity
    {
        get
        {
            // The address of a note and the name of a table change when another is put before it; the number that is read is text.
            var names = this["class"] is "footnote-ref" or "footnote-back" ? ClassAlone : Telling;
            var identity = new StringBuilder(Tag);
            foreach (var (name, value) in attributes)
            {
                if (names.Contains(name, StringComparer.Ordinal))
                {
                    identity.Append(' ').Append(name).Append('=').Append(value);
                }
            }

            return identity.ToString();
        }
    }

    /// <summary>
    /// The tag that opens it. Of what was removed nothing may be led to or be a landmark, as the page may hold its successor under the
    /// same name.
    /// </summary>
    public string Open(bool isRemoved, bool withId)
    {
        var html = new StringBuilder("<").Append(Name);
        foreach (var (name, value) in attributes)
        {
            var isLeftOut = name == "id" ? isRemoved || !withId : isRemoved && IsLostWhenRemoved(name);
            if (!isLeftOut)
            {
                html.Append(' ').Append(name);
                if (value is not null)
                {
                    html.Append("=\"").Append(value).Append('"');
                }
            }
        }

        return html.Append('>').ToString();
    }

    public string Close => IsVoid ? "" : $"</{Name}>";

    /// <summary>Whether it opens in another way when it was removed.</summary>
    public bool DiffersWhenRemoved => attributes.Any(attribute => attribute.Name == "id" || IsLostWhenRemoved(attribute.Name));

    private bool IsLostWhenRemoved(string name) => name switch
    {
        "href" => LeadsInside,
        "role" => Tag is "div" or "section",
        "aria-label" => Tag is "div" or "section" || (Tag == "a" && LeadsInside),
        _ => false,
    };

    private bool LeadsInside => this["href"] is { } address && address.StartsWith('#');

    /// <summary>What an author struck out is no longer true but still there; <c>del</c> is left to what a later version took out.</summary>
    private string Name => Tag == "del" ? "s" : Tag;
}
