namespace PolicyHub.Content.Search;

/// <summary>
/// The library as one set of access labels sees it: which documents, how many of them hold each word, how long the fields
/// are on average. Everything that search counts or looks up goes through it, so a document that the reader may not see
/// leaves no trace: not in a score, a count, a correction or a suggestion.
/// </summary>
internal sealed class ReaderView
{
    private readonly bool[]? visible;
    private readonly float[] rarities;
    private float[]? bodyNorms;

    public ReaderView(IndexData data, bool[] labels)
    {
        Data = data;
        visible = labels.All(label => label) ? null : Array.ConvertAll(data.LabelOf, label => labels[label]);
        DocumentFrequency = new int[data.Dictionary.Count];
        for (var word = 0; word < DocumentFrequency.Length; word++)
        {
            DocumentFrequency[word] = CountVisible(data.Postings[word]);
        }

        rarities = new float[DocumentFrequency.Length];

        var (sums, counts, sections, words) = (new long[Ranking.Fields], new int[Ranking.Fields], 0L, 0L);
        for (var slot = 0; slot < data.Documents.Length; slot++)
        {
            if (!Sees(slot))
            {
                continue;
            }

            Documents++;
            for (var field = 0; field < Ranking.Fields; field++)
            {
                sums[field] += data.Lengths[field][slot];
                counts[field] += data.Lengths[field][slot] > 0 ? 1 : 0;
            }

            foreach (var length in data.Documents[slot]!.SectionLengths)
            {
                sections += length > 0 ? 1 : 0;
                words += length;
            }
        }

        AverageLengths = new float[Ranking.Fields];
        for (var field = 0; field < Ranking.Fields; field++)
        {
            AverageLengths[field] = Math.Max(1f, (float)sums[field] / Math.Max(1, counts[field]));
        }

        AverageSection = Math.Max(1f, (float)words / Math.Max(1, sections));
    }

    public IndexData Data { get; }

    /// <summary>Documents that hold a word, by word.</summary>
    public int[] DocumentFrequency { get; }

    public int Documents { get; }

    /// <summary>Words of a field, over the documents that have it.</summary>
    public float[] AverageLengths { get; }

    public float AverageSection { get; }

    public bool Sees(int slot) => Data.Documents[slot] is not null && (visible is null || visible[slot]);

    /// <summary>Whether this reader sees all documents there are.</summary>
    public bool SeesAll => visible is null;

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

    /// <summary>By slot, what the count of a word in the body is divided by: 1 - b + b · length / average.</summary>
    public float[] BodyNorms(float b)
    {
        // One index has one b; two threads at once make the same numbers.
        return bodyNorms ??= Array.ConvertAll(Data.Lengths[(int)Field.Body], length => 1 - b + (b * length / AverageLengths[(int)Field.Body]));
    }

    private int CountVisible(Postings postings)
    {
        if (visible is null)
        {
            return postings.Count;
        }

        var count = 0;
        foreach (var slot in postings.Documents)
        {
            count += visible[slot] ? 1 : 0;
        }

        return count;
    }
}
