using PolicyHub.Testing;
using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.Propose;

/// <summary>A change from its beginning to its approval without a mouse: Tab, Enter, Space, arrows and Esc, with the focus to be seen at every stop.</summary>
public sealed class KeyboardAloneTests(StarterSite starter)
{
    private const string Document = "policies/utility-billing/deposits";

    [Fact]
    public async Task Change_BegunWrittenLinkedSentAskedForTakenUpAndApproved_ByKeyboardAlone()
    {
        await using var site = await RunningSite.StartAsync(new TestClock(StarterSite.Now), ("PolicyHub:SignIn:Open", "false"));
        await starter.TogetherAsync(
            site,
            async people =>
            {
                var (maria, priya) = (people["author"], people["approver"]);
                var keys = maria.Page.Keyboard;

                // She begins it on the page of the document and comes to the text by Tab.
                await maria.OpenAsync("/docs/" + Document);
                await maria.ReachAsync("Change this");
                await keys.PressAsync("Enter");
                await maria.Page.ArriveAsync("**/edit/**");
                await maria.ReachAsync("Text of Deposits");
                await keys.PressAsync("Control+Home");
                await maria.PressAsync("ArrowDown", 1);
                await keys.PressAsync("End");
                await keys.PressAsync("Enter");
                await keys.TypeAsync("Ask for a quince. See ");

                // A link by searching, a box by the bar, a table whose cells Tab goes through.
                await maria.ToolAsync("Link to document", isDialog: true);
                await keys.TypeAsync("late fees and waivers");
                await Expect(maria.Page.Locator("#link-list [role=option]").First).ToContainTextAsync("Late fees");
                await keys.PressAsync("ArrowDown");
                await keys.PressAsync("ArrowUp");
                await keys.PressAsync("Enter");
                await Expect(maria.Page.Locator("[data-editable]")).ToBeFocusedAsync();
                await keys.PressAsync("Enter");
                await keys.TypeAsync("Never take two quinces.");
                await maria.ToolAsync("Never");
                await keys.PressAsync("Enter");
                await keys.PressAsync("Enter");
                await maria.ToolAsync("Table");
                foreach (var cell in new[] { "Fruit", "Worth", "Who", "Quince", "$5", "Counter" })
                {
                    await keys.TypeAsync(cell);
                    await keys.PressAsync("Tab");
                }

                await keys.PressAsync("Control+s");
                await maria.SavedAsync();
                await Expect(maria.Page.Locator("[data-editable] .callout-never", new() { HasText = "two quinces" })).ToBeVisibleAsync();
                await Expect(maria.Page.Locator("[data-editable] table", new() { HasText = "Quince" }).Locator("th").First).ToHaveTextAsync("Fruit");

                // Out of the text by Esc; what stands before the bar is one stop away.
                await keys.PressAsync("Escape");
                await maria.ReachAsync("Go on to the change", isBack: true);
                await keys.PressAsync("Enter");
                await Expect(maria.Page.Locator(".change-compared")).ToContainTextAsync("Ask for a quince.");
                await maria.ReachAsync("What staff do differently");
                await keys.TypeAsync("Ask for a quince as a deposit");
                await maria.ReachAsync("As soon as it is approved");
                await keys.PressAsync("ArrowRight");
                await Expect(maria.Page.GetByLabel("A day:")).ToBeCheckedAsync();
                await keys.PressAsync("ArrowLeft");
                await maria.ReachAsync("Send for approval");
                await keys.PressAsync("Enter");
                await Expect(maria.Page.Locator(".bar-proposed")).ToContainTextAsync("waits for approval");

                // Priya asks for a change; Maria takes it up from her work; Priya says yes.
                await OpenAsync(priya);
                await priya.ReachAsync("A word to the author");
                await priya.Page.Keyboard.TypeAsync("Two quinces are better.");
                await priya.ReachAsync("Ask for changes");
                await priya.Page.Keyboard.PressAsync("Enter");
                await Expect(priya.Page.Locator("p.said")).ToContainTextAsync("The author is asked for changes.");

                await OpenAsync(maria);
                await maria.ReachAsync("Edit: Deposits");
                await keys.PressAsync("Enter");
                await maria.Page.ArriveAsync("**/edit/**");
                await maria.ReachAsync("Text of Deposits");
                await keys.PressAsync("Control+End");
                await keys.TypeAsync(" Two are better.");
                await keys.PressAsync("Control+s");
                await maria.SavedAsync();
                await keys.PressAsync("Escape");
                await maria.ReachAsync("Go on to the change", isBack: true);
                await keys.PressAsync("Enter");
                await Expect(maria.Page.Locator(".change-compared")).ToContainTextAsync("Two are better.");
                await maria.ReachAsync("Send for approval");
                await keys.PressAsync("Enter");
                await Expect(maria.Page.Locator(".bar-proposed")).ToContainTextAsync("waits for approval");

                await OpenAsync(priya);
                await priya.ReachAsync("Approve");
                await priya.Page.Keyboard.PressAsync("Enter");
                await Expect(priya.Page.Locator(".bar-proposed")).ToContainTextAsync("Published.");
                await maria.OpenAsync("/docs/" + Document);
                await Expect(maria.Page.Locator("main")).ToContainTextAsync("Two are better.");
            },
            "author",
            "approver");
    }

    private static async Task OpenAsync(Visitor visitor)
    {
        await visitor.OpenAsync("/my-work");
        await visitor.ReachAsync("Ask for a quince as a deposit");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Ask for a quince as a deposit");
    }
}
