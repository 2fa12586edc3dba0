using System.Globalization;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Benchmarks.Measures;

/// <summary>The site as <c>policyhub</c> runs it, which also answers, on standard input, how much memory it holds.</summary>
internal static class SiteChild
{
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
}
