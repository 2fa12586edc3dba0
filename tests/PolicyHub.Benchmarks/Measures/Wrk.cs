using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PolicyHub.Benchmarks.Measures;

/// <summary>One run of <c>wrk</c> (Debian's package) against a child, with the CPU time that the child spent on it.</summary>
internal sealed record Load(double RequestsPerSecond, double P50, double P99, double CpuPerRequest)
{
    /// <summary>Times are in milliseconds, CPU in microseconds. Refuses a run in which a request failed.</summary>
    /// <param name="script">A Lua script for wrk that says what to ask for; null: always the path.</param>
    /// <param name="cookie">What each request carries of somebody who has signed in.</param>
    public static async Task<Load> RunAsync(Child child, string path, int connections, int seconds, string? script = null, string? cookie = null)
    {
        var start = new ProcessStartInfo("wrk") { UseShellExecute = false, RedirectStandardOutput = true };
        string[] scripted = script is null ? [] : ["-s", script];
        string[] carried = cookie is null ? [] : ["-H", "Cookie: " + cookie];
        foreach (var argument in (string[])["-t1", $"-c{connections}", $"-d{seconds}s", "--latency", .. scripted, .. carried, new Uri(child.Address, path).AbsoluteUri])
        {
            start.ArgumentList.Add(argument);
        }

        var before = child.Cpu;
        using var wrk = Process.Start(start) ?? throw new InvalidOperationException("wrk did not start; install Debian's package wrk.");
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        var cpu = child.Cpu - before;
        if (output.Contains("Non-2xx", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{path} did not answer 200: {output}");
        }

        var requests = Number(Find(output, @"(?<number>\d+) requests in"));
        var perSecond = Number(Find(output, @"Requests/sec:\s+(?<number>[\d.]+)"));
        return new Load(perSecond, Percentile(output, "50%"), Percentile(output, "99%"), cpu.TotalMicroseconds / requests);
    }

    private static double Percentile(string output, string name)
    {
        var found = Find(output, Regex.Escape(name) + @"\s+(?<number>[\d.]+)(?<unit>us|ms|s)");
        return found.Groups["unit"].Value switch { "us" => Number(found) / 1000, "s" => Number(found) * 1000, _ => Number(found) };
    }

    private static Match Find(string output, string pattern) =>
        Regex.Match(output, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)) is { Success: true } found
            ? found
            : throw new InvalidOperationException("wrk did not say what it measured: " + output);

    private static double Number(Match found) => double.Parse(found.Groups["number"].Value, CultureInfo.InvariantCulture);
}
