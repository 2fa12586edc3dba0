using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.Propose;

/// <summary>Undo and redo go through typing and what the buttons do, step by step, as in a word processor.</summary>
public sealed partial class UndoTests(StarterSite starter, EditorSite shared) : IClassFixture<EditorSite>
{
    private const string Document = "policies/utility-billing/refunds.md";

    [Fact]
    public Task ManySteps_OfTypingListsTablesBoxesLinksAndPaste_GoBackAndForthOneByOne() => shared.EditAsync(starter, Document, async (visitor, edit) =>
    {
        var (page, keyboard) = (visitor.Page, visitor.Page.Keyboard);
        var before = await visitor.SourceAsync(edit);
        var cells = page.Locator("[data-editable] table").First.Locator("td");
        (string What, Func<Task> Do)[] steps =
        [
            ("type", async () =>
            {
                await visitor.CaretAfterAsync("[data-editable] > p");
                await keyboard.TypeAsync(" Typed.");
            }),
            ("new paragraph", () => keyboard.PressAsync("Enter")),
            ("type in it", () => keyboard.TypeAsync("An item")),
            ("list", () => ToolAsync("List")),
            ("new item", () => keyboard.PressAsync("Enter")),
            ("type the item", () => keyboard.TypeAsync("Another")),
            ("item in", () => keyboard.PressAsync("Tab")),
            ("item out", () => keyboard.PressAsync("Shift+Tab")),
            ("steps", () => ToolAsync("Steps")),
            ("no list", () => ToolAsync("Steps")),
            ("box", () => ToolAsync("Watch out")),
            ("another box", () => ToolAsync("Never")),
            ("no box", () => ToolAsync("Never")),
            ("heading", () => ToolAsync("Heading")),
            ("text", () => ToolAsync("Text")),
            ("link", async () =>
            {
                await keyboard.PressAsync("Control+k");
                await keyboard.TypeAsync("late fees and waivers");
                await Expect(page.Locator("#link-list [role=option]").First).ToContainTextAsync("Late fees");
                await keyboard.PressAsync("Enter");
            }),
            ("table", () => ToolAsync("Table")),
            ("name of a column", () => keyboard.TypeAsync("Fee")),
            ("cell", async () =>
            {
                await keyboard.PressAsync("Tab");
                await keyboard.TypeAsync("Cost");
            }),
            ("row", () => TableAsync("row-below")),
            ("column", () => TableAsync("column-after")),
            ("type in the cell", () => keyboard.TypeAsync("new")),
            ("row away", () => TableAsync("row-less")),
            ("column away", () => TableAsync("column-less")),
            ("paste", async () =>
            {
                await visitor.CaretAfterAsync("[data-editable] > p");
                await visitor.PasteAsync("<p>One</p><ul><li>Two</li></ul>");
                await Expect(page.Locator("[data-editable] > ul", new() { HasText = "Two" })).ToBeVisibleAsync();
            }),
            ("table away", async () =>
            {
                await page.Locator("[data-editable] table").First.Locator("td").First.ClickAsync();
                await TableAsync("table-less");
            }),
        ];
        List<string> looks = [await LookAsync()];
        foreach (var (what, act) in steps)
        {
            await act();
            looks.Add(await LookAsync());
            Assert.True(looks[^1] != looks[^2], $"“{what}” changed nothing.");
        }

        // A save between does not end it: what the page knows of its source stays true.
        await keyboard.PressAsync("Control+s");
        await visitor.SavedAsync();
        await page.Locator("[data-editable] > p").First.FocusAsync();
        for (var at = steps.Length - 1; at >= 0; at--)
        {
            await keyboard.PressAsync("Control+z");
            Assert.True(await LookAsync() == looks[at], $"Undo of “{steps[at].What}”:\n{await LookAsync()}\ninstead of\n{looks[at]}");
        }

        await keyboard.PressAsync("Control+z"); // There is nothing before it.
        Assert.Equal(looks[0], await LookAsync());
        await keyboard.PressAsync("Control+s");
        await visitor.SavedAsync();
        Assert.Equal(before, await visitor.SourceAsync(edit));

        for (var at = 1; at <= steps.Length; at++)
        {
            await keyboard.PressAsync(at % 2 == 0 ? "Control+y" : "Control+Shift+z");
            Assert.True(await LookAsync() == looks[at], $"Redo of “{steps[at - 1].What}”:\n{await LookAsync()}\ninstead of\n{looks[at]}");
        }

        async Task ToolAsync(string name) => await page.GetByRole(AriaRole.Toolbar, new() { Name = "Writing" }).GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^(?:Box: ?)?{name}$", RegexOptions.None, TimeSpan.FromSeconds(1)) }).ClickAsync();
        Task TableAsync(string act) => page.Locator($"[data-table-act={act}]").ClickAsync();
        async Task<string> LookAsync() => Noise().Replace(await page.Locator("[data-editable]").InnerHTMLAsync(), "");
    });

    [Fact]
    public Task Buttons_UndoAndRedo_AndTypingAfterThem() => shared.EditAsync(starter, Document, async (visitor, _) =>
    {
        var (page, first) = (visitor.Page, visitor.Page.Locator("[data-editable] > p").First);
        var said = await first.InnerTextAsync();
        await visitor.CaretAfterAsync("[data-editable] > p");
        await page.Keyboard.TypeAsync(" One.");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.TypeAsync(" Two.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(first).ToHaveTextAsync(said + " One.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(first).ToHaveTextAsync(said);
        await page.GetByRole(AriaRole.Button, new() { Name = "Redo" }).ClickAsync();
        await Expect(first).ToHaveTextAsync(said + " One.");

        // The caret is where it was; whoever types on has nothing to do again.
        await page.Keyboard.TypeAsync(" Three.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Redo" }).ClickAsync();
        await Expect(first).ToHaveTextAsync(said + " One. Three.");
    });

    /// <summary>What the browser writes in more than one way without any difference.</summary>
    [GeneratedRegex("&nbsp;|\u00a0| (?=<)|class=\"\"", RegexOptions.None, 1000)]
    private static partial Regex Noise();
}
