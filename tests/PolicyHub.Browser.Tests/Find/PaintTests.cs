using System.Globalization;
using PolicyHub.Testing;
using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.Find;

/// <summary>
/// How long after a key the list that belongs to it is painted, in Chromium over the real site. A measurement for the long run, whose figure stands in the
/// test's output (<c>--logger "console;verbosity=detailed"</c>); how fast the machine is at the moment fails no test. The variable
/// <c>POLICYHUB_TYPING_LIBRARY</c> names another library than the starter library, such as a generated one of 33 000 sections.
/// </summary>
public sealed class PaintTests(StarterSite starter, ITestOutputHelper output)
{
    private static readonly string[] Questions =
    [
        "late fee waver senior", "my trash was not picked up", "watter leak at the meter", "how do i stop service", "dog bite report",
        "refund for overpaid bill", "parking ticket appeal", "payment plan for two bills", "who fixes potholes", "public records request",
    ];

    [Fact]
    public async Task Type_KeyByKey_PaintsTheListOfNearlyEveryKey()
    {
        Assert.SkipUnless(StarterSite.IsLong, "A measurement is for tests/run.sh --long.");
        var library = Environment.GetEnvironmentVariable("POLICYHUB_TYPING_LIBRARY");
        await using var other = library is { Length: > 0 } ? await RunningSite.StartAsync(null, ("PolicyHub:Library", library)) : null;
        var times = new List<double>();
        await starter.VisitAsync(
            async visitor =>
            {
                await visitor.OpenAsync("/");
                await Expect(visitor.Box).ToBeFocusedAsync();
                // From the time stamp of the input event to the frame after the one in which the list of these very words was drawn.
                await visitor.Page.EvaluateAsync("""
                    () => {
                      const list = document.querySelector("[role=listbox]"), box = document.querySelector("[data-search] input[name=q]");
                      window.times = [];
                      let pressed = 0;
                      box.addEventListener("input", event => { pressed = event.timeStamp; }, { capture: true });
                      new MutationObserver(() => {
                        const all = list.querySelector("[data-all]")?.dataset.url;
                        const since = pressed;
                        if (since && all && new URL(all, location.href).searchParams.get("q") === box.value.trim()) {
                          pressed = 0;
                          requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () => window.times.push(performance.now() - since); channel.port2.postMessage(0); });
                        }
                      }).observe(list, { childList: true });
                    }
                    """);
                foreach (var question in Questions.Concat(Questions))
                {
                    await visitor.Box.PressSequentiallyAsync(question, new() { Delay = 120 });
                    await Expect(visitor.Page.Locator("[role=option][data-all]")).ToHaveAttributeAsync("data-url", "/search?q=" + Uri.EscapeDataString(question));
                    await visitor.Box.FillAsync("");
                }

                times.AddRange(await visitor.Page.EvaluateAsync<double[]>("() => window.times"));
            },
            site: other);

        times.Sort();
        var report = string.Create(CultureInfo.InvariantCulture, $"{times.Count} keys, from key to painted list: p50 {At(0.5):0.0} ms, p95 {At(0.95):0.0} ms, most {times[^1]:0.0} ms");
        output.WriteLine(report);
        TestContext.Current.SendDiagnosticMessage(report);
        Assert.True(times.Count > 200, "Too few keys were measured to say anything.");

        double At(double share) => times[(int)(share * (times.Count - 1))];
    }
}
