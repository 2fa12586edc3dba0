using System.Collections.Immutable;
using PolicyHub.Content;
using PolicyHub.Content.Approvals;
using PolicyHub.Content.Documents;
using PolicyHub.Records.People;

namespace PolicyHub.Web.Propose;

/// <summary>A step with those who can answer it.</summary>
/// <param name="Step">With the positions above where those of the rule are held by too few who may answer.</param>
/// <param name="Holders">By position, who holds it and may answer; nobody who wrote the change.</param>
/// <param name="Added">The positions above that were added.</param>
public sealed record PlannedStep(ApprovalStep Step, ImmutableArray<(string Position, ImmutableArray<string> Names)> Holders, ImmutableArray<string> Added, bool IsAnswerable);

/// <summary>The route of a change with the people of today: what is shown before it is sent, and what is asked once it is.</summary>
public sealed record RoutePlan
{
    public required ImmutableArray<PlannedStep> Steps { get; init; }

    /// <summary>Paths for which the library names no position at all.</summary>
    public required ImmutableArray<LibraryPath> WithoutApprover { get; init; }

    /// <summary>Whether every step can be answered by somebody.</summary>
    public bool CanBeSent => Steps.Length > 0 && WithoutApprover.IsEmpty && Steps.All(step => step.IsAnswerable);

    public ImmutableArray<ApprovalStep> Route => [.. Steps.Select(step => step.Step)];

    /// <summary>
    /// Nobody answers what they wrote themselves: where too few others hold the positions of a step, it is asked of the positions above as well,
    /// one after the other, until there are enough.
    /// </summary>
    /// <param name="people">All who hold a position and may sign in.</param>
    /// <param name="writers">Ids of those who wrote the change.</param>
    public static RoutePlan Of(ApprovalRoute route, LibrarySettings settings, IReadOnlyCollection<Person> people, IReadOnlyCollection<Guid> writers)
    {
        ArgumentNullException.ThrowIfNull(route);
        ArgumentNullException.ThrowIfNull(settings);
        var others = people.Where(person => !writers.Contains(person.Id)).ToList();
        return new RoutePlan { WithoutApprover = route.WithoutApprover, Steps = [.. route.Steps.Select(step => Plan(step, settings, others))] };
    }

    private static PlannedStep Plan(ApprovalStep step, LibrarySettings settings, List<Person> others)
    {
        var positions = step.Positions;
        var next = positions;
        while (Count(positions) < step.Need && !next.IsEmpty)
        {
            next = [.. next.Select(slug => settings.Positions.GetValueOrDefault(slug)?.Above).OfType<string>().Except(positions).Distinct(StringComparer.Ordinal)];
            positions = [.. positions, .. next];
        }

        // Positions above that nobody holds help nobody.
        ImmutableArray<string> added = [.. positions.Except(step.Positions).Where(position => others.Any(person => person.Positions.Contains(position)))];
        ImmutableArray<string> all = [.. step.Positions, .. added];
        return new PlannedStep(
            step with { Positions = [.. all.Order(StringComparer.Ordinal)] },
            [.. all.Select(position => (position, (ImmutableArray<string>)[.. others.Where(person => person.Positions.Contains(position)).Select(person => person.Name).Order(StringComparer.CurrentCulture)]))],
            added,
            Count(all) >= step.Need);

        int Count(ImmutableArray<string> asked) => others.Count(person => person.Positions.Any(asked.Contains));
    }
}
