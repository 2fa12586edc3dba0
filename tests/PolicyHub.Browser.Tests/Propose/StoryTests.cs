using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PolicyHub.Testing;
using Xunit.Sdk;
using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.Propose;

/// <summary>A manager, an approver, a colleague at the counter and an auditor, each at a browser of their own: from an idea to staff, approved, on the right day.</summary>
public sealed partial class StoryTests(StarterSite starter)
{
    private const string Folder = "policies/utility-billing/";
    private const string Fee = "The returned payment fee is $30.";
    private const string Rejection = "Quarterly is too seldom. Make it monthly.";
    private const string WordTable =
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><body><!--StartFragment--><p class=MsoNormal><b><span style='mso-bidi-font-weight:normal'>What a plan costs</span></b><o:p></o:p></p><table class=MsoTableGrid border=1 style='border-collapse:collapse;mso-yfti-tbllook:1184'><tr><td width=200><p class=MsoNormal>Past due</p></td><td><p class=MsoNormal>Each month</p></td></tr><tr><td><p class=MsoNormal>$300</p></td><td><p class=MsoNormal>$50 <i>at least</i></p></td></tr></table><!--EndFragment--></body></html>";

    private static readonly DateTimeOffset Midnight = new(2026, 12, 1, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Manager_WritesSendsAndIsApproved_StaffReadItFromMidnight_AuditorFindsWhoWhenAndWhichBytes()
    {
        var clock = new TestClock(StarterSite.Now);
        await using var site = await RunningSite.StartAsync(clock, ("PolicyHub:SignIn:Open", "false"));
        await starter.TogetherAsync(
            site,
            async people =>
            {
                var (maria, priya, teresa, ben) = (people["author"], people["approver"], people["reader"], people["auditor"]);

                await FeeWaitsForDecemberAsync(maria, priya);
                await PhoneNumberIsCorrectedTodayAsync(maria, priya);
                await teresa.OpenAsync($"/docs/{Folder}returned-payment");
                await Expect(teresa.Page.Locator("main")).ToContainTextAsync("ext. 2115");
                await Expect(teresa.Page.Locator("main")).Not.ToContainTextAsync("is $35");

                var change = await ThreeDocumentsAsync(maria);
                await RejectedAsync(priya, change);
                await ChangedAndSentAgainAsync(maria, change);
                await ApproveAsync(priya, "Offer the monthly review");
                await maria.OpenAsync(change);
                await Expect(maria.Page.Locator(".bar-proposed")).ToContainTextAsync("Published.");
                await maria.AssertPlainAsync();

                foreach (var person in people.Values)
                {
                    person.Forgive("401"); // A week later nobody is signed in any more, and the pages that they left open say so.
                }

                clock.MoveTo(Midnight.AddSeconds(-2));
                await teresa.SignInAsync("reader");
                await AssertOnEveryRouteAsync(teresa, isNew: false);
                await teresa.OpenAsync($"/docs/{Folder}payment-plans");
                clock.MoveTo(Midnight.AddSeconds(1));
                await Expect(teresa.Page.Locator("[data-open-page]")).ToContainTextAsync("changed at 12 am");
                await site.UntilAsync("/health/ready", _ => site.Edition.At >= Midnight, TimeSpan.FromSeconds(60));
                await teresa.Page.Locator("[data-open-page]").GetByText("Show the new text").ClickAsync();
                await Expect(teresa.Page.Locator("main table", new() { HasText = "Each month" })).ToContainTextAsync("$300");
                await AssertOnEveryRouteAsync(teresa, isNew: true);
                await teresa.AssertPlainAsync();

                await AuditorFindsAsync(ben, change);
            },
            "author",
            "approver",
            "reader",
            "auditor");
    }

    [Fact]
    public Task Page_WithMarksAndWordsOfGit_IsFound() => starter.VisitAsync(async visitor =>
    {
        foreach (var fault in new[] { "<p>A **bold** word</p>", "<p>## A heading</p>", "<p class=content>[Late fees](late-fees.md)</p>", "<button aria-label='Merge it'>x</button>", "<p>Not committed</p>", "<p>Its repository</p>", "<p>See late-fees.md</p>", "<p>| --- |</p>" })
        {
            await visitor.Page.SetContentAsync("<main>Nothing else" + fault + "</main>");
            await Assert.ThrowsAnyAsync<XunitException>(visitor.AssertPlainAsync);
        }

        await visitor.Page.SetContentAsync("<main class=content>A branch came down. #1 of 3 costs $5 * 2.</main>");
        await visitor.AssertPlainAsync();
    });

    /// <summary>Maria raises the fee from 1 December on, in its sentence and in the direct answer; Priya says yes.</summary>
    private static async Task FeeWaitsForDecemberAsync(Visitor maria, Visitor priya)
    {
        await maria.ChangeThisAsync(Folder + "returned-payment");
        await maria.AssertPlainAsync();
        await maria.Page.Locator("[data-editable] > p", new() { HasText = Fee }).ClickAsync(new() { Position = new() { X = 5, Y = 8 } });
        await maria.Page.Keyboard.PressAsync("Home");
        await maria.PressAsync("ArrowRight", Fee.Length - "30.".Length);
        await maria.PressAsync("Shift+ArrowRight", "30".Length);
        await maria.Page.Keyboard.TypeAsync("35");
        await maria.SavedAsync();

        // The direct answer above results still says the old fee; she is told as she writes, and mends it.
        var mistake = maria.Page.Locator("[data-checks] li", new() { HasText = "The answer says “30”" });
        await Expect(mistake).ToContainTextAsync("must change");
        await maria.AssertPlainAsync();
        await maria.Page.Locator("[data-details] summary", new() { HasText = "What does a returned payment cost" }).ClickAsync();
        var say = maria.Page.Locator("[data-details] details[open] [name=say]");
        await say.FillAsync((await say.InputValueAsync()).Replace("$30", "$35", StringComparison.Ordinal));
        await maria.Page.Keyboard.PressAsync("Tab");
        await Expect(mistake).ToHaveCountAsync(0);
        await GoOnAsync(maria);
        await SendAsync(maria, "Tell callers that a returned payment costs $35", "2026-12-01");
        await ApproveAsync(priya, "Tell callers that a returned payment costs $35");
    }

    /// <summary>The extension is wrong today and would be wrong in December: both texts are corrected, under one approval.</summary>
    private static async Task PhoneNumberIsCorrectedTodayAsync(Visitor maria, Visitor priya)
    {
        await maria.ChangeThisAsync(Folder + "returned-payment");
        await Expect(maria.Page.Locator("main")).ToContainTextAsync("Another text takes effect on 1 Dec 2026.");
        await Expect(maria.Page.GetByLabel("Both, so that a correction")).ToBeCheckedAsync();
        await maria.AssertPlainAsync();
        await maria.Page.GetByRole(AriaRole.Button, new() { Name = "Begin the change" }).ClickAsync();
        await maria.Page.ArriveAsync("**/edit/**");
        await maria.ClickBehindAsync(maria.Page.Locator("[data-editable] td", new() { HasText = "ext. 2110" }));
        await maria.Page.Keyboard.PressAsync("Backspace");
        await maria.Page.Keyboard.TypeAsync("5");
        await GoOnAsync(maria);
        await Expect(maria.Page.Locator(".changed-documents > li")).ToHaveCountAsync(2);
        await maria.Page.GetByLabel("Wording only").First.CheckAsync();
        await SendAsync(maria, "The billing lead has extension 2115", null);
        await ApproveAsync(priya, "The billing lead has extension 2115");
    }

    /// <summary>A table from Word, a word that nobody says, and two more documents that take effect with it.</summary>
    private static async Task<string> ThreeDocumentsAsync(Visitor maria)
    {
        await maria.ChangeThisAsync(Folder + "payment-plans");
        await maria.ClickBehindAsync(maria.Page.Locator("[data-editable] > p").First);
        await maria.PasteAsync(WordTable);
        await Expect(maria.Page.Locator("[data-editable] table", new() { HasText = "Each month" })).ToContainTextAsync("$50 at least");
        await maria.SavedAsync();
        await maria.ClickBehindAsync(maria.Page.Locator("[data-editable] > p").First);
        await maria.Page.Keyboard.TypeAsync(" Utilize the quarterly review.");
        var hint = maria.Page.Locator("[data-checks] li", new() { HasText = "“Utilize” → “use”" });
        await Expect(hint).ToBeVisibleAsync();
        await maria.AssertPlainAsync();
        await maria.PressAsync("Shift+ArrowLeft", "Utilize the quarterly review.".Length);

        await maria.Page.Keyboard.TypeAsync("Use the quarterly review.");
        await Expect(hint).ToHaveCountAsync(0);
        await GoOnAsync(maria);
        var change = new Uri(maria.Page.Url).AbsolutePath;
        foreach (var (name, title) in new[] { ("Deposits", "Deposits"), ("UB-015", "Refunds") })
        {
            if (!await maria.Page.GetByLabel("Its number or its name").IsVisibleAsync())
            {
                await maria.Page.GetByText("Add another document").ClickAsync();
            }

            await maria.Page.GetByLabel("Its number or its name").FillAsync(name);
            await maria.Page.Keyboard.PressAsync("Enter");
            await maria.Page.ArriveAsync("**/edit/**");
            await Expect(maria.Page.Locator("h1")).ToContainTextAsync(title);
            await maria.ClickBehindAsync(maria.Page.Locator("[data-editable] > p").First);
            await maria.Page.Keyboard.TypeAsync(" There is a quarterly review.");
            await GoOnAsync(maria);
        }

        await Expect(maria.Page.Locator(".changed-documents > li")).ToHaveCountAsync(3);
        await SendAsync(maria, "Offer the quarterly review", "2026-12-01");
        return change;
    }

    private static async Task RejectedAsync(Visitor priya, string change)
    {
        await OpenFromMyWorkAsync(priya, "Offer the quarterly review");
        foreach (var title in new[] { "Payment plans", "Deposits", "Refunds" })
        {
            await priya.Page.Locator(".changed-head").GetByRole(AriaRole.Link, new() { Name = title }).ClickAsync();
            await Expect(priya.Page.Locator("#c_compared-title")).ToContainTextAsync(title);
            await Expect(priya.Page.Locator("#c_compared ins").First).ToBeVisibleAsync();
            await priya.AssertPlainAsync();
        }

        await priya.Page.GetByLabel("A word to the author").FillAsync(Rejection);
        await priya.Page.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();
        await Expect(priya.Page.Locator("p.said")).ToHaveTextAsync("The change is rejected.");
        Assert.Equal(change, new Uri(priya.Page.Url).AbsolutePath);
        await priya.AssertPlainAsync();
    }

    private static async Task ChangedAndSentAgainAsync(Visitor maria, string change)
    {
        await OpenFromMyWorkAsync(maria, "Offer the quarterly review");
        Assert.Equal(change, new Uri(maria.Page.Url).AbsolutePath);
        await Expect(maria.Page.Locator(".talk")).ToContainTextAsync(Rejection);
        await maria.AssertPlainAsync();
        await maria.Page.GetByRole(AriaRole.Button, new() { Name = "Go on writing" }).ClickAsync();
        foreach (var title in new[] { "Payment plans", "Deposits", "Refunds" })
        {
            await maria.Page.Locator(".changed-documents > li", new() { HasText = title }).Locator(".changed-ways a").ClickAsync();
            await maria.Page.ArriveAsync("**/edit/**");
            await maria.ClickBehindAsync(maria.Page.Locator("[data-editable] > p").First);
            await maria.PressAsync("Backspace", "quarterly review.".Length);

            await maria.Page.Keyboard.TypeAsync("monthly review.");
            await GoOnAsync(maria);
        }

        await SendAsync(maria, "Offer the monthly review", "2026-12-01");
    }

    /// <summary>What staff read, and what they find, on every way to it.</summary>
    private static async Task AssertOnEveryRouteAsync(Visitor teresa, bool isNew)
    {
        foreach (var address in new[] { $"/docs/{Folder}payment-plans", $"/docs/{Folder}deposits", $"/docs/{Folder}refunds", "/search?q=monthly+review", "/api/search?q=monthly+revi" })
        {
            var answer = await teresa.Page.APIRequest.GetAsync(new Uri(new Uri(teresa.Page.Url), address).ToString());
            Assert.Equal(200, answer.Status);
            var text = Markup().Replace(await answer.TextAsync(), "");
            Assert.True(text.Contains("monthly review.", StringComparison.Ordinal) == isNew, $"{address}: {text}");
        }

        await teresa.OpenAsync($"/docs/{Folder}returned-payment");
        await Expect(teresa.Page.Locator("main")).ToContainTextAsync("ext. 2115");
        await Expect(teresa.Page.Locator(".answer-say, .content > p", new() { HasText = "The returned payment fee is " })).ToContainTextAsync(isNew ? ["is $35.", "is $35."] : ["is $30.", "is $30."]);
    }

    private static async Task AuditorFindsAsync(Visitor ben, string change)
    {
        await ben.SignInAsync("auditor");
        await ben.OpenAsync($"/history/{Folder}payment-plans");
        await Expect(ben.Page.Locator("main")).ToContainTextAsync("Offer the monthly review");
        await Expect(ben.Page.Locator("main")).ToContainTextAsync("Approved by Priya Nair, Finance Director");
        await Expect(ben.Page.Locator("main")).ToContainTextAsync("confirmed by the audit log");
        await ben.OpenAsync(change);
        var hash = (await ben.Page.Locator(".change-side code").First.InnerTextAsync()).Trim();
        Assert.Equal(64, hash.Length);
        await Expect(ben.Page.Locator(".steps .given.yes")).ToContainTextAsync("Priya Nair approved as Finance Director");
        await Expect(ben.Page.Locator(".talk")).ToContainTextAsync(Rejection);
        await ben.OpenAsync("/audit");
        await Expect(ben.Page.Locator("main")).ToContainTextAsync(hash);
    }

    private static async Task GoOnAsync(Visitor maria)
    {
        await maria.Page.GetByRole(AriaRole.Link, new() { Name = "Go on to the change" }).ClickAsync();
        await Expect(maria.Page.Locator(".changed-documents")).ToBeVisibleAsync();
        await maria.AssertPlainAsync();
    }

    /// <param name="day">Null: as soon as it is approved.</param>
    private static async Task SendAsync(Visitor maria, string note, string? day)
    {
        await maria.Page.GetByLabel("What staff do differently").FillAsync(note);
        await maria.Page.GetByLabel("Why, and under what authority").FillAsync("Council decision of November 17");
        if (day is not null)
        {
            await maria.Page.GetByLabel("A day:").CheckAsync();
            await maria.Page.GetByLabel("The day", new() { Exact = true }).FillAsync(day);
        }

        await maria.Page.GetByRole(AriaRole.Button, new() { Name = "Send for approval" }).ClickAsync();
        await Expect(maria.Page.Locator(".bar-proposed")).ToContainTextAsync("waits for approval");
        await maria.AssertPlainAsync();
    }

    private static async Task OpenFromMyWorkAsync(Visitor visitor, string note)
    {
        await visitor.OpenAsync("/my-work");
        await visitor.AssertPlainAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = note }).ClickAsync();
        await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync(note);
    }

    private static async Task ApproveAsync(Visitor priya, string note)
    {
        await OpenFromMyWorkAsync(priya, note);
        await priya.AssertPlainAsync();
        await priya.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(priya.Page.Locator(".bar-proposed")).ToContainTextAsync("Published.");
        await priya.AssertPlainAsync();
    }

    [GeneratedRegex("<[^>]+>|\\\\u003C/?mark\\\\u003E", RegexOptions.None, 1000)]
    private static partial Regex Markup();
}
