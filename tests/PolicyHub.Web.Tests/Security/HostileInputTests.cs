using System.Globalization;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Security;

/// <summary>Whatever is asked, no page fails, and nothing asked comes back as anything but text; what a browser would build of it is the judge.</summary>
public sealed class HostileInputTests(SampleSite sample)
{
    private static readonly string[] Pieces =
    [
        "late", "fee", " ", "  ", "\"", "'", "<", ">", "&", "&lt;", "<x-evil onload=alert(1)>", "</title><x-evil>", "\"><x-evil onclick=\"alert(1)", "' onfocus='alert(1)",
        "</script><x-evil>", "javascript:alert(1)", "{{7*7}}", "${7*7}", "%00", "\0", "\u0001", "\u001b", "\r\n", "\n\n", "\t", "\u202E", "\u2066", "\u200B", "\uFEFF", "😀", "👩‍👩‍👧",
        "א", "שלום", "مرحبا", "日本語", "ﬁ", "İ", "ß", "e\u0301", "\u0301", "../", "..\\", "/", "?", "#", "*", "(", ")", "[", "]", "^", "~", "-", "+", ":", ";", "|", "OR", "AND", "NEAR",
        "title:", "-late", "\"late fee\"", "UB-014", "0", "-1", "9999999999999999999999", "NaN", "%", "%25", "%2e%2e", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ];

    private static readonly string[] Places =
    [
        "/search?q={0}", "/search?q={0}&part=results", "/search?q=late&read={0}", "/search?q=late&kind={0}", "/search?q=late&tag={0}", "/search?q=late&audience={0}&exactly=1",
        "/search/section?q={0}&read={0}", "/api/search?q={0}", "/api/search?q=late&limit={0}", "/api/search?q=late&kind={0}&tag={0}&audience={0}",
        "/docs/policies/late-fees?q={0}", "/docs/process?view={0}", "/docs/{0}", "/docs/policies/{0}", "/files/{0}", "/files/forms/{0}.svg", "/id/{0}", "/kind/{0}", "/tag/{0}",
        "/audience/{0}", "/area/{0}", "/problems?code={0}", "/{0}", "/theme/theme.css?theme={0}", "/theme/logo?theme={0}&v={0}",
    ];

    [Theory]
    [InlineData("/search?q={0}")]
    [InlineData("/search?q={0}&part=results")]
    [InlineData("/docs/policies/late-fees?q={0}")]
    [InlineData("/api/search?q={0}")]
    public async Task Get_QuestionOfTenThousandLetters_IsRefusedWithWords(string place)
    {
        foreach (var question in new[] { new string('a', 10_000), string.Concat(Enumerable.Repeat("late fee ", 800)), new string('a', 301) })
        {
            using var answer = await sample.Site.Client.GetAsync(string.Format(CultureInfo.InvariantCulture, place, Uri.EscapeDataString(question)));

            Assert.InRange((int)answer.StatusCode, 400, 431);
        }
    }

    [Theory]
    [InlineData("late\0fee")]
    [InlineData("\u0001\u0002\u001b[31m")]
    [InlineData("😀👩‍👩‍👧 late fee")]
    [InlineData("\u202Eeef etal\u202C")]
    [InlineData("رسوم التأخير late fee")]
    [InlineData("<b>late</b> \"fee\" & 'more'")]
    public async Task Get_OddQuestion_ComesBackInTheBoxAsItWasAsked(string question)
    {
        var page = await sample.Site.GetPageAsync("/search?q=" + Uri.EscapeDataString(question));

        AssertHarmless(page, question);
        Assert.Equal(question.Replace('\0', '\uFFFD'), page.QuerySelector("#q")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Get_AnythingAnywhere_NeverFailsAndIsNeverMarkup()
    {
        var random = new Random(Number("POLICYHUB_TESTS_SEED", 20261123));
        var count = Environment.GetEnvironmentVariable("POLICYHUB_TESTS_LONG") == "1" ? 20_000 : 1_000;
        for (var at = 0; at < count; at++)
        {
            var text = Draw(random);
            var address = string.Format(CultureInfo.InvariantCulture, Places[random.Next(Places.Length)], Uri.EscapeDataString(text));
            using var answer = await sample.Site.Client.GetAsync(address);

            Assert.True((int)answer.StatusCode < 500, $"{(int)answer.StatusCode} for {address}");
            switch (answer.Content.Headers.ContentType?.MediaType)
            {
                case "text/html":
                    AssertHarmless(await RunningSite.ParseAsync(answer), address);
                    break;
                case "application/json" or "application/problem+json":
                    using (JsonDocument.Parse(await answer.Content.ReadAsStringAsync()))
                    {
                        break;
                    }
            }
        }
    }

    private static string Draw(Random random)
    {
        var text = new StringBuilder();
        for (var left = random.Next(1, 8); left > 0; left--)
        {
            if (random.Next(6) == 0)
            {
                // Any character at all, except halves of pairs, which no address can carry.
                var any = (char)random.Next(0x10000);
                text.Append(char.IsSurrogate(any) ? '\uFFFD' : any);
            }
            else
            {
                text.Append(Pieces[random.Next(Pieces.Length)]);
            }
        }

        return text.ToString();
    }

    private static void AssertHarmless(IDocument page, string asked)
    {
        Assert.True(page.QuerySelector("x-evil") is null, "Became an element: " + asked);
        Assert.True(page.QuerySelector("script:not([src]), style, iframe, object, embed, base, [style], [href^='javascript:' i], [src^='javascript:' i]") is null, "Active content: " + asked);
        Assert.True(!page.All.Any(element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase))), "A handler: " + asked);
        Assert.True(page.QuerySelectorAll("a[href]").All(IsOurs), "A link out of the site: " + asked);
    }

    private static bool IsOurs(IElement link)
    {
        var address = link.GetAttribute("href")!;
        return address.StartsWith('#') || address.StartsWith("tel:", StringComparison.Ordinal) || address.StartsWith("https://ledger.riverton.example/", StringComparison.Ordinal)
            || (address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal) && !address.StartsWith("/\\", StringComparison.Ordinal));
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
