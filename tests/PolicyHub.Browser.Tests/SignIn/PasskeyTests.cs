using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PolicyHub.Browser.Tests.Pages;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Testing;

namespace PolicyHub.Browser.Tests.SignIn;

/// <summary>Accounts kept here, in a browser that has an authenticator: passkeys, passwords and counter PCs.</summary>
[Collection(PasskeyWindows.Name)]
public sealed class PasskeyTests(StarterSite starter) : IAsyncLifetime
{
    private const string Password = "violet kettle marmot nine";

    private readonly TestRepository repository = new TestRepository().Commit("First", "a.md", "# Apples\n\nA quince word.\n").Flush();
    private RunningSite site = null!;

    private AccountBook Accounts => site.Services.GetRequiredService<AccountBook>();

    /// <summary>Passkeys hold for a name, and an address is none.</summary>
    private string Address => $"http://localhost:{site.Address.Port}";

    public async ValueTask InitializeAsync() =>
        site = await RunningSite.StartAsync(new TestClock(StarterSite.Now), ("PolicyHub:Library", repository.Folder), ("PolicyHub:SignIn:Open", "false"), ("PolicyHub:SignIn:Local", "true"));

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        repository.Dispose();
    }

    [Fact]
    public Task Passkey_MadeWithALink_SignsInUntilItIsTakenAway() => VisitAsync(async (visitor, page) =>
    {
        await AddAuthenticatorAsync(visitor);
        var (person, key) = await InviteAsync();
        await page.GotoAsync("/welcome?key=" + key);
        await AssertAxeAsync(page);
        await page.Locator("[data-passkey=create] button").ClickAsync();
        await page.ArriveAsync(Address + "/");
        await Assertions.Expect(page.Locator(".account:not(.work-link)")).ToHaveTextAsync("Casey Morgan");
        Assert.Equal(HttpGone, (await page.GotoAsync("/welcome?key=" + key))!.Status);

        await SignOutAsync(page);
        await SignInAsync(page);
        await page.GotoAsync("/account");
        await AssertAxeAsync(page);
        await Assertions.Expect(page.Locator(".sessions li").First).ToContainTextAsync("Passkey");
        await page.Locator(".passkey input[name=name]").FillAsync("Office key");
        await page.Locator(".passkey button").First.ClickAsync();
        await Assertions.Expect(page.Locator(".passkey input[name=name]")).ToHaveValueAsync("Office key");

        // The last way in stays.
        await page.Locator(".passkey button").Nth(1).ClickAsync();
        await Assertions.Expect(page.Locator(".fault").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".passkey")).ToHaveCountAsync(1);

        // Lost: an administrator makes a new link, and the passkey that was lost signs nobody in.
        var newer = await Accounts.InviteAsync(person.Id, forgetFactors: true, AuditActor.CommandLine, CancellationToken.None);
        await SignOutAsync(page);
        await page.GotoAsync("/sign-in");
        await page.Locator("[data-passkey=get] button").ClickAsync();
        await Assertions.Expect(page.Locator(".fault:visible")).ToContainTextAsync("does not sign in here");
        await page.GotoAsync("/welcome?key=" + newer);
        await page.Locator("#welcome-password").FillAsync(Password);
        await page.Locator("#welcome-again").FillAsync(Password);
        await page.Locator("form[data-password] button").ClickAsync();
        await page.ArriveAsync(Address + "/");
    });

    [Fact]
    public Task Passkey_AddedToAPassword_SignsIn() => VisitAsync(async (visitor, page) =>
    {
        await AddAuthenticatorAsync(visitor);
        var (_, key) = await InviteAsync();
        await page.GotoAsync("/welcome?key=" + key);
        await page.Locator("#welcome-password").FillAsync(Password);
        await page.Locator("#welcome-again").FillAsync(Password);
        await page.Locator("form[data-password] button").ClickAsync();
        await page.ArriveAsync(Address + "/");
        await page.GotoAsync("/account");
        await page.Locator("#passkey-name").FillAsync("Phone");
        await page.Locator("[data-passkey=create] button").ClickAsync();
        await Assertions.Expect(page.Locator(".passkey input[name=name]")).ToHaveValueAsync("Phone");
        await page.GotoAsync("/account/authenticator");
        await AssertAxeAsync(page);
        Assert.True(await page.Locator(".qr").EvaluateAsync<bool>("picture => picture.complete && picture.naturalWidth > 0"));
        await SignOutAsync(page);
        await SignInAsync(page);
    });

    [Fact]
    public Task Passkey_OfferedInTheField_SignsIn() => VisitAsync(async (visitor, page) =>
    {
        await AddAuthenticatorAsync(visitor, isOffered: true);
        var (_, key) = await InviteAsync();
        await page.GotoAsync("/welcome?key=" + key);
        await page.Locator("[data-passkey=create] button").ClickAsync();
        await page.ArriveAsync(Address + "/");
        await visitor.Context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in?return=%2Fdocs%2Fa");
        await page.ArriveAsync(Address + "/docs/a");
        await Assertions.Expect(page.Locator(".account:not(.work-link)")).ToHaveTextAsync("Casey Morgan");
    });

    [Fact]
    public Task Passkey_ThatTheBrowserLacks_SaysSo() => VisitAsync(async (visitor, page) =>
    {
        await AddAuthenticatorAsync(visitor);
        await page.GotoAsync("/sign-in");
        await page.Locator("[data-passkey=get] button").ClickAsync();

        await Assertions.Expect(page.Locator("[data-passkey-failed]")).ToBeVisibleAsync();
    });

    [Fact]
    public Task CounterPc_EnrolledInTheBrowser_ReadsAndAsksWho() => VisitAsync(async (visitor, page) =>
    {
        await AddAuthenticatorAsync(visitor);
        var (_, key) = await InviteAsync("administrator");
        await page.GotoAsync("/welcome?key=" + key);
        await page.Locator("[data-passkey=create] button").ClickAsync();
        await page.ArriveAsync(Address + "/");
        foreach (var address in new[] { "/admin/people", "/admin/people/new", "/admin/people/import", "/admin/counter-pcs" })
        {
            await page.GotoAsync(address);
            await AssertAxeAsync(page);
        }

        await page.Locator("#pc-name").FillAsync("Counter 2");
        await page.Locator("button[name=here]").ClickAsync();
        await page.ArriveAsync(Address + "/");
        await page.GotoAsync("/docs/a");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("quince");
        await page.GotoAsync("/account");
        await Assertions.Expect(page).ToHaveURLAsync(Address + "/who?return=%2Faccount");
        await AssertAxeAsync(page);
        await page.Locator("[data-passkey-in-form] button").ClickAsync();
        await page.ArriveAsync(Address + "/account");
        await Assertions.Expect(page.Locator(".account:not(.work-link)")).ToHaveTextAsync("Counter 2 · Casey Morgan");
        await page.Locator("form.done button").ClickAsync();
        await page.ArriveAsync(Address + "/");
        await Assertions.Expect(page.Locator(".account:not(.work-link)")).ToHaveTextAsync("Counter 2 · Who are you?");
    });

    private const int HttpGone = 410;

    private static async Task AssertAxeAsync(IPage page)
    {
        foreach (var size in new[] { Sizes.Desktop, Sizes.Phone })
        {
            await page.SetViewportSizeAsync(size.Width, size.Height);
            Assert.Equal([], await Axe.FindAsync(page));
        }

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.Equal([], await Axe.FindColorsAsync(page));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(Sizes.Desktop.Width, Sizes.Desktop.Height);
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.GotoAsync("/sign-out");
        await page.Locator("main form button").ClickAsync();
        await Assertions.Expect(page.Locator("#sign-in-name")).ToBeVisibleAsync();
    }

    private async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/sign-in?return=%2Fdocs%2Fa");
        await page.Locator("[data-passkey=get] button").ClickAsync();
        await page.ArriveAsync(Address + "/docs/a");
        await Assertions.Expect(page.Locator(".account:not(.work-link)")).ToHaveTextAsync("Casey Morgan");
    }

    /// <summary>An authenticator whose person touches it whenever it asks.</summary>
    /// <param name="isOffered">Whether the browser offers passkeys in the field of the user name, which that person takes at once.</param>
    internal static async Task AddAuthenticatorAsync(Visitor visitor, bool isOffered = false)
    {
        if (!isOffered)
        {
            await visitor.Page.AddInitScriptAsync("globalThis.PublicKeyCredential.isConditionalMediationAvailable = async () => false;");
        }

        var session = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    private async Task<(Person Person, string Key)> InviteAsync(string roles = "")
    {
        var added = await Accounts.AddAsync([new PersonForm { Name = "Casey Morgan", UserName = "casey", Roles = roles }], AuditActor.CommandLine, CancellationToken.None);
        return (added.Invited[0].Person, added.Invited[0].Key);
    }

    private Task VisitAsync(Func<Visitor, IPage, Task> act) => starter.VisitAsync(
        visitor =>
        {
            visitor.Forgive("foreign: " + Address);
            visitor.Forgive("410");
            return act(visitor, visitor.Page);
        },
        options => options.BaseURL = Address,
        site);
}
