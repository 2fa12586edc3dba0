using Microsoft.Playwright;
using PolicyHub.Testing;

namespace PolicyHub.Browser.Tests.Propose;

/// <summary>A site on which one says who one is.</summary>
public sealed class EditorSite : IAsyncLifetime
{
    public RunningSite Site { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Site = await RunningSite.StartAsync(new TestClock(StarterSite.Now), ("PolicyHub:SignIn:Open", "false"));

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    /// <summary>An author of their own begins a change of a document from its page; the address of the editor is handed over.</summary>
    public Task EditAsync(StarterSite starter, string document, Func<Visitor, string, Task> act, Action<BrowserNewContextOptions>? configure = null) => starter.VisitAsync(
        async visitor =>
        {
            using var author = await TestPeople.SignInAsync(Site, "Ada", [], "author folder:policies/utility-billing");
            var key = author.Cookies.GetCookies(Site.Address)["policyhub"]!.Value;
            await visitor.Context.AddCookiesAsync([new() { Name = "policyhub", Value = key, Url = Site.Address.ToString() }]);
            await visitor.ChangeThisAsync(document[..^3]);
            await act(visitor, new Uri(visitor.Page.Url).AbsolutePath);
        },
        configure,
        Site);
}
