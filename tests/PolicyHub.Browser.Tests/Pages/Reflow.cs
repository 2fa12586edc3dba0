using Microsoft.Playwright;

namespace PolicyHub.Browser.Tests.Pages;

/// <summary>What makes a page scroll sideways on a narrow screen.</summary>
internal static class Reflow
{
    /// <summary>What reaches past the edge and is not inside something that scrolls by itself, at 320 pixels, on a phone and at 200 %; the page keeps the last of these sizes.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page)
    {
        var found = new List<string>();
        foreach (var size in new[] { Sizes.Narrow, Sizes.Phone, Sizes.Zoomed })
        {
            await page.SetViewportSizeAsync(size.Width, size.Height);
            var wide = await page.EvaluateAsync<string[]>("""
                () => {
                  const edge = document.documentElement.clientWidth;
                  const page = document.scrollingElement.scrollWidth > edge ? [`the page is ${document.scrollingElement.scrollWidth} wide`] : [];
                  const framed = element => {
                    for (let at = element; at && at !== document.body; at = at.parentElement) {
                      const style = getComputedStyle(at);
                      if (style.overflowX !== "visible" || style.clipPath !== "none" || style.visibility === "hidden") { return true; }
                    }
                    return false;
                  };
                  return page.concat([...document.querySelectorAll("body *")]
                    .filter(element => element.getBoundingClientRect().right > edge + 1 && !framed(element))
                    .map(element => element.outerHTML.slice(0, 120)));
                }
                """);
            found.AddRange(wide.Take(5).Select(what => $"{page.Url} at {size.Width}: {what}"));
        }

        return found;
    }
}
