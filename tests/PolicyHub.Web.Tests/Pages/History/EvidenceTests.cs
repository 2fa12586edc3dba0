using System.IO.Compression;
using System.Net;
using System.Text;
using PolicyHub.Content.Evidence;
using PolicyHub.Content.Git;
using PolicyHub.Testing;
using PolicyHub.Web.Pages.History;

namespace PolicyHub.Web.Tests.Pages.History;

public sealed class EvidenceTests(SampleSite sample)
{
    [Theory]
    [InlineData("/evidence/policies/late-fees?version=1", "evidence-penalties-version-1.zip", "documents/policies/penalties.md", "Old text")]
    [InlineData("/evidence/policies/late-fees?version=2", "evidence-late-fees-version-2.zip", "documents/policies/late-fees.md", "A bill is late after 21 days.")]
    [InlineData("/evidence/policies/penalties?on=2026-01-20", "evidence-late-fees-version-1-on-2026-01-20.zip", "documents/policies/late-fees.md", "Old text")]
    [InlineData("/evidence/UB-014?on=2026-03-03", "evidence-late-fees-version-2-on-2026-03-03.zip", "documents/policies/late-fees.md", "A bill is late after 21 days.")]
    [InlineData("/evidence?on=2026-01-20", "evidence-Riverton-everything-on-2026-01-20.zip", "documents/policies/late-fees.md", "Old text")]
    public async Task Get_VersionOrDate_IsAPackToSave(string address, string name, string file, string part)
    {
        using var response = await sample.Site.Client.GetAsync(new Uri(address, UriKind.Relative));
        using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync(), ZipArchiveMode.Read);

        Assert.Equal("application/zip", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(name, response.Content.Headers.ContentDisposition.FileName!.Trim('"'));
        using var reader = new StreamReader(zip.GetEntry(file)!.Open());
        Assert.Contains(part, await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/evidence?on=2026-02-20")]
    [InlineData("/evidence?on=2026-03-03")]
    [InlineData("/evidence/policies/late-fees?version=2")]
    public async Task Get_HiddenDocument_IsNotInItAndThePackIsProved(string address)
    {
        using var bytes = new MemoryStream(await sample.Site.Client.GetByteArrayAsync(new Uri(address, UriKind.Relative)));

        // Nothing is compressed, so what is in it can be seen in it; the note of the commit tells of seniors and was one with the secret.
        var text = Encoding.UTF8.GetString(bytes.ToArray());
        Assert.DoesNotContain("zanzibar", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Seniors get one waiver", text, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        using var copy = await LibrarySource.OpenCopyAsync(sample.Repository, null, "", folder.Path, GitSettings.Default, TestContext.Current.CancellationToken);
        var report = await PackVerifier.VerifyAsync(bytes, (_, _) => Task.FromResult(copy), TestContext.Current.CancellationToken);
        Assert.Empty(report.Mismatches);
    }

    [Fact]
    public async Task Get_TheSameAgain_IsTheSameBytes()
    {
        var first = await sample.Site.Client.GetByteArrayAsync("/evidence?on=2026-02-20");

        // An edition of another instant between the same two changes is at hand by now.
        await sample.Site.Client.GetAsync("/docs/policies/late-fees?on=2026-02-20T10:00:00Z");
        await sample.Site.Client.GetByteArrayAsync("/evidence?on=2026-02-20T20:00:00Z");
        Assert.Equal(first, await sample.Site.Client.GetByteArrayAsync("/evidence?on=2026-02-20"));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "There is and was no document", "/evidence/policies/nothing")]
    [InlineData(HttpStatusCode.NotFound, "There is and was no document", "/evidence/policies/secret")]
    [InlineData(HttpStatusCode.NotFound, "There is and was no document", "/evidence/policies/secret?on=2026-02-20")]
    [InlineData(HttpStatusCode.NotFound, "There is and was no document", "/evidence/policies/secret?version=1")]
    [InlineData(HttpStatusCode.NotFound, "has no version 9", "/evidence/policies/late-fees?version=9")]
    [InlineData(HttpStatusCode.NotFound, "It began on 6 Jan 2026", "/evidence/policies/late-fees?on=2025-12-31")]
    [InlineData(HttpStatusCode.NotFound, "Nothing was in effect", "/evidence?on=2025-12-31")]
    [InlineData(HttpStatusCode.BadRequest, "That is no date", "/evidence?on=yesterday")]
    [InlineData(HttpStatusCode.BadRequest, "That is no date", "/evidence/policies/late-fees?on=2026-02-30")]
    [InlineData(HttpStatusCode.BadRequest, "not of both", "/evidence?version=2")]
    [InlineData(HttpStatusCode.BadRequest, "not of both", "/evidence/policies/late-fees?version=2&on=2026-02-20")]
    [InlineData(HttpStatusCode.BadRequest, "not of both", "/evidence/policies/late-fees?for=2026-02-20")]
    [InlineData(HttpStatusCode.NotFound, "There is and was no document", "/evidence/..%2f..%2fetc%2fpasswd?on=2026-02-20")]
    public async Task Get_WhatCannotBeGiven_SaysWhatToDo(HttpStatusCode status, string part, string address)
    {
        using var response = await sample.Site.Client.GetAsync(new Uri(address, UriKind.Relative));
        var page = await RunningSite.ParseAsync(response);

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(part, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WithoutVersionOrDate_IsAPageToChooseOn()
    {
        var page = await sample.Site.GetPageAsync("/evidence/policies/penalties");

        Assert.Equal("Evidence for “Late fees”", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(["2", "1"], page.QuerySelectorAll("main option").Select(option => option.GetAttribute("value")));
        Assert.All(page.QuerySelectorAll("main form.ask"), form => Assert.Equal(EvidenceLinks.Document(Content.LibraryPath.Parse("policies/late-fees.md")), form.GetAttribute("action")));
        Assert.Equal("2026-03-03", page.QuerySelector("main input[type=date]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Head_Pack_HasItsNameAndNoBody()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/evidence?on=2026-02-20");
        using var response = await sample.Site.Client.SendAsync(request);

        Assert.Equal("evidence-Riverton-everything-on-2026-02-20.zip", response.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Get_FolderInPreview_SaysThatThereIsNothingToProve()
    {
        using var folder = new TemporaryFolder();
        await using var site = await RunningSite.PreviewAsync(folder.Write("a.md", "# A\n").Path);

        using var response = await site.Client.GetAsync("/evidence/a?on=2026-02-20");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("A folder in preview has no history", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
