using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Playwright;

namespace PolicyHub.Browser.Tests;

/// <summary>A person at a browser. Everything that the browser complains of is kept: console messages, broken scripts, failed or foreign requests.</summary>
public sealed class Visitor
{
    /// <summary>Runs in every page before its own scripts: remembers the last things that happened to it, for a test that fails.</summary>
    public const string Listening = """
        window.heardHere = [];
        for (const name of ["keydown", "focus", "blur", "focusin", "focusout", "visibilitychange", "pagehide", "beforeunload", "click", "invalid", "submit"]) {
          addEventListener(name, (event) => {
            window.heardHere.push(`${Math.round(performance.now())} ${name} ${event.key ?? ""} ${event.target?.nodeName ?? "window"} ${event.defaultPrevented}`);
            window.heardHere.splice(0, window.heardHere.length - 40);
          }, true);
        }
        """;

    private readonly ConcurrentQueue<string> complaints = new();
    private readonly ConcurrentBag<string> forgiven = [];
    private readonly ConcurrentDictionary<IRequest, long> running = [];
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
        context.RequestFinished += (_, request) => running.TryRemove(request, out var _);
        context.RequestFailed += (_, request) => running.TryRemove(request, out var _);
        context.Request += (_, request) =>
        {
            running[request] = Stopwatch.GetTimestamp();
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

    /// <summary>Where the page stands, which of its questions have no answer yet, and the last keys and changes of focus that it heard.</summary>
    public async Task<string> DescribeAsync()
    {
        var heard = Page.EvaluateAsync<string>("() => JSON.stringify({ at: location.href, focus: document.activeElement?.outerHTML.slice(0, 120), has: document.hasFocus(), state: document.visibilityState, heard: window.heardHere })");
        var told = await Task.WhenAny(heard, Task.Delay(5_000)) == heard ? await heard : "(the page does not answer)";
        return $"page: {told}{Environment.NewLine}waiting: {string.Join(", ", running.Select(one => $"{one.Key.Method} {one.Key.Url} for {Stopwatch.GetElapsedTime(one.Value)}"))}{Environment.NewLine}complaints: {string.Join(Environment.NewLine, complaints)}";
    }

    /// <summary>Waits until every question of the page has its answer.</summary>
    /// <exception cref="TimeoutException">One has none after half a minute.</exception>
    public async Task AnsweredAsync()
    {
        for (var looked = 0; !running.IsEmpty; looked++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            if (looked == 1500)
            {
                throw new TimeoutException("A question of the page has no answer.");
            }
        }
    }

    /// <summary>Opens an address and waits until its scripts have started.</summary>
    public async Task OpenAsync(string address) => await Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Load });

    /// <summary>Wears a theme and a mode, as the switch in the footer would set them.</summary>
    public Task WearAsync(string look) => Context.AddCookiesAsync([new() { Name = "look", Value = look, Url = site.ToString() }]);

    /// <summary>Complaints that hold this are what the test is about.</summary>
    public void Forgive(string part) => forgiven.Add(part);

    public void AssertQuiet()
    {
        var heard = string.Join(Environment.NewLine, complaints.Where(complaint => !forgiven.Any(part => complaint.Contains(part, StringComparison.Ordinal))));
        Assert.True(heard.Length == 0, heard);
    }
}
