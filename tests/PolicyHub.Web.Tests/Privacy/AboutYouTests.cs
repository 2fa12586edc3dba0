using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using PolicyHub.Content.Documents;
using PolicyHub.Records.Retention;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Privacy;

/// <summary>What people are told of what is kept about them, and who may ask for all of it.</summary>
public sealed class AboutYouTests : IAsyncLifetime
{
    private readonly TestClock clock = new(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));
    private readonly TestRepository repository = new TestRepository().Commit("First", "a.md", "# Apples\n\nText.\n").Flush();
    private RunningSite site = null!;

    public async ValueTask InitializeAsync() => site = await RunningSite.StartAsync(
        clock, ("PolicyHub:Library", repository.Folder), ("PolicyHub:SignIn:Open", "false"), ("PolicyHub:Retention:Recent:Kept", "7.00:00:00"), ("PolicyHub:Retention:Pins:Hold", "true"));

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        repository.Dispose();
    }

    [Fact]
    public async Task Get_AboutYou_TellsOfEveryKindWithItsTimeAndItsHold()
    {
        using var reader = await Browsing.AsAsync(site, "reader");
        var page = await reader.GetAsync("/about-you");

        Assert.Equal(RecordKinds.All.Where(kind => kind.Rows is not null).Select(kind => "kind-" + kind.Name), page.QuerySelectorAll(".about-kind h2").Select(heading => heading.Id));
        Assert.Contains("7 days", page.QuerySelector("[aria-labelledby=kind-recent]")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("hold", page.QuerySelector("[aria-labelledby=kind-recent]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("hold", page.QuerySelector("[aria-labelledby=kind-pins]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_OfEveryKind_SayWhatWhyWhoAndHowLong() => Assert.All(
        RecordKinds.All.Where(kind => kind.Rows is not null),
        kind => Assert.All(["", ".what", ".why", ".who", ".kept"], part => Assert.Contains($"record.{kind.Name}{part}", Words.English.Keys)));

    [Fact]
    public async Task Download_HoldsWhatIsMine()
    {
        using var reader = await Browsing.AsAsync(site, "reader");
        using (await reader.SubmitAsync("/pins?read=a", "[data-pin-form]", ("on", "1")))
        {
        }

        using var answer = await reader.SubmitAsync("/about-you", "main form");
        var own = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("Teresa Nguyen", (string)own["accounts"]![0]!["name"]!);
        Assert.Equal("a", (string)own["pins"]![0]!["path"]!);
        Assert.Contains(own["audit"]!.AsArray(), row => (string)row!["what"]! == "own-data");
    }

    [Fact]
    public async Task Request_ByAnAdministrator_IsAZipAndARowOfTheLog()
    {
        using var administrator = await Browsing.AsAsync(site, "administrator");
        using (var empty = await administrator.SubmitAsync("/admin/records-request", "main form"))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        }

        using (var turned = await administrator.SubmitAsync("/admin/records-request", "main form", ("from", "2026-03-02"), ("until", "2026-03-01")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, turned.StatusCode);
        }

        using var answer = await administrator.SubmitAsync("/admin/records-request", "main form", ("topic", "owen"), ("from", "2026-03-01"), ("until", "2026-03-02"));
        await using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(zip.Entries, entry => entry.FullName == RecordsRequest.Contents);
        Assert.DoesNotContain(zip.Entries, entry => entry.FullName is "pins.jsonl" or "recent.jsonl");
        using var log = new StreamReader(await zip.GetEntry("audit.jsonl")!.OpenAsync(TestContext.Current.CancellationToken));
        Assert.Contains("records-request", await log.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reader")]
    [InlineData("lead")]
    [InlineData("auditor")]
    public async Task Request_ByAnybodyElse_IsRefused(string role)
    {
        using var browsing = await Browsing.AsAsync(site, role);
        using var answer = await browsing.Client.GetAsync(new Uri("/admin/records-request", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Preview_KeepsNothingAndOffersNothing()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.md"], "# Apples\n", TestContext.Current.CancellationToken);
        await using var preview = await RunningSite.PreviewAsync(folder.Path);
        foreach (var address in new[] { "/notices", "/about-you", "/feedback/new?held=a", "/pins?read=a", "/feedback", "/admin/records-request", "/api/mine" })
        {
            using var answer = await preview.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode is >= 300 and < 500, $"{address}: {answer.StatusCode}");
        }

        var page = await preview.GetPageAsync("/docs/a");
        Assert.Null(page.QuerySelector("[data-feedback]"));
        Assert.DoesNotContain(page.QuerySelectorAll("footer a"), link => link.GetAttribute("href") is "/notices" or "/about-you");
    }
}
