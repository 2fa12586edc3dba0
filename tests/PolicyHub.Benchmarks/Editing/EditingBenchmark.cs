using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PolicyHub.Benchmarks.Measures;
using PolicyHub.Testing;

namespace PolicyHub.Benchmarks.Editing;

/// <summary>
/// What one waits for while writing: the page beside the source after a key (the bar is a p99 of 50 ms on a page of 2 000 words), one paragraph saved by itself, a table
/// pasted from a word processor, and what is said of the text. Over HTTP on the starter library, one person at a time.
/// </summary>
internal static class EditingBenchmark
{
    private const string Document = "policies/utility-billing/late-fees.md";

    private const string Pasted = "<html><body><p class=MsoNormal style='mso-x:1'><b>Fees</b></p><table><tr><td>Fee</td><td>Cost</td></tr><tr><td>Late</td><td>$5</td></tr></table></body></html>";

    public static async Task<int> RunAsync(int words, int times)
    {
        await using var site = await RunningSite.StartAsync(new TestClock(new DateTimeOffset(2026, 11, 23, 16, 0, 0, TimeSpan.Zero)), ("PolicyHub:SignIn:Open", "false"));
        using var author = await TestPeople.SignInAsync(site, "Ada", [], "author");
        using var begun = await author.SubmitAsync("/changes/start?doc=" + Uri.EscapeDataString(Document), "main form", ("which", "today"));
        var edit = begun.Headers.Location!.OriginalString;
        var page = await author.GetAsync(edit + "?view=markdown");
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var one = page.QuerySelector("[data-markdown]")!.TextContent;
        var text = string.Join("\n\n", Enumerable.Repeat(one, 1 + (words / Words(one))));
        text = string.Concat(text.AsSpan(0, Cut(text, words)), "\n");
        var api = "/api" + edit[..edit.IndexOf("/edit/", StringComparison.Ordinal)];
        var stamp = 0;
        await PostAsync("text", ("text", text));

        var told = new List<string[]>
        {
            await MeasureAsync("preview of the page", run => PostAsync("preview", ("text", text.Replace("waive", $"waive{run}", StringComparison.Ordinal)))),
            await MeasureAsync("a paragraph saved", run => PostAsync("block", ("edits", JsonSerializer.Serialize(new[] { new { from = 1, to = 2, html = $"<p>Typed {run} <b>times</b>.</p>" } })))),
            await MeasureAsync("a pasted table", _ => PostAsync("paste", ("html", Pasted))),
            await MeasureAsync("what is said of it", _ => PostAsync("checks")),
            await MeasureAsync("a request that does nothing", async _ => (await author.Client.GetAsync(new Uri("/health/live", UriKind.Relative))).Dispose()),
        };
        Table.Print($"Writing, a page of {Words(text)} words, {times} times each, milliseconds", ["what", "median", "p99", "longest"], told);
        return 0;

        async Task<string[]> MeasureAsync(string what, Func<int, Task> act)
        {
            for (var run = 0; run < 20; run++)
            {
                await act(-run);
            }

            var each = new double[times];
            for (var run = 0; run < times; run++)
            {
                var start = Stopwatch.GetTimestamp();
                await act(run);
                each[run] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            return [what, Table.Number(Table.Median([.. each])), Table.Number(Table.Percentile(each, 0.99)), Table.Number(each.Max())];
        }

        async Task PostAsync(string act, params (string Name, string Value)[] fields)
        {
            using var form = new FormUrlEncodedContent(fields.Concat([("path", Document), ("step", "0"), ("stamp", stamp.ToString(CultureInfo.InvariantCulture))]).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{api}/{act}") { Content = form };
            request.Headers.Add("RequestVerificationToken", token);
            using var answer = await author.Client.SendAsync(request);
            var said = await answer.Content.ReadAsStringAsync();
            if (!answer.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"{act} was answered with {answer.StatusCode}: {said}");
            }

            if (act is "text" or "block")
            {
                using var json = JsonDocument.Parse(said);
                stamp = json.RootElement.GetProperty("stamp").GetInt32();
            }
        }
    }

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>The end of the line with which a text has so many words.</summary>
    private static int Cut(string text, int words)
    {
        var at = 0;
        for (var seen = 0; seen < words && at >= 0 && at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end + 1;
            seen += Words(text[at..end]);
            at = end;
        }

        return at;
    }
}
