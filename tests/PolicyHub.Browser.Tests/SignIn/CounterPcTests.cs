using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PolicyHub.Browser.Tests.Pages;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Notices;
using PolicyHub.Records.People;
using PolicyHub.Records.Reading;
using PolicyHub.Testing;
using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.SignIn;

/// <summary>At a counter PC, by the keyboard alone: what is personal asks who in the form of the act, keeps what was typed, and forgets.</summary>
[Collection(PasskeyWindows.Name)]
public sealed class CounterPcTests(StarterSite starter) : IAsyncLifetime
{
    private const string Password = "violet kettle marmot nine";
    private const string Pin = "482915";

    private readonly TestRepository repository = new TestRepository().Commit("First", commit => commit
        .Write("library.yml", "timezone: America/Chicago\nkinds: { desks: desk }\n")
        .Write("desks/customer-service.md", "# Customer service\n")
        .Write("desks/utility-billing.md", "# Utility billing\n")
        .Write("a.md", "# Apples\n\nA quince word.\n")).Flush();

    private RunningSite site = null!;
    private Person casey = null!;
    private Cookie counter = null!;

    /// <summary>Passkeys hold for a name, and an address is none.</summary>
    private string Address => $"http://localhost:{site.Address.Port}";

    public async ValueTask InitializeAsync()
    {
        site = await RunningSite.StartAsync(
            new TestClock(StarterSite.Now), ("PolicyHub:Library", repository.Folder), ("PolicyHub:SignIn:Open", "false"), ("PolicyHub:SignIn:Local", "true"));
        var added = await site.Services.GetRequiredService<AccountBook>().AddAsync(
            [new PersonForm { Name = "Casey Morgan", UserName = "casey", Badge = "77-1", Roles = "lead desk:utility-billing" }], AuditActor.CommandLine, CancellationToken.None);
        casey = added.Invited[0].Person;
        using var own = new Browsing(site.Address);
        using (await own.SubmitAsync("/welcome?key=" + added.Invited[0].Key, "form[data-password]", ("password", Password), ("again", Password)))
        using (await own.SubmitAsync("/account", "form.pin", ("pin", Pin), ("again", Pin)))
        using (var administrator = await Browsing.AsAsync(site, "administrator"))
        using (await administrator.SubmitAsync("/admin/counter-pcs", "form.new-pc", ("name", "Counter 2"), ("desk", "utility-billing"), ("here", "1")))
        {
            counter = new Cookie { Name = "policyhub-counter", Value = administrator.Cookies.GetCookies(site.Address)["policyhub-counter"]!.Value, Url = Address };
        }
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        repository.Dispose();
    }

