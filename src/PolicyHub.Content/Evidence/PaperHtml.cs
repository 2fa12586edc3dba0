using System.Net;
using System.Text;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Evidence;

/// <summary>
/// Makes a rendered body stand alone: images become part of the page, links to what the pack holds lead into it, links to the rest of the site
/// are text. It walks HTML of our own renderer, in which text and attributes hold no <c>&lt;</c>.
/// </summary>
internal sealed class PaperHtml(PackList list, string page)
{
    /// <summary>Bytes of images in one page, each time that one is shown.</summary>
    private const int MostImages = 24 * 1024 * 1024;

    private const string Image = "<img src=\"";
    private const string Link = "<a href=\"";

    private readonly Dictionary<string, string> documents = list.Documents
        .GroupBy(file => LibraryPath.Parse(file.Path).WithoutExtension)
        .ToDictionary(group => group.Key, group => group.First().File + PackContents.PageSuffix);

    private readonly Dictionary<string, PackFile> attachments = list.Attachments.ToDictionary(file => file.Path);

    /// <param name="read">Gives the bytes of an attachment of the pack, and its type where it is an image.</param>
    public async Task<string> StandAloneAsync(SafeHtml body, Func<PackFile, Task<(byte[] Bytes, string Type)?>> read)
    {
        var (html, from, images) = (new StringBuilder(body.Value.Length), 0, 0);
        var source = body.Value;
        while (source.IndexOf('<', from) is var at and >= 0)
        {
            html.Append(source, from, at - from);
            var end = source.IndexOf('>', at) + 1;
            if (end == 0)
            {
                from = at;
                break;
            }

            var tag = source[at..end];
            if (tag.StartsWith(Image, StringComparison.Ordinal))
            {
                var image = attachments.TryGetValue(PathOf(Attribute(tag, Image)) ?? "", out var file) && images < MostImages ? await read(file) : null;
                images += image?.Bytes.Length ?? 0;
                html.Append(image is { } shown && images <= MostImages
                    ? $"<img src=\"data:{shown.Type};base64,{Convert.ToBase64String(shown.Bytes)}\" alt=\"{Attribute(tag, " alt=\"")}\">"
                    : Attribute(tag, " alt=\"") is { Length: > 0 } alt ? $"[{alt}]" : "");
            }
            else if (tag.StartsWith(Link, StringComparison.Ordinal))
            {
                var address = Attribute(tag, Link);
                html.Append(Lead(address) is { } to ? tag.Replace($"{Link}{address}\"", $"{Link}{to}\"", StringComparison.Ordinal) : "<a>");
            }
            else
            {
                html.Append(tag);
            }

            from = end;
        }

        return html.Append(source, from, source.Length - from).ToString();
    }

    /// <summary>Where an address, encoded for HTML, leads on paper, encoded as well; null: nowhere.</summary>
    private string? Lead(string address)
    {
        if (!address.StartsWith('/'))
        {
            return address;
        }

        var hash = address.IndexOf('#', StringComparison.Ordinal);
        var (place, fragment) = hash < 0 ? (address, "") : (address[..hash], address[hash..]);
        var path = PathOf(place);
        return path is null ? null
            : documents.TryGetValue(path, out var document) && place.StartsWith("/docs/", StringComparison.Ordinal) ? Relative(document) + fragment
            : attachments.TryGetValue(path, out var file) ? Relative(file.File)
            : null;
    }

    /// <summary>The path of the library in an address of the site; null in any other.</summary>
    private static string? PathOf(string address)
    {
        var decoded = WebUtility.HtmlDecode(address);
        return decoded.StartsWith("/files/", StringComparison.Ordinal) ? Uri.UnescapeDataString(decoded["/files/".Length..])
            : decoded.StartsWith("/docs/", StringComparison.Ordinal) ? Uri.UnescapeDataString(decoded["/docs/".Length..])
            : null;
    }

    private string Relative(string file) =>
        string.Concat(Enumerable.Repeat("../", page.Count(letter => letter == '/'))) + HtmlText.Encode(string.Join('/', file.Split('/').Select(Uri.EscapeDataString)));

    /// <summary>The value of an attribute as it stands, encoded; empty where there is none.</summary>
    private static string Attribute(string tag, string opening)
    {
        var start = tag.IndexOf(opening, StringComparison.Ordinal);
        if (start < 0)
        {
            return "";
        }

        start += opening.Length;
        return tag[start..tag.IndexOf('"', start)];
    }
}
