using System.Text;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Rendering;

/// <summary>Where a link or image leads, decided once: what stands in <c>href</c>, and what a check of links has to look for.</summary>
/// <param name="Href">Encoded for an address, not yet for HTML; null where the link is refused.</param>
/// <param name="Target">The file or page of the library; null for other hosts, the page itself and the home page.</param>
/// <param name="Anchor">Decoded, without the #.</param>
internal sealed record LinkAddress(string? Href, LibraryPath? Target, string? Anchor, bool IsExternal, LinkRefusal Refusal = LinkRefusal.None)
{
    private const int Longest = 2000;

    /// <summary>Leads to what is not there for whoever reads.</summary>
    public static LinkAddress Hidden { get; } = Refused(LinkRefusal.Hidden);

    private static LinkAddress Refused(LinkRefusal why) => new(null, null, null, false, why);

    /// <summary>Decides on an address as Markdown gives it, entities and escapes already decoded. Only what is listed passes.</summary>
    public static LinkAddress Of(LibraryPath from, string written, bool isImage)
    {
        var url = MarkdownBody.WithoutLiquidRoot(written.Trim(' '));
        if (url.Length > Longest || HasUnsafeLetter(url) || url.StartsWith("//", StringComparison.Ordinal))
        {
            return Refused(LinkRefusal.Unsafe);
        }

        return SchemeOf(url) switch
        {
            "http" or "https" => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && url.Contains("://", StringComparison.Ordinal)
                ? new LinkAddress(EncodeAddress(url), null, null, IsExternal: true)
                : Refused(LinkRefusal.Unsafe),
            "mailto" or "tel" when !isImage => new LinkAddress(EncodeAddress(url), null, null, IsExternal: true),
            null => Inside(from, url, isImage),
            _ => Refused(LinkRefusal.Unsafe),
        };
    }

    private static LinkAddress Inside(LibraryPath from, string url, bool isImage)
    {
        var (path, anchor) = Cut(url);
        var fragment = anchor is null ? "" : "#" + Uri.EscapeDataString(anchor);
        if (path.Length == 0)
        {
            // An image of the page itself makes no sense, and an empty link leads nowhere but here.
            return isImage ? Refused(LinkRefusal.Unsafe) : new LinkAddress(fragment.Length == 0 ? "#" : fragment, null, anchor, false);
        }

        if (path.Trim('/') is "" or ".")
        {
            return isImage ? Refused(LinkRefusal.Unsafe) : new LinkAddress("/" + fragment, null, anchor, false);
        }

        if (!from.TryResolve(path, out var target))
        {
            return Refused(LinkRefusal.LeavesLibrary);
        }

        var href = !isImage && target.Extension is ".md" or ".markdown"
            ? "/docs/" + EncodePath(target.WithoutExtension)
            : !isImage && (path.EndsWith('/') || target.Extension is "" or ".html" or ".htm")
                ? "/docs/" + EncodePath(target.Value)
                : "/files/" + EncodePath(target.Value);
        return new LinkAddress(href + fragment, target, anchor, false);
    }

    /// <summary>Path and anchor, both percent-decoded; a query means nothing to a file.</summary>
    private static (string Path, string? Anchor) Cut(string url)
    {
        string? anchor = null;
        if (url.IndexOf('#') is var hash and >= 0)
        {
            anchor = Uri.UnescapeDataString(url[(hash + 1)..]);
            url = url[..hash];
        }

        var query = url.IndexOf('?');
        return (Uri.UnescapeDataString(query < 0 ? url : url[..query]), string.IsNullOrEmpty(anchor) ? null : anchor);
    }

    /// <summary>Control characters, white space that browsers drop, backslashes that they turn round, and marks that reorder text.</summary>
    private static bool HasUnsafeLetter(string url)
    {
        foreach (var letter in url)
        {
            if (char.IsControl(letter) || letter is '\\' or '\u2028' or '\u2029' or '\uFEFF' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The scheme in lower case; null for a relative address. Any colon before a slash counts, so that no browser can see a scheme that we do not.</summary>
    private static string? SchemeOf(string url)
    {
        var end = url.AsSpan().IndexOfAny(":/?#");
        return end >= 0 && url[end] == ':' ? url[..end].ToLowerInvariant() : null;
    }

    private static string EncodePath(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>Keeps what may stand in an address, percent-encodes the rest as UTF-8.</summary>
    private static string EncodeAddress(string url)
    {
        const string Kept = "-._~:/?#[]@!$&'()*+,;=%";
        var encoded = new StringBuilder(url.Length);
        foreach (var rune in url.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || Kept.Contains((char)rune.Value, StringComparison.Ordinal)))
            {
                encoded.Append((char)rune.Value);
            }
            else
            {
                encoded.Append(Uri.EscapeDataString(rune.ToString()));
            }
        }

        return encoded.ToString();
    }
}

internal enum LinkRefusal
{
    None,
    Unsafe,
    LeavesLibrary,
    Hidden,
}
