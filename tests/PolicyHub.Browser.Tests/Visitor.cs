using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace PolicyHub.Browser.Tests;

/// <summary>A person at a browser. Everything that the browser complains of is kept: console messages, broken scripts, failed or foreign requests.</summary>
public sealed class Visitor
{
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly ConcurrentBag<string> forgiven = [];
    private readonly Uri site;

    public Visitor(IBrowserContext context, IPage page, Uri site)
    {
        ArgumentNullException.ThrowIfNull(context);
        this.site = site;
        Context = context;
        Page = page;
        Page.SetDefaultTimeout(60_000);
        context.Console += (_, message) => complaints.Enqueue($"console {message.Type}: {message.Text} {message.Location}");
        context.WebError += (_, error) => complaints.Enqueue("script: " + error.Error);
        context.Request += (_, request) =>
        {
            if (Uri.TryCreate(request.Url, UriKind.Absolute, out var asked) && asked.Authority != site.Authority)
            {
                complaints.Enqueue("foreign: " + request.Url);
            }
        };
        context.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                complaints.Enqueue($"answer {response.Status}: {response.Url}");
            }
        };
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public ILocator Box => Page.Locator("[data-search] input[name=q]");

    public ILocator Options => Page.Locator("[role=listbox] [role=option]");

    public ILocator Live => Page.Locator("[data-live]");

    /// <summary>The line that says what a key or button just did.</summary>
    public ILocator Toast => Page.Locator("[data-toast]");

    /// <summary>Opens an address and waits until its scripts have started.</summary>
    public async Task OpenAsync(string address) => await Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Load });

    /// <summary>Wears a theme and a mode, as the switch in the footer would set them.</summary>
    public Task WearAsync(string look) => Context.AddCookiesAsync([new() { Name = "look", Value = look, Url = site.ToString() }]);

    /// <summary>Complaints that hold this are what the test is about.</summary>
    public void Forgive(string part) => forgiven.Add(part);

    public void AssertQuiet() => Assert.Equal([], complaints.Where(complaint => !forgiven.Any(part => complaint.Contains(part, StringComparison.Ordinal))));
}
