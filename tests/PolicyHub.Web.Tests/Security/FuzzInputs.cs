using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Web.Pages;

namespace PolicyHub.Web.Tests.Security;

/// <summary>One request as an attacker may write it.</summary>
/// <param name="Reader">Who sends it: an index into those that the test signs in.</param>
/// <param name="Target">What stands in the first line, byte for byte (Latin-1).</param>
/// <param name="Fields">A form, encoded; null: no body. <see cref="FuzzInputs.Token"/> stands where the token of the form belongs.</param>
internal sealed record FuzzInput(int Reader, string Method, string Target, ImmutableArray<string> Headers, string? Fields, string ContentType);

/// <summary>Draws requests: addresses and fields of the site, with what breaks parsers and pages put into them.</summary>
internal sealed class FuzzInputs(Random random, SiteRoutes routes, int readers)
{
    public const string Token = "(token)";

    private static readonly string[] Pieces =
    [
        "<zq onload=1>", "\"><zq onload=1>", "'><zq onload=1>", "\" zq=1 onfocus=1 x=\"", "' zq=1 onfocus=1 x='", " zq=1 onfocus=1 ", "</title><zq onload=1>", "</textarea><zq onload=1>", "</script><zq onload=1>",
        "--><zq onload=1>", "&lt;zq onload=1&gt;", "&#60;zq onload=1>", "\u003czq onload=1\u003e", "<!--", "<![CDATA[", "]]>", "<zq/onload=1//", "javascript:zq", "data:text/html,<zq onload=1>", "//zq.example/", "/\\zq.example",
        "\r\nX-Zq: 1\r\n", "\r\n\r\n<zq onload=1>", "\0", "\u0001", "\u001b[31m", "\u202e", "\u200b", "\ufeff", "\ufffe", "\u2028", "\ud83d\ude00", "e\u0301\u0301\u0301\u0301", "İ", "ﬁ", "שלום", "日本語",
        "../", "..\\", "/", "//", "\\", ".", "?", "#", "%", "%00", "%2e%2e%2f", "%c0%ae", "%zz", "%u0041", "+", ";", "=", "&", "[", "]", "[]", "[0]", "[0].Value", "{0}", "{{1}}", "${1}", "*", "(", ")", "(a+)+$", "\"", "'", "`", "|", ":", "~", "^", "-", "--", "OR 1=1", "'; DROP TABLE People; --",
        "late", "fee", "late fee", "UB-014", "policies/late-fees", "1", "2", "2.1", "0", "-1", "1e9", "2147483648", "9223372036854775808", "99999999999999999999", "NaN", "true", "null", "public", "policy", "csv", "jsonl", "results",
        "2026-02-03", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-02-03T25:00", "2026-02-03T15:00:00Z", "2026-02-03T15:00:00+99:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "administrator", "Sample",
    ];

    /// <summary>What addresses ask by name; what the pages take is added to it, so that a new form is fuzzed too.</summary>
    private static readonly ImmutableArray<string> Names =
    [
        .. new[]
        {
            "q", "limit", "kind", "tag", "audience", "exactly", "since", "until", "facets", "held", "read", "on", "for", "as", "asof-day", "asof-ask", "theme", "v", "return", "handler", "outcome", "format", "page", "reason", "who", "__RequestVerificationToken",
        }.Concat(Handlers.SelectMany(handler => handler.GetParameters()).Where(parameter => parameter.ParameterType != typeof(CancellationToken)).Select(parameter => parameter.Name!))
            .Concat(Pages.SelectMany(page => page.GetProperties()).Select(property => property.GetCustomAttribute<BindPropertyAttribute>() is { } bound ? bound.Name ?? property.Name : null).OfType<string>())
            .Distinct(StringComparer.Ordinal),
    ];

    private static readonly ImmutableArray<string> HandlerNames =
        [.. Handlers.Where(handler => handler.Name.StartsWith("OnPost", StringComparison.Ordinal)).Select(handler => handler.Name["OnPost".Length..].Replace("Async", "", StringComparison.Ordinal)).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];

