using PolicyHub.Testing;
using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.History;

/// <summary>An auditor at a keyboard: a date, a file, and a shell that proves it.</summary>
public sealed class EvidenceTests(StarterSite starter)
{
    [Fact]
    public Task Evidence_ByKeyboardAlone_IsSavedAndProvedInAShell() => starter.VisitAsync(async visitor =>
    {
        using var folder = new TemporaryFolder();
        await visitor.OpenAsync("/evidence/policies/utility-billing/late-fees");
        var date = visitor.Page.GetByLabel("As it stood on");
        for (var presses = 0; presses < 40 && !await date.EvaluateAsync<bool>("element => element === document.activeElement"); presses++)
        {
            await visitor.Page.Keyboard.PressAsync("Tab");
        }

        await Expect(date).ToBeFocusedAsync();
        await visitor.Page.Keyboard.TypeAsync("10152026");
        await Expect(date).ToHaveValueAsync("2026-10-15");
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.Keyboard.PressAsync("Enter"));

        Assert.Equal("evidence-late-fees-version-7-on-2026-10-15.zip", download.SuggestedFilename);
        await download.SaveAsAsync(folder["pack.zip"]);
        using var shell = new TemporaryFolder();
        Assert.Equal(
            "sums: all right\nobjects: all right\nproved: documents/policies/utility-billing/late-fees.md\ntexts: all right\npublished line: all right\n",
            VerifyShell.Run(folder["pack.zip"], Path.Combine(starter.Site.Data, "library.git"), shell));
        await LookAtAsync(shell["pack/documents/policies/utility-billing/late-fees.md.html"]);
    });

    /// <summary>The page in the pack, opened from disk: styled, although it may load nothing, and of a few sheets.</summary>
    private async Task LookAtAsync(string file)
    {
        await using var context = await starter.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 400, Height = 800 } });
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.Request += (_, request) => complaints.AddRange(request.Url.StartsWith("file:", StringComparison.Ordinal) ? [] : [request.Url]);
        await page.GotoAsync("file://" + file);

        await Expect(page.Locator("h1")).ToHaveTextAsync("Late fees and waivers");
        Assert.Equal("700", await page.Locator(".callout-label").First.EvaluateAsync<string>("element => getComputedStyle(element).fontWeight"));
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "It is wider than a phone.");
        Assert.Equal([], complaints);
        Assert.NotEmpty(await page.PdfAsync(new() { Format = "A4" }));
        Assert.Equal([], await Pages.Axe.FindAsync(page));
    }
}
