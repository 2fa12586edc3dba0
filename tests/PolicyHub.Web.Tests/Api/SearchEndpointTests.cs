using System.Text.Json;

namespace PolicyHub.Web.Tests.Api;

public sealed class SearchEndpointTests(SampleSite sample)
{
    [Fact]
    public async Task Get_Question_AnswersSectionsInCamelCase()
    {
        using var answer = JsonDocument.Parse(await sample.Site.Client.GetStringAsync("/api/search?q=late+fee+waivers&limit=3"));

        var best = answer.RootElement.GetProperty("results")[0];
        Assert.Equal("Late fees", best.GetProperty("title").GetString());
        Assert.Equal("Waivers", best.GetProperty("heading").GetString());
        Assert.Equal("policy", best.GetProperty("kind").GetString());
        Assert.StartsWith("/docs/policies/late-fees", best.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.True(best.GetProperty("score").GetDouble() > 0);
        Assert.Equal("2110", best.GetProperty("desk").GetProperty("extension").GetString());
        var heading = best.GetProperty("marks").GetProperty("heading")[0];
        Assert.Equal("Waivers", "Waivers".Substring(heading[0].GetInt32(), heading[1].GetInt32()));
        Assert.InRange(answer.RootElement.GetProperty("results").GetArrayLength(), 1, 3);
    }

    [Fact]
    public async Task Get_Answer_CarriesItsCondition()
    {
        using var answer = JsonDocument.Parse(await sample.Site.Client.GetStringAsync("/api/search?q=can+we+waive+a+late+fee"));

        Assert.Equal("The account holder is 65 or over.", answer.RootElement.GetProperty("answers")[0].GetProperty("onlyIf").GetString());
    }

    /// <summary>The late fees changed on 2 February 2026 at 9:00 in Chicago.</summary>
    [Theory]
    [InlineData("since=2026-02-02&until=2026-02-02", true)]
    [InlineData("since=2026-02-02", true)]
    [InlineData("since=2026-02-03", false)]
    [InlineData("until=2026-02-01", false)]
    [InlineData("until=2026-02-02T08:59", false)]
    [InlineData("since=&until=", true)]
    public async Task Get_Dates_NarrowToWhatTookEffectBetween(string dates, bool isFound)
    {
        using var answer = JsonDocument.Parse(await sample.Site.Client.GetStringAsync("/api/search?q=late+fees&" + dates));

        Assert.Equal(isFound, answer.RootElement.GetProperty("results").EnumerateArray().Any(result => result.GetProperty("title").GetString() == "Late fees"));
    }

    [Theory]
    [InlineData("since=yesterday", "since and until are dates such as 2026-12-01.")]
    [InlineData("until=2026-13-01", "since and until are dates such as 2026-12-01.")]
    [InlineData("since=2026-02-02&until=2026-02-01", "since is after until.")]
    public async Task Get_WrongDate_Is400WithASentence(string dates, string sentence)
    {
        using var response = await sample.Site.Client.GetAsync("/api/search?q=late&" + dates);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(sentence, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Facets_CountTagsAndAudiences()
    {
        using var answer = JsonDocument.Parse(await sample.Site.Client.GetStringAsync("/api/search?q=late+fees&facets=1"));

        Assert.Equal("billing", answer.RootElement.GetProperty("tags")[0].GetProperty("name").GetString());
        Assert.Equal(["counter 1", "phone 1"], answer.RootElement.GetProperty("audiences").EnumerateArray().Select(facet => $"{facet.GetProperty("name")} {facet.GetProperty("count")}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%20")]
    [InlineData("%00%01")]
    [InlineData("%F0%9F%98%80")]
    [InlineData("%C3%28")]
    public async Task Get_OddQuestion_IsAnswered(string question)
    {
        using var response = await sample.Site.Client.GetAsync("/api/search?q=" + question);

        Assert.True(response.IsSuccessStatusCode);
    }
}
