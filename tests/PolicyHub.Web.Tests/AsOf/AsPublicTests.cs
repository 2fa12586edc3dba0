using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.AsOf;

/// <summary>
/// <c>?as=public</c>: staff look at what everybody would see, under a bar that says so. Every word that is for staff, or stands in a document
/// that is not public, starts with “zq”.
/// </summary>
public sealed class AsPublicTests : IAsyncLifetime
{
    private readonly TestRepository repository = new();

    private RunningSite site = null!;

    public async ValueTask InitializeAsync()
    {
        repository
            .Commit("Zqbegin", commit => commit.At("2026-01-02 00:00").By("Zqann Lee", "zq@example.org")
                .Write("library.yml", "name: City\nkinds: { desks: desk, notices: notice, rules: policy, authority: authority, process: process }\nareas: { rules: Rules, hr: Zqarea }\naudiences: { phone: Zqphone }\npositions:\n  clerk: { title: Clerk, held-by: [Zqbob] }\naccess: { rules: public, desks: public, notices: public, authority: public, process: public }\nemergency: zqgas.md\n")
                .Write("rules/fees.md", "---\nid: F-1\ntitle: Late fees\nowner: clerk\ndesk: clerk\naudience: [phone]\ntags: [money]\nreview-by: 2026-02-02\nreplaces: [zq-1]\n---\nThe fee was five dollars.\n\n> [!NEVER] Zqnever.\n"))
            .Commit("Zqsecond", commit => commit.At("2026-03-01 00:00").By("Zqann Lee", "zq@example.org")
                .Write("rules/fees.md", "---\nid: F-1\ntitle: Late fees\nowner: clerk\ndesk: clerk\naudience: [phone]\ntags: [money]\nreview-by: 2026-02-02\nreplaces: [zq-1]\n---\nThe fee is ten dollars. See [pay](../hr/zqpay.md), [the desk](../desks/clerk.md), ![map](../files/map.png).\n\n> [!DO]\n> Zqdo.\n")
                .Write("desks/clerk.md", "---\ntitle: Clerk desk\nphone: 555-0100\nextension: zq12\ntransfer: Zqstar\nhandles: [records]\nnot-ours:\n  - { topic: zqtopic, who: zqwho }\n---\n")
                .Write("authority/a.md", "---\ntitle: Decide\nlimits:\n  - { role: zqrole, may: zqmay }\n---\nText.\n")
                .Write("process/guest.md", "---\ntitle: Guest\nsteps:\n  - { name: Greet, do: [Zqsmile], say: [Good morning] }\n---\n")
                .Write("notices/n.md", "---\ntitle: Road closed\nfrom: 2026-01-01\nuntil: 2027-01-01\nsay: It is closed\ndo-not-promise: Zqwhen\noverrides: [rules/fees.md, hr/zqpay.md]\n---\n")
                .Write("hr/zqpay.md", "---\nid: ZQ-1\ntitle: Zqpay\ntags: [zqtag, money]\nalso-known-as: [zqsalary]\n---\nZqpay of the late fee. See [fees](../rules/fees.md).\n")
                .Write("zqgas.md", "# Zqgas\n\nZqcall the late fee.\n")
                .Write("files/map.png", "png").Write("files/other.png", "zq"));
        repository.Flush();
        site = await RunningSite.StartAsync(new TestClock(new DateTimeOffset(2026, 6, 1, 15, 0, 0, TimeSpan.Zero)), ("PolicyHub:Library", repository.Folder));
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        repository.Dispose();
    }

    [Fact]
    public async Task Pages_AsThePublicSeesThem_ShowNothingOfTheStaffs()
    {
        string[] addresses =
        [
            "/", "/browse", "/search", "/search?q=late+fee", "/search?q=money", "/search?q=zqpay", "/search?q=zqpa", "/search?q=zkpay", "/search?q=nothing", "/search?q=late&part=results",
            "/search/section?read=rules/fees&q=fee", "/search/section?read=hr/zqpay&q=fee", "/search/why?read=rules/fees&q=fee", "/search/why?read=hr/zqpay&q=fee",
            "/docs/rules/fees", "/docs/rules/fees?q=fee", "/docs/hr/zqpay", "/docs/desks/clerk", "/docs/authority/a", "/docs/process/guest", "/docs/process/guest?view=poster", "/docs/notices/n", "/docs/zqgas",
            "/id/F-1", "/id/ZQ-1", "/kind/policy", "/kind/desk", "/kind/page", "/tag/money", "/tag/zqtag", "/audience/phone", "/area/rules", "/area/hr", "/emergency", "/problems",
            "/api/search?q=late+fee&facets=1", "/api/search?q=zqpay", "/api/documents?read=rules/fees&read=hr/zqpay", "/api/open?held=hr/zqpay+000000000000&held=rules/fees+000000000000&since=2020-01-01",
            "/history/rules/fees", "/history/hr/zqpay", "/history/rules/fees?format=csv", "/compare/rules/fees?from=1&to=2", "/compare", "/changes", "/changes?format=csv", "/changes.atom", "/search/history?q=zqpay", "/search/history?q=fee",
            "/evidence/rules/fees", "/evidence/hr/zqpay", "/files/files/other.png", "/hr/zqpay",
        ];
        var (shown, staff) = (0, 0);
        foreach (var day in new[] { "", "on=2026-02-01", "for=2026-02-01" })
        {
            foreach (var address in addresses)
            {
                var asked = $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{day}";
                var (_, body) = await GetAsync(asked + "&as=public");

                // What was asked for stands in the page that answers it.
                foreach (var said in new[] { "hr/zqpay", "zqpay", "zqpa", "zkpay", "zqtag", "zqgas", "ZQ-1" }.Where(said => asked.Contains(said, StringComparison.Ordinal)))
                {
                    body = body.Replace(said, "", StringComparison.Ordinal).Replace(said.Replace('-', ' '), "", StringComparison.Ordinal);
                }

                Assert.True(!body.Contains("zq", StringComparison.OrdinalIgnoreCase), $"{asked}: {Around(body)}");
                shown += body.Contains("fee", StringComparison.Ordinal) ? 1 : 0;
                staff += (await GetAsync(asked)).Body.Contains("Zq", StringComparison.Ordinal) ? 1 : 0;
            }
        }

        Assert.True(shown > 30 && staff > 60, $"{shown} {staff}");
    }

