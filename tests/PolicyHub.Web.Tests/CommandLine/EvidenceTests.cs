using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Storage;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.CommandLine;

/// <summary><c>policyhub evidence</c>: what is in a pack, for whom, and that it is the same each time.</summary>
public sealed class EvidenceTests : IDisposable
{
    private readonly EvidenceLibrary library = new();

    [Fact]
    public async Task Evidence_Document_HoldsItsTextItsProofAndWhatIsKnownOfIt()
    {
        var files = EvidenceLibrary.Read(await library.PackAsync("policies/late-fees", "--on", "2026-03-14"));

        var commit = library.Repository.Git("rev-parse", "main~1").Trim();
        var blob = library.Repository.Git("rev-parse", $"{commit}:policies/late-fees.md").Trim();
        var root = library.Repository.Git("rev-parse", $"{commit}^{{tree}}").Trim();
        var policies = library.Repository.Git("rev-parse", $"{commit}:policies").Trim();
        Assert.Equal(
            new[]
            {
                "SHA256SUMS", "VERIFY.md", "attachments/policies/scale.svg", "documents/policies/late-fees.md", "documents/policies/late-fees.md.diff",
                "documents/policies/late-fees.md.html", "documents/policies/late-fees.md.json", $"objects/{commit}.commit", $"objects/{root}.tree", $"objects/{policies}.tree",
                $"objects/{blob}.blob", "pack.json", "proof.tsv",
            }.Order(StringComparer.Ordinal),
            files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(EvidenceLibrary.LateFees, EvidenceLibrary.Text(files, "documents/policies/late-fees.md"));
        Assert.Equal(
            library.Repository.Git("diff", "--full-index", "main~3:policies/penalties.md", "main~1:policies/late-fees.md"),
            EvidenceLibrary.Text(files, "documents/policies/late-fees.md.diff").Replace("policies/late-fees.md a", "", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(files["documents/policies/late-fees.md.json"]);
        string? At(string path) => path.Split('.').Aggregate(json.RootElement, (at, name) => char.IsDigit(name[0]) ? at[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] : at.GetProperty(name)).ToString();
        Assert.Equal("Late fees", At("title"));
        Assert.Equal("UB-014", At("number"));
        Assert.Equal(commit, At("commit.id"));
        Assert.Equal(root, At("commit.tree"));
        Assert.Equal(library.Repository.Git("rev-parse", $"{commit}^").Trim(), At("commit.parents.0"));
        Assert.Equal("Maria Lopez", At("commit.author"));
        Assert.Equal("Raise the late fee", At("commit.note"));
        Assert.Equal("Approved-by", At("commit.trailers.0.key"));
        Assert.Equal(blob, At("blob.id"));
        Assert.Equal("Riverton City Code 13.08", At("authority.legalBasis.0"));
        Assert.Equal("City Council", At("authority.adoptedBy"));
        Assert.Equal("2", At("version.label"));
        Assert.Equal("in effect", At("version.state"));
        Assert.Equal("2026-05-01T05:00:00+00:00", DateTimeOffset.Parse(At("version.inEffectUntil")!, System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(["superseded", "in effect", "upcoming"], json.RootElement.GetProperty("states").EnumerateArray().Select(state => state.GetProperty("state").GetString()));
        Assert.Equal("1", At("before.label"));
        Assert.Equal("policies/penalties.md", At("before.place"));
    }

    [Fact]
    public async Task Evidence_Page_StandsAloneAndRunsNothing()
    {
        var files = EvidenceLibrary.Read(await library.PackAsync("UB-014", "--on", "2026-03-14"));

        var text = EvidenceLibrary.Text(files, "documents/policies/late-fees.md.html");
        var page = new HtmlParser().ParseDocument(text);
        Assert.StartsWith("default-src 'none'; img-src data:; style-src 'sha256-", page.QuerySelector("meta[http-equiv=Content-Security-Policy]")!.GetAttribute("content"), StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("script, link, iframe, object, form"));
        Assert.Equal("data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(EvidenceLibrary.Image)), page.QuerySelector("main img")!.GetAttribute("src"));
        Assert.All(page.QuerySelectorAll("[src], [href]").Select(element => element.GetAttribute("src") ?? element.GetAttribute("href")!), address =>
            Assert.Matches("^(data:image/|#)", address));
        Assert.Equal("billing", page.QuerySelectorAll("main .body a").Single().TextContent);
        Assert.Equal(EvidenceLibrary.LateFees, page.QuerySelector(".source pre")!.TextContent);
        Assert.Contains("In effect", page.QuerySelector(".state")!.TextContent, StringComparison.Ordinal);
        var style = text.Split("<style>")[1].Split("</style>")[0];
        Assert.Contains(Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(style))), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_Everything_LinksItsPagesToEachOther()
    {
        var files = EvidenceLibrary.Read(await library.PackAsync("--on", "2026-03-14"));

        Assert.Equal(["documents/desks/billing.md", "documents/policies/late-fees.md"], files.Keys.Where(name => name.StartsWith("documents/", StringComparison.Ordinal) && name.EndsWith(".md", StringComparison.Ordinal)).Order());
        Assert.Contains("attachments/policies/scale.svg", files.Keys);
        var page = new HtmlParser().ParseDocument(EvidenceLibrary.Text(files, "documents/desks/billing.md.html"));
        Assert.Equal("../../documents/policies/late-fees.md.html", page.QuerySelector("main .body a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Evidence_WhereRecordsAre_IsToldBeforeItIsWritten()
    {
        await library.PackAsync("UB-014");
        Assert.False(File.Exists(library.Records), "A library of which no site keeps records got some.");

        await RecordsOpening.OpenAsync(RecordsLocation.OfFile(library.Records), TestContext.Current.CancellationToken);
        await library.PackAsync("UB-014", "--access", "hr");

        using var records = TestRecords.At(RecordsLocation.OfFile(library.Records));
        var told = (await new AuditBook(records).ReadAsync(new AuditQuestion(), null, 10, TestContext.Current.CancellationToken)).Single();
        Assert.Equal(("evidence", "command-line", "UB-014", library.Repository.Head().Hex), (told.Entry.Kind, told.Entry.Actor, told.Entry.Subject, told.Entry.Commit));
        Assert.Contains("\"access\":\"hr\"", told.Entry.Details, StringComparison.Ordinal);

        // What can't be told is not done.
        await records.ExecuteAsync("CREATE TRIGGER full BEFORE INSERT ON \"AuditEntries\" BEGIN SELECT RAISE(ABORT, 'full'); END;");
        var file = library.Records + ".zip";
        var (exit, _, error) = await library.EvidenceAsync("UB-014", "-o", file);
        Assert.Equal(1, exit);
        Assert.Contains("No evidence written.", error, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Evidence_SameRequestAgain_GivesTheSameBytes()
    {
        string[][] requests = [["policies/late-fees"], ["--on", "2026-03-14"], ["UB-014", "--version", "1"]];
        string[] before = [.. await Task.WhenAll(requests.Select(request => library.PackAsync(request)))];
        await Task.Delay(2100); // The times in a ZIP file are of two seconds.
        foreach (var (request, first) in requests.Zip(before))
        {
            var second = await library.PackAsync(request);

            Assert.Equal(await File.ReadAllBytesAsync(first), await File.ReadAllBytesAsync(second));
            using var zip = ZipFile.OpenRead(first);
            var names = zip.Entries.Select(entry => entry.FullName).ToList();
            Assert.Equal("SHA256SUMS", names[^1]);
            Assert.Equal(names[..^1].Order(StringComparer.Ordinal), names[..^1]);
            Assert.Single(zip.Entries.Select(entry => entry.LastWriteTime).Distinct());
        }
    }

    [Theory]
    [InlineData("Ten dollars.", "policies/penalties.md", "policies/late-fees", "--version", "1")]
    [InlineData("Twelve dollars.", "policies/late-fees.md", "policies/late-fees.md", "--version", "2")]
    [InlineData("Fifteen dollars.", "policies/late-fees.md", "UB-014", "--version", "3")]
    [InlineData("Ten dollars.", "policies/penalties.md", "ub-014", "--on", "2026-01-06")]
    [InlineData("Ten dollars.", "policies/late-fees.md", "policies/penalties", "--on", "2026-02-01")]
    [InlineData("Ten dollars.", "policies/late-fees.md", "policies/penalties", "--on", "2026-02-02T08:00:00-06:00")]
    [InlineData("Twelve dollars.", "policies/late-fees.md", "policies/penalties", "--on", "2026-02-02T09:00:00-06:00")]
    [InlineData("Twelve dollars.", "policies/late-fees.md", "UB-014", "--on", "2026-04-30")]
    [InlineData("Fifteen dollars.", "policies/late-fees.md", "UB-014", "--on", "2026-05-01")]
    public async Task Evidence_VersionOrDate_IsThatText(string part, string path, params string[] request)
    {
        var file = await library.PackAsync(request);

        var (exit, output, _) = await library.VerifyAsync(file);
        Assert.Contains(part, EvidenceLibrary.Text(EvidenceLibrary.Read(file), "documents/" + path), StringComparison.Ordinal);
        Assert.True(exit == 0, output);
    }

    [Fact]
    public async Task Evidence_HiddenFromTheReader_IsNotInItNorNamed()
    {
        library.Repository
            .Commit("A rule that zanzibar waives", commit => commit.At("2026-03-02 15:00")
                .Write("policies/zanzibar.md", "---\ntitle: Zanzibar\naccess: leads\n---\nThe zanzibar rule.\n").Write("policies/late-fees.md", EvidenceLibrary.LateFees + "More.\n"))
            .Commit("Desk", commit => commit.At("2026-03-03 15:00").Write("desks/billing.md", "# Billing\n\nNew.\n"))
            .Commit("No zanzibar", commit => commit.At("2026-03-04 15:00").Delete("policies/zanzibar.md"))
            .Commit("Plain", commit => commit.At("2026-03-05 15:00").Write("policies/late-fees.md", EvidenceLibrary.LateFees + "Still more.\n"))
            .Flush();

        foreach (var request in new[] { ["--on", "2026-03-02"], ["--on", "2026-03-03"], ["--on", "2026-03-10"], new[] { "UB-014", "--version", "4" } })
        {
            var file = await library.PackAsync(request);
            var files = EvidenceLibrary.Read(file);

            Assert.DoesNotContain(files, entry => Encoding.Latin1.GetString(entry.Value).Contains("zanzibar", StringComparison.OrdinalIgnoreCase) || entry.Key.Contains("zanzibar", StringComparison.OrdinalIgnoreCase));
            var (exit, output, _) = await library.VerifyAsync(file);
            Assert.True(exit == 0, output);
        }

        // The tree that held it is left out and said to be; the tree beside it is there, as is that of a later commit.
        var held = EvidenceLibrary.Read(await library.PackAsync("--on", "2026-03-03"));
        var hidden = library.Repository.Git("rev-parse", "main~3:policies").Trim();
        Assert.DoesNotContain($"objects/{hidden}.tree", held.Keys);
        Assert.Contains(hidden, EvidenceLibrary.Text(held, "pack.json"), StringComparison.Ordinal);
        Assert.Contains("objects were left out", EvidenceLibrary.Text(held, "VERIFY.md").ReplaceLineEndings(" ").Replace("on the way ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains($"objects/{library.Repository.Git("rev-parse", "main~2:desks").Trim()}.tree", held.Keys);
        Assert.Contains("part\t", EvidenceLibrary.Text(held, "proof.tsv"), StringComparison.Ordinal);
        var later = EvidenceLibrary.Read(await library.PackAsync("UB-014"));
        Assert.StartsWith("whole\t", EvidenceLibrary.Text(later, "proof.tsv"), StringComparison.Ordinal);

        // Who may see it gets it, and all of the proof.
        var full = EvidenceLibrary.Read(await library.PackAsync("--on", "2026-03-03", "--access", "leads"));
        Assert.Contains("documents/policies/zanzibar.md", full.Keys);
        Assert.Contains($"objects/{hidden}.tree", full.Keys);
        Assert.DoesNotContain("part\t", EvidenceLibrary.Text(full, "proof.tsv"), StringComparison.Ordinal);
        Assert.Equal(1, (await library.EvidenceAsync("policies/zanzibar", "--on", "2026-03-03")).Exit);
    }

    [Fact]
    public async Task Evidence_FolderThatIsHidden_LeavesOutTheTreesThatNameIt()
    {
        library.Repository
            .Commit("Rules", commit => commit.At("2026-03-02 15:00").Write("library.yml", "timezone: America/Chicago\naccess:\n  zanzibar: leads\n").Write("zanzibar/list.csv", "a,b\n").Write("open/a.md", "# A\n"))
            .Flush();

        var files = EvidenceLibrary.Read(await library.PackAsync("--on", "2026-03-03"));

        Assert.DoesNotContain(files, entry => Encoding.Latin1.GetString(entry.Value).Contains("zanzibar", StringComparison.OrdinalIgnoreCase));
        Assert.Contains($"objects/{library.Repository.Git("rev-parse", "main:open").Trim()}.tree", files.Keys);
        Assert.DoesNotContain($"objects/{library.Repository.Git("rev-parse", "main^{tree}").Trim()}.tree", files.Keys);
    }

    [Theory]
    [InlineData("There is no document “nothing”", "nothing")]
    [InlineData("has no version 9", "UB-014", "--version", "9")]
    [InlineData("was not in effect then; it began on 2026-01-06 09:00 -06:00", "UB-014", "--on", "2025-12-31")]
    [InlineData("Nothing was in effect then", "--on", "2025-12-31")]
    [InlineData("is no date", "UB-014", "--on", "yesterday")]
    [InlineData("--version goes with a document", "--version", "2")]
    public async Task Evidence_ThatCannotBeGiven_SaysWhy(string part, params string[] request)
    {
        var (exit, output, error) = await library.EvidenceAsync(request);

        Assert.Equal(1, exit);
        Assert.DoesNotContain("evidence-", output, StringComparison.Ordinal);
        Assert.Contains(part, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_OfAWithdrawnVersion_SaysThatItHasNoText()
    {
        library.Repository.Commit("Withdraw", commit => commit.At("2026-03-05 15:00").Delete("policies/late-fees.md")).Flush();

        var (exit, _, error) = await library.EvidenceAsync("policies/late-fees", "--version", "4");
        Assert.Equal(1, exit);
        Assert.Contains("it has no text", error, StringComparison.Ordinal);
        Assert.Contains("Twelve", EvidenceLibrary.Text(EvidenceLibrary.Read(await library.PackAsync("policies/late-fees", "--on", "2026-03-04")), "documents/policies/late-fees.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_AsAUserRunsIt_NamesItsFile()
    {
        var (exit, output, error) = await PolicyHubProcess.RunAsync(
            ["evidence", "UB-014", "--version", "2", "--library", library.Repository.Folder, "--data", Path.Combine(library.Folder, "data")], folder: library.Folder);

        Assert.Equal((0, ""), (exit, error));
        var file = Path.Combine(library.Folder, "evidence-late-fees-version-2.zip");
        Assert.StartsWith($"{file}: 1 document, 1 attachment, as of 2026-02-02 09:00:00 -06:00, head ", output, StringComparison.Ordinal);
        var (verified, said, _) = await PolicyHubProcess.RunAsync(["verify", file, "--against", library.Repository.Folder], folder: library.Folder);
        Assert.Equal(0, verified);
        Assert.StartsWith("Proved: 1 documents and 1 attachments", said, StringComparison.Ordinal);
    }

    public void Dispose() => library.Dispose();
}
