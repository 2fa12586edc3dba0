using System.Collections.Immutable;
using PolicyHub.Content.Editions;

namespace PolicyHub.Content.Editing;

/// <summary>A document that leads to another, and the sections that it leads to.</summary>
/// <param name="Anchors">Each once, in the order in which they come; none: it leads to the document as a whole.</param>
public sealed record LinkHere(EditionDocument Source, ImmutableArray<string> Anchors);

/// <summary>Who leads to a document: what an author should look at when it changes.</summary>
public static class LinksHere
{
    /// <summary>In the order of titles, as far as the reader may see them; none for a document that is not in effect.</summary>
    public static ImmutableArray<LinkHere> To(Edition edition, LibraryPath path, Reader reader)
    {
        ArgumentNullException.ThrowIfNull(edition);
        return edition.Find(path, reader) is not { } document ? [] :
        [
            .. edition.LinksTo(document, reader).Select(source => new LinkHere(
                source, [.. source.Rendered.Links.Where(link => link.Target == path && link.Anchor is not null).Select(link => link.Anchor!).Distinct(StringComparer.Ordinal)])),
        ];
    }
}
