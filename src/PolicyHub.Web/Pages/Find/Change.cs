using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;

namespace PolicyHub.Web.Pages.Find;

/// <summary>A version of a document that still stands, as a line under “what changed”.</summary>
/// <param name="Effective">When its text takes, or took, effect.</param>
public sealed record Change(EditionDocument Document, DocumentVersion Version, DateTimeOffset Effective)
{
    public bool IsNew => Version.Label is { Major: 1, Minor: 0 };

    /// <summary>The latest changes by publication, of documents that the reader may see.</summary>
    public static IReadOnlyList<Change> Latest(Visit visit, int count)
    {
        var zone = visit.Settings.Zone;
        var latest = new PriorityQueue<Change, DateTimeOffset>();
        foreach (var document in visit.Edition.Documents(visit.Reader))
        {
            foreach (var version in document.History.Versions.Reverse().Take(count).Where(version => IsReadable(version, document)))
            {
                if (latest.Count == count && latest.TryPeek(out _, out var oldest) && version.Published <= oldest)
                {
                    break;
                }

                latest.Enqueue(new Change(document, version, version.EffectiveInstant(zone)), version.Published);
                if (latest.Count > count)
                {
                    latest.Dequeue();
                }
            }
        }

        return [.. latest.UnorderedItems.OrderByDescending(item => item.Priority).ThenBy(item => item.Element.Document.Title, StringComparer.CurrentCulture).Select(item => item.Element)];
    }

    /// <summary>A text that cannot be read changed nothing for anybody yet.</summary>
    private static bool IsReadable(DocumentVersion version, EditionDocument document) =>
        version.Blob is not null && (!document.NewerIsUnreadable || version.Published <= document.Version.Published);
}
