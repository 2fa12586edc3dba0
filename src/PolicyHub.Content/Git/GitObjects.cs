using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace PolicyHub.Content.Git;

/// <summary>
/// Reads objects of any type, one after the other, from one <c>git cat-file --batch-command</c> that lives as long as this. For one
/// caller at a time; after an exception it is of no more use.
/// </summary>
public sealed class GitObjects : IDisposable
{
    /// <summary>Bytes; a larger object is not read.</summary>
    public const int Largest = 32 * 1024 * 1024;

    private readonly Process process;
    private readonly GitOutput output;
    private readonly TimeSpan timeLimit;

    public GitObjects(LibraryRepository repository)
    {
        process = repository.Git.Start(new GitCall { Arguments = ["cat-file", "--batch-command"], Repository = repository.GitDirectory });
        output = new GitOutput(process.StandardOutput.BaseStream);
        timeLimit = repository.Git.Settings.TimeLimit;
    }

    /// <summary>An object; null where the repository has none of that name, or one larger than <see cref="Largest"/>.</summary>
    /// <exception cref="GitException">git ended or took too long.</exception>
    public async Task<GitObject?> ReadAsync(string id, CancellationToken cancellation)
    {
        if (!GitObjectText.IsName(id))
        {
            return null;
        }

        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(timeLimit);
        await using var ending = timer.Token.Register(() => GitProgram.End(process));
        try
        {
            if (await AskAsync("info", id, timer.Token) is not { Size: <= Largest })
            {
                return null;
            }

            var (type, size) = await AskAsync("contents", id, timer.Token) ?? throw new EndOfStreamException($"git no longer gives {id}.");
            var content = await output.ReadExactlyAsync((int)size + 1, timer.Token);
            return new GitObject(id, type, content.Span[..^1].ToArray());
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new GitException("git cat-file ended while objects were read.", failure);
        }
    }

    public void Dispose()
    {
        GitProgram.End(process);
        process.Dispose();
    }

    /// <summary>Answers are <c>NAME TYPE SIZE</c> or <c>NAME missing</c>.</summary>
    private async Task<(string Type, long Size)?> AskAsync(string command, string id, CancellationToken cancellation)
    {
        await process.StandardInput.BaseStream.WriteAsync(Encoding.ASCII.GetBytes($"{command} {id}\n"), cancellation);
        await process.StandardInput.BaseStream.FlushAsync(cancellation);
        var line = await output.ReadUntilAsync((byte)'\n', cancellation) ?? throw new EndOfStreamException("git's output ended too early.");
        return Encoding.ASCII.GetString(line.Span).Split(' ') is [_, var type, var digits] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? (type, size)
            : null;
    }
}
