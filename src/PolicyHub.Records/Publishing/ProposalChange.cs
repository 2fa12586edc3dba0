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
    /// <summary>Writes the texts into the repository and gives the change set; what did not change is left out.</summary>
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
                    Add(path, left.TryGetValue(path, out var before) ? before : Blob(file.Base), text);
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

            void Add(LibraryPath path, BlobId? before, BlobId? after)
            {
                left[path] = after;
                if (before != after)
                {
                    paths.Add(new ChangedPath(path, before, after));
                }
            }
        }

        return new ChangeSet { Steps = [.. steps] };
    }

    /// <summary>What takes a change back: every path gets the text that it had.</summary>
    public static ChangeSet Reverse(ChangeSet change, string note, string why)
    {
        var last = change.Steps.SelectMany(step => step.Paths).GroupBy(path => path.Path);
        return new ChangeSet
        {
            Steps =
            [
                new ChangeStep
                {
                    Paths = [.. last.Where(path => path.Last().New != path.First().Base).Select(path => new ChangedPath(path.Key, path.Last().New, path.First().Base))],
                    Note = note,
                    Why = why,
                },
            ],
        };
    }

    private static BlobId? Blob(string name) => name.Length == 0 ? null : new BlobId(name);
}
