using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.Find;

/// <summary>What is on the clipboard after copying: text, document, version, since when, and where.</summary>
public sealed class CopyTests(StarterSite starter)
{
    private const string Path = "/docs/policies/utility-billing/late-fees";

    private const string Cited = "Late fees and waivers (UB-014), version 7, in effect since 1 Oct 2026\n";

    [Fact]
    public Task AltC_InTheResults_CopiesTheSectionReadBeside() => VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/search?q=waivers+for+customers+65+and+over");
        await Expect(visitor.Page.Locator(".pane .here")).ToContainTextAsync("Waivers for customers 65 and over");

        await visitor.Page.Keyboard.PressAsync("Alt+c");

        await Expect(visitor.Toast).ToContainTextAsync("Waivers for customers 65 and over");
        var copied = await ClipboardAsync(visitor);
        Assert.StartsWith("Waivers for customers 65 and over\nWaive one late fee in any 12 months", copied, StringComparison.Ordinal);
        Assert.Contains("\nNever\nNever ask a customer of 65 or over why the bill was late.\n\n" + Cited, copied, StringComparison.Ordinal);
        Assert.EndsWith(Path + "#waivers-for-customers-65-and-over\n", copied, StringComparison.Ordinal);
        Assert.DoesNotContain("First waiver", copied, StringComparison.Ordinal);
        Assert.DoesNotContain("?q=", copied, StringComparison.Ordinal);
    });

    [Fact]
    public Task Copy_AnAnswerOfTheResults_TakesTheConditionBeforeTheYes() => VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/search?q=can+we+waive+a+first+late+fee");

        await visitor.Page.Locator("[data-answer] [data-copy]").First.ClickAsync();

        await Expect(visitor.Toast).ToContainTextAsync("Can we waive a first late fee?");
        var copied = await ClipboardAsync(visitor);
        Assert.StartsWith("Can we waive a first late fee?\nOnly if No late fee was waived", copied, StringComparison.Ordinal);
        Assert.True(copied.IndexOf("Only if", StringComparison.Ordinal) < copied.IndexOf("Yes. Waive one", StringComparison.Ordinal));
        Assert.Contains("\n\n" + Cited, copied, StringComparison.Ordinal);
        Assert.DoesNotContain("Utility Billing ext.", copied, StringComparison.Ordinal);
        Assert.DoesNotContain("Copy", copied, StringComparison.Ordinal);
    });

    [Fact]
    public Task Copy_AtAHeadingOfADocument_TakesThatSectionWithItsTable() => VisitAsync(async visitor =>
    {
        await visitor.OpenAsync(Path + "?q=late");

        await visitor.Page.Locator("#how-the-late-fee-is-worked-out [data-copy]").ClickAsync();

        var copied = await ClipboardAsync(visitor);
        Assert.StartsWith("How the late fee is worked out\nA bill is due 21 days", copied, StringComparison.Ordinal);
        Assert.Contains("\nPast due | 5% of it | Late fee\n$60 | $3.00 | $5.00\n", copied, StringComparison.Ordinal);
        Assert.EndsWith(Path + "#how-the-late-fee-is-worked-out\n", copied, StringComparison.Ordinal);
    });

    [Fact]
    public Task AltC_OnADocument_CopiesWhatIsBeingRead() => VisitAsync(async visitor =>
    {
        await visitor.OpenAsync(Path);
        await visitor.Page.Keyboard.PressAsync("Alt+c");
        await Expect(visitor.Toast).Not.ToHaveTextAsync("");
        Assert.StartsWith("Can we waive a late fee for a customer who is 65 or over?\nOnly if", await ClipboardAsync(visitor), StringComparison.Ordinal);

        await visitor.OpenAsync(Path + "?q=late#if-not-say");
        await Expect(visitor.Page.Locator("#if-not-say")).ToBeInViewportAsync();
        await visitor.Page.Keyboard.PressAsync("Alt+c");
        await Expect(visitor.Toast).ToContainTextAsync("If not, say");
        Assert.StartsWith("If not, say\n", await ClipboardAsync(visitor), StringComparison.Ordinal);
    });

    [Fact]
    public Task AltC_WithASelection_CopiesThatWithItsCitation() => VisitAsync(async visitor =>
    {
        await visitor.OpenAsync(Path);
        await visitor.Page.EvaluateAsync("() => getSelection().selectAllChildren(document.querySelector('#first-waiver-for-everyone-else ~ p'))");

        await visitor.Page.Keyboard.PressAsync("Alt+c");

        await Expect(visitor.Toast).Not.ToHaveTextAsync("");
        var copied = await ClipboardAsync(visitor);
        Assert.StartsWith("Waive one late fee, up to $25", copied, StringComparison.Ordinal);
        Assert.EndsWith(Cited + new Uri(visitor.Page.Url).GetLeftPart(UriPartial.Authority) + Path + "#first-waiver-for-everyone-else\n", copied, StringComparison.Ordinal);
    });

    [Fact]
    public Task AltC_InTheList_CopiesTheChosenSectionWhole() => VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/");
        await visitor.Page.Keyboard.TypeAsync("sewer backup claim");
        await Expect(visitor.Options.Last).ToHaveAttributeAsync("data-url", "/search?q=sewer%20backup%20claim");
        var chosen = visitor.Page.Locator("[role=option]:not(.option-answer)[data-read]").First;
        while (await chosen.GetAttributeAsync("aria-selected") != "true")
        {
            await visitor.Page.Keyboard.PressAsync("ArrowDown");
        }

        var cited = await chosen.GetAttributeAsync("data-cite");
        var link = await chosen.GetAttributeAsync("data-link");

        await visitor.Page.Keyboard.PressAsync("Alt+c");

        await Expect(visitor.Toast).Not.ToHaveTextAsync("");
        var copied = await ClipboardAsync(visitor);
        Assert.Contains($"\n\n{cited}\nhttp", copied, StringComparison.Ordinal);
        Assert.Contains(link!, copied, StringComparison.Ordinal);
        Assert.DoesNotContain("…", copied, StringComparison.Ordinal);
        Assert.Equal("sewer backup claim", await visitor.Box.InputValueAsync());
    });

    [Fact]
    public Task Copy_WhereTheBrowserHasNoClipboard_CopiesASelectionInstead() => VisitAsync(async visitor =>
    {
        await visitor.Page.AddInitScriptAsync("window.kept = ''; navigator.clipboard.writeText = () => Promise.reject(new Error('no')); document.addEventListener('copy', () => { window.kept = document.activeElement.value; });");
        await visitor.OpenAsync(Path);

        await visitor.Page.Locator(".answer [data-copy]").First.ClickAsync();

        await Expect(visitor.Toast).ToContainTextAsync("Copied");
        Assert.Contains(Cited, await visitor.Page.EvaluateAsync<string>("() => window.kept"), StringComparison.Ordinal);
    });

    private static Task<string> ClipboardAsync(Visitor visitor) => visitor.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");

    private Task VisitAsync(Func<Visitor, Task> act) => starter.VisitAsync(act, options => options.Permissions = ["clipboard-read", "clipboard-write"]);
}