    [Fact]
    public async Task Document_AsThePublicSeesIt_StandsUnderABarWithAWayBackThatEveryLinkKeeps()
    {
        var staff = await site.GetPageAsync("/docs/rules/fees");
        var see = staff.QuerySelectorAll<IHtmlAnchorElement>("a").Single(link => link.TextContent == "As the public will see it").GetAttribute("href");
        Assert.Equal("/docs/rules/fees?as=public", see);
        Assert.Contains("Zqdo", staff.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(staff.QuerySelector(".bar-public"));

        var page = await site.GetPageAsync("/docs/rules/fees?as=public&on=2026-03-02");

        Assert.Equal("As the public will see it", page.QuerySelector(".bar-public strong")!.TextContent);
        Assert.Equal("/docs/rules/fees?on=2026-03-02", page.QuerySelector(".bar-public a")!.GetAttribute("href"));
        Assert.Equal("/docs/rules/fees?as=public", page.QuerySelector(".asof-ways .primary")!.GetAttribute("href"));
        Assert.Equal("/docs/desks/clerk?as=public&on=2026-03-02", page.QuerySelector(".content a[href*=clerk]")!.GetAttribute("href"));
        Assert.Equal("/files/files/map.png?as=public&on=2026-03-02", page.QuerySelector(".content img")!.GetAttribute("src"));
        Assert.Equal(["public", "2026-03-02"], page.QuerySelectorAll("form[role=search] input[type=hidden]").Where(field => field.GetAttribute("name") is "as" or "on").Select(field => field.GetAttribute("value")!).Order().Reverse());
        Assert.Equal("/docs/rules/fees", (await site.GetPageAsync("/docs/rules/fees?as=public")).QuerySelector(".bar-public a")!.GetAttribute("href"));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/files/files/map.png?as=public")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/files/files/other.png?as=public")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/docs/hr/zqpay?as=public")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/history/rules/fees?as=public")).Status);
    }

    [Theory]
    [InlineData("as=staff", HttpStatusCode.BadRequest)]
    [InlineData("as=public&as=x", HttpStatusCode.BadRequest)]
    [InlineData("as=", HttpStatusCode.OK)]
    public async Task Document_AnotherWayOfReading_IsRefusedWithAWord(string way, HttpStatusCode status)
    {
        var (found, body) = await GetAsync("/docs/rules/fees?" + way);

        Assert.Equal(status, found);
        Assert.Contains(status == HttpStatusCode.OK ? "Zqdo" : "“as” takes one value", WebUtility.HtmlDecode(body), StringComparison.Ordinal);
    }

    /// <summary>An open page learns of a newer text, and of nothing else.</summary>
    [Fact]
    public async Task OpenPage_AsThePublicSeesIt_IsToldOfNewerPublicTextAlone()
    {
        var held = (await site.GetPageAsync("/docs/rules/fees?as=public")).QuerySelector(".content")!.GetAttribute("data-held")!;

        Assert.Contains("\"changed\":[]", (await GetAsync($"/api/open?as=public&held={Uri.EscapeDataString(held)}")).Body, StringComparison.Ordinal);
        var body = (await GetAsync("/api/open?as=public&held=rules/fees+000000000000&held=hr/zqpay+000000000000")).Body;
        Assert.Contains("/docs/rules/fees", body, StringComparison.Ordinal);
        Assert.DoesNotContain("/docs/hr", body, StringComparison.Ordinal);
    }

    private static string Around(string body)
    {
        var at = body.IndexOf("zq", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? "" : body[Math.Max(0, at - 200)..Math.Min(body.Length, at + 100)];
    }

    private async Task<(HttpStatusCode Status, string Body)> GetAsync(string address)
    {
        using var response = await site.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) + response.Headers.Location);
    }
}
