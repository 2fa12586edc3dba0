using System.Collections.Immutable;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Publishing;

/// <summary>A path in one step of a change.</summary>
/// <param name="Step">0 for what is published first.</param>
/// <param name="Base">What the published branch holds at the path (<see cref="PathTexts.Tip"/>), the same in every step.</param>
/// <param name="New">Null: it is taken away.</param>
public sealed record SteppedPath(int Step, LibraryPath Path, BlobId? Base, BlobId? New);

/// <summary>Puts a change set together from the paths of its steps.</summary>
public static class SteppedChange
{
    /// <summary>
    /// The change set in which every step goes on from what the one before leaves; a path that a step would leave as it is drops out of that step, and a step without paths drops out.
    /// What is said of it, its date for attachments and who must read it stands in every step, as each is a commit of its own. It still has to be asked for its <see cref="ChangeSet.Fault"/>.
    /// </summary>
    public static ChangeSet Of(
        IEnumerable<SteppedPath> paths, string note, string why = "", DeclaredMoment? effective = null,
        ImmutableSortedSet<LibraryPath>? minor = null, ImmutableSortedDictionary<LibraryPath, ImmutableSortedSet<string>>? mustRead = null)
    {
        var left = new Dictionary<LibraryPath, BlobId?>();
        var steps = ImmutableArray.CreateBuilder<ChangeStep>();
        foreach (var step in paths.GroupBy(path => path.Step).OrderBy(step => step.Key))
        {
            var changed = ImmutableArray.CreateBuilder<ChangedPath>();
            foreach (var path in step.OrderBy(path => path.Path))
            {
                var there = left.TryGetValue(path.Path, out var before) ? before : path.Base;
                left[path.Path] = path.New;
                if (there != path.New)
                {
                    changed.Add(new ChangedPath(path.Path, there, path.New));
                }
            }

            if (changed.Count > 0)
            {
                var own = changed.Select(path => path.Path).ToHashSet();
                steps.Add(new ChangeStep
                {
                    Paths = changed.ToImmutable(),
                    Note = note,
                    Why = why,
                    Effective = effective,
                    Minor = [.. (minor ?? []).Where(own.Contains)],
                    MustRead = (mustRead ?? ImmutableSortedDictionary<LibraryPath, ImmutableSortedSet<string>>.Empty).Where(pair => own.Contains(pair.Key)).ToImmutableSortedDictionary(),
                });
            }
        }

        return new ChangeSet { Steps = steps.ToImmutable() };
    }
}
