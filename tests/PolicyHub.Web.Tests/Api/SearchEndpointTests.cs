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
