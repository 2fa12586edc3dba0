using System.Globalization;
using System.Text.Json;
using PolicyHub.Web.Api;
using PolicyHub.Web.Hosting;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Pages.Find;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Benchmarks.Measures;

/// <summary>The site as <c>policyhub</c> runs it, which also answers, on standard input, how much memory it holds.</summary>
internal static class SiteChild
{
    /// <summary>The answer of <c>/api/search</c> to the first question asked here, written as JSON for every request: what all but the searching costs.</summary>
    public const string Fixed = "/measured/fixed";

    public static async Task<int> RunAsync(string urls, string data, string library)
    {
        await using var app = HubApp.Build([], builder =>
        {
            builder.Environment.EnvironmentName = Environments.Development;
            builder.Configuration.AddInMemoryCollection(
            [
                new("urls", urls), new("PolicyHub:SignIn:Open", "true"), new("PolicyHub:Data", data), new("PolicyHub:Library", library.Length == 0 ? null : library),

                // All load comes from one address.
                new("PolicyHub:SearchesPerSecond", "100000"),
            ]);
            builder.Logging.ClearProviders();
        });
        FoundSections? kept = null;
        app.MapGet(Fixed, (Visit visit, HttpRequest request) => TypedResults.Ok(kept ??= Once(FoundSections.Of(new SearchView(SearchAddress.Read(request.Query, visit, 10).Query!, visit)))))
            .RequireAuthorization(Policies.Reading);
        await app.StartAsync();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (line == "memory")
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                var pss = File.ReadLines("/proc/self/smaps_rollup").First(row => row.StartsWith("Pss:", StringComparison.Ordinal));
                var kilobytes = long.Parse(pss.AsSpan(4, pss.Length - 6).Trim(), CultureInfo.InvariantCulture);
                await Console.Out.WriteLineAsync("pss " + (kilobytes * 1024).ToString(CultureInfo.InvariantCulture));
            }
        }

        await app.StopAsync();
        return 0;
    }

    private static FoundSections Once(FoundSections found) => JsonSerializer.Deserialize<FoundSections>(JsonSerializer.Serialize(found, JsonSerializerOptions.Web), JsonSerializerOptions.Web)!;
}
