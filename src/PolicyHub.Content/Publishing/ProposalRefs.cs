using System.Collections.Immutable;
using System.Globalization;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Publishing;

/// <summary>
/// Proposals as they were sent, under refs of their own: <c>refs/policyhub/proposals/N</c>, outside the branches, so no plain clone fetches them.
/// A revision is what publishing it would make: a commit for each step on top of the published tip of that moment; its last commit has the
/// revision before for a second parent, so nothing that was sent is ever lost. Numbers are taken by creating the ref, which one alone can.
/// With a remote they are there first.
/// </summary>
public sealed class ProposalRefs(LibraryRepository repository) : IDisposable
{
    public const string Folder = "refs/policyhub/proposals/";

    private const int MostTries = 20;

    /// <summary>Those of one process take their numbers one after the other; only other processes can be in the way.</summary>
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Sends the first revision of a new proposal, which takes the next number.</summary>
    /// <exception cref="GitException">It could not be kept, or the remote not be reached; nothing was sent.</exception>
    /// <exception cref="ArgumentException">The change set is none, by its own <see cref="ChangeSet.Fault"/>.</exception>
    public async Task<SentRevision> OpenAsync(ChangeSet change, CommitId onTop, Signatory by, DateTimeOffset at, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return await TakeNumberAsync(change, onTop, by, at, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<SentRevision> TakeNumberAsync(ChangeSet change, CommitId onTop, Signatory by, DateTimeOffset at, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            await FetchAsync(cancellation);
            var number = (await ListAsync(cancellation)).Select(proposal => proposal.Number).DefaultIfEmpty(0).Max() + 1;
            if (await SendAsync(number, revision: 1, before: null, change, onTop, by, at, cancellation) is { } sent)
            {
                return sent;
            }

            if (tries == MostTries)
            {
                throw new GitException("No number could be had for the change; somebody else takes one after the other.");
            }
        }
    }

    /// <summary>Sends a further revision; null: somebody else sent one meanwhile, or it is gone.</summary>
    /// <param name="before">The revision that it goes on from.</param>
    /// <exception cref="GitException">It could not be kept, or the remote not be reached.</exception>
    /// <exception cref="ArgumentException">The change set is none, by its own <see cref="ChangeSet.Fault"/>.</exception>
    public async Task<SentRevision?> ReviseAsync(SentRevision before, ChangeSet change, CommitId onTop, Signatory by, DateTimeOffset at, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(before);
        await FetchAsync(cancellation);
        return await SendAsync(before.Proposal, before.Number + 1, before.Commit, change, onTop, by, at, cancellation);
    }

    /// <summary>Every proposal that was ever sent, and the commit of its last revision.</summary>
    /// <exception cref="GitException">The repository can't be read.</exception>
    public async Task<ImmutableArray<(int Number, CommitId Last)>> ListAsync(CancellationToken cancellation)
    {
        var text = await repository.Git.ReadTextAsync(
            new GitCall { Arguments = ["for-each-ref", "--format=%(objectname) %(refname)", Folder], Repository = repository.GitDirectory }, cancellation);
        return
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2))
                .Select(parts => (Number: int.TryParse(parts[1].AsSpan(Folder.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0, new CommitId(parts[0])))
                .Where(proposal => proposal.Number > 0).OrderBy(proposal => proposal.Number),
        ];
    }

    /// <summary>The revisions of a proposal, the last one first; empty: there is none of that number. What can't be read as one ends the list.</summary>
    /// <exception cref="GitException">The repository can't be read.</exception>
    public async Task<ImmutableArray<SentRevision>> ReadAsync(int proposal, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<SentRevision>();
        CommitId? next = (await ListAsync(cancellation)).Where(listed => listed.Number == proposal).Select(listed => (CommitId?)listed.Last).FirstOrDefault();
        while (next is { } commit && await RevisionReader.ReadAsync(repository, commit, cancellation) is { } read && read.Revision.Proposal == proposal
            && (found.Count == 0 || read.Revision.Number == found[^1].Number - 1))
        {
            found.Add(read.Revision);
            next = read.Before;
        }

        return found.ToImmutable();
    }

    /// <summary>Takes away refs under which commits were being written when a process was killed; those that may still be in use stay.</summary>
    /// <exception cref="GitException">The repository can't be read.</exception>
    public async Task TidyAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var text = await repository.Git.ReadTextAsync(
            new GitCall { Arguments = ["for-each-ref", "--format=%(objectname) %(committerdate:unix) %(refname)", CommitStream.Folder], Repository = repository.GitDirectory }, cancellation);
        foreach (var parts in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 3)))
        {
            if (long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < before.ToUnixTimeSeconds())
            {
                await RefTransaction.DeleteAsync(repository, parts[2], new CommitId(parts[0]), cancellation);
            }
        }
    }

    public void Dispose() => turn.Dispose();

    /// <summary>Brings here what other processes have sent to the remote; does nothing without one.</summary>
    /// <exception cref="GitException">The remote can't be reached.</exception>
    public async Task FetchAsync(CancellationToken cancellation)
    {
        if (repository.Access is { } access && repository.CanPublish)
        {
            await repository.Git.RunAsync(
                new GitCall
                {
                    Arguments = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-maintenance", "--", access.Address.Url, $"+{Folder}*:{Folder}*"],
                    Repository = repository.GitDirectory,
                    Remote = access,
                },
                cancellation);
        }
    }

    private async Task<SentRevision?> SendAsync(
        int proposal, int revision, CommitId? before, ChangeSet change, CommitId onTop, Signatory by, DateTimeOffset at, CancellationToken cancellation)
    {
        if (change.Fault is { } fault)
        {
            throw new ArgumentException(fault, nameof(change));
        }

        if (!repository.CanPublish)
        {
            throw new InvalidOperationException("A library that is only read takes no changes.");
        }

        await using var stream = new CommitStream(repository);
        for (var index = 0; index < change.Steps.Length; index++)
        {
            var step = change.Steps[index];
            Trailer[] trailers = [.. RevisionReader.Trailers(proposal, revision, index + 1, change.Steps.Length, by), .. step.Trailers];
            stream.Add(onTop, step.Paths, CommitText.Of(step.Note, step.Why, trailers), by, at, merged: index == change.Steps.Length - 1 ? before : null);
        }

        var last = await stream.WriteAsync(cancellation);
        return await KeepAsync(Folder + proposal.ToString(CultureInfo.InvariantCulture), before, last, cancellation)
            ? new SentRevision(proposal, revision, last, onTop, change, by, DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds()))
            : null;
    }

    private async Task<bool> KeepAsync(string name, CommitId? from, CommitId to, CancellationToken cancellation)
    {
        if (repository.Access is not { } access)
        {
            return await RefTransaction.MoveAsync(repository, name, from, to, cancellation);
        }

        try
        {
            await RefTransaction.PushAsync(repository, access, name, from, to, cancellation);
        }
        catch (GitException)
        {
            await FetchAsync(cancellation);
            var there = (await ListAsync(cancellation)).Where(listed => Folder + listed.Number.ToString(CultureInfo.InvariantCulture) == name).Select(listed => (CommitId?)listed.Last).FirstOrDefault();
            if (there != from && there != to)
            {
                return false;
            }

            if (there != to)
            {
                throw;
            }
        }

        await RefTransaction.MoveAsync(repository, name, from, to, cancellation);
        return true;
    }
}