    [Fact]
    public Task Pin_FromADocument_AsksBelowTheButtonAndStaysThere() => AtTheCounterAsync(async (visitor, page) =>
    {
        await page.GotoAsync("/docs/a");
        var button = page.Locator("[data-pin]");
        await button.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-pin-form] [name=badge]")).ToBeFocusedAsync();
        await AssertAxeAsync(page);
        await page.Keyboard.TypeAsync("77-1");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("000000");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-pin-form] .fault:visible")).ToContainTextAsync("do not fit");
        await Expect(page.Locator("[data-pin-form] [name=pin]")).ToBeFocusedAsync();
        await Expect(page.Locator("[data-pin-form] [name=badge]")).ToHaveValueAsync("77-1");
        await AssertAxeAsync(page);
        await page.Keyboard.TypeAsync(Pin);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("[data-pin-done]")).ToBeFocusedAsync();
        await Expect(page).ToHaveURLAsync(Address + "/docs/a");
        Assert.Equal(["a"], await site.Services.GetRequiredService<ReadingBook>().PinsOfAsync(casey.Id, CancellationToken.None));
        await AssertForgottenAsync(page);
        Assert.Equal(0, await page.EvaluateAsync<int>("() => localStorage.length"));
    });

    [Fact]
    public Task Notice_PostedAndEnded_AsksEachTimeInTheForm() => AtTheCounterAsync(async (visitor, page) =>
    {
        await page.GotoAsync("/notices");
        await page.Locator("a[href='/notices/new']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync(Address + "/notices/new");
        await AssertAxeAsync(page);
        await page.Locator("#what").FocusAsync();
        await page.Keyboard.TypeAsync("Card payments are down");
        await page.Locator("[name=badge]").FocusAsync();
        await page.Keyboard.TypeAsync("77-1");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("000000");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".who-acts .fault:visible")).ToContainTextAsync("do not fit");
        await Expect(page.Locator("[name=pin]")).ToBeFocusedAsync();
        await Expect(page.Locator("#what")).ToHaveValueAsync("Card payments are down");
        await AssertAxeAsync(page);
        await page.Keyboard.TypeAsync(Pin);
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**/notices#n-*"); // Until it is loaded: the browser begins at that place then.
        await Expect(page.Locator(".posted-one")).ToContainTextAsync("posted by Casey Morgan");
        await AssertForgottenAsync(page);

        await page.Locator(".who-maybe summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await AssertAxeAsync(page);
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".who-maybe [name=badge]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("77-1");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(Pin);
        await page.Locator("button[formaction]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".posted-past")).ToContainTextAsync("ended by Casey Morgan");
    });

    [Fact]
    public Task Note_WithAName_AsksInTheFormBelowTheText() => AtTheCounterAsync(async (visitor, page) =>
    {
        await page.GotoAsync("/docs/a");
        await page.Locator("[data-feedback] button[value=no]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-feedback-form] textarea")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Which apples?");
        await page.Locator("[data-feedback-form] summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await AssertAxeAsync(page);
        await page.Locator("[data-feedback-form] [name=badge]").FocusAsync();
        await page.Keyboard.TypeAsync("77-1");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-feedback-form] [name=pin]")).ToBeFocusedAsync();
        await Expect(page.Locator("[data-feedback-form] textarea")).ToHaveValueAsync("Which apples?");
        await page.Keyboard.TypeAsync(Pin);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-feedback-thanks]")).ToContainTextAsync("on your start page");
        await AssertForgottenAsync(page);
    });

    [Fact]
    public Task Passkey_InTheForm_SaysWho() => AtTheCounterAsync(async (visitor, page) =>
    {
        await PasskeyTests.AddAuthenticatorAsync(visitor);
        var key = await site.Services.GetRequiredService<AccountBook>().InviteAsync(casey.Id, forgetFactors: false, AuditActor.CommandLine, CancellationToken.None);
        await page.GotoAsync("/welcome?key=" + key);
        await page.Locator("[data-passkey=create] button").ClickAsync();
        await page.ArriveAsync(Address + "/");
        await visitor.Context.ClearCookiesAsync(new() { Name = "policyhub" });

        // Where there is one thing to do it is done at once.
        await page.GotoAsync("/docs/a");
        await page.Locator("[data-pin]").ClickAsync();
        await page.Locator("[data-passkey-in-form] button").ClickAsync();
        await Expect(page.Locator("[data-pin-done]")).ToBeFocusedAsync();
        Assert.Equal(["a"], await site.Services.GetRequiredService<ReadingBook>().PinsOfAsync(casey.Id, CancellationToken.None));

        // A form with fields of its own is sent when they are filled in.
        await page.GotoAsync("/notices/new");
        await page.Locator("[data-passkey-in-form] button").ClickAsync();
        await Expect(page.Locator("#what")).ToBeFocusedAsync();
        await AssertAxeAsync(page);
        await page.Keyboard.TypeAsync("Card payments are down");
        await page.Locator("main form .button.primary").ClickAsync();
        await Expect(page.Locator(".posted-one")).ToContainTextAsync("posted by Casey Morgan");
        Assert.Single(await site.Services.GetRequiredService<NoticeBook>().RunningAsync(CancellationToken.None));
        await AssertForgottenAsync(page);
    });

    private static async Task AssertForgottenAsync(IPage page) => await Expect(page.Locator(".account:not(.work-link)")).ToHaveTextAsync("Counter 2 · Who are you?");

    private static async Task AssertAxeAsync(IPage page)
    {
        foreach (var size in new[] { Sizes.Phone, Sizes.Desktop })
        {
            await page.SetViewportSizeAsync(size.Width, size.Height);
            Assert.Equal([], await Axe.FindAsync(page));
        }
    }

    private Task AtTheCounterAsync(Func<Visitor, IPage, Task> act) => starter.VisitAsync(
        async visitor =>
        {
            visitor.Forgive("foreign: " + Address);
            visitor.Forgive("422");
            await visitor.Context.AddCookiesAsync([counter]);
            await act(visitor, visitor.Page);
        },
        options => options.BaseURL = Address,
        site);
}
