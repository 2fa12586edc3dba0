using System.Diagnostics;
using System.Globalization;

namespace PolicyHub.Benchmarks.Measures;

/// <summary>A server in a process of its own, whose CPU time and memory the system accounts for.</summary>
internal sealed class Child : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly Process process;

    private Child(Process process, Uri address, TimeSpan startToReady)
    {
        this.process = process;
        Address = address;
        StartToReady = startToReady;
    }

    public Uri Address { get; }

    /// <summary>From starting the process to its first good answer at <c>/health/ready</c>.</summary>
    public TimeSpan StartToReady { get; }

    /// <summary>User and system time of the process so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a .NET program and waits, at most two minutes, until it is ready.</summary>
    public static async Task<Child> StartAsync(string assembly, int port, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(assembly);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_TieredPGO"] = "1";
        // Open, as only Development is; but without what the framework adds there to each request: a look on disk for changed styles.
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ReloadStaticAssetsAtRuntime"] = "false";
        start.Environment["PolicyHub__SignIn__Open"] = "true";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        var address = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
        var watch = Stopwatch.StartNew();
        var started = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        _ = started.StandardError.ReadToEndAsync();
        while (watch.Elapsed < TimeSpan.FromMinutes(2))
        {
            if (started.HasExited)
            {
                throw new InvalidOperationException($"{Path.GetFileName(assembly)} ended with {started.ExitCode}.");
            }

            try
            {
                using var response = await Http.GetAsync(new Uri(address, "/health/ready"));
                if (response.IsSuccessStatusCode)
                {
                    return new Child(started, address, watch.Elapsed);
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(2);
        }

        started.Kill(entireProcessTree: true);
        throw new InvalidOperationException($"{Path.GetFileName(assembly)} was not ready within two minutes.");
    }

    /// <summary>Waits, at most two minutes, until the child has nothing to do but to answer: what it makes in the background is no part of a request.</summary>
    public async Task QuietAsync()
    {
        var watch = Stopwatch.StartNew();
        for (var quiet = 0; quiet < 4 && watch.Elapsed < TimeSpan.FromMinutes(2);)
        {
            var before = Cpu;
            await Task.Delay(500);
            quiet = Cpu - before < TimeSpan.FromMilliseconds(25) ? quiet + 1 : 0;
        }
    }

    /// <summary>Asks a child in <c>serve</c> mode to collect all garbage and to say its proportional set size, in bytes.</summary>
    public async Task<long> ProportionalSetSizeAsync()
    {
        await process.StandardInput.WriteLineAsync("memory");
        for (var line = 0; line < 1000; line++)
        {
            var answer = await process.StandardOutput.ReadLineAsync();
            if (answer?.StartsWith("pss ", StringComparison.Ordinal) == true)
            {
                return long.Parse(answer.AsSpan(4), CultureInfo.InvariantCulture);
            }
        }

        throw new InvalidOperationException("The child did not say its memory.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }
}
