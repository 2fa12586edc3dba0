using System.Net;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.SignIn.Local;

/// <summary>A site on which accounts are kept, closed to whoever has not signed in, at a time that a test moves.</summary>
internal sealed class AccountSite : IAsyncDisposable
{
    public const string Password = "violet kettle marmot nine";

    /// <summary>What people say at a counter PC, beside their badge.</summary>
    public const string Pin = "482915";

    private readonly TestRepository repository = new TestRepository().Commit("First", commit => commit
        .Write("library.yml", "timezone: UTC\nkinds: { desks: desk }\naudiences: { counter: Counter, leads: Leads }\ngroups: [money]\n")
        .Write("desks/customer-service.md", "# Customer service\n")
        .Write("desks/utility-billing.md", "# Utility billing\n")
        .Write("safe.md", "---\naccess: money\n---\n# Safe\n\nThe damson word.\n")
        .Write("a.md", "# Apples\n\nA quince word.\n")).Flush();

    public TestClock Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));

    public RunningSite Site { get; private set; } = null!;

    public static async Task<AccountSite> StartAsync(params (string Key, string? Value)[] settings)
    {
        var made = new AccountSite();
        made.Site = await RunningSite.StartAsync(
            made.Clock,
            [("PolicyHub:Library", made.repository.Folder), ("PolicyHub:SignIn:Open", "false"), ("PolicyHub:SignIn:Local", "true"), .. settings]);
        return made;
    }

    /// <summary>A new account, and the key of its link.</summary>
    public async Task<(Person Person, string Key)> InviteAsync(PersonForm form)
    {
        var added = await Site.Services.GetRequiredService<AccountBook>().AddAsync([form], AuditActor.CommandLine, CancellationToken.None);
        return (added.Invited[0].Person, added.Invited[0].Key);
    }

    /// <summary>Somebody who has used their link, and is signed in.</summary>
    public async Task<(Person Person, Browsing Browsing)> JoinAsync(string userName, string roles = "", string badge = "", string end = "")
    {
        return await JoinAsync(new PersonForm { Name = "Casey Morgan", UserName = userName, Roles = roles, Badge = badge, End = end });
    }

    /// <summary>The same, who has chosen a PIN besides.</summary>
    public async Task<(Person Person, Browsing Browsing)> JoinWithPinAsync(PersonForm form)
    {
        var joined = await JoinAsync(form);
        using var answer = await joined.Browsing.SubmitAsync("/account", "form.pin", ("pin", Pin), ("again", Pin));
        return (await RunningSite.ParseAsync(answer)).QuerySelector(".done-line") is not null ? joined : throw new InvalidOperationException("The PIN was not taken.");
    }

    /// <summary>A browser that an administrator has made a counter PC.</summary>
    public async Task<Browsing> EnrolPcAsync()
    {
        var browsing = await Browsing.AsAsync(Site, "administrator");
        using var answer = await browsing.SubmitAsync("/admin/counter-pcs", "form.new-pc", ("name", "Counter 2"), ("desk", "utility-billing"), ("audience", "counter"), ("here", "1"));
        return answer.StatusCode == HttpStatusCode.Redirect ? browsing : throw new InvalidOperationException($"The PC was answered with {answer.StatusCode}.");
    }

    private async Task<(Person Person, Browsing Browsing)> JoinAsync(PersonForm form)
    {
        var (person, key) = await InviteAsync(form);
        var browsing = new Browsing(Site.Address);
        using var answer = await browsing.SubmitAsync("/welcome?key=" + key, "form[data-password]", ("password", Password), ("again", Password));
        return answer.StatusCode == HttpStatusCode.Redirect ? (person, browsing) : throw new InvalidOperationException($"The link was answered with {answer.StatusCode}.");
    }

    /// <summary>A try to sign in, in a browser of its own unless one is given.</summary>
    public async Task<(HttpStatusCode Status, string? To, IDocument Page)> SignInAsync(string name, string password, Browsing? browsing = null, string back = "")
    {
        using var own = browsing is null ? new Browsing(Site.Address) : null;
        using var answer = await (browsing ?? own)!.SubmitAsync("/sign-in" + back, "form.sign-in", ("name", name), ("password", password));
        return (answer.StatusCode, answer.Headers.Location?.OriginalString, await RunningSite.ParseAsync(answer));
    }

    /// <summary>The status of an address.</summary>
    public static async Task<HttpStatusCode> StatusAsync(Browsing browsing, string address = "/docs/a")
    {
        using var answer = await browsing.Client.GetAsync(new Uri(address, UriKind.Relative));
        return answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        repository.Dispose();
    }
}
