using System.Web;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.Find;

/// <summary>The box as a person types into it, mid-call, over a network that is slow in no order.</summary>
public sealed class TypingTests(StarterSite starter)
{
    private const string Question = "late fee waiver";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public Task Type_WithAnswersLateAndOutOfOrder_ShowsTheNewestAlone(int seed) => starter.VisitAsync(async visitor =>
    {
        var delays = new Random(seed);
        var asked = new List<string>();
        await visitor.Page.RouteAsync("**/api/search?**", async route =>
        {
            int delay;
            lock (delays)
            {
                delay = delays.Next(0, 120);
                asked.Add(HttpUtility.ParseQueryString(new Uri(route.Request.Url).Query)["q"]!);
            }

            await Task.Delay(delay);
            await ContinueAsync(route);
        });
        await visitor.OpenAsync("/");
        // Every list drawn is kept with what stood in the box at that moment.
        await visitor.Page.EvaluateAsync("""
            () => {
              const list = document.querySelector("[role=listbox]"), box = document.querySelector("[data-search] input[name=q]");
              window.drawn = [];
              new MutationObserver(() => {
                const all = list.querySelector("[role=option]:last-of-type")?.dataset.url;
                if (all) { window.drawn.push([box.value.trim(), new URL(all, location.href).searchParams.get("q")]); }
              }).observe(list, { childList: true });
            }
            """);

        await visitor.Box.PressSequentiallyAsync(Question, new() { Delay = 25 });
        await Expect(visitor.Options.Last).ToHaveAttributeAsync("data-url", "/search?q=" + Uri.EscapeDataString(Question));

        Assert.Equal(Question, await visitor.Box.InputValueAsync());
        var drawn = await visitor.Page.EvaluateAsync<string[][]>("() => window.drawn");
        Assert.NotEmpty(drawn);
        Assert.All(drawn, pair => Assert.Equal(pair[0], pair[1]));
        Assert.Equal(Question, asked[^1]);
        Assert.True(asked.Count > 5, "As one types: a question a key, not one at the end.");
    });

    [Fact]
    public Task ArrowsAndEnter_OnAResult_OpenItsSectionWithTheWordsMarked() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/");
        await Expect(visitor.Box).ToBeFocusedAsync();
        await visitor.Page.Keyboard.TypeAsync("sewer backup claim");
        await Expect(visitor.Options.First).ToBeVisibleAsync();
        await Expect(visitor.Options.Last).ToHaveAttributeAsync("data-url", "/search?q=sewer%20backup%20claim");
        var wanted = await visitor.Options.EvaluateAllAsync<int>("options => options.findIndex(option => option.dataset.url.includes('#'))");
        Assert.True(wanted >= 0, "No result leads to a section.");
        for (var at = 0; at <= wanted; at++)
        {
            await visitor.Page.Keyboard.PressAsync("ArrowDown");
        }

        var chosen = visitor.Page.Locator("[role=option][aria-selected=true]");
        await Expect(chosen).ToHaveCountAsync(1);
        await Expect(visitor.Box).ToHaveAttributeAsync("aria-activedescendant", (await chosen.GetAttributeAsync("id"))!);
        var address = await chosen.GetAttributeAsync("data-url");

        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.ArriveAsync("**" + address);

        var section = visitor.Page.Locator(":target");
        await Expect(section).ToBeInViewportAsync();
        await Expect(visitor.Page.Locator(".content mark").First).ToBeAttachedAsync();
        Assert.True(await visitor.Page.EvaluateAsync<bool>("() => scrollY > 0"), "The section found stands at the top.");
        Assert.True((await section.BoundingBoxAsync())!.Y >= (await visitor.Page.Locator(".top").BoundingBoxAsync())!.Height, "The heading is not under the bar.");

