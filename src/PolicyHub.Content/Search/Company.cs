namespace PolicyHub.Content.Search;

/// <summary>
/// The other words of a query around one that may be a slip. How likely a candidate is among them is told by the documents that hold both:
/// naive Bayes over the neighbours, as in context-sensitive spelling correction (Golding 1995), only of what the reader may see.
/// </summary>
/// <param name="others">The words around it, in any form.</param>
/// <param name="before">The word right before; null where there is none.</param>
/// <param name="after">The word right after; null where there is none.</param>
internal sealed class Company(ReaderView view, IReadOnlyList<TermGroup> others, TermGroup? before, TermGroup? after)
{
    /// <summary>So many words to either side are looked at.</summary>
    public const int Reach = 4;

    /// <summary>Documents' worth of belief that a word is as frequent with a candidate as it is everywhere.</summary>
    private const float Prior = 2;

    /// <summary>What it adds, as a logarithm, that the candidate stands right beside a neighbour somewhere.</summary>
    private const double Beside = 2;

    /// <summary>A neighbour is looked for beside a candidate in so many documents at most: words that often meet soon do, side by side.</summary>
    private const int MostLookedAt = 50;

    /// <summary>Made when first asked for: most corrections have one candidate only.</summary>
    private List<(bool[] Slots, double Share)>? holding;

    /// <summary>Logarithm of how much more likely the words around are with a candidate than without; 0 when there are none.</summary>
    public double Likelihood(int candidate)
    {
        var likelihood = 0.0;
        foreach (var (slots, share) in holding ??= [.. others.Select(other => Holding(view, other))])
        {
            var both = 0;
            foreach (var slot in view.Data.Postings[candidate])
            {
                both += slots[slot] ? 1 : 0;
            }

            var given = (both + (Prior * share)) / (view.DocumentFrequency[candidate] + Prior);
            likelihood += Math.Log(given / share);
        }

        return likelihood + (StandsBeside(candidate) ? Beside : 0);
    }

    private static (bool[] Slots, double Share) Holding(ReaderView view, TermGroup group)
    {
        var slots = new bool[view.Data.Documents.Length];
        var count = 0;
        foreach (var word in group.Words)
        {
            foreach (var slot in view.Data.Postings[word])
            {
                if (!slots[slot] && view.Sees(slot))
                {
                    slots[slot] = true;
                    count++;
                }
            }
        }

        return (slots, (double)count / view.Documents);
    }

    /// <summary>Whether there is anything to judge a word by.</summary>
    public bool IsAlone => others.Count == 0;

    /// <summary>Whether a candidate stands right beside a neighbour somewhere.</summary>
    public bool StandsBeside(int candidate) =>
        (before is not null && Stands([before.Words, [candidate]], candidate)) || (after is not null && Stands([[candidate], after.Words], candidate));

    private bool Stands(int[][] phrase, int candidate)
    {
        var words = new PhraseWords(phrase);
        var left = MostLookedAt;
        foreach (var slot in view.Data.Postings[candidate])
        {
            if (view.Sees(slot) && left-- > 0 && PhraseMatcher.Contains(view.Data.Documents[slot]!, words))
            {
                return true;
            }
        }

        return false;
    }
}
