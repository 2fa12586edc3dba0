using System.Collections.Immutable;
using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Proposals;

namespace PolicyHub.Records.Publishing;

/// <summary>Makes of what was written the change set that is sent.</summary>
internal static class ProposalChange
{
    /// <summary>Writes the texts into the repository and gives the change set; what did not change is left out, but for what is held back and approved as it stands.</summary>
    /// <param name="files">With their bytes.</param>
    /// <exception cref="GitException">A text could not be written.</exception>
    public static async Task<ChangeSet> OfAsync(LibraryRepository repository, Proposal proposal, IReadOnlyCollection<ProposalFile> files, CancellationToken cancellation)
    {
        DeclaredMoment? effective = DeclaredMoment.TryParse(proposal.Effective, out var moment) ? moment : null;
        var steps = new List<ChangeStep>();
        var left = new Dictionary<LibraryPath, BlobId?>();
        foreach (var step in files.GroupBy(file => file.Step).OrderBy(group => group.Key))
        {
            var paths = ImmutableArray.CreateBuilder<ChangedPath>();
            var written = new List<(LibraryPath Path, ProposalFile File)>();
            foreach (var file in step)
            {
                if (!LibraryPath.TryParse(file.Path, out var path))
                {
                    continue;
                }

                BlobId? text = file.Text is { } bytes ? await repository.WriteTextAsync(bytes, cancellation) : null;
                if (LibraryPath.TryParse(file.From, out var from) && from != path)
                {
                    Add(from, Blob(file.Base), null);
                    Add(path, null, text);
                }
                else
                {
                    Add(path, left.TryGetValue(path, out var before) ? before : Blob(file.Base), text, file.IsOutside);
                }

                written.Add((path, file));
            }

            var changed = paths.Select(path => path.Path).ToHashSet();
            if (changed.Count > 0)
            {
                steps.Add(new ChangeStep
                {
                    Paths = paths.ToImmutable(),
                    Note = proposal.Note,
                    Why = proposal.Why,
                    Effective = effective,
                    Minor = [.. written.Where(one => one.File.IsMinor && changed.Contains(one.Path)).Select(one => one.Path)],
                    MustRead = written.Where(one => one.File.MustRead.Length > 0 && changed.Contains(one.Path))
                        .ToImmutableSortedDictionary(one => one.Path, one => one.File.MustRead.ToImmutableSortedSet(StringComparer.Ordinal)),
                });
            }

            void Add(LibraryPath path, BlobId? before, BlobId? after, bool asItStands = false)
            {
                left[path] = after;
                if (before != after || asItStands)
                {
                    paths.Add(new ChangedPath(path, before, after));
                }
            }
        }

        return new ChangeSet { Steps = [.. steps] };
    }

    /// <summary>
    /// What takes a change back: every path gets the text that was in effect, and where another one waited there for its day, that one after it: alone, it would leave in
    /// effect until then what is taken back.
    /// </summary>
    /// <param name="files">Of the change, for the published texts that they were begun from.</param>
    public static ChangeSet Reverse(ChangeSet change, IReadOnlyCollection<ProposalFile> files, string note, string why)
    {
        var now = ImmutableArray.CreateBuilder<ChangedPath>();
        var later = ImmutableArray.CreateBuilder<ChangedPath>();
        foreach (var path in change.Steps.SelectMany(step => step.Paths).GroupBy(path => path.Path))
        {
            var (before, after) = (path.First().Base, path.Last().New);
            var read = files.FirstOrDefault(file => file.Step == 0 && file.Path == path.Key.Value && file.From.Length == 0) is { Origin.Length: > 0 } file ? Blob(file.Origin) : before;
            if (read != after)
            {
                now.Add(new ChangedPath(path.Key, after, read));
            }

            if (before != read)
            {
                later.Add(new ChangedPath(path.Key, read, before));
            }
        }

        return new ChangeSet { Steps = [.. new[] { now, later }.Where(paths => paths.Count > 0).Select(paths => new ChangeStep { Paths = paths.ToImmutable(), Note = note, Why = why })] };
    }

    private static BlobId? Blob(string name) => name.Length == 0 ? null : new BlobId(name);
}
