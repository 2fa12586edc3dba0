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

    /// <summary>Whether there is a slot without a document.</summary>
    public required bool HasFreeSlots { get; init; }

    public required ReferenceLengths Reference { get; init; }

    /// <summary>What the postings were weighed by.</summary>
    public required Ranking Ranking { get; init; }

    /// <summary>The kind of each slot, as a number.</summary>
    public required byte[] KindOf { get; init; }

    /// <summary>Of documents that score alike those with the higher number of their slot go first: the later day of effect, then one order of the paths.</summary>
    public required ulong[] TieOf { get; init; }

    /// <summary>The access label of each slot, as a number in <see cref="Labels"/>.</summary>
    public required int[] LabelOf { get; init; }

    /// <summary>The labels in use; the first is the empty one.</summary>
    public required List<string> Labels { get; init; }

    public required Dictionary<string, int> SlotByKey { get; init; }

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
            if (previous is not null && previous.TryFind(source.Key, slot + 1, out slot)
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

    /// <summary>Finds a key; first where it stands when the documents come in the order that they came in before.</summary>
    private bool TryFind(string key, int likely, out int slot)
    {
        slot = likely;
        return (likely < Documents.Length && Documents[likely] is { } document && document.Source.Key.Equals(key, StringComparison.Ordinal))
            || SlotByKey.TryGetValue(key, out slot);
    }

    private IndexData Change(SearchableDocument?[] kept, AnalysedDocument[] fresh, TermDictionary dictionary)
    {
        var after = new AnalysedDocument?[Math.Max(Documents.Length, kept.Count(source => source is not null) + fresh.Length)];
        var free = new Queue<int>();
        var (removed, added) = (new SortedDictionary<int, AnalysedDocument>(), new SortedDictionary<int, AnalysedDocument>());
        for (var slot = 0; slot < after.Length; slot++)
        {
            var (document, source) = slot < kept.Length ? (Documents[slot], kept[slot]) : (null, null);
            if (source is not null)
            {
                // The same words, but what else is known of the document may be newer.
                after[slot] = ReferenceEquals(document!.Source, source) ? document : document with { Source = source };
                continue;
            }

            free.Enqueue(slot);
            if (document is not null)
            {
                removed.Add(slot, document);
            }
        }

        foreach (var document in fresh)
        {
            var slot = free.Dequeue();
            added.Add(slot, document);
            after[slot] = document;
        }

        var reference = ReferenceLengths.Of(after);
        return (removed.Count + added.Count) * FewChanges > after.Length + FewChanges || !reference.Is(Reference)
            ? Whole([.. after.Where(document => document is not null)], Analyzer, Ranking, dictionary)
            : Assemble(after, Analyzer, Ranking, reference, dictionary, new PostingsBuilder(Ranking, reference, dictionary.Count).Change(Postings, removed, added), SlotsAfter(removed, added));
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

    private static Dictionary<string, int> SlotsOf(AnalysedDocument?[] documents)
    {
        var slots = new Dictionary<string, int>(documents.Length, StringComparer.Ordinal);
        for (var slot = 0; slot < documents.Length; slot++)
        {
            slots.Add(documents[slot]!.Source.Key, slot);
        }

        return slots;
    }

    private static IndexData Whole(AnalysedDocument?[] documents, Analyzer analyzer, Ranking ranking, TermDictionary dictionary)
    {
        var reference = ReferenceLengths.Of(documents);
        return Assemble(documents, analyzer, ranking, reference, dictionary, new PostingsBuilder(ranking, reference, dictionary.Count).Build(documents), SlotsOf(documents));
    }

    private static IndexData Assemble(
        AnalysedDocument?[] documents, Analyzer analyzer, Ranking ranking, ReferenceLengths reference, TermDictionary dictionary, Postings[] postings,
        Dictionary<string, int> slotByKey)
    {
        var labels = new List<string> { "" };
        var labelOf = new int[documents.Length];
        var kindOf = new byte[documents.Length];
        var tieOf = new ulong[documents.Length];
        for (var slot = 0; slot < documents.Length; slot++)
        {
            if (documents[slot] is not { } document)
            {
                continue;
            }

            tieOf[slot] = ((ulong)(document.Source.InEffectSince.UtcTicks / TimeSpan.TicksPerSecond) << 24) | (document.Tie >> 8);
            kindOf[slot] = (byte)document.Source.Document.Kind;
            if (document.Source.Access.Length > 0)
            {
                labelOf[slot] = LabelOf(document.Source.Access);
            }
        }

        return new IndexData
        {
            Analyzer = analyzer,
            Dictionary = dictionary,
            Postings = postings,
            Documents = documents,
            HasFreeSlots = slotByKey.Count < documents.Length,
            Reference = reference,
            Ranking = ranking,
            KindOf = kindOf,
            TieOf = tieOf,
            LabelOf = labelOf,
            Labels = labels,
            SlotByKey = slotByKey,
        };

        int LabelOf(string access)
        {
            var label = labels.IndexOf(access);
            if (label < 0)
            {
                label = labels.Count;
                labels.Add(access);
            }

            return label;
        }
    }

    /// <summary>Analyses in parallel, each thread with word numbers of its own, and then gives the words the numbers of one dictionary.</summary>
    private static (AnalysedDocument[] Documents, TermDictionary Dictionary) Analyse(
        List<SearchableDocument> sources, Analyzer analyzer, TermDictionary dictionary)
    {
        const int Chunk = 64;
        var analysed = new AnalysedDocument[sources.Count];
        var workers = new List<(DocumentAnalyzer Analyzer, List<(int Place, AnalysedDocument Document, int[] Words)> Documents)>();
        Parallel.For(
            0,
            (sources.Count + Chunk - 1) / Chunk,
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
        Parallel.For(0, workers.Count, i =>
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
