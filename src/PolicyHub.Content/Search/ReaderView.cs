using System.Collections.Concurrent;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Search;

/// <summary>
/// The library as one set of access labels sees it: which documents, and how many of them hold each word. Everything that search
/// counts or looks up goes through it, so a document that the reader may not see leaves no trace: not in a score, a count, a
/// correction or a suggestion.
/// </summary>
internal sealed class ReaderView
{
    private readonly ulong[] visible;
    private readonly ulong[][] byKind;
    private readonly float[] rarities;

    public ReaderView(IndexData data, bool[] labels)
    {
        Data = data;
        visible = SlotBits.Create(data.Documents.Length);
        byKind = [.. DocumentKinds.All.Select(_ => SlotBits.Create(data.Documents.Length))];
        for (var slot = 0; slot < data.Documents.Length; slot++)
        {
            if (data.Documents[slot] is not null && labels[data.Facts.LabelOf[slot]])
            {
                SlotBits.Add(visible, slot);
                SlotBits.Add(byKind[data.Facts.KindOf[slot]], slot);
                Documents++;
            }
        }

        DocumentFrequency = CountVisible();
        rarities = new float[DocumentFrequency.Length];
    }

    public IndexData Data { get; }

    /// <summary>
    /// By word of the library, what it may be a run-together spelling of; -1 where it is none. A word once typed is searched with at every key that follows.
    /// What the library lacks is not kept here: it may be somebody's name.
    /// </summary>
    public ConcurrentDictionary<string, (int First, int Second)> Splits { get; } = new(StringComparer.Ordinal);

    /// <summary>Documents that hold a word, by word.</summary>
    public int[] DocumentFrequency { get; }

    public int Documents { get; }

    /// <summary>The slots whose document this reader sees, see <see cref="SlotBits"/>.</summary>
    public ReadOnlySpan<ulong> Visible => visible;

    /// <summary>Those of one kind.</summary>
    public ReadOnlySpan<ulong> VisibleOf(DocumentKind kind) => byKind[(int)kind];

    public bool Sees(int slot) => SlotBits.Has(visible, slot);

    /// <summary>Whether there is a document in every slot, and this reader sees them all.</summary>
    public bool SeesAll => Documents == Data.Documents.Length;

    public bool Knows(int word) => DocumentFrequency[word] > 0;

    /// <summary>How much a word that stands in so many documents tells: Robertson and Spärck Jones's weight, kept positive.</summary>
    public float Rarity(int documentFrequency) =>
        MathF.Log(1f + ((Documents - documentFrequency + 0.5f) / (documentFrequency + 0.5f)));

    /// <summary><see cref="Rarity"/> of a word.</summary>
    public float RarityOf(int word)
    {
        // Filled as words are asked for; two threads at once write the same number.
        var rarity = rarities[word];
        return rarity > 0 ? rarity : rarities[word] = Rarity(DocumentFrequency[word]);
    }

    /// <summary>All that hold a word, less those that are hidden; or those that are seen, whichever are fewer to go through.</summary>
    private int[] CountVisible()
    {
        var counts = new int[Data.Dictionary.Count];
        var seenAreFewer = Documents * 2 < Data.Documents.Length;
        for (var word = 0; word < counts.Length && !seenAreFewer; word++)
        {
            counts[word] = Data.Postings[word].Count;
        }

        var last = SeesAll ? [] : new int[counts.Length];
        for (var slot = 0; slot < Data.Documents.Length && !SeesAll; slot++)
        {
            if (Sees(slot) != seenAreFewer || Data.Documents[slot] is not { } document)
            {
                continue;
            }

            foreach (var word in document.Words)
            {
                counts[word] += last[word] == slot + 1 ? 0 : seenAreFewer ? 1 : -1;
                last[word] = slot + 1;
            }
        }

        return counts;
    }
}
