using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PolicyHub.Testing;
using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.Propose;

/// <summary>What people do at a browser who write and approve: signing in, typing, pasting, sending.</summary>
internal static partial class AtWork
{
    /// <summary>Each of the named sample people with a browser of their own, at once.</summary>
    public static async Task TogetherAsync(this StarterSite starter, RunningSite site, Func<IReadOnlyDictionary<string, Visitor>, Task> act, params string[] samples)
    {
        var people = new Dictionary<string, Visitor>();
        await NextAsync(0);

        async Task ActAsync()
        {
            try
            {
                await act(people);
            }
            catch (Exception failure) when (failure is TimeoutException or PlaywrightException)
            {
                await Task.WhenAll(people.Select(one => PictureAsync(one.Value.Page, one.Key)));
                var told = await Task.WhenAll(people.Select(async one => $"{one.Key}: {await one.Value.DescribeAsync()}"));
                throw new InvalidOperationException(string.Join(Environment.NewLine, [failure.Message, .. told]), failure);
            }
        }

        Task NextAsync(int at) => at == samples.Length
            ? ActAsync()
            : starter.VisitAsync(
                async visitor =>
                {
                    await visitor.SignInAsync(samples[at]);
                    people.Add(samples[at], visitor);
                    await NextAsync(at + 1);
                },
                site: site);
    }

