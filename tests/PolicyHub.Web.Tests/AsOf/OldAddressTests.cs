using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.AsOf;

/// <summary>Documents reached by what once was theirs: a number, a path that another has by now, a folder that was closed.</summary>
public sealed class OldAddressTests : IAsyncLifetime
{
    private readonly TestRepository repository = new TestRepository()
        .Commit("Begin", commit => commit.At("2026-01-05 15:00")
            .Write("library.yml", "name: City\ntimezone: America/Chicago\naccess: { closed: hr }\n")
            .Write("a/parking.md", "---\nid: P-1\ntitle: Old parking\n---\nPark for five dollars.\n")
            .Write("a/water.md", "---\nid: W-1\ntitle: Water\n---\nWater.\n")
            .Write("a/opened.md", "---\nid: O-1\ntitle: Hushed title\naccess: hr\n---\nHushed words.\n")
            .Write("a/back.md", "---\nid: B-1\ntitle: Back\n---\nFirst time.\n"))
        .Commit("Hushed note", commit => commit.At("2026-01-06 15:00")
            .Write("closed/moved.md", "---\nid: M-1\ntitle: Hushed too\n---\nHushed figures, and more that stays the same in the text that comes after it.\n")
            .Write("a/cats.md", "---\ntitle: Cats\n---\nCats.\n"))
        .Commit("Vehicles", commit => commit.At("2026-02-05 15:00").Delete("a/parking.md")
            .Write("a/vehicles.md", "---\nid: V-1\ntitle: Vehicles\nreplaces: [P-1]\n---\nAll of them, and not like the others.\n"))
        .Commit("Opened", commit => commit.At("2026-03-05 15:00").Delete("closed/moved.md")
            .Write("a/moved.md", "---\nid: M-1\ntitle: Open\n---\nOpen figures, and more that stays the same in the text that comes after it.\n")
            .Write("a/opened.md", "---\nid: O-1\ntitle: Open title\n---\nOpen words.\n"))
        .Commit("Another at the path", commit => commit.At("2026-04-05 15:00")
            .Write("a/parking.md", "---\nid: G-1\ntitle: Garages\n---\nSomething else altogether, of lifts and doors.\n"))
        .Commit("An old reason", commit => commit.At("2026-04-06 15:00").Delete("a/back.md"))
        .Commit("Back again", commit => commit.At("2026-04-07 15:00").Write("a/back.md", "---\nid: B-1\ntitle: Back\nrescinded: 2026-05-01\n---\nSecond time.\n"))
        .Commit("Bring in the old water\n\nRecorded-from: Binder 7, as recorded by Clerk", commit => commit.At("2026-04-08 15:00")
            .Write("a/water.md", "---\nid: W-1\ntitle: Water\neffective: 2019-01-01\n---\nWater as of quokka.\n"))
        .Commit("Water again", commit => commit.At("2026-04-08 15:01").Write("a/water.md", "---\nid: W-1\ntitle: Water\n---\nWater.\n"))
        .Commit("Plan", commit => commit.At("2026-04-09 15:00").Write("a/vehicles.md", "---\nid: V-1\ntitle: Vehicles\nreplaces: [P-1]\neffective: 2026-12-01\n---\nAll of them, later.\n"))
        .Flush();

    private RunningSite site = null!;

