using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Evidence;

/// <summary>
/// One document of a pack as one HTML file, to read and to print: no script, nothing loaded, styles inside, images as <c>data:</c> addresses. The
/// text as written stands at its end, as front matter may say what the body does not.
/// </summary>
internal sealed class PrintablePage(EvidencePack pack, PackedDocument packed, PackText text, DocumentFacts facts)
{
    private static readonly string Style = ReadStyle();

    private static readonly string Policy = "default-src 'none'; img-src data:; style-src 'sha256-"
        + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style))) + "'; base-uri 'none'; form-action 'none'";

    private readonly LibrarySettings settings = pack.Edition.Settings;
    private readonly StringBuilder html = new();

    private Words Words => settings.Words;

    /// <param name="image">Gives the bytes of an attachment of the pack, and its type where it is an image.</param>
    public async Task<string> WriteAsync(Func<PackFile, Task<(byte[] Bytes, string Type)?>> image)
    {
        var title = facts.Title ?? packed.File.Path;
        html.Append("<!DOCTYPE html>\n<html lang=\"").Append(HtmlText.Encode(settings.Language)).Append("\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"").Append(HtmlText.Encode(Policy)).Append("\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
            .Append(HtmlText.Encode(string.Create(settings.Culture, $"{title} · {Format("doc.version", facts.Version.Label)} · {Format("evidence.page.as-of", Day(pack.List.At))}")))
            .Append("</title>\n<style>").Append(Style).Append("</style>\n</head>\n<body>\n");
        html.Append("<header class=\"head\">").Append(HtmlText.Encode(settings.Name)).Append(" · ").Append(Word("evidence.page.kicker")).Append(" · ")
            .Append(HtmlText.Encode(Format("evidence.page.as-of", Exact(pack.List.At)))).Append("</header>\n<main>\n");
        html.Append("<h1>").Append(HtmlText.Encode(title)).Append("</h1>\n");
        WriteState();
        WriteFacts();
        html.Append("<div class=\"body\">\n");
        html.Append(text.Body is { } body
            ? await new PaperHtml(pack.List, packed.File.File).StandAloneAsync(body.Html, image)
            : $"<p class=\"warn\">{Word("evidence.page.unreadable")}</p>\n");
        html.Append("</div>\n<section class=\"source\">\n<h2>").Append(Word("evidence.page.source")).Append("</h2>\n<pre>");
        HtmlText.Append(html, Encoding.UTF8.GetString(text.Bytes));
        html.Append("</pre>\n</section>\n</main>\n<footer class=\"foot\">").Append(Word("evidence.page.check")).Append("</footer>\n</body>\n</html>\n");
        return html.ToString();
    }

    private void WriteState()
    {
        var version = facts.Version;
        var state = version.Recorded ? "recorded" : version.State?.Replace(' ', '-') ?? "upcoming";
        html.Append("<p class=\"state ").Append(state).Append("\">").Append(Word("evidence.state." + state)).Append("</p>\n");
        if (version.Recorded)
        {
            html.Append("<p class=\"warn\">").Append(HtmlText.Encode(Format("evidence.page.recorded", version.RecordedFrom ?? "–"))).Append("</p>\n");
        }
        else if (!version.Shown && version.State == "in effect")
        {
            html.Append("<p class=\"warn\">").Append(Word("evidence.page.not-shown")).Append("</p>\n");
        }
        else if (version.Shown && version.State != "in effect")
        {
            html.Append("<p class=\"warn\">").Append(Word("evidence.page.newer-unreadable")).Append("</p>\n");
        }
    }

    private void WriteFacts()
    {
        var (version, commit) = (facts.Version, facts.Commit);
        html.Append("<dl class=\"facts\">\n");
        Fact("evidence.page.number", facts.Number);
        Fact("evidence.page.kind", facts.Kind is null ? null : Words["kind." + facts.Kind]);
        Fact("evidence.page.version", version.Label);
        Fact("evidence.page.in-effect", version.InEffectFrom is not { } from ? null
            : version.InEffectUntil is { } until ? Format("evidence.page.from-until", Exact(from), Exact(until)) : Format("evidence.page.from", Exact(from)));
        Fact("evidence.page.effective", version.Effective);
        Fact("evidence.page.published", Exact(version.Published));
        Fact("evidence.page.committed", version.Committed is { } committed ? Exact(committed) : null);
        Fact("evidence.page.rescinded", version.Rescinded is null ? null : string.Join(" · ", new[] { version.Rescinded, version.RescindedReason }.OfType<string>()));
        Fact("evidence.page.path", facts.Path.AsOf);
        Fact("evidence.page.path-now", facts.Path.Now == facts.Path.AsOf ? null : facts.Path.Now);
        Fact("evidence.page.author", commit.Author);
        Fact("evidence.page.note", commit.Withheld ? Words["evidence.page.withheld"] : commit.Note);
        Facts("evidence.page.stated", [.. (commit.Trailers ?? []).Select(trailer => $"{trailer.Key}: {trailer.Value}")]);

        var authority = facts.Authority;
        Facts("doc.legal-basis", authority.LegalBasis);
        Fact("doc.adopted", authority.AdoptedBy is null ? null : string.Join(", ", new[] { authority.AdoptedBy, authority.Adopted }.OfType<string>()));
        Facts("doc.implements", authority.Implements);
        Facts("doc.replaces", authority.Replaces);
        Facts("doc.replaced-by", authority.ReplacedBy);
        Facts("evidence.page.attachments", facts.Attachments);
        Code("evidence.page.commit", commit.Id);
        Code("evidence.page.blob", facts.Blob.Id);
        Code("evidence.page.head", pack.List.Head.Commit);
        html.Append("</dl>\n");
    }

    private void Fact(string key, string? value) => Facts(key, string.IsNullOrWhiteSpace(value) ? [] : [value]);

    private void Facts(string key, ImmutableArray<string> values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            html.Append(index == 0 ? $"<dt>{Word(key)}</dt>" : "").Append("<dd>").Append(HtmlText.Encode(values[index])).Append("</dd>\n");
        }
    }

    private void Code(string key, string value) =>
        html.Append("<dt>").Append(Word(key)).Append("</dt><dd><code>").Append(HtmlText.Encode(value)).Append("</code></dd>\n");

    private string Word(string key) => HtmlText.Encode(Words[key]);

    private string Format(string key, string value) => string.Format(settings.Culture, Words[key], value);

    private string Format(string key, string first, string second) => string.Format(settings.Culture, Words[key], first, second);

    private string Day(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, settings.Zone).ToString(Words["format.day"], settings.Culture);

    private string Exact(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, settings.Zone).ToString(Words["format.exact"], settings.Culture);

    private static string ReadStyle()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("evidence-page.css")
            ?? throw new InvalidOperationException("evidence-page.css is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
