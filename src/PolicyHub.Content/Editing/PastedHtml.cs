using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace PolicyHub.Content.Editing;

/// <summary>
/// Reads the HTML that a browser hands over: of the page itself, of Word, of Outlook, of any web page. Only what a policy may hold is looked
/// at later; here, what office programs write in ways of their own is put into the elements that it stands for.
/// </summary>
internal static class PastedHtml
{
    /// <summary>Elements whose text is never meant to be read.</summary>
    private static readonly string[] Silent = ["script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg", "math", "button", "select", "textarea", "o:p", "xml"];

    /// <summary>Its body. Nothing in it is run or fetched.</summary>
    public static IElement Read(string html)
    {
        var document = new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument(html);
        var body = document.Body!;
        foreach (var silent in body.QuerySelectorAll("*").Where(element => Silent.Contains(element.LocalName, StringComparer.Ordinal) || IsHidden(element)).ToList())
        {
            silent.Remove();
        }

        foreach (var comment in body.Descendants<IComment>().ToList())
        {
            comment.Remove();
        }

        OfficeLists.Mend(body);
        return body;
    }

    /// <summary>Whether an element makes its text bold, by name or, as office programs do, by style.</summary>
    public static bool IsBold(IElement element) => element.LocalName is "b" or "strong"
        ? Style(element, "font-weight") is not ("normal" or "400")
        : Style(element, "font-weight") is "bold" or "bolder" or "600" or "700" or "800" or "900";

    /// <summary>Whether an element makes its text italic.</summary>
    public static bool IsItalic(IElement element) => element.LocalName is "i" or "em" ? Style(element, "font-style") != "normal" : Style(element, "font-style") == "italic";

    /// <summary>Whether an element strikes its text through.</summary>
    public static bool IsStruck(IElement element) => element.LocalName is "s" or "del" or "strike" || Style(element, "text-decoration")?.Contains("line-through", StringComparison.Ordinal) == true;

    /// <summary>One property of an element's own style.</summary>
    public static string? Style(IElement element, string property)
    {
        foreach (var declaration in (element.GetAttribute("style") ?? "").Split(';'))
        {
            if (declaration.Split(':', 2) is [var name, var value] && name.Trim().Equals(property, StringComparison.OrdinalIgnoreCase))
            {
                return value.Trim().ToLowerInvariant();
            }
        }

        return null;
    }

    private static bool IsHidden(IElement element) =>
        element.HasAttribute("hidden") || Style(element, "display") == "none" || Style(element, "mso-hide") == "all"
        || (element is IHtmlAnchorElement && element.ClassList.Contains("anchor"));
}