    public async ValueTask InitializeAsync() => site = await RunningSite.StartAsync(
        new TestClock(new DateTimeOffset(2026, 6, 1, 15, 0, 0, TimeSpan.Zero)), ("PolicyHub:Library", repository.Folder));

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        repository.Dispose();
    }

    [Fact]
    public async Task Number_OfADocumentWhosePathAnotherHas_LeadsToItAndNotToTheOther()
    {
        var page = await OpenAsync("/id/P-1", HttpStatusCode.Gone);
        using var found = JsonDocument.Parse(await TextAsync("/api/search?q=P-1"));
        var replaces = (await site.GetPageAsync("/docs/a/vehicles")).QuerySelector("aside a[href*=parking]")!;

        Assert.Equal("Old parking", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Vehicles", page.QuerySelector(".absent")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/docs/a/parking?on=2026-02-05T14%3A59%3A59Z", page.QuerySelector(".absent-ways .button")!.GetAttribute("href"));
        Assert.Equal(replaces.GetAttribute("href"), found.RootElement.GetProperty("numbered").GetProperty("url").GetString());
        Assert.Equal("/evidence/P-1", page.QuerySelector(".absent-ways a[href^='/evidence']")!.GetAttribute("href"));
        Assert.All((await site.GetPageAsync("/evidence/P-1")).QuerySelectorAll("form.card"), form => Assert.Equal("/evidence/P-1", form.GetAttribute("action")));
        Assert.Equal("Old parking", (await OpenAsync(replaces.GetAttribute("href")!, HttpStatusCode.Gone)).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Path_BetweenTwoDocuments_IsThatOfTheOneThatHadIt()
    {
        var page = await OpenAsync("/docs/a/parking?on=2026-03-01", HttpStatusCode.Gone);

        Assert.Equal("Old parking", page.QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData("/docs/a/opened?on=2025-12-01")]
    [InlineData("/search?q=O-1&on=2025-12-01")]
    [InlineData("/api/search?q=O-1&on=2025-12-01")]
    [InlineData("/history/a/moved")]
    [InlineData("/history/a/moved?format=csv")]
    [InlineData("/compare/a/moved?from=1&to=2")]
    [InlineData("/compare/a/moved?from=1&to=2&view=source")]
    [InlineData("/search/history?q=figures")]
    [InlineData("/history/a/cats")]
    [InlineData("/docs/a/cats")]
    [InlineData("/evidence/a/moved")]
    [InlineData("/evidence/a/moved?version=1")]
    [InlineData("/changes")]
    [InlineData("/changes.atom")]
    public async Task Restricted_VersionOfAnOpenDocument_IsToldOfNowhere(string address)
    {
        var text = await TextAsync(address);

        Assert.DoesNotContain("Hushed", text, StringComparison.Ordinal);
        Assert.DoesNotContain("closed/moved", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_OfWhatWasPublishedWithIt_DoesNotTellOfItEither()
    {
        var bytes = await site.Client.GetByteArrayAsync(new Uri("/evidence/a/cats?version=1", UriKind.Relative), TestContext.Current.CancellationToken);
        using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.Contains(zip.Entries, entry => entry.FullName == "documents/a/cats.md");
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(TestContext.Current.CancellationToken), Encoding.Latin1);
            Assert.DoesNotContain("Hushed", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Returned_AndRescindedLater_IsNotSaidToBeGoneForTheOldReason()
    {
        var page = await OpenAsync("/docs/a/back", HttpStatusCode.Gone);

        Assert.DoesNotContain("An old reason", page.QuerySelector(".absent")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("In effect 7 Apr 2026 to 30 Apr 2026.", page.QuerySelector(".absent")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recorded_IsMarkedOnItsPageInSearchAndInTheSearchOfHistory()
    {
        var page = await site.GetPageAsync("/docs/a/water?for=2020-01-01");
        var hit = (await site.GetPageAsync("/search?q=quokka&for=2020-01-01")).QuerySelector(".row-facts")!;
        var past = await WaitAsync("/search/history?q=quokka", ".past-times a");

        Assert.Contains("from before PolicyHub", page.QuerySelector(".chips")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Binder 7", page.QuerySelector(".doc-foot")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("from before PolicyHub", page.QuerySelector(".content")!.GetAttribute("data-cite"), StringComparison.Ordinal);
        Assert.Contains("from before PolicyHub", hit.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Applies to 1 Jan 2019 to ", past.TextContent, StringComparison.Ordinal);
        Assert.Contains("quokka", (await site.GetPageAsync(past.GetAttribute("href")!)).QuerySelector(".content")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upcoming_IsReadFromThePageOfToday()
    {
        var link = (await site.GetPageAsync("/docs/a/vehicles")).QuerySelector(".chips .amber a")!;

        Assert.Equal("/docs/a/vehicles?on=2026-12-01", link.GetAttribute("href"));
    }

    [Theory]
    [InlineData("//elsewhere.example/x?asof-day=2026-01-10")]
    [InlineData("//elsewhere.example/x?asof-day=")]
    [InlineData("//elsewhere.example/x?on=2026-01-10")]
    public async Task Path_LikeAnotherSite_NeverLeadsThere(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) + address));
        using var answer = await site.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("//elsewhere", answer.Headers.Location?.OriginalString ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("=\"//elsewhere", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task<string> TextAsync(string address)
    {
        using var answer = await site.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<IDocument> OpenAsync(string address, HttpStatusCode status)
    {
        using var answer = await site.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        if (answer.Headers.Location is { } next)
        {
            return await OpenAsync(next.OriginalString, status);
        }

        Assert.Equal(status, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The search of history is filled in the background.</summary>
    private async Task<IElement> WaitAsync(string address, string selector)
    {
        while (true)
        {
            if ((await site.GetPageAsync(address)).QuerySelector(selector) is { } found)
            {
                return found;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
