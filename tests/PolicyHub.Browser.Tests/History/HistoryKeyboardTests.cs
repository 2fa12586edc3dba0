using Microsoft.Playwright;

namespace PolicyHub.Browser.Tests.History;

/// <summary>An auditor's way with the keyboard alone: what it said on a day, what is different today, and in which details.</summary>
public sealed class HistoryKeyboardTests(StarterSite starter)
{
    [Fact]
    public Task Keys_FromADayToWhatIsDifferentToday() => starter.VisitAsync(async visitor =>
    {
        var page = visitor.Page;
        await visitor.OpenAsync("/history/policies/utility-billing/late-fees");
        await TabToAsync(page, "input[name=on]");
        await page.Keyboard.TypeAsync("03012026");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".history-answer strong")).ToHaveTextAsync("On 1 Mar 2026 version 5 was in effect, 9 Feb 2026 to 9 Mar 2026.", new() { UseInnerText = true });

        await TabToAsync(page, ".history-answer a[href^='/compare/']");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".side-from h2")).ToContainTextAsync("Version 5");
        await Assertions.Expect(page.Locator(".content ins.diff").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".content del.diff").First).ToBeVisibleAsync();

        await TabToAsync(page, ".tabs a:last-child");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".detail-changes")).ToContainTextAsync("In effect from");
    });

    /// <summary>The text of a page, and what is copied from it, is the document's own; what is said of a mark is not in it.</summary>
    [Fact]
    public Task Compared_WordsForScreenReaders_AreSaidAndNotCopied() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/compare/policies/utility-billing/late-fees");
        var mark = visitor.Page.Locator(".content ins.diff[data-said]").First;

        Assert.DoesNotContain("added:", await visitor.Page.Locator(".content").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("\"added: \"", await mark.EvaluateAsync<string>("element => getComputedStyle(element, '::before').content"));
    });

    /// <summary>Presses Tab until the focus is there; date fields have stops of their own, so it takes as many as it takes.</summary>
    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var press = 0; press < 200; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                return;
            }
        }

        Assert.Fail($"Tab does not come to {selector}.");
    }
}
