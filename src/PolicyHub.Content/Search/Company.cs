namespace PolicyHub.Content.Search;

/// <summary>
/// The other words of a query around one that may be a slip. How likely a candidate is among them is told by the documents that hold both:
/// naive Bayes over the neighbours, as in context-sensitive spelling correction (Golding 1995), only of what the reader may see.
/// </summary>
/// <param name="words">What each word of the query is in the library, in any form; null for one that it lacks.</param>
/// <param name="place">The word in question.</param>
internal sealed class Company(ReaderView view, TermGroup?[] words, int place)
{
    /// <summary>So many words to either side are looked at; more behind it where fewer stand before.</summary>
    private const int Reach = 4;

    /// <summary>Documents' worth of belief that a word is as frequent with a candidate as it is everywhere.</summary>
    private const float Prior = 2;

    /// <summary>What it adds, as a logarithm, that the candidate stands right beside a neighbour somewhere.</summary>
    private const double Beside = 2;

    /// <summary>A neighbour is looked for beside a candidate in so many documents at most: words that often meet soon do, side by side.</summary>
    private const int MostLookedAt = 16;

    private readonly int from = Math.Max(0, place - Reach);
    private readonly int end = Math.Min(words.Length, Math.Max(0, place - Reach) + (2 * Reach) + 1);

    /// <summary>By word of the query, the documents that hold it, see <see cref="SlotBits"/>. Made when first asked for: most corrections have one candidate only.</summary>
    private ulong[]?[]? holding;

    /// <summary>Whether there is nothing to judge a word by.</summary>
    public bool IsAlone
    {
        get
        {
            for (var other = from; other < end; other++)
            {
                if (other != place && words[other] is not null)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Logarithm of how much more likely the words around are with a candidate than without; 0 when there are none.</summary>
    public double Likelihood(int candidate)
    {
        var likelihood = 0.0;
        for (var other = from; other < end; other++)
        {
            if (other == place || words[other] is null)
            {
                continue;
            }

            var slots = Holding(other);
            var both = 0;
            foreach (var slot in view.Data.Postings[candidate])
            {
                both += SlotBits.Has(slots, slot) ? 1 : 0;
            }

            var share = (double)SlotBits.CountCommon(slots, slots) / view.Documents;
            var given = (both + (Prior * share)) / (view.DocumentFrequency[candidate] + Prior);
            likelihood += Math.Log(given / share);
        }

        return likelihood + (StandsBeside(candidate) ? Beside : 0);
    }

    /// <summary>Whether a candidate stands right beside a neighbour somewhere.</summary>
    public bool StandsBeside(int candidate) =>
        (place > 0 && words[place - 1] is { } before && Stands([before.Words, [candidate]], candidate, Holding(place - 1)))
        || (place + 1 < words.Length && words[place + 1] is { } after && Stands([[candidate], after.Words], candidate, Holding(place + 1)));

    private ulong[] Holding(int other)
    {
        holding ??= new ulong[]?[words.Length];
        if (holding[other] is { } made)
        {
            return made;
        }

        var slots = SlotBits.Create(view.Data.Documents.Length);
        foreach (var word in words[other]!.Words)
        {
            foreach (var slot in view.Data.Postings[word])
            {
                SlotBits.Add(slots, slot);
            }
        }

        SlotBits.Keep(slots, view.Visible);
        return holding[other] = slots;
    }

    /// <param name="neighbour">Documents that hold what stands beside it.</param>
    private bool Stands(int[][] phrase, int candidate, ulong[] neighbour)
    {
        PhraseWords? wanted = null;
        var left = MostLookedAt;
        foreach (var slot in view.Data.Postings[candidate])
        {
            if (view.Sees(slot) && left-- <= 0)
            {
                return false;
            }

            if (SlotBits.Has(neighbour, slot) && PhraseMatcher.Contains(view.Data.Documents[slot]!, wanted ??= new PhraseWords(phrase)))
            {
                return true;
            }
        }

        return false;
    }
}
