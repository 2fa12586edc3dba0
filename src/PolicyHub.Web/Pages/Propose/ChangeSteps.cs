using System.Collections.Immutable;
using PolicyHub.Content.Editions;
using PolicyHub.Web.Propose;

namespace PolicyHub.Web.Pages.Propose;

/// <summary>Who is asked, in a sentence.</summary>
public static class ChangeSteps
{
    /// <summary>For which sections somebody is asked, each in a few words; none: for documents as a whole.</summary>
    public static IEnumerable<string> For(IEnumerable<string> sections, IReadOnlyCollection<ChangedFile> texts, Visit visit)
    {
        ArgumentNullException.ThrowIfNull(sections);
        ArgumentNullException.ThrowIfNull(visit);
        foreach (var (path, anchor) in sections.Select(section => section.LastIndexOf('#') is var at and > 0 ? (section[..at], section[(at + 1)..]) : (section, "")))
        {
            if (texts.FirstOrDefault(text => text.Path.Value == path) is { } found)
            {
                var heading = new[] { found.After, found.Before }.OfType<VersionText>().SelectMany(text => text.Rendered.Sections).FirstOrDefault(section => section.Anchor == anchor)?.Heading;
                yield return visit.Format("proposal.step.section", heading ?? anchor, found.Title);
            }
        }
    }

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
