using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace PolicyHub.Content.Git;

/// <summary>
/// The only code that starts git. Arguments are a list; the environment is ours; no hook, prompt, pager, helper, global
/// setting or foreign protocol takes part; every call has a time limit and its exit code is looked at.
/// </summary>
public sealed class GitProgram(GitSettings settings)
{
    private const int LongestErrorText = 64 * 1024;

    // Set on the command line, where they win over whatever the repository's own configuration says.
    private static readonly ImmutableArray<string> Pinned =
    [
        "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.attributesFile=/dev/null", "core.pager=cat",
        "protocol.allow=never", "gc.auto=0", "maintenance.auto=false", "submodule.recurse=false", "fetch.recurseSubmodules=false",
        "log.showSignature=false", "log.showRoot=true", "log.mailmap=false", "log.follow=false", "diff.renames=true",
        "diff.relative=false", "diff.ignoreSubmodules=none", "diff.suppressBlankEmpty=false", "core.quotePath=true", "i18n.logOutputEncoding=UTF-8", "http.sslVerify=true", "http.followRedirects=initial",
    ];

    private static readonly ImmutableArray<string> Inherited = ["PATH", "TMPDIR", "SystemRoot", "TEMP", "TMP"];

    public GitSettings Settings => settings;

    /// <summary>Runs git to its end.</summary>
    /// <returns>0, or one of the exit codes that the call takes for an answer.</returns>
    /// <exception cref="GitException">git failed, could not be started, or took too long.</exception>
    public async Task<int> RunAsync(GitCall call, CancellationToken cancellation)
    {
        var outcome = "failed";
        try
        {
            var exit = await RunToEndAsync(call, cancellation);
            outcome = "ok";
            return exit;
        }
        catch (OperationCanceledException)
        {
            outcome = "stopped";
            throw;
        }
        finally
        {
            GitMeter.Count(call, outcome);
        }
    }

    private async Task<int> RunToEndAsync(GitCall call, CancellationToken cancellation)
    {
        var limit = call.TimeLimit ?? (call.Remote is null ? settings.TimeLimit : settings.RemoteTimeLimit);
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(limit);
        using var process = Start(call);

        // A read from a pipe cannot be interrupted; ending the process closes the pipe.
        await using var ending = timer.Token.Register(() => End(process));
        var errors = ReadErrorsAsync(process.StandardError.BaseStream);
        var input = FeedAsync(process, call.Input, timer.Token);
        try
        {
            await ReadAsync(process.StandardOutput.BaseStream, call.Output, timer.Token);
            await input;
            await process.WaitForExitAsync(CancellationToken.None);
        }
        catch (Exception) when (!timer.IsCancellationRequested)
        {
            // Our own reader or writer failed; the process must not outlive the call.
            End(process);
            throw;
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The consequence of ending the process; the cause is told below.
        }

        cancellation.ThrowIfCancellationRequested();
        if (timer.IsCancellationRequested)
        {
            throw new GitException($"git {call.Arguments[0]} took longer than {limit.TotalSeconds:0.#} seconds and was ended.");
        }

        var exit = process.ExitCode;
        return exit == 0 || call.Answers.Contains(exit) ? exit : throw Failure(call, exit, await errors);
    }

    /// <summary>Runs git to its end and returns what it wrote, as text.</summary>
    /// <exception cref="GitException">As for <see cref="RunAsync"/>.</exception>
    public async Task<string> ReadTextAsync(GitCall call, CancellationToken cancellation)
    {
        using var text = new MemoryStream();
        await RunAsync(call with { Output = (output, token) => output.CopyToAsync(text, token) }, cancellation);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>Starts git for a conversation; the caller ends it by <see cref="End"/>.</summary>
    internal Process Start(GitCall call)
    {
        var start = new ProcessStartInfo
        {
            FileName = settings.Executable,
            WorkingDirectory = call.WorkingFolder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        AddArguments(start, call);
        SetEnvironment(start, call);
        try
        {
            return Process.Start(start) ?? throw new GitException($"“{settings.Executable}” did not start.");
        }
        catch (Win32Exception failure)
        {
            throw new GitException($"The program “{settings.Executable}” cannot be started; install git 2.36 or later, or name it in the settings.", failure);
        }
    }

    /// <summary>Ends git and every process that it started; does nothing when it has ended.</summary>
    internal static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself meanwhile.
        }
    }

