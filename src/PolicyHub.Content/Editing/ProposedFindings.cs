using System.Collections.Immutable;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Editing;

/// <summary>What is wrong with a proposed change.</summary>
/// <param name="Added">What the change would add, in the order of files and places: errors keep it from being sent, all else informs.</param>
/// <param name="Standing">What was wrong with its files before and still is.</param>
/// <param name="BreaksUnseen">It would add an error that the reader may not be told of, as it stands in, or names, what only others may see.</param>
public sealed record ProposedFindings(ImmutableArray<Problem> Added, ImmutableArray<Problem> Standing, bool BreaksUnseen)
{
    /// <summary>Whether the change must not be published like this.</summary>
    public bool Blocks => BreaksUnseen || Added.Any(problem => problem.Severity == Severity.Error);
}
