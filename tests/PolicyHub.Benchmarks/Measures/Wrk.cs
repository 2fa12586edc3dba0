using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PolicyHub.Benchmarks.Measures;

/// <summary>One run of <c>wrk</c> (Debian's package) against a child, with the CPU time that the child spent on it.</summary>
internal sealed record Load(double RequestsPerSecond, double P50, double P99, double CpuPerRequest)
{
    /// <summary>Times are in milliseconds, CPU in microseconds. Refuses a run in which a request failed.</summary>
    public static async Task<Load> RunAsync(Child child, string path, int connections, int seconds)
    {
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true };
        foreach (var argument in new[] { "-t1", $"-c{connections}", $"-d{seconds}s", "--latency", new Uri(child.Address, path).ToString() })
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

        var requests = double.Parse(Regex.Match(output, @"(\d+) requests in", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value, CultureInfo.InvariantCulture);
        var perSecond = double.Parse(Regex.Match(output, @"Requests/sec:\s+([\d.]+)", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value, CultureInfo.InvariantCulture);
        return new Load(perSecond, Percentile(output, "50%"), Percentile(output, "99%"), cpu.TotalMicroseconds / requests);
    }

    private static double Percentile(string output, string name)
    {
        var match = Regex.Match(output, Regex.Escape(name) + @"\s+([\d.]+)(us|ms|s)", RegexOptions.None, TimeSpan.FromSeconds(1));
        var value = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch { "us" => value / 1000, "s" => value * 1000, _ => value };
    }
}
