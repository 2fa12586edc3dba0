using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests;

internal static class Arrival
{
    /// <summary>
    /// Waits until the page is at an address and has loaded. Not <c>WaitForURLAsync</c>: that looks where the page is and begins to listen in two
    /// steps, and a page that arrives between them is waited for in vain.
    /// </summary>
    /// <param name="address">The address, or how it ends after <c>**</c>; a star stands for anything.</param>
    public static async Task ArriveAsync(this IPage page, string address)
    {
        var pattern = Regex.Escape(address).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal);
        await Expect(page).ToHaveURLAsync(new Regex($"^{pattern}$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await page.EvaluateAsync("() => document.readyState === 'complete' || new Promise((done) => addEventListener('load', () => done(true), { once: true }))");
    }
}
