using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.Reading;
using PolicyHub.Records.Storage;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Reading;

/// <summary>Pins and pages opened lately: of the person, on every machine, and nobody else's to see.</summary>
public sealed class MyReadingTests : IAsyncLifetime
{
    private readonly TestClock clock = new(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));
    private readonly TestRepository repository = new TestRepository().Commit("First", commit =>
    {
        commit.At("2026-01-02 00:00").Write("hidden.md", "---\naccess: supervisors\n---\n# Hidden quince\n");
        for (var number = 0; number < 30; number++)
        {
            commit.Write($"p{number:00}.md", $"# Page {number:00}\n");
        }
    }).Flush();

    private RunningSite site = null!;

    public async ValueTask InitializeAsync() =>
        site = await RunningSite.StartAsync(clock, ("PolicyHub:Library", repository.Folder), ("PolicyHub:SignIn:Open", "false"));

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        repository.Dispose();
    }

    [Fact]
    public async Task Open_Documents_StandAtHomeOnEveryMachineNewestFirst()
    {
        using var counter = await Browsing.AsAsync(site, "reader");
        await OpenAsync(counter, "/docs/p01", "/docs/p02", "/docs/p01", "/docs/p03?on=2026-02-01", "/docs/nothing");
        using var office = await Browsing.AsAsync(site, "reader");

        Assert.Equal(["Page 01", "Page 02"], Titles(await office.GetAsync("/"), "[data-recent]"));
        var mine = await office.Client.GetStringAsync(new Uri("/api/mine", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("Page 01", mine, StringComparison.Ordinal);
        Assert.DoesNotContain("Page 03", mine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_MoreThanTwenty_KeepsTheLastTwentyInTheRecords()
    {
        using var reader = await Browsing.AsAsync(site, "reader");
        await OpenAsync(reader, [.. Enumerable.Range(0, 25).Select(number => $"/docs/p{number:00}")]);
        await UntilAsync(async db => await db.Set<RecentPage>().CountAsync(TestContext.Current.CancellationToken) == 20);

        await using var records = await RecordsAsync();
        Assert.Equal("p05", await records.Set<RecentPage>().OrderBy(page => page.At).Select(page => page.Path).FirstAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Stop_WithPagesNotYetNoted_NotesThem()
    {
        using var reader = await Browsing.AsAsync(site, "reader");
        await OpenAsync(reader, "/docs/p07");
        await site.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().Last(service => service.GetType().Name == "OpenedPagesUpkeep").StopAsync(TestContext.Current.CancellationToken);

        await using var records = await RecordsAsync();
        Assert.Equal("p07", (await records.Set<RecentPage>().SingleAsync(TestContext.Current.CancellationToken)).Path);
    }

    [Fact]
    public async Task Pin_ByTheForm_KeepsItAndUnpinTakesItOut()
    {
        using var reader = await Browsing.AsAsync(site, "reader");
        var page = await reader.GetAsync("/docs/p01");
        Assert.Equal("false", page.QuerySelector("[data-pin]")!.GetAttribute("aria-pressed"));
        Assert.Equal("/pins", page.QuerySelector("[data-pin]")!.Closest("form")!.GetAttribute("action"));
        using (var pinned = await reader.SubmitAsync("/pins?read=p01", "[data-pin-form]", ("on", "1")))
        {
            Assert.Equal("/docs/p01", pinned.Headers.Location!.OriginalString);
        }

        Assert.Equal("true", (await reader.GetAsync("/docs/p01")).QuerySelector("[data-pin]")!.GetAttribute("aria-pressed"));
        using var elsewhere = await Browsing.AsAsync(site, "reader");
        Assert.Equal(["Page 01"], Titles(await elsewhere.GetAsync("/"), "[data-pinned]"));
        using (await elsewhere.SubmitAsync("/", "[data-pinned] form", ("read", "p01")))
        {
        }

        Assert.Empty(Titles(await reader.GetAsync("/"), "[data-pinned]"));
    }

    [Fact]
    public async Task Forget_ByTheForm_EmptiesWhatWasOpened()
    {
        using var reader = await Browsing.AsAsync(site, "reader");
        await OpenAsync(reader, "/docs/p01");
        using (await reader.SubmitAsync("/", "[data-recent] form"))
        {
        }

        Assert.Empty(Titles(await reader.GetAsync("/"), "[data-recent]"));
    }

    [Fact]
    public async Task Pin_TooMany_SaysSo()
    {
        using var reader = await Browsing.AsAsync(site, "reader");
        var book = site.Services.GetRequiredService<ReadingBook>();
        for (var number = 0; number < ReadingBook.MostPins; number++)
        {
            Assert.True(await book.PinAsync(new Guid(0, 0, 0, [0x80, 0, 0, 0, 0, 0, 0, 1]), $"x{number}", TestContext.Current.CancellationToken));
        }

        using var answer = await reader.SubmitAsync("/pins?read=p01", "[data-pin-form]", ("on", "1"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.NotEmpty((await RunningSite.ParseAsync(answer)).QuerySelector("[role=alert]")!.TextContent);
    }

    [Fact]
    public async Task Lists_OfOnePerson_AreSeenByNobodyElse()
    {
        using var reader = await Browsing.AsAsync(site, "reader");
        await OpenAsync(reader, "/docs/p11");
        using (await reader.SubmitAsync("/pins?read=p12", "[data-pin-form]", ("on", "1")))
        {
        }

        foreach (var role in new[] { "lead", "author", "approver", "auditor", "administrator" })
        {
            using var other = await Browsing.AsAsync(site, role);
            var seen = (await other.GetAsync("/")).QuerySelector(".mine")?.TextContent + await other.Client.GetStringAsync(new Uri("/api/mine", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.DoesNotContain("Page 11", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("Page 12", seen, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pin_OfADocumentThatIsHiddenFromTheReader_IsNotFoundAndNotNamed()
    {
        using var reader = await Browsing.AsAsync(site, "reader");
        using var answer = await reader.Client.GetAsync(new Uri("/pins?read=hidden", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("quince", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Titles(IDocument page, string list) => page.QuerySelectorAll($"{list} li a").Select(link => link.TextContent);

    private async Task OpenAsync(Browsing browsing, params string[] addresses)
    {
        foreach (var address in addresses)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            using (await browsing.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken))
            {
            }
        }
    }

    private Task<RecordsDb> RecordsAsync() =>
        site.Services.GetRequiredService<IDbContextFactory<RecordsDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);

    private async Task UntilAsync(Func<RecordsDb, Task<bool>> isSo)
    {
        await using var records = await RecordsAsync();
        while (!await isSo(records))
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
