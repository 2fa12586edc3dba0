using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace PolicyHub.Content.Tests.Rendering;

/// <summary>
/// Says whether HTML is harmless by parsing it again as a browser would: only elements, attributes and addresses on a list pass.
/// It shares no code and no list with the renderer.
/// </summary>
internal static class SafetyOracle
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["p"] = ["class"],
        ["div"] = ["class", "role", "tabindex", "aria-label"],
        ["section"] = ["class", "aria-label"],
        ["h2"] = ["id"],
        ["h3"] = ["id"],
        ["h4"] = ["id"],
        ["h5"] = ["id"],
        ["h6"] = ["id"],
        ["a"] = ["href", "class", "id", "rel", "title", "aria-label"],
        ["img"] = ["src", "alt", "title", "loading"],
        ["input"] = ["type", "disabled", "checked", "aria-label"],
        ["ul"] = ["class"],
        ["ol"] = ["start", "class"],
        ["li"] = ["id", "class"],
        ["th"] = ["scope", "class", "colspan", "rowspan"],
        ["td"] = ["class", "colspan", "rowspan"],
        ["sup"] = ["id"],
        ["code"] = ["class"],
        ["pre"] = ["class"],
        ["blockquote"] = [],
        ["em"] = [],
        ["strong"] = [],
        ["del"] = [],
        ["br"] = [],
        ["hr"] = [],
        ["table"] = [],
        ["thead"] = [],
        ["tbody"] = [],
        ["tr"] = [],
        ["dl"] = [],
        ["dt"] = [],
        ["dd"] = [],
    };

    /// <summary>What a comparison may hold besides: its marks, and the author's own strike-out under another name.</summary>
    private static readonly Dictionary<string, string[]> InComparisons = new(StringComparer.Ordinal)
    {
        ["ins"] = ["class", "data-said"],
        ["del"] = ["class", "data-said"],
        ["s"] = [],
    };

    /// <summary>What is not harmless; empty when all is well.</summary>
    public static List<string> Find(string html) => Find(html, Allowed);

    /// <summary>The same for two texts as one page.</summary>
    public static List<string> FindInComparison(string html) =>
        Find(html, Allowed.Where(pair => !InComparisons.ContainsKey(pair.Key)).Concat(InComparisons).ToDictionary(StringComparer.Ordinal));

    private static List<string> Find(string html, Dictionary<string, string[]> allowed)
    {
        var found = new List<string>();
        var document = new HtmlParser().ParseDocument("<!DOCTYPE html><body>" + html + "</body>");
        foreach (var element in document.Head!.Children.Concat(document.Body!.QuerySelectorAll("*")))
        {
            if (!allowed.TryGetValue(element.LocalName, out var attributes))
            {
                found.Add($"element {element.LocalName}");
                continue;
            }

            foreach (var attribute in element.Attributes)
            {
                if (!attributes.Contains(attribute.Name))
                {
                    found.Add($"attribute {element.LocalName} {attribute.Name}");
                }
                else if (attribute.Name is "href" or "src" && !IsHarmless(attribute.Value, element))
                {
                    found.Add($"address {element.LocalName} {attribute.Value}");
                }
            }
        }

        if (document.Body.Attributes.Length > 0 || document.DocumentElement.Attributes.Length > 0)
        {
            found.Add("attribute on body or html");
        }

        return found;
    }

    private static bool IsHarmless(string address, IElement element)
    {
        if (address.Any(letter => char.IsControl(letter) || letter == '\\') || address.StartsWith("//", StringComparison.Ordinal))
        {
            return false;
        }

        // The browser's own answer: resolved against a site, does it stay there, or go by a scheme that runs nothing?
        var resolved = new Url(new Url("https://hub.example/docs/a/x"), address);
        return resolved.Scheme == "https" && resolved.HostName == "hub.example"
            ? address[0] is '/' or '#'
            : element.LocalName == "a" && resolved.Scheme is "http" or "https" or "mailto" or "tel";
    }
}
