using System.Diagnostics;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Tests;

/// <summary>This program a second time, as a process of its own; ended with the object.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly Process process;

    private ChildProcess(Process process) => this.process = process;

    public StreamReader Output => process.StandardOutput;

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public static ChildProcess Start(string what, RecordsLocation location, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true };
        if (!Path.GetFileName(Environment.ProcessPath!).StartsWith("PolicyHub", StringComparison.Ordinal))
        {
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        }

        foreach (var argument in arguments.Prepend(location.Provider.ToString()).Prepend(what).Prepend("child"))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[Child.Database] = location.File ?? location.Connection;
        return new ChildProcess(Process.Start(start)!);
    }

    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await ExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
