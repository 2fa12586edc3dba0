using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Content.Search;

namespace PolicyHub.Content.HistorySearch;

/// <summary>A document that held the words at some time.</summary>
/// <param name="Title">Its title in the best version that held them.</param>
/// <param name="Heading">The heading over the best lines; may be empty.</param>
/// <param name="Times">When a version that held them was in effect, the latest first; empty where none ever was.</param>
/// <param name="Versions">The labels of all versions that held them, oldest first.</param>
public sealed record HistoryHit(
    DocumentHistory Document, string Title, string Heading, MarkedText Excerpt, ImmutableArray<HistoryTime> Times, ImmutableArray<DocumentVersion> Versions);

/// <summary>A stretch of time in which the words could be read in a document, over one or several versions.</summary>
/// <param name="Question">What could be read; of texts from before PolicyHub, which nobody read here, what applies.</param>
/// <param name="Until">The first instant at which they could not; null: they still can.</param>
/// <param name="Anchor">The section that held them in the last of the versions.</param>
public sealed record HistoryTime(DateQuestion Question, DateTimeOffset From, DateTimeOffset? Until, DocumentVersion First, DocumentVersion Last, string Anchor);

/// <param name="IsAll">False where so many texts hold the words that not all were looked at.</param>
public sealed record HistoryResults(ImmutableArray<HistoryHit> Hits, bool IsAll);

/// <summary>Joins what texts hold with when they were in effect, for a reader.</summary>
public static class HistorySearcher
{
    /// <summary>Distinct sections looked at: a question that finds more says nothing by what it finds.</summary>
    private const int MostSections = 2000;

    private const int MostHits = 100;

    private static readonly ConditionalWeakTable<LibraryCatalogue, Dictionary<BlobId, List<(DocumentHistory Document, DocumentVersion Version)>>> Texts = [];

    /// <summary>Every document of which any version held the words, as far as the reader may see it; the best first.</summary>
    /// <param name="now">Up to when publications are known.</param>
    public static HistoryResults Search(HistoryIndex index, Edition today, string text, Reader reader, DateTimeOffset now)
    {
        var query = new HistoryQuery(text);
        var found = index.Search(query, MostSections);
        var texts = Texts.GetValue(today.Catalogue, ByText);
        var documents = new Dictionary<DocumentHistory, Held>();
        foreach (var section in found.Sections)
        {
            foreach (var (blob, anchor) in section.Held)
            {
                foreach (var (document, version) in texts.GetValueOrDefault(blob, []))
                {
                    if (today.MaySee(document, version, reader))
                    {
                        var held = documents.TryGetValue(document, out var known) ? known : documents[document] = new Held(documents.Count, section.Id, version);
                        held.Anchors.TryAdd(version, anchor);
                    }
                }
            }
        }

        return new HistoryResults(
            [.. documents.OrderBy(pair => pair.Value.Order).Take(MostHits).Select(pair => Hit(index, query, pair.Key, pair.Value, DocumentTimeline.Of(pair.Key, today, reader, now)))],
            found.IsAll && documents.Count <= MostHits);
    }

    private static HistoryHit Hit(HistoryIndex index, HistoryQuery query, DocumentHistory document, Held held, DocumentTimeline timeline)
    {
        var (heading, excerpt) = index.Excerpt(query, held.Section);
        var times = new List<HistoryTime>();
        foreach (var span in timeline.Applied.Where(span => span.Version.IsRecorded).Concat(timeline.InEffect))
        {
            if (!held.Anchors.TryGetValue(span.Version, out var anchor))
            {
                continue;
            }

            var question = span.Version.IsRecorded ? DateQuestion.For : DateQuestion.On;
            if (times.Count > 0 && times[^1].Until == span.From && times[^1].Question == question)
            {
                times[^1] = times[^1] with { Until = span.Until, Last = span.Version, Anchor = anchor };
            }
            else
            {
                times.Add(new HistoryTime(question, span.From, span.Until, span.Version, span.Version, anchor));
            }
        }

        times.Reverse();
        return new HistoryHit(
            document, held.Best.Title ?? document.Path.Name, heading, excerpt, [.. times],
            [.. document.Versions.Where(held.Anchors.ContainsKey)]);
    }

    private static Dictionary<BlobId, List<(DocumentHistory, DocumentVersion)>> ByText(LibraryCatalogue catalogue)
    {
        var texts = new Dictionary<BlobId, List<(DocumentHistory, DocumentVersion)>>();
        foreach (var document in catalogue.Documents)
        {
            foreach (var version in document.Versions)
            {
                if (version.Blob is not { } blob)
                {
                    continue;
                }

                if (!texts.TryGetValue(blob, out var held))
                {
                    texts.Add(blob, held = []);
                }

                held.Add((document, version));
            }
        }

        return texts;
    }

    private sealed class Held(int order, long section, DocumentVersion best)
    {
        public int Order => order;

        public long Section => section;

        public DocumentVersion Best => best;

        public Dictionary<DocumentVersion, string> Anchors { get; } = new(ReferenceEqualityComparer.Instance);
    }
}
