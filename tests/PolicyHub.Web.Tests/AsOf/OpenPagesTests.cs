using System.Text.Json;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.AsOf;

/// <summary>What an open page is told: that its text changed or ended, and that a notice began.</summary>
public sealed class OpenPagesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Look_WhileTheTextChangesAndEndsAndANoticeBegins_SaysSo()
    {
        using var repository = new TestRepository();
        repository.Commit("First", commit => commit.At("2026-01-02 00:00").Write("fees.md", "# Late fees\n\nTen dollars.\n").Write("dogs.md", "# Dogs\n").Write("other.md", "# Other\n").Write("library.yml", "kinds: { notices: notice }\n"))
            .Commit("Coming", commit => commit.At("2026-02-01 00:00").Write("fees.md", "---\neffective: 2026-06-01 08:00\n---\n# Late fees\n\nTwelve dollars.\n")
                .Write("dogs.md", "---\nrescinded: 2026-06-01 08:00\n---\n# Dogs\n")
                .Write("notices/ice.md", "---\ntitle: Ice on Main Street\nfrom: 2026-06-01 08:00\nuntil: 2026-06-02\n---\nIce.\n"))
            .Flush();
        var clock = new TestClock(new DateTimeOffset(2026, 6, 1, 7, 59, 0, TimeSpan.Zero));
        await using var site = await RunningSite.StartAsync(clock, ("PolicyHub:Library", repository.Folder));
        var held = new List<string>();
        foreach (var address in new[] { "/docs/fees", "/docs/dogs", "/docs/other" })
        {
            held.Add((await site.GetPageAsync(address)).QuerySelector("[data-held]")!.GetAttribute("data-held")!);
        }

        var since = (await site.GetPageAsync("/docs/fees")).QuerySelector("[data-open-page]")!.GetAttribute("data-now")!;
        var asked = $"/api/open?{string.Join('&', held.Select(text => "held=" + Uri.EscapeDataString(text)))}&since={Uri.EscapeDataString(since)}";
        using (var before = JsonDocument.Parse(await site.Client.GetStringAsync(new Uri(asked, UriKind.Relative), TestContext.Current.CancellationToken)))
        {
            Assert.Empty(before.RootElement.GetProperty("changed").EnumerateArray());
            Assert.Empty(before.RootElement.GetProperty("notices").EnumerateArray());
        }

        clock.Advance(TimeSpan.FromMinutes(2));
        await site.UntilAsync(asked, json => json.Contains("no longer in effect", StringComparison.Ordinal), Patience);

        using var after = JsonDocument.Parse(await site.Client.GetStringAsync(new Uri(asked, UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal(
            ["“Late fees” changed at 8 am.", "“Dogs” is no longer in effect since 8 am."],
            after.RootElement.GetProperty("changed").EnumerateArray().Select(text => text.GetProperty("sentence").GetString()));
        Assert.Equal("/docs/fees", after.RootElement.GetProperty("changed")[0].GetProperty("url").GetString());
        Assert.Equal("New notice: Ice on Main Street", after.RootElement.GetProperty("notices")[0].GetProperty("sentence").GetString());
    }

    [Fact]
    public async Task Look_AtWhatIsRestrictedOrNonsense_SaysNothing()
    {
        using var repository = new TestRepository();
        repository.Commit("First", commit => commit.At("2026-01-02 00:00").Write("hr/pay.md", "# Pay\n").Write("library.yml", "access: { hr: hr }\n")).Flush();
        await using var site = await RunningSite.StartAsync(null, ("PolicyHub:Library", repository.Folder));

        foreach (var held in new[] { "hr/pay 000000000000", "hr/pay", "", " ", "nothing 123456789012", "../x 123456789012" })
        {
            using var answer = JsonDocument.Parse(await site.Client.GetStringAsync(new Uri("/api/open?since=x&held=" + Uri.EscapeDataString(held), UriKind.Relative), TestContext.Current.CancellationToken));
            Assert.Empty(answer.RootElement.GetProperty("changed").EnumerateArray());
        }
    }
}
