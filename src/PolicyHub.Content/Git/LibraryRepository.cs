using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace PolicyHub.Content.Git;

/// <summary>The repository of the library that is served, opened, with the branch that is published.</summary>
public sealed class LibraryRepository : IDisposable
{
    private readonly RepositoryFolder place;
    private readonly RemoteAddress? remote;
    private readonly BlobStore blobs;
    private readonly SemaphoreSlim fetching = new(1);

    internal LibraryRepository(GitProgram git, RepositoryFolder place, string branchRef, string folder, RemoteAddress? remote, bool isOurs)
    {
        (Git, this.place, BranchRef, Folder, this.remote, IsOurs) = (git, place, branchRef, folder, remote, isOurs);
        blobs = new BlobStore(git, place.GitDirectory);
    }

    public GitProgram Git { get; }

    public string GitDirectory => place.GitDirectory;

    /// <summary>The full name of the published branch, or <c>HEAD</c> where a repository stands on a commit and on no branch.</summary>
    public string BranchRef { get; }

    /// <summary>The branch as people say it.</summary>
    public string Branch => BranchRef.StartsWith("refs/heads/", StringComparison.Ordinal) ? BranchRef["refs/heads/".Length..] : BranchRef;

    /// <summary>The folder of the repository that is the library, without slashes at its ends; empty: all of it.</summary>
    public string Folder { get; }

    /// <summary>Whether it lies under our data folder and may be written; a repository of someone else's is only read.</summary>
    public bool IsOurs { get; }

    /// <summary>Whether there is something to fetch from.</summary>
    public bool HasRemote => remote is not null;

    public BlobStore Blobs => blobs;

    /// <summary>A name for what is served, the same at every start, fit for a file name.</summary>
    public string Key => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{place.CommonDirectory}\0{BranchRef}\0{Folder}")).AsSpan(0, 10));

    /// <summary>The commit that the branch stands at.</summary>
    /// <exception cref="GitException">The branch is gone.</exception>
    public async Task<CommitId> ReadHeadAsync(CancellationToken cancellation)
    {
        if (place.TryReadHead(BranchRef) is { } head)
        {
            return head;
        }

        var text = await Git.ReadTextAsync(
            new GitCall { Arguments = ["rev-parse", "--verify", "--end-of-options", $"{BranchRef}^{{commit}}"], Repository = GitDirectory },
            cancellation);
        return new CommitId(text.Trim());
    }

    /// <summary>Brings the branch up to date with the remote; does nothing without one.</summary>
    /// <exception cref="GitException">The remote cannot be reached, or has the branch no more.</exception>
    public async Task FetchAsync(CancellationToken cancellation)
    {
        if (remote is null)
        {
            return;
        }

        // Of two at once that bring the same, git lets one fail on the lock of the branch.
        await fetching.WaitAsync(cancellation);
        try
        {
            await RemoteClone.FetchAsync(Git, GitDirectory, remote, BranchRef, cancellation);
        }
        finally
        {
            fetching.Release();
        }
    }

    /// <summary>Whether an anchor goes to another machine: there is a remote, and it is no bundle.</summary>
    public bool HasPlaceForAnchors => remote is not null && !File.Exists(remote.Url);

    /// <summary>Whether something can be published: the repository is ours, on a branch, and where it follows a remote that can be pushed to.</summary>
    public bool CanPublish => IsOurs && (remote is null || HasPlaceForAnchors) && BranchRef.StartsWith("refs/heads/", StringComparison.Ordinal);

    /// <summary>Where a path of the library stands in the repository.</summary>
    public string PathInRepository(LibraryPath path) => Folder.Length == 0 ? path.Value : $"{Folder}/{path.Value}";

    /// <summary>The path of the library that stands somewhere in the repository; null: it is not in the library, or no path that one can have.</summary>
    public LibraryPath? PathInLibrary(string path) =>
        Folder.Length == 0 ? LibraryPath.TryParse(path, out var whole) ? whole : null
        : path.StartsWith(Folder + "/", StringComparison.Ordinal) && LibraryPath.TryParse(path[(Folder.Length + 1)..], out var inside) ? inside
        : null;

    /// <summary>How git reaches the remote; null: there is none.</summary>
    internal RemoteAccess? Access => remote is null ? null : RemoteAccess.Create(remote, Git.Settings.Remote);

    /// <summary>Adds a message to the line of anchors (<see cref="AnchorLine"/>) of a repository of ours, and brings it to the remote where there is one.</summary>
    /// <exception cref="GitException">It could not be written, or the remote did not take it.</exception>
    /// <exception cref="InvalidOperationException">The repository is someone else's.</exception>
    public Task AnchorAsync(string message, DateTimeOffset at, CancellationToken cancellation) => IsOurs
        ? AnchorLine.AddAsync(Git, GitDirectory, HasPlaceForAnchors ? remote : null, message, at, cancellation)
        : throw new InvalidOperationException("A repository of someone else's is only read.");

    /// <summary>The messages of the line of anchors, the newest first; where there is a remote, its line too.</summary>
    /// <exception cref="GitException">The repository or the remote can't be read.</exception>
    public Task<ImmutableArray<string>> ReadAnchorsAsync(CancellationToken cancellation) =>
        AnchorLine.ReadAsync(Git, GitDirectory, HasPlaceForAnchors ? remote : null, cancellation);

    /// <summary>Keeps a text or file, so that a commit can hold it; nobody sees it before.</summary>
    /// <exception cref="GitException">It could not be written.</exception>
    /// <exception cref="InvalidOperationException">The repository is someone else's.</exception>
    public async Task<BlobId> WriteTextAsync(ReadOnlyMemory<byte> text, CancellationToken cancellation)
    {
        if (!IsOurs)
        {
            throw new InvalidOperationException("A repository of someone else's is only read.");
        }

        var name = await Git.ReadTextAsync(
            new GitCall
            {
                Arguments = ["hash-object", "-w", "--no-filters", "--stdin"],
                Repository = GitDirectory,
                Input = (stream, token) => stream.WriteAsync(text, token).AsTask(),
            },
            cancellation);
        return GitObjectText.IsName(name.Trim()) ? new BlobId(name.Trim()) : throw new GitException("git hash-object named no text.");
    }

    /// <summary>Packs a repository of ours where fetches and publications have left many loose objects; does nothing anywhere else.</summary>
    /// <exception cref="GitException">git failed or took too long; the clone can be read as before.</exception>
    public Task TidyAsync(CancellationToken cancellation) =>
        IsOurs && CloneUpkeep.IsDue(GitDirectory) ? CloneUpkeep.RunAsync(Git, GitDirectory, cancellation) : Task.CompletedTask;

    /// <summary>Tells when the branch may have moved on this machine.</summary>
    public BranchWatcher Watch() => new(place, BranchRef);

    public void Dispose()
    {
        blobs.Dispose();
        fetching.Dispose();
    }
}
