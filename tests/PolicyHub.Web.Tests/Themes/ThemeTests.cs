using System.Net;
using PolicyHub.Testing;
using PolicyHub.Web.Themes;

namespace PolicyHub.Web.Tests.Themes;

public sealed class ThemeTests(SampleSite sample)
{
    [Fact]
    public async Task Get_Stylesheet_IsKeptForEverUnderItsVersionOnly()
    {
        var address = (await sample.Site.GetPageAsync("/")).QuerySelector("link[href^='/theme/theme.css']")!.GetAttribute("href")!;
        using var versioned = await sample.Site.Client.GetAsync(address);
        using var bare = await sample.Site.Client.GetAsync("/theme/theme.css");

        Assert.True(versioned.Headers.CacheControl!.MaxAge > TimeSpan.FromDays(300));
        Assert.Null(bare.Headers.CacheControl!.MaxAge);
        Assert.Contains("--accent:#0b5c8a", await versioned.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Look_IsKeptAndComesBackLocally()
    {
        using var choice = new FormUrlEncodedContent([new("mode", "dark"), new("contrast", "on"), new("back", "//evil.example/")]);
        using var response = await sample.Site.Client.PostAsync("/look", choice);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/", response.Headers.Location!.ToString());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Cookie", response.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var home = await sample.Site.Client.SendAsync(request);
        var page = await RunningSite.ParseAsync(home);
        Assert.Equal("dark", page.DocumentElement.GetAttribute("data-mode"));
        Assert.Contains("theme=contrast", page.QuerySelector("link[href^='/theme/theme.css']")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WrongColours_AreLeftOutAndNamed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("bad/theme.yml", "name: Bad\nradius: 900\nfont: \"x; } body { display: none\"\nlight:\n  ink: \"red; } * { color: blue\"\n  page: \"#fff\"\n  \"a:b\": \"#000\"\n");

        var theme = ThemeReader.Read(Path.Combine(folder.Path, "bad"))!;

        Assert.Equal(3, theme.Faults.Length);
        Assert.StartsWith(":root{--radius:24px;--page:#fff;}", theme.Stylesheet, StringComparison.Ordinal);
        Assert.DoesNotContain("display", theme.Stylesheet, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Radius: 8\nLIGHT:\n  ink: \"#111111\"\n", ":root{--radius:8px;--ink:#111111;}", 0)]
    [InlineData("radius: wide\nlight: [ink]\ndark:\n", ":root{}", 2)]
    [InlineData("radius: [8]\nfont: {a: b}\nname:\n", ":root{}", 2)]
    [InlineData("- a\n", ":root{}", 0)]
    [InlineData("", ":root{}", 0)]
    public void Read_SettingsOfAnyForm_TakesWhatHoldsAndNamesTheRest(string yaml, string start, int faults)
    {
        using var folder = new TemporaryFolder();
        folder.Write("any/theme.yml", yaml);

        var theme = ThemeReader.Read(Path.Combine(folder.Path, "any"))!;

        Assert.StartsWith(start, theme.Stylesheet, StringComparison.Ordinal);
        Assert.Equal(faults, theme.Faults.Length);
    }

    [Fact]
    public void Read_YamlThatDoesNotParse_IsAFaultAndNoFailure()
    {
        using var folder = new TemporaryFolder();
        folder.Write("bad/theme.yml", "name: [open");

        Assert.NotEmpty(ThemeReader.Read(Path.Combine(folder.Path, "bad"))!.Faults);
    }

    [Fact]
    public async Task Save_Theme_IsReadAgain()
    {
        using var themes = new TemporaryFolder();
        themes.Write("civic/theme.yml", "light:\n  ink: \"#111111\"\n");
        using var content = new TemporaryFolder();
        content.Write("a.md", "# A\n");
        await using var site = await RunningSite.StartAsync(null, ("PolicyHub:Preview", content.Path), ("PolicyHub:Themes", themes.Path));
        Assert.Contains("#111111", await site.Client.GetStringAsync("/theme/theme.css"), StringComparison.Ordinal);

        themes.Write("civic/theme.yml", "light:\n  ink: \"#222222\"\n");

        for (var attempt = 0; attempt < 200; attempt++)
        {
            if ((await site.Client.GetStringAsync("/theme/theme.css")).Contains("#222222", StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail("The saved theme was not read again.");
    }
}
