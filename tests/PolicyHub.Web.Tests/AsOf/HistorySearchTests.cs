using AngleSharp.Dom;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.AsOf;

/// <summary>The search of all that ever was, and rescinded documents by their number.</summary>
public sealed class HistorySearchTests(PastSite past)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Search_WordsOfAnOldVersion_SaysWhenTheyCouldBeRead()
    {
        var hit = Assert.Single((await PageAsync("/search/history?q=%22ten+dollars%22")).QuerySelectorAll(".hit"));

        Assert.Equal("Fees alphazero", hit.QuerySelector(".row-title")!.TextContent.Trim());
        Assert.Equal("In effect 5 Jan 2026 to 10 Feb 2026", hit.QuerySelector(".past-times a")!.TextContent.Trim());
        Assert.Contains("<mark>ten</mark> <mark>dollars</mark>", hit.QuerySelector(".row-summary")!.InnerHtml.Replace("<mark>ten dollars</mark>", "<mark>ten</mark> <mark>dollars</mark>", StringComparison.Ordinal), StringComparison.Ordinal);
        var then = await past.Site.GetPageAsync(hit.QuerySelector(".past-times a")!.GetAttribute("href")!);
        Assert.Contains("ten dollars", then.QuerySelector(".content")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(then.QuerySelectorAll(".content mark"));
    }

    [Fact]
    public async Task Search_WordsThatStayedOverVersions_AreOneStretch()
    {
        var hit = (await PageAsync("/search/history?q=late+rule")).QuerySelectorAll(".hit").Single();

        Assert.Equal("In effect since 5 Jan 2026", Assert.Single(hit.QuerySelectorAll(".past-times a")).TextContent.Trim());
        Assert.Contains("versions 1 to 2", hit.QuerySelector(".past-times")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_WordsOfTheFuture_SaysFromWhen() =>
        Assert.Equal("In effect from 1 Dec 2026", (await PageAsync("/search/history?q=twenty")).QuerySelector(".past-times a")!.TextContent.Trim());

    [Fact]
    public async Task Search_WordsOfARescindedDocument_LeadsToItAsItWas()
    {
        var link = (await PageAsync("/search/history?q=dog+rule")).QuerySelector(".hit .past-times a")!;

        Assert.Equal("In effect 5 Jan 2026 to 1 Apr 2026", link.TextContent.Trim());
        Assert.Contains("A common dog rule", (await past.Site.GetPageAsync(link.GetAttribute("href")!)).QuerySelector(".content")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("muonfield")]
    [InlineData("nothing like it")]
    [InlineData("ten -dollars")]
    [InlineData("\"dollars ten\"")]
    public async Task Search_WhatNobodyMaySeeOrNeverStood_FindsNothing(string words)
    {
        var page = await PageAsync("/search/history?q=" + Uri.EscapeDataString(words));

        Assert.Empty(page.QuerySelectorAll(".hit"));
        Assert.NotNull(page.QuerySelector(".empty"));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("AND OR NOT NEAR(")]
    [InlineData("title:fee ^ * ( ) { } -- ; DROP TABLE section")]
    [InlineData("-fees")]
    [InlineData("\0 \u0001 𝔘nicode ́")]
    [InlineData("' OR 1=1 --")]
    public async Task Search_AnythingTyped_IsTakenAsWords(string words)
    {
        using var response = await past.Site.Client.GetAsync(new Uri("/search/history?q=" + Uri.EscapeDataString(words), UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.True(response.IsSuccessStatusCode, $"{words}: {response.StatusCode}");
    }

    [Fact]
    public async Task Search_TheNumberOfARescindedDocument_PutsItOnTopWithItsState()
    {
        var page = await past.Site.GetPageAsync("/search?q=do-001");

        Assert.Equal("/docs/policies/dogs", page.QuerySelector(".numbered a")!.GetAttribute("href"));
        Assert.Contains("Rescinded since 1 Apr 2026", page.QuerySelector(".numbered")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await past.Site.GetPageAsync("/search?q=hr-001")).QuerySelector(".numbered"));
        Assert.Contains("DO-001", (await past.Site.GetPageAsync("/search?q=dogs+Betaquartz")).QuerySelector(".numbered")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await past.Site.GetPageAsync("/search?q=Pay+muonfield")).QuerySelector(".numbered"));
        Assert.Null((await past.Site.GetPageAsync("/search?q=Fees+etamorph")).QuerySelector(".numbered"));
        Assert.Contains("\"numbered\":{\"title\":\"Dogs betaquartz\"", await past.Site.Client.GetStringAsync(new Uri("/api/search?q=DO-001", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_WhileServed_ComesIntoTheSearchOfHistory_AndADamagedFileIsMadeAgain()
    {
        using var repository = new TestRepository().Commit("First", "a.md", "# A\n\nThe word is quetzal.\n").Flush();
        using var data = new TemporaryFolder();
        await using (var site = await RunningSite.StartAsync(null, ("PolicyHub:Library", repository.Folder), ("PolicyHub:Data", data.Path)))
        {
            await site.UntilAsync("/search/history?q=quetzal", html => html.Contains("past-times", StringComparison.Ordinal), Patience);
            repository.Commit("Second", "a.md", "# A\n\nThe word is axolotl.\n").Flush();
            await site.UntilAsync("/search/history?q=axolotl", html => html.Contains("past-times", StringComparison.Ordinal), Patience);
            await site.UntilAsync("/search/history?q=quetzal", html => html.Contains("past-times", StringComparison.Ordinal), Patience);
        }

        var file = Assert.Single(Directory.GetFiles(Path.Combine(data.Path, "cache"), "history-*.db"));
        await File.WriteAllBytesAsync(file, new byte[4096], TestContext.Current.CancellationToken);
        await using var again = await RunningSite.StartAsync(null, ("PolicyHub:Library", repository.Folder), ("PolicyHub:Data", data.Path));
        await again.UntilAsync("/search/history?q=quetzal", html => html.Contains("past-times", StringComparison.Ordinal), Patience);
    }

    private async Task<IDocument> PageAsync(string address)
    {
        await past.Site.UntilAsync(address, html => !html.Contains("<progress", StringComparison.Ordinal), Patience);
        return await past.Site.GetPageAsync(address);
    }
}
