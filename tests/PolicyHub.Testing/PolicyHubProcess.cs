using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace PolicyHub.Testing;

/// <summary>
/// The program as a user starts it: <c>policyhub</c> as a process of its own, from the folder of the tests, with no setting of this machine.
/// Every wait is bounded; whatever still runs is ended with the object.
/// </summary>
public sealed class PolicyHubProcess : IAsyncDisposable
{
    /// <summary>Generous: other tests run on the same cores.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();
    private Uri? address;
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PolicyHubProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Take(output, line.Data);
        process.ErrorDataReceived += (_, line) => Take(error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>What it has written so far.</summary>
    public string Output => Read(output);

    /// <summary>What it has written to standard error so far.</summary>
    public string Error => Read(error);

    /// <summary>Starts it; <c>--urls</c> is not added.</summary>
    /// <param name="program">Another <c>policyhub.dll</c> than that beside the tests.</param>
    public static PolicyHubProcess Start(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null, string? program = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        // Shells have Ctrl+C ignored by what they start in the background, and so by all that it starts: this one hears it again.
        var start = new ProcessStartInfo("/usr/bin/env")
        {
            WorkingDirectory = folder ?? Path.GetTempPath(),
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in arguments.Prepend(program ?? Path.Combine(AppContext.BaseDirectory, "policyhub.dll")).Prepend(DotNet()).Prepend("--default-signal=INT"))
        {
            start.ArgumentList.Add(argument);
        }

        string[] foreign = ["PolicyHub__", "ASPNETCORE_", "Kestrel__", "GIT_", "Logging__"];
        foreach (var name in start.Environment.Keys.Where(name => foreign.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToList())
        {
            start.Environment.Remove(name);
        }

        // A test about people names its own.
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["PolicyHub__SignIn__Open"] = "true";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        return new PolicyHubProcess(Process.Start(start)!);
    }

    /// <summary>Starts the site on a free port and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message holds what it wrote.</exception>
    public static async Task<(PolicyHubProcess Process, Uri Address)> ServeAsync(params string[] arguments)
    {
        var started = Start([.. arguments, "--urls", "http://127.0.0.1:0"]);
        try
        {
            return (started, await started.ListeningAsync());
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        await using var started = Start(arguments, environment, folder);
        return (await started.ExitAsync(), started.Output, started.Error);
    }

    /// <summary>The address that it says it listens on.</summary>
    public async Task<Uri> ListeningAsync()
    {
        var ended = process.WaitForExitAsync();
        await Task.WhenAny(listening.Task, ended).WaitAsync(Patience);
        return listening.Task.IsCompleted
            ? await listening.Task
            : throw new InvalidOperationException($"It ended with {process.ExitCode}: {Output}{Error}");
    }

    /// <summary>Its exit code, once it has ended.</summary>
    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <summary>Ends it as <c>kill -9</c> does, it alone, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: false);
        await ExitAsync();
    }

    /// <summary>Asks it to end, as a service manager does; ask <see cref="ExitAsync"/> for the end.</summary>
    public void Terminate() => Signal("TERM");

    /// <summary>Asks it to end, as Ctrl+C does.</summary>
    public void Interrupt() => Signal("INT");

    /// <summary>The ids of all processes that it, or one of those, has started and that still run.</summary>
    public IReadOnlyList<int> Descendants()
    {
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Parent: ParentOf(id)))
            .ToList();
        var found = new List<int> { Id };
        for (var index = 0; index < found.Count; index++)
        {
            found.AddRange(parents.Where(pair => pair.Parent == found[index]).Select(pair => pair.Id));
        }

        return found[1..];
    }

    /// <summary>Whether a process runs; one that has ended and was not waited for does not.</summary>
    public static bool Runs(int id) => StatusOf(id) is { } status && status[0] != 'Z';

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync().WaitAsync(Patience);
        }

        process.Dispose();
    }

    private static string DotNet() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    private void Signal(string name)
    {
        var start = new ProcessStartInfo("kill") { UseShellExecute = false };
        start.ArgumentList.Add("-" + name);
        start.ArgumentList.Add(Id.ToString(CultureInfo.InvariantCulture));
        using var kill = Process.Start(start)!;
        kill.WaitForExit(Patience);
    }

    private static int ParentOf(int id) =>
        StatusOf(id)?.Split(' ') is [_, var parent, ..] && int.TryParse(parent, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>What the kernel says of a process, from its state on; null when there is none.</summary>
    private static string? StatusOf(int id)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
            return line[(line.LastIndexOf(')') + 2)..];
        }
        catch (IOException)
        {
            return null;
        }
    }

    private void Take(StringBuilder to, string? line)
    {
        const string mark = "Now listening on: ";
        if (line is null)
        {
            return;
        }

        lock (to)
        {
            to.Append(line).Append('\n');
        }

        if (line.IndexOf(mark, StringComparison.Ordinal) is var at and >= 0)
        {
            // In a log of objects the text ends with a quotation mark.
            address = new Uri(line[(at + mark.Length)..].Split('"')[0].Trim());
        }
        else if (address is not null && line.Contains("Application started", StringComparison.Ordinal))
        {
            // It listens while the library is still read; now it is ready.
            listening.TrySetResult(address);
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
