namespace PolicyHub.Browser.Tests.Pages;

/// <summary>Without a mouse: Tab comes to everything that can be used, in the order of reading, and one sees where one is.</summary>
public sealed class KeyboardTests(StarterSite starter)
{
    private const string Usable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";

    public static TheoryData<string> Pages =>
    [
        "/", "/browse", "/search?q=late+fee", "/docs/policies/utility-billing/late-fees?q=late+fee", "/docs/process/guest", "/docs/desks/utility-billing",
        "/docs/forms/u-15-leak-adjustment", "/kind/term", "/problems", "/keys", "/search/gap?q=piano", "/search?q=wvfgtbkdl", "/docs/process/guest?view=poster", "/compare/policies/utility-billing/late-fees",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public Task Tab_ThroughThePage_ReachesEverythingVisibly(string address) => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync(address);
        var wanted = await visitor.Page.EvaluateAsync<string[]>($$"""
            () => {
              document.activeElement?.blur();
              const usable = [...document.querySelectorAll("{{Usable}}")].filter(element => element.checkVisibility({ visibilityProperty: true }) && !element.disabled);
              usable.forEach((element, at) => element.dataset.testAt = at);
              // Starts from the top whatever had the focus.
              getSelection().removeAllRanges();
              document.body.tabIndex = -1;
              document.body.focus();
              return usable.map(element => element.dataset.testAt);
            }
            """);
        Assert.NotEmpty(wanted);

        // The parts of a date field are stops of their own; the last, its calendar, shows the focus itself, where the page cannot see it.
        const int MostStops = 5;
        var reached = new List<string>();
        for (var press = 0; reached.Count < wanted.Length && press < wanted.Length * MostStops; press++)
        {
            await visitor.Page.Keyboard.PressAsync("Tab");
            var stop = await visitor.Page.EvaluateAsync<string[]>("""
                () => {
                  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
                  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
                  const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
                  return [element.dataset.testAt ?? "", seen && inView ? "" : element.outerHTML.slice(0, 150), element.type ?? ""];
                }
                """);
            if (reached.Count > 0 && reached[^1] == stop[0] && stop[2] == "date")
            {
                continue;
            }

            Assert.True(stop[1].Length == 0, $"{address}: one does not see the focus on {stop[1]}");
            reached.Add(stop[0]);
        }

        Assert.Equal(wanted, reached);
    });

    [Fact]
    public Task Skip_IsTheFirstStopAndLeadsPastTheHeader() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/browse");
        await visitor.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("skip", await visitor.Page.EvaluateAsync<string>("() => document.activeElement.className"));
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Keyboard.PressAsync("Tab");

        Assert.True(await visitor.Page.EvaluateAsync<bool>("() => document.getElementById('main').contains(document.activeElement)"));
    });
}
