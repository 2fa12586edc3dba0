using System.Globalization;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using PolicyHub.Content;
using PolicyHub.Content.Editions;
using PolicyHub.Web.AsOf;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Pages.Find;
using PolicyHub.Web.Pages.Read;

namespace PolicyHub.Web.Packs;

/// <summary>
/// Makes a folder that shows everything in effect without a server, for the hour when the network is down: the site's own pages for a reader without
/// labels, with links between files, a search that needs only a browser, and a day on every page after which it is not to be used.
/// </summary>
/// <param name="fetch">Asks the running site for an address, and gives its bytes; null where it answers with an error.</param>
public sealed class PackMaker(Edition edition, DateTimeOffset now, int days, Func<string, Task<byte[]?>> fetch)
{
    private const string Index = "index.html";

    /// <summary>Pages that a pack holds.</summary>
    private static readonly string[] Held = ["/docs/", "/kind/", "/tag/", "/audience/", "/area/"];

    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Default };

    private readonly Dictionary<string, string> files = new(StringComparer.Ordinal);
    private readonly Queue<(string Address, string File)> waiting = new();
    private readonly Dictionary<string, byte[]> made = new(StringComparer.Ordinal);
    private readonly Dates dates = new(edition.Settings, now);

    private DateTimeOffset Until => now.AddDays(days);

    /// <summary>Until when a page may be used: as long as the pack, but no longer than what it shows is in effect, as far as is known.</summary>
    private DateTimeOffset UntilOf(string address) => edition.Documents(Reader.Anyone).FirstOrDefault(document => ReadLinks.Document(document) == address) is { } document
        ? new[] { Until, document.Upcoming?.At ?? Until, document.RescindedAt is { } end && end > now ? end : Until }.Min()
        : Until;

    /// <summary>Every file of the pack by its path in the folder; the same edition, instant and days give the same bytes.</summary>
    /// <exception cref="InvalidOperationException">A page of the site cannot be had.</exception>
    public async Task<IReadOnlyDictionary<string, byte[]>> MakeAsync()
    {
        Want(FindLinks.Browse);
        foreach (var document in edition.Documents(Reader.Anyone))
        {
            Want(ReadLinks.Document(document));
        }

        var styles = await StylesAsync();
        while (waiting.TryDequeue(out var next))
        {
            if (next.File.EndsWith(".html", StringComparison.Ordinal))
            {
                made[next.File] = Encoding.UTF8.GetBytes(await PageAsync(next.Address, next.File, styles));
            }
            else if (await fetch(next.Address) is { } bytes)
            {
                made[next.File] = bytes;
            }
        }

        made["assets/search-data.js"] = Encoding.UTF8.GetBytes(SearchData());
        return made;
    }

    /// <summary>The file for an address of the site, made in its turn; null for what a pack does not hold.</summary>
    private string? Want(string address)
    {
        var path = address.Split('?', '#')[0];
        if (path is "/" or "/browse")
        {
            path = "/browse";
        }

        if (files.TryGetValue(path, out var known))
        {
            return known;
        }

        var decoded = Uri.UnescapeDataString(path);
        var file = path == "/browse" ? Index
            : decoded.StartsWith("/files/", StringComparison.Ordinal) ? decoded[1..]
            : Held.Any(start => decoded.StartsWith(start, StringComparison.Ordinal)) ? decoded[1..] + ".html"
            : path == ReadLinks.Emergency && edition.Settings.Emergency is { } emergency && edition.Find(emergency, Reader.Anyone) is { } found ? Want(ReadLinks.Document(found))
            : null;
        if (file is null || file.Split('/').Contains(".."))
        {
            return null;
        }

        if (path != ReadLinks.Emergency)
        {
            files[path] = file;
            waiting.Enqueue((path, file));
        }

        return file;
    }

    private async Task<string> PageAsync(string address, string file, IReadOnlyList<string> styles)
    {
        // Asked for as of this very instant, so that nothing on the page says how a desk stands at the moment.
        var page = await fetch(AsOfDate.Put(address, DateQuestion.On, AsOfDate.Exact(now)))
            ?? throw new InvalidOperationException($"The page {address} cannot be had from the site, so there is no pack.");
        var document = await new HtmlParser().ParseDocumentAsync(Encoding.UTF8.GetString(page));
        var main = document.QuerySelector("main") ?? throw new InvalidOperationException($"The page {address} has no main part.");
        foreach (var live in main.QuerySelectorAll("form, script, button, .scripted-only, .tools, .marking, .open-now, .why, .print-head, .print-foot").ToList())
        {
            live.Remove();
        }

        foreach (var element in main.QuerySelectorAll("*"))
        {
            foreach (var attribute in element.Attributes.Where(attribute => attribute.Name.StartsWith("data-", StringComparison.Ordinal)).ToList())
            {
                element.RemoveAttribute(attribute.Name);
            }

            Relink(element, "href", file);
            Relink(element, "src", file);
        }

        var title = document.QuerySelector("main h1")?.TextContent.Trim() ?? edition.Settings.Name;
        return Template(title, (file == Index ? Notices(file) : "") + main.InnerHtml, file, styles, UntilOf(address));
    }

    /// <summary>What runs now, above all else.</summary>
    private string Notices(string file)
    {
        var running = edition.NoticesAt(now, Reader.Anyone).ToList();
        return running.Count == 0 ? "" : $"<section class=\"card pack-now\"><h2 class=\"card-title\">{Encode(edition.Settings.Words["notice.running"])}</h2><ul>"
            + string.Concat(running.Select(notice => $"<li><a href=\"{Encode(Relative(file, files[ReadLinks.Document(notice)]))}\">{Encode(notice.Title)}</a></li>")) + "</ul></section>";
    }

    private void Relink(IElement element, string attribute, string file)
    {
        if (element.GetAttribute(attribute) is not ['/', ..] address || address.StartsWith("//", StringComparison.Ordinal))
        {
            return;
        }

        var hash = address.IndexOf('#', StringComparison.Ordinal);
        if (Want(address) is { } to)
        {
            element.SetAttribute(attribute, Relative(file, to) + (hash < 0 ? "" : address[hash..]));
        }
        else
        {
            element.RemoveAttribute(attribute);
        }
    }

    private async Task<IReadOnlyList<string>> StylesAsync()
    {
        var home = await fetch(FindLinks.Browse) ?? throw new InvalidOperationException("The site does not answer.");
        var document = await new HtmlParser().ParseDocumentAsync(Encoding.UTF8.GetString(home));
        var styles = new List<string>();
        foreach (var link in document.QuerySelectorAll("link[rel=stylesheet]"))
        {
            var address = link.GetAttribute("href")!;

            // The name without the mark of its version, which would only make other packs of the same thing.
            var name = $"assets/{styles.Count.ToString(CultureInfo.InvariantCulture)}-{Path.GetFileNameWithoutExtension(address.Split('?')[0]).Split('.')[0]}.css";
            made[name] = await fetch(address) ?? [];
            styles.Add(link.GetAttribute("media") is "print" ? name + " print" : name);
        }

        foreach (var own in new[] { "pack.css", "pack.js" })
        {
            made["assets/" + own] = await fetch("/pack/" + own) ?? throw new InvalidOperationException($"{own} is missing.");
        }

        styles.Add("assets/pack.css");
        return styles;
    }

    private string Template(string title, string main, string file, IReadOnlyList<string> styles, DateTimeOffset until)
    {
        var words = edition.Settings.Words;
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"").Append(Encode(edition.Settings.Language)).Append("\" data-since=\"").Append(now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)).Append("\" data-until=\"").Append(until.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))
            .Append("\" data-root=\"").Append(Relative(file, "")).Append("\" data-over=\"").Append(Encode(words.Format("pack.over", Text(until)))).Append("\" data-over-look=\"").Append(Encode(words["pack.over-look"]))
            .Append("\" data-none=\"").Append(Encode(words["pack.none"])).Append("\" data-found=\"").Append(Encode(words["pack.found"])).Append("\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>").Append(Encode($"{title} · {edition.Settings.ShortName}")).Append("</title>\n");
        foreach (var style in styles)
        {
            var parts = style.Split(' ');
            html.Append("<link rel=\"stylesheet\" href=\"").Append(Encode(Relative(file, parts[0]))).Append('"').Append(parts.Length > 1 ? " media=\"print\"" : "").Append(">\n");
        }

        html.Append("<script defer src=\"").Append(Encode(Relative(file, "assets/search-data.js"))).Append("\"></script>\n<script defer src=\"").Append(Encode(Relative(file, "assets/pack.js"))).Append("\"></script>\n</head>\n<body>\n")
            .Append("<header class=\"top pack-top\"><a class=\"brand\" href=\"").Append(Encode(Relative(file, Index))).Append("\"><span class=\"brand-words\"><strong>").Append(Encode(edition.Settings.ShortName)).Append("</strong><span>").Append(Encode(words["pack.name"])).Append("</span></span></a>\n")
            .Append("<form class=\"pack-search\" role=\"search\" data-search hidden><label class=\"unseen\" for=\"q\">").Append(Encode(words["search.label"])).Append("</label><input id=\"q\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\" placeholder=\"").Append(Encode(words["search.placeholder"])).Append("\"></form>");
        if (Want(ReadLinks.Emergency) is { } emergency)
        {
            html.Append("<nav class=\"top-nav\" aria-label=\"").Append(Encode(words["nav.label"])).Append("\"><a class=\"emergency\" href=\"").Append(Encode(Relative(file, emergency))).Append("\">").Append(Encode(words["nav.emergency"])).Append("</a></nav>");
        }

        html.Append("</header>\n<p class=\"bar pack-stamp\">").Append(Encode(words.Format("pack.stamp", Text(now), Text(until)))).Append("</p>\n<div class=\"pack-found\" role=\"region\" aria-live=\"polite\" aria-label=\"").Append(Encode(words["search.results"])).Append("\" data-results hidden></div>\n<main id=\"main\" tabindex=\"-1\">")
            .Append(main).Append("</main>\n</body>\n</html>\n");
        return html.ToString();
    }

    /// <summary>Every section with what it can be found by, in the order of titles: [file and anchor, title, heading, number, other words, text].</summary>
    private string SearchData()
    {
        var rows =
            from document in edition.Documents(Reader.Anyone)
            let searchable = document.Rendered.Sections
            from index in Enumerable.Range(0, searchable.Length)
            let section = searchable[index]
            where index == 0 || section.Text.Length > 0
            select new[]
            {
                files[ReadLinks.Document(document).Split('?')[0]] + (section.Anchor.Length > 0 ? "#" + section.Anchor : ""),
                document.Title,
                section.Heading,
                index == 0 ? document.Document.Id ?? "" : "",
                index == 0 ? string.Join(" · ", document.Document.AlsoKnownAs.Concat(document.Document.Answers.SelectMany(answer => new[] { answer.Ask, answer.Say })).Append(DeskWords(document))) : "",
                section.Text,
            };
        return "var policyhubPack = " + JsonSerializer.Serialize(rows, Json) + ";\n";
    }

    private static string DeskWords(EditionDocument document) => document.Document.Details is Content.Documents.DeskDetails desk
        ? string.Join(" · ", desk.Handles.Concat([desk.Phone ?? "", desk.Extension ?? ""]))
        : "";

    private string Text(DateTimeOffset instant) => $"{dates.DayText(instant)}, {dates.TimeText(TimeZoneInfo.ConvertTime(instant, edition.Settings.Zone).DateTime)}";

    private static string Relative(string from, string to) =>
        string.Concat(Enumerable.Repeat("../", from.Count(letter => letter == '/'))) + string.Join('/', to.Split('/').Select(Uri.EscapeDataString));

    private static string Encode(string text) => System.Net.WebUtility.HtmlEncode(text);
}