        // Esc clears the marks in place, and the address with them.
        await visitor.Page.Locator("#main").FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(visitor.Page.Locator(".content mark")).ToHaveCountAsync(0);
        Assert.DoesNotContain("q=", visitor.Page.Url, StringComparison.Ordinal);
    });

    [Fact]
    public Task Arrows_RoundTheList_GoFromLastToFirstAndBack() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/browse");
        await visitor.Page.Keyboard.PressAsync("/");
        await visitor.Page.Keyboard.TypeAsync("refund");
        await Expect(visitor.Options.Last).ToHaveAttributeAsync("data-url", "/search?q=refund");

        await visitor.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(visitor.Options.Last).ToHaveAttributeAsync("aria-selected", "true");
        await visitor.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(visitor.Options.First).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(visitor.Page.Locator("[aria-selected=true]")).ToHaveCountAsync(1);
    });

    [Fact]
    public Task Escape_ClosesTheListThenClearsTheBox() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/");
        await visitor.Box.PressSequentiallyAsync("refund");
        await Expect(visitor.Options.First).ToBeVisibleAsync();

        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(visitor.Box).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(visitor.Box).ToHaveValueAsync("refund");

        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(visitor.Box).ToHaveValueAsync("");
    });

    [Theory]
    [InlineData("/")]
    [InlineData("Control+k")]
    public Task Key_FromAnywhere_ComesToTheBox(string key) => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/docs/policies/utility-billing/late-fees");
        await Expect(visitor.Box).Not.ToBeFocusedAsync();

        await visitor.Page.Keyboard.PressAsync(key);

        await Expect(visitor.Box).ToBeFocusedAsync();
        await Expect(visitor.Box).ToHaveValueAsync("");
    });

    [Theory]
    [InlineData("/")]
    [InlineData("/search?q=late")]
    [InlineData("/docs/policies/utility-billing/late-fees")]
    public Task AltE_FromAnywhereEvenWhileTyping_IsTheEmergencyPage(string address) => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync(address);
        await visitor.Box.FocusAsync();

        await visitor.Page.Keyboard.PressAsync("Alt+e");

        await visitor.Page.ArriveAsync("**/docs/emergency");
    });

    [Fact]
    public Task PlainLetters_InTheBox_AreNeverCommands() => starter.VisitAsync(async visitor =>
    {
        const string Everything = "k/e?gcn k/ EKGCN 24/7";
        await visitor.OpenAsync("/");
        var here = visitor.Page.Url;

        await visitor.Page.Keyboard.TypeAsync(Everything);

        await Expect(visitor.Box).ToHaveValueAsync(Everything);
        await Expect(visitor.Box).ToBeFocusedAsync();
        Assert.Equal(here, visitor.Page.Url);
    });

    [Fact]
    public Task Type_Offline_KeepsTheLastListAndSaysSo() => starter.VisitAsync(async visitor =>
    {
        visitor.Forgive("ERR_INTERNET_DISCONNECTED");
        await visitor.OpenAsync("/");
        await visitor.Box.PressSequentiallyAsync("refund");
        await Expect(visitor.Options.Last).ToHaveAttributeAsync("data-url", "/search?q=refund");
        var first = await visitor.Options.First.InnerTextAsync();

        await visitor.Context.SetOfflineAsync(true);
        await visitor.Box.PressSequentiallyAsync("s for");

        await Expect(visitor.Page.Locator(".search-note")).ToBeVisibleAsync();
        await Expect(visitor.Live).ToHaveTextAsync(await visitor.Page.Locator(".search-note").InnerTextAsync());
        Assert.Equal(first, await visitor.Options.First.InnerTextAsync());

        await visitor.Context.SetOfflineAsync(false);
        await visitor.Box.PressSequentiallyAsync("m");
        await Expect(visitor.Page.Locator(".search-note")).ToHaveCountAsync(0);
    });

    [Fact]
    public Task Box_ForAScreenReader_IsAComboboxThatSaysWhatItFound() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/");
        var box = visitor.Page.GetByRole(AriaRole.Combobox, new() { Name = "Search" });
        await Expect(box).ToBeVisibleAsync();
        await Expect(box).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(visitor.Live).ToHaveAttributeAsync("aria-live", "polite");

        await box.PressSequentiallyAsync("refund");

        await Expect(box).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(visitor.Page.GetByRole(AriaRole.Listbox)).ToHaveAccessibleNameAsync(Like.Pattern(".+"));
        await Expect(visitor.Page.GetByRole(AriaRole.Option).First).ToHaveAccessibleNameAsync(Like.Pattern("[Rr]efund"));
        await Expect(visitor.Live).ToHaveTextAsync(Like.Pattern(@"\d"));

        await box.FillAsync("wvfgtbkdl");
        await Expect(visitor.Live).Not.ToHaveTextAsync(Like.Pattern(@"\d"));
        await Expect(visitor.Live).Not.ToHaveTextAsync("");
    });

    /// <summary>A question that a newer one called off is gone when its turn comes.</summary>
    private static async Task ContinueAsync(IRoute route)
    {
        try
        {
            await route.ContinueAsync();
        }
        catch (PlaywrightException)
        {
            // The page no longer waits for it.
        }
    }
}
