using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Search;

/// <summary>What an index holds, whoever reads it: dictionary, postings, and documents by slot.</summary>
internal sealed class IndexData
{
    /// <summary>When more than one document in this many changed, all postings are written anew.</summary>
    private const int FewChanges = 8;

    public required Analyzer Analyzer { get; init; }

    public required TermDictionary Dictionary { get; init; }

    public required Postings[] Postings { get; init; }

    /// <summary>By slot; null where a slot is free.</summary>
    public required AnalysedDocument?[] Documents { get; init; }

    /// <summary>What each was made from, by slot: an update goes over these alone, without a look at documents that stay.</summary>
    public required SearchableDocument?[] Sources { get; init; }

    /// <summary>Whether there is a slot without a document.</summary>
    public required bool HasFreeSlots { get; init; }

    public required ReferenceLengths Reference { get; init; }

    public required LengthTotals Totals { get; init; }

    /// <summary>What the postings were weighed by.</summary>
    public required Ranking Ranking { get; init; }

    public required SlotFacts Facts { get; init; }

    public required Dictionary<string, int> SlotByKey { get; init; }

    /// <summary>The terms among the documents.</summary>
    public IEnumerable<SearchableDocument> Terms
    {
        get
        {
            for (var slot = Array.IndexOf(Facts.KindOf, (byte)DocumentKind.Term); slot >= 0; slot = Array.IndexOf(Facts.KindOf, (byte)DocumentKind.Term, slot + 1))
            {
                if (Documents[slot] is { } document)
                {
                    yield return document.Source;
                }
            }
        }
    }

    /// <summary>Builds; what <paramref name="previous"/> holds under the same key is not analysed again.</summary>
    public static IndexData Build(IReadOnlyList<SearchableDocument> sources, Analyzer analyzer, Ranking ranking, IndexData? previous)
    {
        previous = previous?.Analyzer == analyzer && previous.Ranking == ranking ? previous : null;
        var kept = new SearchableDocument?[previous?.Documents.Length ?? 0];
        var fresh = new List<SearchableDocument>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var slot = -1;
        foreach (var source in sources)
        {
            if (slot + 1 < kept.Length && ReferenceEquals(previous!.Sources[slot + 1], source))
            {
                kept[++slot] = source;
            }
            else if (previous is not null && previous.TryFind(source, slot + 1, out slot)
                && previous.Documents[slot]!.Source.Access.Equals(source.Access, StringComparison.Ordinal))
            {
                kept[slot] ??= source;
            }
            else if (keys.Add(source.Key))
            {
                fresh.Add(source);
            }
        }

        var (analysed, dictionary) = Analyse(fresh, analyzer, previous?.Dictionary ?? TermDictionary.Empty);
        return previous?.Change(kept, analysed, dictionary) ?? Whole(analysed, analyzer, ranking, dictionary);
    }

    /// <summary>Finds the slot of a document with the same key; first where it stands when documents come in the order that they came in before.</summary>
    private bool TryFind(SearchableDocument source, int likely, out int slot)
    {
        slot = likely;
        return (likely < Sources.Length && Sources[likely] is { } there && there.Key.Equals(source.Key, StringComparison.Ordinal))
            || SlotByKey.TryGetValue(source.Key, out slot);
    }

    private IndexData Change(SearchableDocument?[] kept, AnalysedDocument[] fresh, TermDictionary dictionary)
    {
        var after = new AnalysedDocument?[Math.Max(Documents.Length, kept.Count(source => source is not null) + fresh.Length)];
        var sources = new SearchableDocument?[after.Length];
        Documents.CopyTo(after, 0);
        kept.CopyTo(sources, 0);
        var facts = Facts.Copy(after.Length);
        var free = new Queue<int>();
        var (removed, added) = (new SortedDictionary<int, AnalysedDocument>(), new SortedDictionary<int, AnalysedDocument>());
        for (var slot = 0; slot < after.Length; slot++)
        {
            if (slot < kept.Length && kept[slot] is { } source)
            {
                if (!ReferenceEquals(Sources[slot], source))
                {
                    // The same words, but what else is known of the document may be newer.
                    after[slot] = Documents[slot]! with { Source = source };
                    facts.Set(slot, after[slot]!);
                }

                continue;
            }

            free.Enqueue(slot);
            if (after[slot] is { } gone)
            {
                removed.Add(slot, gone);
                after[slot] = null;
            }
        }

        foreach (var document in fresh)
        {
            var slot = free.Dequeue();
            added.Add(slot, document);
            (after[slot], sources[slot]) = (document, document.Source);
            facts.Set(slot, document);
        }

        var totals = Totals.After(removed.Values, added.Values);
        var reference = ReferenceLengths.Of(totals);
        if ((removed.Count + added.Count) * FewChanges > after.Length + FewChanges || !reference.Is(Reference))
        {
            return Whole([.. after.OfType<AnalysedDocument>()], Analyzer, Ranking, dictionary);
        }

        var slotByKey = SlotsAfter(removed, added);
        return new IndexData
        {
            Analyzer = Analyzer,
            Dictionary = dictionary,
            Postings = new PostingsBuilder(Ranking, reference, dictionary.Count).Change(Postings, removed, added),
            Documents = after,
            Sources = sources,
            HasFreeSlots = slotByKey.Count < after.Length,
            Reference = reference,
            Totals = totals,
            Ranking = Ranking,
            Facts = facts,
            SlotByKey = slotByKey,
        };
    }

