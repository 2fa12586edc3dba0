using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace PolicyHub.Content.Git;

/// <summary>
/// A line of commits under a ref of its own, each with nothing but a message: what PolicyHub wants to be held to later. A commit is only ever
/// added; where the library has a remote the line goes there, which keeps it out of reach of whoever holds this machine. Several processes
/// with a clone each add to one line: where two did so at once, the next commit has both for parents.
/// </summary>
internal static class AnchorLine
{
    public const string Ref = "refs/policyhub/audit";

    /// <summary>What the remote had when it was last asked.</summary>
    private const string RemoteRef = "refs/policyhub/audit-of-remote";

    /// <summary>An anchor an hour for a hundred years.</summary>
    private const int Most = 1_000_000;

    private const char Between = '\u001e';

    /// <summary>Adds a commit with a message, unless the last one has the very same, and brings the line to the remote.</summary>
    /// <exception cref="GitException">It could not be written, or not be brought to the remote; then the next call brings it.</exception>
    public static async Task AddAsync(GitProgram git, string gitDirectory, RemoteAddress? remote, string message, DateTimeOffset at, CancellationToken cancellation)
    {
        var theirs = remote is null ? null : await FetchAsync(git, gitDirectory, remote, cancellation);
        var ours = await TipAsync(git, gitDirectory, Ref, cancellation);
        ImmutableArray<string> parents =
            ours is null ? theirs is null ? [] : [theirs]
            : theirs is null || await IsAncestorAsync(git, gitDirectory, theirs, ours, cancellation) ? [ours]
            : await IsAncestorAsync(git, gitDirectory, ours, theirs, cancellation) ? [theirs]
            : [ours, theirs];
        if (parents.Length != 1 || await MessageAsync(git, gitDirectory, parents[0], cancellation) != message.TrimEnd())
        {
            await CommitAsync(git, gitDirectory, parents, message.TrimEnd() + "\n", at, cancellation);
        }
        else if (parents[0] != ours)
        {
            await git.RunAsync(new GitCall { Arguments = ["update-ref", Ref, parents[0]], Repository = gitDirectory }, cancellation);
        }

        if (remote is not null)
        {
            await git.RunAsync(
                new GitCall { Arguments = ["push", "--quiet", "--no-verify", "--", remote.Url, $"{Ref}:{Ref}"], Repository = gitDirectory, Remote = RemoteAccess.Create(remote, git.Settings.Remote) },
                cancellation);
        }
    }

    /// <summary>The messages of the line, here and where the remote has more, the newest first.</summary>
    public static async Task<ImmutableArray<string>> ReadAsync(GitProgram git, string gitDirectory, RemoteAddress? remote, CancellationToken cancellation)
    {
        var theirs = remote is null ? null : await FetchAsync(git, gitDirectory, remote, cancellation);
        var tips = new[] { await TipAsync(git, gitDirectory, Ref, cancellation), theirs }.OfType<string>().ToImmutableArray();
        if (tips.IsEmpty)
        {
            return [];
        }

        var text = await git.ReadTextAsync(
            new GitCall
            {
                Arguments = ["log", $"--max-count={Most.ToString(CultureInfo.InvariantCulture)}", $"--format=%B{Between}", .. tips, "--"],
                Repository = gitDirectory,
            },
            cancellation);
        return [.. text.Split(Between).Select(message => message.Trim()).Where(message => message.Length > 0)];
    }

    /// <summary>Asks the remote for its line; null: it has none.</summary>
    private static async Task<string?> FetchAsync(GitProgram git, string gitDirectory, RemoteAddress remote, CancellationToken cancellation)
    {
        var access = RemoteAccess.Create(remote, git.Settings.Remote);
        var listed = await git.ReadTextAsync(
            new GitCall { Arguments = ["ls-remote", "--quiet", "--", remote.Url, Ref], Remote = access, WorkingFolder = Path.GetPathRoot(Path.GetTempPath()) }, cancellation);
        var found = listed.Split('\t', 2)[0];
        if (!GitObjectText.IsName(found))
        {
            return null;
        }

        await git.RunAsync(
            new GitCall
            {
                Arguments = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-maintenance", "--", remote.Url, $"+{Ref}:{RemoteRef}"],
                Repository = gitDirectory,
                Remote = access,
            },
            cancellation);
        return await TipAsync(git, gitDirectory, RemoteRef, cancellation);
    }

    private static async Task<string?> TipAsync(GitProgram git, string gitDirectory, string name, CancellationToken cancellation)
    {
        var text = await git.ReadTextAsync(
            new GitCall { Arguments = ["rev-parse", "--quiet", "--verify", "--end-of-options", name + "^{commit}"], Repository = gitDirectory, Answers = [1] }, cancellation);
        return text.Trim() is { Length: > 0 } tip ? tip : null;
    }

    private static async Task<bool> IsAncestorAsync(GitProgram git, string gitDirectory, string earlier, string later, CancellationToken cancellation) =>
        await git.RunAsync(new GitCall { Arguments = ["merge-base", "--is-ancestor", earlier, later], Repository = gitDirectory, Answers = [1] }, cancellation) == 0;

    private static async Task<string> MessageAsync(GitProgram git, string gitDirectory, string commit, CancellationToken cancellation) =>
        (await git.ReadTextAsync(new GitCall { Arguments = ["log", "--max-count=1", "--format=%B", commit, "--"], Repository = gitDirectory }, cancellation)).TrimEnd();

    private static Task<string> CommitAsync(GitProgram git, string gitDirectory, ImmutableArray<string> parents, string message, DateTimeOffset at, CancellationToken cancellation)
    {
        var who = string.Create(CultureInfo.InvariantCulture, $"PolicyHub <policyhub@localhost> {at.ToUnixTimeSeconds()} +0000");
        var stream = new StringBuilder().Append(CultureInfo.InvariantCulture, $"commit {Ref}\nauthor {who}\ncommitter {who}\ndata {Encoding.UTF8.GetByteCount(message)}\n{message}\n");
        for (var index = 0; index < parents.Length; index++)
        {
            stream.Append(index == 0 ? "from " : "merge ").Append(parents[index]).Append('\n');
        }

        stream.Append("\ndone\n");
        return FastImport.RunAsync(git, gitDirectory, Encoding.UTF8.GetBytes(stream.ToString()), cancellation);
    }
}
