using System.Collections.Immutable;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Approvals;

/// <summary>Who has to say yes to a change, and in which order: of its documents and the settings alone.</summary>
public sealed record ApprovalRoute
{
    /// <summary>In the order in which they are asked, by the first position within one order.</summary>
    public required ImmutableArray<ApprovalStep> Steps { get; init; }

    /// <summary>Paths for which no position is named at all, in ordinal order: such a change cannot be sent.</summary>
    public required ImmutableArray<LibraryPath> WithoutApprover { get; init; }

    /// <summary>
    /// The route of a change. A document is asked for as it was and as it becomes, so that nobody moves it, or gives it another owner,
    /// past those who answer for it. A rule that does not name the owner speaks for the accountable one; every further owner gives its yes
    /// beside it, and so does each owner of a section that changes. What several paths ask alike is asked once, and what they ask at different times at the latest of them.
    /// </summary>
    public static ApprovalRoute Of(IEnumerable<RoutedPath> paths, LibrarySettings settings)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(settings);
        var asked = new List<ApprovalStep>();
        var without = ImmutableSortedSet.CreateBuilder<LibraryPath>();
        foreach (var path in paths)
        {
            var steps = Asked(path, settings.Approvals).ToList();
            asked.AddRange(steps);
            asked.AddRange(OfSections(path));
            if (steps.Count == 0)
            {
                without.Add(path.Path);
            }
        }

        return new ApprovalRoute { Steps = Merged(asked), WithoutApprover = [.. without] };
    }

    /// <summary>Every position that answers for a section that changes, as it was or as it becomes, each by itself.</summary>
    private static IEnumerable<ApprovalStep> OfSections(RoutedPath path) =>
        from document in new[] { path.Before, path.After }.OfType<Document>()
        from owned in document.SectionOwners
        where path.Sections.Contains(owned.Anchor)
        from position in owned.Positions
        select Step(path.Path, 1, [position], 1) with { Sections = [$"{path.Path}#{owned.Anchor}"] };

    private static IEnumerable<ApprovalStep> Asked(RoutedPath path, ApprovalRules rules) => path is { Before: null, After: null }
        ? Of(path.Path, rules.ForFile(path.Path), [])
        : new[] { path.Before, path.After }.OfType<Document>().SelectMany(document => Of(path.Path, rules.For(document), document.Owners));

    private static IEnumerable<ApprovalStep> Of(LibraryPath path, ApprovalRule rule, ImmutableArray<string> owners)
    {
        var forOwners = rule.By.Contains(ApprovalRule.Owner);
        if (rule.InOrder)
        {
            foreach (var (number, position) in rule.By.Index())
            {
                foreach (var one in position == ApprovalRule.Owner ? owners : [position])
                {
                    yield return Step(path, number + 1, [one], 1);
                }
            }
        }
        else if (forOwners)
        {
            foreach (var owner in owners)
            {
                yield return Step(path, 1, rule.By.Select(position => position == ApprovalRule.Owner ? owner : position), rule.Need);
            }
        }

        if (!forOwners && !rule.By.IsEmpty)
        {
            if (!rule.InOrder)
            {
                yield return Step(path, 1, rule.By, rule.Need);
            }

            foreach (var owner in owners.Skip(1).Except(rule.By))
            {
                yield return Step(path, 1, [owner], 1);
            }
        }
    }

    /// <summary>A position that stands twice, as the owner and by its name, counts once.</summary>
    private static ApprovalStep Step(LibraryPath path, int order, IEnumerable<string> positions, int need)
    {
        ImmutableArray<string> all = [.. positions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new ApprovalStep { Order = order, Positions = all, Need = Math.Min(need, all.Length), Paths = [path] };
    }

    private static ImmutableArray<ApprovalStep> Merged(List<ApprovalStep> asked)
    {
        var merged = asked
            .GroupBy(step => (Positions: string.Join('\n', step.Positions), step.Need))
            .Select(group => group.First() with
            {
                Order = group.Max(step => step.Order),
                Paths = [.. group.SelectMany(step => step.Paths).Distinct().Order()],
                Sections = group.Any(step => step.Sections.IsEmpty) ? [] : [.. group.SelectMany(step => step.Sections).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            })
            .OrderBy(step => step.Order)
            .ThenBy(step => string.Join('\n', step.Positions), StringComparer.Ordinal)
            .ThenBy(step => step.Need)
            .ToList();
        var orders = merged.Select(step => step.Order).Distinct().ToList();
        return [.. merged.Select(step => step with { Order = orders.IndexOf(step.Order) + 1 })];
    }
}