    private static readonly string[] HeaderNames = ["Cookie", "Accept", "Range", "If-None-Match", "If-Modified-Since", "If-Range", "Accept-Language", "Accept-Encoding", "Referer", "Origin", "Sec-Fetch-Site", "Sec-Fetch-Dest", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-PolicyHub-Own", "X-HTTP-Method-Override", "User-Agent"];

    private static readonly string[] HeaderValues =
    [
        "policyhub=", "policyhub=" + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "policyhub=\"<zq onload=1>\"", "policyhub=a; policyhub=b; =; ;;", "look=<zq onload=1>", "*/*;q=zq", "text/html, application/json;q=2", "bytes=0-", "bytes=-1", "bytes=5-1",
        "bytes=99999999999999999999-", "bytes=0-0,1-1,2-2,3-3", "zq=0-1", "*", "\"zq\"", "W/\"zq\", \"", "\"<zq onload=1>\"", "Mon, 99 Zqu 2026 00:00:00 GMT", "same-origin", "cross-site", "document", "image", "null", "https://zq.example", "1.2.3.4, zq", "gzip;q=zq", "zq-ZQ;q=9", "DELETE",
    ];

    private readonly string[] addresses = [.. routes.All, "/look", "/api/search/outcome"];

    private static IEnumerable<Type> Pages => typeof(HubPage).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(HubPage)));

    private static IEnumerable<MethodInfo> Handlers => Pages.SelectMany(page => page.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)).Where(method => method.Name.StartsWith("On", StringComparison.Ordinal));

    public FuzzInput Draw()
    {
        var isPost = random.Next(4) == 0;
        var target = One(addresses);
        if (random.Next(4) == 0)
        {
            // A part of the path is something else.
            var parts = target.Split('?')[0].Split('/');
            parts[random.Next(1, parts.Length)] = Encode(Text());
            target = string.Join('/', parts);
        }

        for (var more = random.Next(isPost ? 2 : 5); more > 0; more--)
        {
            target = SiteRoutes.With(target, Pair());
        }

        if (isPost && HandlerNames.Length > 0 && random.Next(2) == 0)
        {
            target = SiteRoutes.With(target, "handler=" + HandlerNames[random.Next(HandlerNames.Length)]);
        }

        var headers = Enumerable.Range(0, random.Next(3)).Select(_ => $"{One(HeaderNames)}: {(random.Next(3) == 0 ? Header(Text()) : One(HeaderValues))}");
        var (fields, type) = isPost ? Form() : (null, "");
        return new FuzzInput(random.Next(readers), isPost ? "POST" : random.Next(12) == 0 ? One(["HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "ZQ"]) : "GET", Clip(target), [.. headers], fields, type);
    }

    private (string Fields, string Type) Form()
    {
        var pairs = Enumerable.Range(0, random.Next(6)).Select(_ => Pair()).ToList();
        if (random.Next(2) == 0)
        {
            pairs.Add($"__RequestVerificationToken={Token}");
        }

        var fields = string.Join('&', pairs);
        return random.Next(8) switch
        {
            0 => ("--b\r\nContent-Disposition: form-data; name=\"" + Header(One([.. Names])) + "\"\r\n\r\n" + Text() + "\r\n--b--\r\n", "multipart/form-data; boundary=b"),
            1 => (fields, One(["multipart/form-data", "multipart/form-data; boundary=", "application/json", "text/plain", "zq", "application/x-www-form-urlencoded; charset=zq", "application/x-www-form-urlencoded; charset=utf-7"])),
            _ => (fields, "application/x-www-form-urlencoded"),
        };
    }

    /// <summary>A name and a value; the name may be as for a list, or no name at all, and either may be far too long.</summary>
    private string Pair()
    {
        var name = random.Next(12) switch { 0 => Encode(Text()), 1 => One([.. Names]) + "[]", 2 => One([.. Names]) + "[0]", _ => One([.. Names]) };
        var value = Encode(random.Next(40) == 0 ? new string('a', random.Next(300, 6000)) : Text());
        return random.Next(8) == 0 ? $"{name}={value}&{name}={Encode(Text())}" : random.Next(20) == 0 ? name : $"{name}={value}";
    }

    private string Text()
    {
        var text = new StringBuilder();
        for (var left = random.Next(1, 5); left > 0; left--)
        {
            text.Append(random.Next(8) == 0 ? ((char)random.Next(0x10000)).ToString() : One(Pieces));
        }

        return text.ToString();
    }

    /// <summary>As a browser would, or as nobody should: half of it as it is, or bytes that are no UTF-8.</summary>
    private string Encode(string text) => random.Next(6) switch
    {
        0 => string.Concat(Encoding.UTF8.GetBytes(text).Select(letter => letter is > 0x20 and < 0x7f && letter is not (byte)'#' ? ((char)letter).ToString() : $"%{letter:x2}")),
        1 => One(["%ff", "%c0%ae", "%ed%a0%80", "%f5%80%80%80", "%e2%80", "%", "%2", "%zz", "%u003c", "%00"]) + Escaped(text),
        2 => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace(' ', '+'),
        _ => Escaped(text),
    };

    private static string Escaped(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(letter => char.IsAsciiLetterOrDigit((char)letter) ? ((char)letter).ToString() : $"%{letter:X2}"));

    private static string Header(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);

    private string Clip(string target) => target.Length <= 9000 || random.Next(4) == 0 ? target : target[..9000];

    private string One(string[] of) => of[random.Next(of.Length)];
}
