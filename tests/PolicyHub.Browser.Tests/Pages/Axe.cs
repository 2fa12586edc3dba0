using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace PolicyHub.Browser.Tests.Pages;

/// <summary>What axe finds against WCAG 2.2 AA.</summary>
internal static class Axe
{
    private static readonly List<string> Standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

    /// <summary>The rules whose answer depends on color; all others are the same in light and dark, in every theme.</summary>
    private static readonly List<string> ColorRules = ["color-contrast", "link-in-text-block"];

    /// <summary>Every rule.</summary>
    public static Task<IReadOnlyList<string>> FindAsync(IPage page) => FindAsync(page, new RunOnlyOptions { Type = "tag", Values = Standards });

    public static Task<IReadOnlyList<string>> FindColorsAsync(IPage page) => FindAsync(page, new RunOnlyOptions { Type = "rule", Values = ColorRules });

    private static async Task<IReadOnlyList<string>> FindAsync(IPage page, RunOnlyOptions rules)
    {
#pragma warning disable CS0618 // The other way opens a second page for every run, which takes twice as long; there are no frames here, which is what it is for.
        var result = await page.Locator("html").RunAxeLegacy(new AxeRunOptions { RunOnly = rules, ResultTypes = [ResultType.Violations] });
#pragma warning restore CS0618
        return [.. result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html}"))];
    }
}