    private Dictionary<string, int> SlotsAfter(SortedDictionary<int, AnalysedDocument> removed, SortedDictionary<int, AnalysedDocument> added)
    {
        var slots = new Dictionary<string, int>(SlotByKey, StringComparer.Ordinal);
        foreach (var document in removed.Values)
        {
            slots.Remove(document.Source.Key);
        }

        foreach (var (slot, document) in added)
        {
            slots.Add(document.Source.Key, slot);
        }

        return slots;
    }

    private static IndexData Whole(AnalysedDocument[] documents, Analyzer analyzer, Ranking ranking, TermDictionary dictionary)
    {
        var totals = LengthTotals.Of(documents);
        var reference = ReferenceLengths.Of(totals);
        var facts = new SlotFacts(documents.Length);
        var slotByKey = new Dictionary<string, int>(documents.Length, StringComparer.Ordinal);
        for (var slot = 0; slot < documents.Length; slot++)
        {
            slotByKey.Add(documents[slot].Source.Key, slot);
            facts.Set(slot, documents[slot]);
        }

        return new IndexData
        {
            Analyzer = analyzer,
            Dictionary = dictionary,
            Postings = new PostingsBuilder(ranking, reference, dictionary.Count).Build(documents),
            Documents = documents,
            Sources = Array.ConvertAll(documents, document => document.Source),
            HasFreeSlots = false,
            Reference = reference,
            Totals = totals,
            Ranking = ranking,
            Facts = facts,
            SlotByKey = slotByKey,
        };
    }

    /// <summary>Analyses in parallel, each thread with word numbers of its own, and then gives the words the numbers of one dictionary.</summary>
    private static (AnalysedDocument[] Documents, TermDictionary Dictionary) Analyse(
        List<SearchableDocument> sources, Analyzer analyzer, TermDictionary dictionary)
    {
        const int Chunk = 64;
        var threads = new ParallelOptions { MaxDegreeOfParallelism = sources.Count <= Chunk ? 1 : -1 };
        var analysed = new AnalysedDocument[sources.Count];
        var workers = new List<(DocumentAnalyzer Analyzer, List<(int Place, AnalysedDocument Document, int[] Words)> Documents)>();
        Parallel.For(
            0,
            (sources.Count + Chunk - 1) / Chunk,
            threads,
            () => (Analyzer: new DocumentAnalyzer(analyzer), Documents: new List<(int Place, AnalysedDocument Document, int[] Words)>()),
            (chunk, _, worker) =>
            {
                for (var i = chunk * Chunk; i < Math.Min(sources.Count, (chunk + 1) * Chunk); i++)
                {
                    var (document, words) = worker.Analyzer.Analyse(sources[i]);
                    worker.Documents.Add((i, document, words));
                }

                return worker;
            },
            worker =>
            {
                lock (workers)
                {
                    workers.Add(worker);
                }
            });

        var added = new List<string>();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var translations = workers.ConvertAll(worker => worker.Analyzer.Met.ConvertAll(word =>
        {
            if (dictionary.Find(word) is var known and >= 0)
            {
                return known;
            }

            if (numbers.TryAdd(word, dictionary.Count + added.Count))
            {
                added.Add(word);
            }

            return numbers[word];
        }));
        Parallel.For(0, workers.Count, threads, i =>
        {
            var units = new List<ushort>();
            foreach (var (place, document, words) in workers[i].Documents)
            {
                analysed[place] = DocumentAnalyzer.Translate(document, words, translations[i], units);
            }
        });
        return (analysed, dictionary.With(added, analyzer));
    }
}
