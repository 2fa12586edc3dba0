using System.Collections.Immutable;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Approvals;

/// <summary>The sections with owners of their own of which the text changes, appears or disappears.</summary>
public static class ChangedSections
{
    /// <summary>Their anchors. A section holds what its own sub-headings hold; what moves without another word is not changed.</summary>
    /// <param name="before">Null: it is new, or no document.</param>
    /// <param name="after">Null: it goes, or is no document.</param>
    public static ImmutableHashSet<string> Of((Document Document, RenderedBody Rendered)? before, (Document Document, RenderedBody Rendered)? after) =>
    [
        .. new[] { before, after }.SelectMany(text => text?.Document.SectionOwners ?? []).Select(owned => owned.Anchor).Distinct(StringComparer.Ordinal)
            .Where(anchor => HtmlOf(before?.Rendered, anchor) != HtmlOf(after?.Rendered, anchor) || !OwnersOf(before?.Document, anchor).SequenceEqual(OwnersOf(after?.Document, anchor))),
    ];

    /// <summary>A section and all under it; null: there is none.</summary>
    private static string? HtmlOf(RenderedBody? body, string anchor)
    {
        if (body is null || body.Sections.Select(section => section.Anchor).ToList().IndexOf(anchor) is not (> 0 and var start))
        {
            return null;
        }

        var last = body.Sections.Skip(start + 1).TakeWhile(section => section.Level > body.Sections[start].Level).LastOrDefault() ?? body.Sections[start];
        return body.Html.Value[body.Sections[start].HtmlStart..last.HtmlEnd].TrimEnd();
    }

    private static IEnumerable<string> OwnersOf(Document? document, string anchor) =>
        (document?.SectionOwners ?? []).Where(owned => owned.Anchor == anchor).SelectMany(owned => owned.Positions).Order(StringComparer.Ordinal);
}
