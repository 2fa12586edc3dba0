using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.Find;

/// <summary>The keys of a call: copy, report, begin anew, close and bring back; as they come, as a person has them, and turned off.</summary>
public sealed class KeysTests(StarterSite starter)
{
    private const string Policy = "/docs/policies/utility-billing/late-fees";

    [Fact]
    public Task AltN_OnTheSearchPage_ClearsBoxAndFiltersAndBackBringsThemBack() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/search?q=late+fee&kind=policy");
        await visitor.Page.Locator(".pane-title a").FocusAsync();

        await visitor.Page.Keyboard.PressAsync("Alt+n");

        await Expect(visitor.Box).ToBeFocusedAsync();
        await Expect(visitor.Box).ToHaveValueAsync("");
        await Expect(visitor.Page.Locator(".hit")).ToHaveCountAsync(0);
        await visitor.Page.Keyboard.TypeAsync("refund");
        await visitor.Page.ArriveAsync("**/search?q=refund");
        await Expect(visitor.Page.Locator(".kinds [aria-current=true]")).ToContainTextAsync("All");

        await visitor.Page.GoBackAsync();
        await visitor.Page.ArriveAsync("**/search?q=late+fee&kind=policy");
        await Expect(visitor.Box).ToHaveValueAsync("late fee");
        await Expect(visitor.Page.Locator(".hit").First).ToBeVisibleAsync();
    });

    [Fact]
    public Task AltN_OnADocument_ClearsBoxAndMarksWithoutLosingAKey() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync(Policy + "?q=late+fee");
        await Expect(visitor.Page.Locator(".content mark").First).ToBeAttachedAsync();

        await visitor.Page.Keyboard.PressAsync("Alt+n");
        await visitor.Page.Keyboard.TypeAsync("dog");

        await Expect(visitor.Box).ToHaveValueAsync("dog");
        await Expect(visitor.Page.Locator(".content mark")).ToHaveCountAsync(0);
        await Expect(visitor.Options.First).ToBeVisibleAsync();
    });

    [Fact]
    public Task NewCall_AsALink_DoesTheSameAndIsTheHomePageWithoutScript() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/search?q=late+fee");
        var link = visitor.Page.Locator("[data-new-call]");
        await Expect(link).ToHaveAttributeAsync("href", "/");

        await link.ClickAsync();

        await Expect(visitor.Box).ToBeFocusedAsync();
        await Expect(visitor.Box).ToHaveValueAsync("");
        Assert.EndsWith("/search", visitor.Page.Url, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("/")]
    [InlineData("/search?q=late+fee")]
    public Task Escape_InTheBox_ClearsItAndEscapeAgainBringsItBack(string address) => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync(address);
        await visitor.Box.FillAsync("water bill");
        if (address == "/")
        {
            await Expect(visitor.Options.Last).ToHaveAttributeAsync("data-url", "/search?q=water%20bill");
            await visitor.Page.Keyboard.PressAsync("Escape");
            await Expect(visitor.Options.First).ToBeHiddenAsync();
        }

        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(visitor.Box).ToHaveValueAsync("");
        await visitor.Page.Keyboard.PressAsync("Escape");

        await Expect(visitor.Box).ToHaveValueAsync("water bill");
        await Expect(visitor.Page.Locator("[role=option], .hit").First).ToBeVisibleAsync();
    });

    [Fact]
    public Task Escape_OnADocument_ClearsTheMarksAndEscapeAgainBringsThemBack() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync(Policy + "?q=late+fee");
        var marks = await visitor.Page.Locator(".content mark").CountAsync();
        Assert.True(marks > 3);

        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(visitor.Page.Locator(".content mark")).ToHaveCountAsync(0);
        await Expect(visitor.Toast).ToContainTextAsync("Esc");
        await Expect(visitor.Page.Locator("[data-marking]")).ToBeHiddenAsync();
        Assert.DoesNotContain("q=", visitor.Page.Url, StringComparison.Ordinal);

        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(visitor.Page.Locator(".content mark")).ToHaveCountAsync(marks);
        Assert.EndsWith("?q=late+fee", visitor.Page.Url, StringComparison.Ordinal);
    });

    [Fact]
    public Task QuestionMark_OutsideOfFields_IsTheHelp() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/browse");

        await visitor.Page.Keyboard.PressAsync("?");

        await visitor.Page.ArriveAsync("**/keys");
        await Expect(visitor.Page.Locator("#key-copy")).ToHaveValueAsync("Alt+C");
    });

    [Fact]
    public Task Remap_OneKey_HoldsOnEveryPageAndFreesTheOldOne() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/keys");
        await visitor.Page.Locator("#key-new").SelectOptionAsync("Alt+X");
        await visitor.Page.Locator("#key-search").SelectOptionAsync("off");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(visitor.Page.Locator(".said")).ToBeVisibleAsync();

        await visitor.OpenAsync(Policy);
        await Expect(visitor.Page.Locator("[data-new-call]")).ToContainTextAsync("Alt+X");
        await visitor.Page.Keyboard.PressAsync("Alt+n");
        await visitor.Page.Keyboard.PressAsync("/");
        await Expect(visitor.Box).Not.ToBeFocusedAsync();

        await visitor.Page.Keyboard.PressAsync("Alt+x");
        await Expect(visitor.Box).ToBeFocusedAsync();
    });

    [Fact]
    public Task Remap_TwoToOneKey_IsRefusedAndExplained() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/keys");
        await visitor.Page.Locator("#key-new").SelectOptionAsync("Alt+C");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Alt+C");
        await Expect(visitor.Page.Locator("#key-new")).ToHaveAttributeAsync("aria-invalid", "true");
        await visitor.OpenAsync("/browse");
        await Expect(visitor.Page.Locator("[data-new-call]")).ToContainTextAsync("Alt+N");
    });

    [Fact]
    public Task TurnOff_AllKeys_LeavesThePageToTheBrowserAndCarriesNoAccessKey() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/keys");
        await visitor.Page.Locator("[name=on]").UncheckAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await visitor.OpenAsync(Policy);

        foreach (var key in new[] { "/", "Alt+n", "Alt+e", "Alt+c", "Control+k", "?" })
        {
            await visitor.Page.Keyboard.PressAsync(key);
        }

        Assert.EndsWith(Policy, visitor.Page.Url, StringComparison.Ordinal);
        await Expect(visitor.Box).Not.ToBeFocusedAsync();
        await Expect(visitor.Toast).ToHaveTextAsync("");
        await Expect(visitor.Page.Locator("[accesskey]")).ToHaveCountAsync(0);
        await Expect(visitor.Page.Locator(".top kbd, [aria-keyshortcuts]")).ToHaveCountAsync(0);
    });

    [Fact]
    public Task Keys_WithoutScript_AreChosenByAForm() => starter.VisitAsync(
        async visitor =>
        {
            await visitor.OpenAsync("/keys");
            await visitor.Page.Locator("#key-emergency").SelectOptionAsync("Alt+Q");
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

            await Expect(visitor.Page.Locator("[data-emergency]")).ToHaveAttributeAsync("accesskey", "q");
        },
        options => options.JavaScriptEnabled = false);

    [Fact]
    public Task AltG_WithWordsInTheBox_ReportsThemOnceAndSaysSo() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/search?q=zebra+crossing+musician+permit");
        await visitor.Box.FocusAsync();

        await visitor.Page.Keyboard.PressAsync("Alt+g");

        await Expect(visitor.Toast).ToContainTextAsync("zebra crossing musician permit");
        await visitor.OpenAsync("/search/gaps");
        await Expect(visitor.Page.Locator(".gaps tbody th", new() { HasText = "zebra crossing musician permit" })).ToHaveCountAsync(1);
    });

    [Fact]
    public Task AltG_WithNothingSearched_AsksForWordsInTheBox() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/browse");

        await visitor.Page.Keyboard.PressAsync("Alt+g");

        await Expect(visitor.Box).ToBeFocusedAsync();
        await Expect(visitor.Toast).Not.ToHaveTextAsync("");
    });

    [Fact]
    public Task Report_Offline_SaysThatItDidNotGetThrough() => starter.VisitAsync(async visitor =>
    {
        visitor.Forgive("ERR_INTERNET_DISCONNECTED");
        await visitor.OpenAsync("/search?q=wvfgtbkdl");
        await visitor.Context.SetOfflineAsync(true);

        await visitor.Page.Locator(".nothing [data-gap]").ClickAsync();

        await Expect(visitor.Toast).ToContainTextAsync("did not get through");
        await visitor.Context.SetOfflineAsync(false);
    });
}
