using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Publishing;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Approvals;

/// <summary>
/// Which commits of the published line came through an approval, by the log. A publication is in the log only once it is known to have landed; until then it is known by its
/// approval, which was there before: the commits that name the revision and change exactly what was approved. So nothing of ours is held for a moment, and a copy that
/// somebody pushes later is not taken for it.
/// </summary>
public sealed class ApprovedCommits(IDbContextFactory<RecordsDb> records)
{
    private static readonly string[] Whats = ["approved", "rejected", "published", "published-urgent", "returned", "expired", "taken-back"];

    private Known known = new(0, ImmutableHashSet<string>.Empty, ImmutableDictionary<string, string>.Empty, ImmutableDictionary<string, ImmutableArray<string>>.Empty, ImmutableHashSet<string>.Empty);

    /// <summary>Those of the commits of a line that came through an approval; null: the records can't be asked.</summary>
    /// <param name="line">In one piece, oldest first.</param>
    /// <exception cref="GitException">The repository can't be read.</exception>
    public async Task<IReadOnlySet<CommitId>?> ConfirmAsync(LibraryRepository repository, IReadOnlyList<LineCommit> line, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(line);
        try
        {
            var log = known = await ReadAsync(known, cancellation);
            var confirmed = line.Where(commit => log.Commits.Contains(commit.Id.Hex)).Select(commit => commit.Id).ToHashSet();
            foreach (var (revision, commits) in Naming(line, PublishedRevision.Trailer).Where(pair => log.Approved.ContainsKey(pair.Key) && !log.Published.ContainsKey(pair.Key)))
            {
                confirmed.UnionWith(await PublishedRevision.FindAsync(repository, commits, log.Approved[revision], steps: 0, cancellation));
            }

            foreach (var (revision, commits) in Naming(line, "Takes-back").Where(pair => log.Ended.Contains(pair.Key) && !pair.Value.All(confirmed.Contains)))
            {
                confirmed.UnionWith(await TakenBackAsync(repository, revision, commits, log, cancellation));
            }

            return confirmed;
        }
        catch (Exception away) when (away is DbException or TimeoutException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<KeyValuePair<string, ImmutableArray<CommitId>>> Naming(IReadOnlyList<LineCommit> line, string key) =>
        from commit in line
        let named = commit.Trailers.FirstOrDefault(trailer => trailer.Key.Equals(key, StringComparison.OrdinalIgnoreCase))?.Value
        where named is not null
        group commit.Id by named into commits
        select KeyValuePair.Create(commits.Key, commits.ToImmutableArray());

    /// <summary>The commits that publish what stood before an urgent change again, exactly that, where the log does not name them yet.</summary>
    private async Task<ImmutableArray<CommitId>> TakenBackAsync(LibraryRepository repository, string revision, ImmutableArray<CommitId> commits, Known log, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        if (!log.Published.TryGetValue(revision, out var published)
            || await db.Set<Proposal>().AsNoTracking().FirstOrDefaultAsync(one => one.Commit == revision, cancellation) is not { } proposal
            || !proposal.TakenBackBy.IsEmpty)
        {
            return [];
        }

        var steps = await StepsAsync(repository, [.. published.Select(commit => new CommitId(commit))], cancellation);
        var files = await db.Set<ProposalFile>().AsNoTracking().Where(file => file.ProposalId == proposal.Id).ToListAsync(cancellation);
        var back = steps.IsEmpty ? [] : ProposalChange.Reverse(new ChangeSet { Steps = steps }, files, "-", "").Steps;
        var found = await StepsAsync(repository, commits, cancellation);
        for (var first = 0; !back.IsEmpty && first + back.Length <= found.Length; first++)
        {
            if (back.Zip(found.Skip(first)).All(pair => pair.First.Paths.ToHashSet().SetEquals(pair.Second.Paths)))
            {
                return commits.Slice(first, back.Length);
            }
        }

        return [];
    }

    /// <summary>What each commit changed; empty where one of them is none of ours.</summary>
    private static async Task<ImmutableArray<ChangeStep>> StepsAsync(LibraryRepository repository, ImmutableArray<CommitId> commits, CancellationToken cancellation)
    {
        var steps = ImmutableArray.CreateBuilder<ChangeStep>();
        foreach (var commit in commits)
        {
            if (await RevisionReader.StepOfAsync(repository, commit, cancellation) is { } step)
            {
                steps.Add(step);
            }
        }

        return steps.Count == commits.Length ? steps.ToImmutable() : [];
    }

    /// <summary>Takes in the rows that were written since.</summary>
    private async Task<Known> ReadAsync(Known before, CancellationToken cancellation)
    {
        string[] kinds = [AuditKind.Approval.Slug(), AuditKind.Publication.Slug(), AuditKind.Proposal.Slug()];
        await using var db = await records.CreateDbContextAsync(cancellation);
        var rows = await db.Set<AuditEntry>().AsNoTracking().Where(row => row.Number > before.Last && kinds.Contains(row.Kind) && Whats.Contains(row.What)).OrderBy(row => row.Number)
            .Select(row => new { row.Number, row.Kind, row.What, row.Commit, row.Details }).ToListAsync(cancellation);
        if (rows.Count == 0)
        {
            return before;
        }

        var (commits, approved, published, ended) = (before.Commits.ToBuilder(), before.Approved.ToBuilder(), before.Published.ToBuilder(), before.Ended.ToBuilder());
        foreach (var row in rows)
        {
            var details = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Details, JsonSerializerOptions.Default) ?? [];
            ImmutableArray<string> named = [.. details.GetValueOrDefault("commits", "").Split(", ", StringSplitOptions.RemoveEmptyEntries)];
            if (row.Kind == kinds[1])
            {
                published[row.Commit] = named;
                commits.UnionWith(named);
            }
            else if (row.What == "approved" ? details.ContainsKey("complete") : row.What == "published-urgent")
            {
                approved[row.Commit] = details.GetValueOrDefault("hash", "");
            }
            else if (row.What is "returned")
            {
                approved.Remove(row.Commit);
            }
            else if (row.What is "rejected" or "expired" or "taken-back")
            {
                ended.Add(row.Commit);
                commits.UnionWith(named);
            }
        }

        return new Known(rows[^1].Number, commits.ToImmutable(), approved.ToImmutable(), published.ToImmutable(), ended.ToImmutable());
    }

    /// <summary>What the log says up to a row.</summary>
    /// <param name="Commits">Those that published something, or took it back.</param>
    /// <param name="Approved">By the commit of a revision that has its last yes, or may be published as urgent, the hash of what that is for.</param>
    /// <param name="Published">By the commit of a revision, the commits that published it.</param>
    /// <param name="Ended">Revisions that got a no, or none in time.</param>
    private sealed record Known(
        long Last, ImmutableHashSet<string> Commits, ImmutableDictionary<string, string> Approved, ImmutableDictionary<string, ImmutableArray<string>> Published, ImmutableHashSet<string> Ended);
}
