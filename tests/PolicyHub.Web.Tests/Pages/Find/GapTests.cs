using System.Net;
using AngleSharp.Dom;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Pages.Find;

/// <summary>What people search: counted without them, listed when it was not found.</summary>
public sealed class GapTests : IAsyncLifetime
{
    private readonly TestRepository repository = new TestRepository().Commit("First", "fees.md", "# Fees\n\nA late fee is $5.\n").Flush();
    private readonly TestClock clock = new(new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero));
    private RunningSite site = null!;

    public async ValueTask InitializeAsync() =>
        site = await RunningSite.StartAsync(clock, ("PolicyHub:Library", repository.Folder), ("PolicyHub:QueriesKept", "10.00:00:00"));

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        repository.Dispose();
    }

    [Fact]
    public async Task Get_NothingSearchedYet_SaysSo()
    {
        var page = await site.GetPageAsync("/search/gaps");

        Assert.NotEmpty(page.QuerySelector(".empty")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("table"));
        Assert.Contains((await site.GetPageAsync("/problems")).QuerySelectorAll("main a"), link => link.GetAttribute("href") == "/search/gaps");
    }

    [Theory]
    [InlineData(3, 5, true)]
    [InlineData(2, 9, false)]
    [InlineData(4, 4, false)]
    public async Task Count_NotFound_IsListedOnlyWhenThreePeopleUsedItFiveTimes(int people, int times, bool listed)
    {
        for (var time = 0; time < times; time++)
        {
            await EndAsync("Street  Piano permit", "none", person: time % people);
        }

        Assert.Equal(listed ? ["street piano permit"] : [], (await RowsAsync()).Keys);
    }

    [Fact]
    public async Task Count_AcrossDays_NeverAddsUpPeopleWhoCannotBeToldApart()
    {
        for (var day = 0; day < 6; day++)
        {
            await EndAsync("street piano", "none", person: 1);
            await EndAsync("street piano", "none", person: 2);
            clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Empty(await RowsAsync());
        await EndAsync("street piano", "none", person: 3);
        await EndAsync("street piano", "none", person: 4);
        await EndAsync("street piano", "none", person: 5);

        // Twelve times before and three today: three people today are enough, and still too few for a figure.
        Assert.Equal("fewer than 5 people", (await RowsAsync())["street piano"][0]);
    }

    [Fact]
    public async Task Count_FivePeople_GivesFiguresByWeekMostFrequentFirst()
    {
        await SearchAsync("street piano", "none", people: 5, timesEach: 1);
        await SearchAsync("goat license", "none", people: 6, timesEach: 2);
        clock.Advance(TimeSpan.FromDays(7));
        await SearchAsync("street piano", "none", people: 5, timesEach: 2);
        await SearchAsync("late fee", "chosen", people: 5, timesEach: 1);

        var page = await site.GetPageAsync("/search/gaps");

        Assert.Equal(["street piano", "goat license"], page.QuerySelectorAll(".gaps tbody th").Select(cell => cell.TextContent));
        var rows = await RowsAsync();
        Assert.Equal(["15", "12"], rows.Values.Select(cells => cells[0]));
        Assert.Equal("9 Mar 2026: 10 2 Mar 2026: 5", rows["street piano"][2]);
        var weeks = page.QuerySelectorAll("[aria-labelledby=ends-title] tbody tr").Select(row => string.Join(' ', row.Children.Select(cell => cell.TextContent))).ToList();
        Assert.Equal(["9 Mar 2026 15 5 – – – 10", "2 Mar 2026 17 – – – – 17"], weeks);
    }

    [Fact]
    public async Task Count_SmallGroup_GetsNoFigure()
    {
        await SearchAsync("goat license", "none", people: 4, timesEach: 3);

        var page = await site.GetPageAsync("/search/gaps");

        Assert.Equal("goat license", page.QuerySelector(".gaps tbody th")!.TextContent);
        Assert.DoesNotContain("12", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.All(page.QuerySelectorAll("[aria-labelledby=ends-title] tbody td").Skip(1), cell => Assert.Empty(cell.TextContent));
    }

    [Fact]
    public async Task Count_TooOld_IsForgottenWordingAndAll()
    {
        await SearchAsync("goat license", "none", people: 5, timesEach: 1);
        Assert.Single(await RowsAsync());

        clock.Advance(TimeSpan.FromDays(11));

        Assert.Empty(await RowsAsync());
        Assert.Empty((await site.GetPageAsync("/search/gaps")).QuerySelectorAll("table"));
    }

    [Fact]
    public async Task Count_WithoutScript_IsCountedByTheForm()
    {
        foreach (var person in Enumerable.Range(0, 5))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/search?q=qqxx+zzvv&plain=1");
            request.Headers.UserAgent.ParseAdd($"browser/{person}");
            using var answer = await site.Client.SendAsync(request);
        }

        Assert.Equal("5", (await RowsAsync())["qqxx zzvv"][0]);
    }

    [Fact]
    public async Task Report_WithoutScript_IsListedMaskedAndWithoutAFigure()
    {
        using var report = await ReportAsync("Goat license for jo@mail.example, account 123456");
        var thanks = await site.GetPageAsync(report.Headers.Location!.OriginalString);

        Assert.Equal(HttpStatusCode.Redirect, report.StatusCode);
        Assert.Single(new PolicyHub.Records.Storage.KeyStore(PolicyHub.Records.Storage.RecordsLocation.OfFile(Path.Combine(site.Data, "policyhub.db"))).ReadAll()); // In the one folder of all state.
        Assert.Contains("Thank you", thanks.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("oat", report.Headers.Location.OriginalString, StringComparison.Ordinal);
        var (words, cells) = Assert.Single(await RowsAsync());
        Assert.Equal("goat license for [e-mail] account [number]", words);
        Assert.Equal(["–", "reported", "2 Mar 2026"], cells);
    }

    [Fact]
    public async Task Report_Empty_AsksForWords()
    {
        using var report = await ReportAsync("  ");
        var page = await RunningSite.ParseAsync(report);

        Assert.NotEmpty(page.QuerySelector("[role=alert]")!.TextContent);
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task Report_WithoutTheFormsToken_IsRefused()
    {
        using var form = new FormUrlEncodedContent([new("q", "goat license")]);
        using var answer = await site.Client.PostAsync("/search/gap", form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await RowsAsync());
    }

    [Theory]
    [InlineData("q=&outcome=none")]
    [InlineData("q=goat&outcome=reported")]
    [InlineData("q=goat&outcome=nonsense")]
    [InlineData("outcome=none")]
    public async Task Count_WrongForm_IsABadRequest(string body)
    {
        using var form = new StringContent(body, null, "application/x-www-form-urlencoded");
        using var answer = await site.Client.PostAsync("/api/search/outcome", form);
        using var noForm = await site.Client.PostAsync("/api/search/outcome", null);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, noForm.StatusCode);
    }

    [Fact]
    public async Task Count_FromAnotherSite_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/search/outcome") { Content = new FormUrlEncodedContent([new("q", "goat"), new("outcome", "none")]) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var answer = await site.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private async Task SearchAsync(string typed, string outcome, int people, int timesEach)
    {
        foreach (var person in Enumerable.Range(0, people * timesEach))
        {
            await EndAsync(typed, outcome, person % people);
        }
    }

    /// <summary>A page tells how a search ended; people differ by their browsers.</summary>
    private async Task EndAsync(string typed, string outcome, int person)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/search/outcome") { Content = new FormUrlEncodedContent([new("q", typed), new("outcome", outcome)]) };
        request.Headers.UserAgent.ParseAdd($"browser/{person}");
        using var answer = await site.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> ReportAsync(string words)
    {
        using var shown = await site.Client.GetAsync("/search/gap?q=goat");
        var form = (await RunningSite.ParseAsync(shown)).QuerySelector("[data-gap-form]")!;
        var fields = form.QuerySelectorAll("input[type=hidden]").ToDictionary(field => field.GetAttribute("name")!, field => field.GetAttribute("value")!);
        using var request = new HttpRequestMessage(HttpMethod.Post, form.GetAttribute("action")) { Content = new FormUrlEncodedContent([.. fields, new("q", words)]) };
        request.Headers.Add("Cookie", shown.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        return await site.Client.SendAsync(request);
    }

    /// <summary>The rows of the list: wording, then times, reports and weeks.</summary>
    private async Task<Dictionary<string, List<string>>> RowsAsync() =>
        (await site.GetPageAsync("/search/gaps")).QuerySelectorAll(".gaps tbody tr").ToDictionary(
            row => row.QuerySelector("th")!.TextContent,
            row => row.QuerySelectorAll("td").Select(cell => string.Join(' ', cell.Text().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList(),
            StringComparer.Ordinal);
}