    /// <summary>A picture of a page, for somebody to look at, in the folder that the variable <c>POLICYHUB_TESTS_PICTURES</c> names.</summary>
    public static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("POLICYHUB_TESTS_PICTURES") is { Length: > 0 } pictures)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(pictures, name + ".png"), FullPage = true, Caret = ScreenshotCaret.Initial });
        }
    }

    public static async Task SignInAsync(this Visitor visitor, string sample)
    {
        await visitor.OpenAsync("/sign-in");
        await visitor.Page.Locator($"button[value={sample}]").ClickAsync();
        await Expect(visitor.Page.Locator(".account:not(.work-link)").Last).ToBeVisibleAsync();
    }

    /// <summary>Begins a change of a document on its page.</summary>
    public static async Task ChangeThisAsync(this Visitor visitor, string document)
    {
        await visitor.OpenAsync("/docs/" + document);
        await visitor.Page.Locator("[data-change-this] > button").ClickAsync();
        await visitor.Page.ArriveAsync("**/changes/**");
    }

    /// <summary>What was typed has reached the server.</summary>
    public static Task SavedAsync(this Visitor visitor) => Expect(visitor.Page.Locator("[data-status]")).ToHaveTextAsync(Saved);

    /// <summary>Clicks behind the last letter of something on the page that is being written.</summary>
    public static async Task ClickBehindAsync(this Visitor visitor, ILocator place)
    {
        await place.ScrollIntoViewIfNeededAsync();
        var box = (await place.BoundingBoxAsync())!;
        await place.ClickAsync(new() { Position = new() { X = box.Width - 2, Y = box.Height - 4 } });
        await visitor.Page.Keyboard.PressAsync("End");
    }

    public static async Task PressAsync(this Visitor visitor, string key, int times)
    {
        for (var pressed = 0; pressed < times; pressed++)
        {
            await visitor.Page.Keyboard.PressAsync(key);
        }
    }

    /// <summary>Puts the caret behind the words of an element, as arrow keys would.</summary>
    public static async Task CaretAfterAsync(this Visitor visitor, string selector) => await visitor.Page.Locator(selector).First.EvaluateAsync(
        "element => { element.closest('[data-editable]').focus(); getSelection().selectAllChildren(element); getSelection().collapseToEnd(); }");

    /// <summary>Ctrl+V with what another program put on the clipboard.</summary>
    public static async Task PasteAsync(this Visitor visitor, string html) => await visitor.Page.EvaluateAsync(
        "html => { const data = new DataTransfer(); data.setData('text/html', html); document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }",
        html);

    /// <summary>The text of a document that is being changed, as it is written.</summary>
    public static async Task<string> SourceAsync(this Visitor visitor, string edit)
    {
        var page = await visitor.Context.NewPageAsync();
        await page.GotoAsync(edit + "?view=markdown");
        var source = await page.Locator("[data-markdown]").InputValueAsync();
        await page.CloseAsync();
        return source;
    }

    /// <summary>Goes on with Tab, or back with Shift+Tab, until the control of a name has the focus, and the focus can be seen.</summary>
    public static async Task ReachAsync(this Visitor visitor, string name, bool isBack = false)
    {
        for (var pressed = 0; pressed < 300; pressed++)
        {
            await visitor.Page.Keyboard.PressAsync(isBack ? "Shift+Tab" : "Tab");
            var shown = await visitor.Page.EvaluateAsync<string?>(
                """
                (name) => {
                  const at = document.activeElement;
                  if ((at.labels?.[0]?.textContent ?? at.getAttribute("aria-label") ?? at.textContent).replace(/\s+/g, " ").trim() !== name) { return null; }
                  const style = getComputedStyle(at);
                  return style.outlineStyle === "none" || parseFloat(style.outlineWidth) === 0 ? "unseen" : "seen";
                }
                """,
                name);
            if (shown is not null)
            {
                Assert.True(shown == "seen", $"The focus cannot be seen on “{name}”.");
                return;
            }
        }

        throw new InvalidOperationException($"“{name}” is not reached by keyboard.");
    }

    /// <summary>Esc leads to the bar, arrows along it, Enter presses the button and leads back to the text.</summary>
    public static async Task ToolAsync(this Visitor visitor, string name, bool isDialog = false)
    {
        await visitor.Page.Keyboard.PressAsync("Escape");
        for (var steps = 0; steps < 20 && !await visitor.Page.EvaluateAsync<bool>("name => document.activeElement.textContent.trim().replace('Box: ', '') === name", name); steps++)
        {
            await visitor.Page.Keyboard.PressAsync("ArrowRight");
        }

        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Page.Locator(isDialog ? "dialog[open] input" : "[data-editable]")).ToBeFocusedAsync();
    }

    /// <summary>What a page shows and says to a manager has no mark of Markdown and no word of git; the one switch that is named after Markdown, and a document’s own words, are theirs.</summary>
    public static async Task AssertPlainAsync(this Visitor visitor)
    {
        var found = string.Join(Environment.NewLine, await visitor.FindMarksAsync());
        Assert.True(found.Length == 0, found);
    }

    /// <summary>The marks and words that <see cref="AssertPlainAsync"/> wants none of.</summary>
    public static async Task<IEnumerable<string>> FindMarksAsync(this Visitor visitor)
    {
        var said = await visitor.Page.EvaluateAsync<string[]>(
            """
            () => {
              const own = (node) => node.closest("[data-switch-source], script, style, noscript, template, textarea, [hidden]") !== null;
              const said = [];
              const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walk.nextNode()) {
                const element = walk.currentNode.parentElement;
                if (!own(element) && element.checkVisibility()) {
                  said.push((element.closest(".content, .search-results, .as-typed") ? "text: " : "page: ") + walk.currentNode.data.replace(/\s+/g, " "));
                }
              }
              for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], img[alt]")) {
                if (!own(element)) {
                  said.push(...["aria-label", "title", "placeholder", "alt"].map((name) => element.getAttribute(name)).filter(Boolean).map((words) => "page: " + words));
                }
              }
              said.push("page: " + document.title);
              return said;
            }
            """);
        return said.Where(line => Marks().IsMatch(line) || (line.StartsWith("page: ", StringComparison.Ordinal) && Words().IsMatch(line))).Select(line => $"{visitor.Page.Url}: {line}");
    }

    private static readonly Regex Saved = SavedAt();

    [GeneratedRegex("^Saved at ", RegexOptions.None, 1000)]
    private static partial Regex SavedAt();

    /// <summary>Marks that no sentence has.</summary>
    [GeneratedRegex(@"\*\*|__|(?:^|\s)#{1,6}\s|\]\(|\[!|```|\|\s*-{3}|(?:: |\n)> ", RegexOptions.None, 1000)]
    private static partial Regex Marks();

    [GeneratedRegex(@"\b(?:git|github|commit(?:s|ted)?|branch(?:es)?|merge[sd]?|merging|rebase\w*|repositor(?:y|ies)|markdown|front ?matter|ya?ml|blobs?|diffs?|sha-?\d+|pull requests?|stage[sd]?|HEAD|refs?|trailers?)\b|\.md\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Words();
}
