using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PolicyHub.Browser.Tests.Pages;
using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.Propose;

/// <summary>A manager changes a document on its page, and never meets a mark of Markdown.</summary>
public sealed class EditorTests(StarterSite starter, EditorSite shared) : IClassFixture<EditorSite>
{
    private const string Plans = "policies/utility-billing/payment-plans.md";
    private const string WordTable =
        "<html><body><p class=MsoNormal style='mso-x:1'><b>From Word</b></p><table class=MsoTableGrid style='border:1px'><tr><td><p>Fee</p></td><td><p>Cost</p></td></tr><tr><td><p>Late</p></td><td><p>$5</p></td></tr></table></body></html>";

    private static readonly Regex Second = new("Second window\\.", RegexOptions.None, TimeSpan.FromSeconds(1));

    [Fact]
    public Task Paragraph_ClickedAndTyped_IsSavedByItselfAndThereAgain() => EditAsync(async (visitor, edit) =>
    {
        var first = visitor.Page.Locator("[data-editable] > p").First;
        await first.ClickAsync();
        await visitor.Page.Keyboard.PressAsync("End");
        await visitor.Page.Keyboard.TypeAsync(" Typed here.");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Keyboard.TypeAsync("Next, ");
        await visitor.Page.Keyboard.PressAsync("Control+b");
        await visitor.Page.Keyboard.TypeAsync("bold");
        await visitor.Page.Keyboard.PressAsync("Control+b");
        await visitor.Page.Keyboard.TypeAsync(" words");
        await visitor.SavedAsync();

        await visitor.Page.Keyboard.TypeAsync(" and more");
        await visitor.SavedAsync();
        await visitor.OpenAsync(edit);
        await Expect(visitor.Page.Locator("[data-editable]")).ToContainTextAsync("Typed here.");
        await Expect(visitor.Page.Locator("[data-editable] > p", new() { HasText = "Next, bold words and more" }).Locator("strong")).ToHaveTextAsync("bold");
        await Expect(visitor.Page.Locator(".edit-bar")).ToContainTextAsync("Not in effect");
        Assert.Empty(await Axe.FindAsync(visitor.Page));
    });

    [Fact]
    public Task Lists_EnterAndTab_MakeItemsAndMoveThemIn() => EditAsync(async (visitor, edit) =>
    {
        await visitor.CaretAfterAsync("[data-editable] > p");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Keyboard.TypeAsync("- First");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Keyboard.TypeAsync("Second");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.TypeAsync("Below it");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Keyboard.PressAsync("Shift+Tab");
        await visitor.Page.Keyboard.TypeAsync("Third");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Keyboard.TypeAsync("After the list");
        await visitor.SavedAsync();

        Assert.Contains("\n\n- First\n- Second\n  - Below it\n- Third\n\nAfter the list\n", await visitor.SourceAsync(edit), StringComparison.Ordinal);
    });

    [Fact]
    public Task Boxes_Headings_AndSteps_AreMadeByTheBarAboveByKeyboardAlone() => EditAsync(async (visitor, edit) =>
    {
        await visitor.CaretAfterAsync("[data-editable] > p");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Keyboard.TypeAsync("Never promise a date.");
        await visitor.ToolAsync("Never");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Keyboard.TypeAsync("What to do");
        await visitor.ToolAsync("Heading");
        await visitor.Page.Keyboard.PressAsync("End");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Keyboard.TypeAsync("Look");
        await visitor.ToolAsync("Steps");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Keyboard.TypeAsync("Ask");
        await visitor.SavedAsync();

        Assert.Contains("\n\n> [!NEVER]\n> Never promise a date.\n\n## What to do\n\n1. Look\n2. Ask\n", await visitor.SourceAsync(edit), StringComparison.Ordinal);
        await Expect(visitor.Page.Locator(".callout-never", new() { HasText = "Never promise a date." })).ToBeVisibleAsync();
    });

    [Fact]
    public Task Paste_OfAWordTable_IsATableOfThePage() => EditAsync(async (visitor, edit) =>
    {
        await visitor.CaretAfterAsync("[data-editable] > p");
        await visitor.PasteAsync(WordTable);
        var table = visitor.Page.Locator("[data-editable] table", new() { HasText = "Late" }).First;
        await Expect(table).ToBeVisibleAsync();
        await table.Locator("td").Last.ClickAsync();
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.TypeAsync("Returned");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.TypeAsync("$30");
        await visitor.Page.Locator("[data-table-act=column-after]").ClickAsync();
        await visitor.Page.Keyboard.TypeAsync("twice");
        await visitor.SavedAsync();

        Assert.Contains("**From Word**\n\n| Fee | Cost |  |\n| --- | --- | --- |\n| Late | $5 |  |\n| Returned | $30 | twice |\n", await visitor.SourceAsync(edit), StringComparison.Ordinal);
        visitor.AssertQuiet();
    });

