namespace PolicyHub.Browser.Tests.Pages;

/// <summary>Nothing scrolls sideways but a wide table or a program's text in its own frame: 200 % of a desk's screen, and 320 pixels.</summary>
public sealed class ReflowTests(StarterSite starter)
{
    public static TheoryData<string> Routes => Addresses.Routes;

    public static TheoryData<string> Kinds => Addresses.Kinds;

    [Theory]
    [MemberData(nameof(Routes))]
    public Task Open_RouteNarrowOrZoomed_DoesNotScrollSideways(string address) => AssertFitsAsync(address);

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task Open_KindNarrowOrZoomed_DoesNotScrollSideways(string kind) => AssertFitsAsync(Addresses.OfKind(starter.Site, kind));

    [Fact]
    public async Task Open_EveryDocumentNarrow_DoesNotScrollSideways()
    {
        Assert.SkipUnless(StarterSite.IsLong, "Every page is for tests/run.sh --long.");
        foreach (var address in Addresses.OfEveryDocument(starter.Site))
        {
            await AssertFitsAsync(address);
        }
    }

    private Task AssertFitsAsync(string address) => starter.VisitAsync(
        async visitor =>
        {
            visitor.Forgive("status of 40");
            visitor.Forgive("answer 40");
            await visitor.OpenAsync(address);
            foreach (var size in new[] { Sizes.Narrow, Sizes.Phone, Sizes.Zoomed })
            {
                await visitor.Page.SetViewportSizeAsync(size.Width, size.Height);
                // What reaches past the edge and is not inside something that scrolls by itself, and whether the page does.
                var wide = await visitor.Page.EvaluateAsync<string[]>("""
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
                Assert.True(wide.Length == 0, $"{address} at {size.Width}: {string.Join("\n", wide.Take(5))}");
            }
        });
}
