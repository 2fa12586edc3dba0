using System.Collections.Immutable;

namespace PolicyHub.Web.Pages.Propose;

/// <summary>Who is asked, in a sentence.</summary>
public static class ChangeSteps
{
    /// <summary>One position, any of several, all of them, or so many of them.</summary>
    public static string Asked(ImmutableArray<string> positions, int need, Visit visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        var names = positions.Select(visit.RoleName).ToList();
        return names.Count == 1 ? names[0]
            : visit.Format(
                need == names.Count ? "proposal.step.all" : need == 1 ? "proposal.step.any" : "proposal.step.some",
                string.Join(", ", names[..^1]), names[^1], need);
    }
}