    [Fact]
    public Task Link_IsFoundBySearching_AndUndone() => EditAsync(async (visitor, edit) =>
    {
        await visitor.CaretAfterAsync("[data-editable] > p");
        await visitor.Page.Keyboard.TypeAsync(" Compare ");
        await visitor.Page.Keyboard.PressAsync("Control+k");
        await visitor.Page.Keyboard.TypeAsync("late fees and waivers");
        await Expect(visitor.Page.Locator("#link-list [role=option]").First).ToContainTextAsync("Late fees");
        Assert.Empty(await Axe.FindAsync(visitor.Page));
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.SavedAsync();
        Assert.Contains("](late-fees.md", await visitor.SourceAsync(edit), StringComparison.Ordinal);

        await visitor.Page.Keyboard.PressAsync("Control+z");
        await visitor.SavedAsync();
        Assert.DoesNotContain(" Compare [", await visitor.SourceAsync(edit), StringComparison.Ordinal);
    });

    [Fact]
    public Task Connection_LostAndBack_LosesNothing() => EditAsync(async (visitor, edit) =>
    {
        visitor.Forgive("ERR_INTERNET_DISCONNECTED");
        await visitor.CaretAfterAsync("[data-editable] > p");
        await visitor.Context.SetOfflineAsync(true);
        await visitor.Page.Keyboard.TypeAsync(" Typed on a train.");
        await Expect(visitor.Page.Locator("[data-status]")).ToContainTextAsync("kept on this computer");
        await visitor.Page.CloseAsync();
        await visitor.Context.SetOfflineAsync(false);

        var later = await visitor.Context.NewPageAsync();
        await later.GotoAsync(edit);
        await Expect(later.Locator("[data-editable]")).ToContainTextAsync("Typed on a train.");
        await Expect(later.Locator("[data-status]")).ToHaveTextAsync("All is saved");
    });

    [Fact]
    public Task GoingOn_AtOnce_WaitsForTheLastLetterAndForTheNetwork_AndOnceForAMistake() => EditAsync(async (visitor, edit) =>
    {
        visitor.Forgive("ERR_INTERNET_DISCONNECTED");
        visitor.Forgive("422");
        var goOn = visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Go on to the change" });
        await visitor.Page.RouteAsync("**/api/changes/*/block", async route =>
        {
            await Task.Delay(700);
            await route.ContinueAsync();
        });
        await visitor.CaretAfterAsync("[data-editable] > p");
        await visitor.Page.Keyboard.TypeAsync(" The very last words.");
        await goOn.ClickAsync();
        await Expect(visitor.Page.Locator(".change-compared")).ToContainTextAsync("The very last words.");

        await visitor.OpenAsync(edit);
        await visitor.CaretAfterAsync("[data-editable] > p");
        await visitor.Context.SetOfflineAsync(true);
        await visitor.Page.Keyboard.TypeAsync(" And more.");
        await goOn.ClickAsync();
        await Expect(visitor.Page.Locator("[data-status]")).ToContainTextAsync("kept on this computer");
        await visitor.Context.SetOfflineAsync(false);
        await visitor.SavedAsync();
        await visitor.Page.Locator("[data-add='Add an answer']").Last.ClickAsync();
        await visitor.Page.Locator("[name=say]").Last.FillAsync("An answer without a question.");
        await goOn.ClickAsync();
        await Expect(visitor.Page.Locator("[data-status]")).ToContainTextAsync("Look for the red lines.");
        await goOn.ClickAsync();
        await Expect(visitor.Page.Locator(".change-compared")).ToContainTextAsync("The very last words. And more.");
    });

    [Fact]
    public Task TwoWindows_TheSecondIsTold_AndWhatWasTypedIsKept() => EditAsync(async (visitor, edit) =>
    {
        visitor.Forgive("409");
        var other = await visitor.Context.NewPageAsync();
        await other.GotoAsync(edit);
        await visitor.CaretAfterAsync("[data-editable] > p");
        await visitor.Page.Keyboard.TypeAsync(" First window.");
        await visitor.SavedAsync();
        await other.Locator("[data-editable] > p").First.ClickAsync();
        await other.Keyboard.TypeAsync("Second window. ");
        await Expect(other.Locator("[data-trouble]")).ToBeVisibleAsync();
        await other.Locator("[data-trouble] a").ClickAsync();
        await Expect(other.Locator("[data-editable]")).ToContainTextAsync("First window.");
        await Expect(other.Locator("[data-kept] textarea")).ToHaveValueAsync(Second);
        Assert.Empty(await Axe.FindAsync(other));
    });

