using System.Collections.Immutable;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Search;

/// <summary>
/// Pins by what is asked: the same words in any form, case and order, none more and none less. A slip of the keys is not mended here; what is
/// half typed is no such question yet.
/// </summary>
internal sealed class PinTable
{
    private readonly Dictionary<string, List<PinnedSection>> sections = new(StringComparer.Ordinal);
    private readonly Analyzer analyzer;

    /// <param name="pins">Those that count now.</param>
    public PinTable(IReadOnlyList<Pin> pins, IReadOnlyList<SearchableDocument> documents, Analyzer analyzer)
    {
        this.analyzer = analyzer;
        if (pins.Count == 0)
        {
            return;
        }

        var wanted = pins.ToLookup(pin => pin.Find.Document, StringComparer.OrdinalIgnoreCase);
        var found = new Dictionary<Pin, SearchableDocument>(ReferenceEqualityComparer.Instance);
        foreach (var document in documents)
        {
            var (path, id) = (document.Document.Path, document.Document.Id);
            foreach (var pin in wanted[path.Value].Concat(wanted[path.WithoutExtension]).Concat(id is null ? [] : wanted[id]).Where(pin => pin.Find.Names(document.Document)))
            {
                // Of two that a name fits, always the same one.
                if (!found.TryGetValue(pin, out var other) || path < other.Document.Path)
                {
                    found[pin] = document;
                }
            }
        }

        foreach (var pin in pins.Where(found.ContainsKey))
        {
            foreach (var key in pin.Asks.Select(ask => KeyOf(ask, analyzer)).Where(key => key.Length > 0).Distinct(StringComparer.Ordinal))
            {
                if (!sections.TryGetValue(key, out var list))
                {
                    sections.Add(key, list = []);
                }

                list.Add(new PinnedSection(found[pin], SectionOf(found[pin].Sections, pin.Find.Anchor), pin.Reason));
            }
        }
    }

    /// <summary>What two questions that are the same question share; empty for a text without words.</summary>
    public static string KeyOf(string text, Analyzer analyzer) => KeyOf(analyzer.Words(text).Select(word => word.Folded), analyzer);

    /// <summary>What is pinned to a query, in the order of the file, whoever may see it.</summary>
    public IReadOnlyList<PinnedSection> For(ParsedQuery query) =>
        sections.Count > 0 && sections.TryGetValue(KeyOf(query.Words.Select(word => word.Text), analyzer), out var found) ? found : [];

    private static string KeyOf(IEnumerable<string> words, Analyzer analyzer) =>
        string.Join(' ', words.Select(analyzer.Stem).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    /// <summary>-1: the section that search itself thinks best.</summary>
    private static int SectionOf(ImmutableArray<RenderedSection> all, string? anchor)
    {
        for (var i = 0; anchor is not null && i < all.Length; i++)
        {
            if (all[i].Anchor.Equals(anchor, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}

/// <param name="Section">An index into the document's sections; -1: any.</param>
internal sealed record PinnedSection(SearchableDocument Document, int Section, string Reason);