    private static void AddArguments(ProcessStartInfo start, GitCall call)
    {
        foreach (var setting in Pinned)
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(setting);
        }

        if (call.Remote is { } remote)
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add($"protocol.{remote.Address.Protocol}.allow=always");
            foreach (var option in remote.Options)
            {
                start.ArgumentList.Add(option);
            }
        }

        if (call.Repository is { } repository)
        {
            start.ArgumentList.Add($"--git-dir={repository}");
        }

        foreach (var argument in call.Arguments)
        {
            start.ArgumentList.Add(argument);
        }
    }

    private static void SetEnvironment(ProcessStartInfo start, GitCall call)
    {
        var environment = start.Environment;
        environment.Clear();
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                environment[name] = value;
            }
        }

        environment["HOME"] = "/nonexistent";
        environment["LC_ALL"] = "C";
        environment["TZ"] = "UTC";
        environment["GIT_CONFIG_NOSYSTEM"] = "1";
        environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        environment["GIT_ATTR_NOSYSTEM"] = "1";
        environment["GIT_TERMINAL_PROMPT"] = "0";
        environment["GIT_ASKPASS"] = "/bin/false";
        environment["SSH_ASKPASS"] = "/bin/false";
        environment["GIT_NO_REPLACE_OBJECTS"] = "1";
        environment["GIT_GRAFT_FILE"] = "/dev/null";
        environment["GIT_NO_LAZY_FETCH"] = "1";
        environment["GIT_LITERAL_PATHSPECS"] = "1";
        environment["GIT_OPTIONAL_LOCKS"] = "0";

        // Wins over protocol.* in a repository's own configuration: a call that names no remote talks to none, not even to fetch a missing text.
        environment["GIT_ALLOW_PROTOCOL"] = call.Remote?.Address.Protocol ?? "none";
        if (call.WorkingFolder is { } folder)
        {
            environment["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder)) ?? "/";
        }

        foreach (var (name, value) in call.Remote?.Environment ?? [])
        {
            environment[name] = value;
        }
    }

    private static async Task FeedAsync(Process process, Func<Stream, CancellationToken, Task>? write, CancellationToken cancellation)
    {
        // Off the caller's thread: git may want its output read before it takes more input.
        await Task.Yield();
        try
        {
            if (write is not null)
            {
                await write(process.StandardInput.BaseStream, cancellation);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // git ended before it had read everything: its exit code tells why.
        }
        catch (Exception)
        {
            // git would wait for the rest for ever.
            End(process);
            throw;
        }
    }

    private static async Task ReadAsync(Stream output, Func<Stream, CancellationToken, Task>? read, CancellationToken cancellation)
    {
        if (read is not null)
        {
            await read(output, cancellation);
        }

        await output.CopyToAsync(Stream.Null, cancellation);
    }

    private static async Task<string> ReadErrorsAsync(Stream stream)
    {
        var buffer = new byte[LongestErrorText];
        var length = 0;
        try
        {
            // What is over the limit is read and forgotten, so that git never waits for us.
            var spare = new byte[4096];
            while (await stream.ReadAsync(length < buffer.Length ? buffer.AsMemory(length) : spare) is var count and > 0)
            {
                length = Math.Min(buffer.Length, length + count);
            }
        }
        catch (IOException)
        {
            // Whatever came before is enough for a message.
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static GitException Failure(GitCall call, int exit, string errors)
    {
        if (call.Remote?.Secret is { } secret)
        {
            errors = errors.Replace(secret, "***", StringComparison.Ordinal);
        }

        var lines = errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var line = lines.FirstOrDefault(line => line.StartsWith("fatal:", StringComparison.Ordinal)) ?? lines.FirstOrDefault() ?? "it gave no reason";
        return new GitException($"git {call.Arguments[0]} failed (exit {exit}): {line}");
    }
}