    [Fact]
    public Task Details_Changed_AreSavedByThemselves() => EditAsync(async (visitor, edit) =>
    {
        await visitor.Page.Locator("#d-title").FillAsync("Payment plans, step by step");
        await visitor.Page.Locator("#d-review").FillAsync("2028-02-01");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Payment plans, step by step");
        await visitor.SavedAsync();
        await visitor.OpenAsync(edit);
        await Expect(visitor.Page.Locator("#d-review")).ToHaveValueAsync("2028-02-01");
    });

    [Fact]
    public Task Section_ChangeThis_BeginsThere_AndAnswersGrow() => EditAsync(async (visitor, edit) =>
    {
        await visitor.OpenAsync("/docs/" + Plans[..^3]);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Change “Limits and who to ask”" }).ClickAsync();
        await visitor.Page.ArriveAsync("**/edit/**section=limits-and-who-to-ask");
        await Expect(visitor.Page.Locator("[data-anchor=limits-and-who-to-ask]")).ToBeInViewportAsync();

        var asks = visitor.Page.Locator("[name=ask]");
        var before = await asks.CountAsync();
        await visitor.Page.Locator("[data-add='Add an answer']").Last.ClickAsync();
        await visitor.Page.Locator("[name=say]").Last.FillAsync("Yes.");
        visitor.Forgive("422"); // An answer without a question is said to lack it, until it has one.
        await asks.Nth(before - 1).FillAsync("May they?");
        await visitor.Page.Locator("#d-title").FocusAsync();
        await Expect(asks).ToHaveCountAsync(before + 1);
        await visitor.SavedAsync();
        await visitor.OpenAsync(edit);
        await Expect(visitor.Page.Locator("[data-details] summary", new() { HasText = "May they?" })).ToBeVisibleAsync();
    });

    [Fact]
    public Task Markdown_Typed_ShowsThePageBesideItAndSaves() => EditAsync(async (visitor, edit) =>
    {
        await visitor.OpenAsync(edit + "?view=markdown");
        await visitor.Page.Locator("[data-markdown]").FillAsync("## New\n\n> [!WARN]\n> Mind this.\n");
        await Expect(visitor.Page.Locator("[data-preview] .callout-warn")).ToContainTextAsync("Mind this.");
        await visitor.SavedAsync();
        Assert.Empty(await Axe.FindAsync(visitor.Page));
        await visitor.OpenAsync(edit);
        await Expect(visitor.Page.Locator("[data-editable] h2")).ToHaveTextAsync("New");
    });

    [Fact]
    public Task OnAPhone_TheTextIsWrittenAndNothingLiesBesideTheScreen() => EditAsync(
        async (visitor, _) =>
        {
            await visitor.Page.Locator("[data-editable] > p").First.TapAsync();
            await visitor.Page.Keyboard.TypeAsync("On the way. ");
            await visitor.SavedAsync();
            Assert.True(await visitor.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
            Assert.Empty(await Axe.FindAsync(visitor.Page));
        },
        options => (options.ViewportSize, options.HasTouch, options.IsMobile) = (Sizes.Phone, true, true));

    [Fact]
    public Task Picture_Dropped_IsAskedWhatItShows_AndShown() => EditAsync(async (visitor, edit) =>
    {
        await visitor.CaretAfterAsync("[data-editable] > p");
        await visitor.Page.Locator("[data-file]").SetInputFilesAsync(new FilePayload
        {
            Name = "Sign.png",
            MimeType = "image/png",
            Buffer = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
        });
        var words = visitor.Page.Locator("#file-words");
        await Expect(words).ToBeFocusedAsync();
        Assert.Empty(await Axe.FindAsync(visitor.Page));
        await visitor.Page.Keyboard.TypeAsync("The sign at the counter");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Page.Locator("[data-editable] img")).ToHaveAttributeAsync("alt", "The sign at the counter");
        await visitor.SavedAsync();
        Assert.Contains("![The sign at the counter](sign.png)", await visitor.SourceAsync(edit), StringComparison.Ordinal);
        await visitor.OpenAsync(edit);
        Assert.True(await visitor.Page.Locator("[data-editable] img").EvaluateAsync<bool>("async image => { await image.decode(); return image.naturalWidth === 1; }"));
    });

    private Task EditAsync(Func<Visitor, string, Task> act, Action<BrowserNewContextOptions>? configure = null) => shared.EditAsync(starter, Plans, act, configure);
}
