namespace PolicyHub.Content.Search;

/// <summary>The words that were likely meant by one that the reader's library lacks, or nearly lacks.</summary>
internal sealed class SpellingCorrector(ReaderView view, Ranking ranking)
{
    private const int ShortestWord = 3;
    private const int ShortestForTwoSlips = 5;
    private const int ShortestForSound = 4;
    private const int MostSlipsByEar = 6;

    /// <summary>A word that stands in no more documents than this may be a slip itself.</summary>
    private const int NearlyLacks = 2;

    /// <summary>Then only words this many times as frequent may stand for it.</summary>
    private const int MuchMoreFrequent = 20;

    private const int MostWords = 3;
    private const int MostUnfinished = 8;

    /// <summary>So many words, the likeliest by themselves, are weighed against the rest of the query.</summary>
    private const int MostInCompany = 16;

    private readonly TermDictionary dictionary = view.Data.Dictionary;

    public bool NeedsCorrection(string word, TermGroup? own) =>
        word.Length >= ShortestWord && word.AsSpan().ContainsAnyExceptInRange('0', '9')
        && (own is null || (word.Length > ShortestWord && Frequency(own) <= NearlyLacks));

    /// <summary>Likely words, those of one stem together, with how much they count.</summary>
    /// <param name="isBeginning">The word is unfinished, and words begin with it: it may be right as it stands.</param>
    /// <param name="company">The other words of the query: of words that are as near, the one that goes with them was meant. Not asked while the word may be right as it stands: that is every key press.</param>
    public IEnumerable<(List<int> Words, float Weight)> Correct(string word, bool unfinished, TermGroup? own, bool isBeginning, Company company)
    {
        var found = new List<(int Word, int Slips, bool Whole)>();
        unfinished = unfinished && !isBeginning;
        dictionary.Near(word, 1, unfinished && word.Length > ShortestWord, view.Knows, found);
        var sound = own is null && !isBeginning && word.Length >= ShortestForSound ? view.Data.Analyzer.Sound(word) : 0;
        foreach (var like in dictionary.SoundingLike(sound))
        {
            if (view.Knows(like) && !found.Exists(near => near.Word == like) && IsLike(word, dictionary[like]))
            {
                found.Add((like, 2, true));
            }
        }

        if (found.Count == 0 && own is null && !isBeginning && word.Length >= ShortestForTwoSlips)
        {
            dictionary.Near(word, 2, unfinished && word.Length > ShortestForTwoSlips, view.Knows, found);
        }

        if (own is not null)
        {
            found.RemoveAll(near => own.Words.Contains(near.Word) || view.DocumentFrequency[near.Word] < MuchMoreFrequent * Frequency(own));
        }

        if (word.Length == ShortestWord && !isBeginning && !company.IsAlone)
        {
            // Nearly every word of three letters is a slip away from some other: “mad” is no “may” unless that is how it goes on.
            found.RemoveAll(near => !company.StandsBeside(near.Word));
        }

        if (found.Count == 0)
        {
            return [];
        }

        var certain = own is null && !isBeginning ? 1f : ranking.Doubtful;
        if (found.Count > MostInCompany)
        {
            found = [.. found.OrderByDescending(near => Likelihood(word, sound, near)).Take(MostInCompany)];
        }

        var likely = found.ToDictionary(near => near.Word, near => Likelihood(word, sound, near) + (found.Count > 1 && !isBeginning ? company.Likelihood(near.Word) : 0));
        var most = likely.Values.Max();
        return found
            .GroupBy(near => dictionary.StemOf(near.Word), StringComparer.Ordinal)
            .Select(group => (Words: group.OrderBy(near => dictionary[near.Word], StringComparer.Ordinal).Select(near => near.Word).ToList(),
                Slips: group.Min(near => near.Slips), Likely: group.Max(near => likely[near.Word])))
            .OrderByDescending(group => group.Likely)
            .ThenBy(group => dictionary[group.Words[0]], StringComparer.Ordinal)
            .Take(unfinished ? MostUnfinished : MostWords)
            .Select(group => (group.Words, certain * (group.Slips == 1 ? ranking.OneSlip : ranking.TwoSlips) * MathF.Exp(ranking.Likelihood * (float)(group.Likely - most))));
    }

    /// <summary>What is spelt by ear keeps most of its letters; else any row of consonants would sound like something.</summary>
    private static bool IsLike(string word, string other)
    {
        var most = Math.Min(MostSlipsByEar, (word.Length + other.Length) * 2 / 5);
        return EditDistance.Measure(word, other, most).Whole <= most;
    }

    private double Likelihood(string word, uint sound, (int Word, int Slips, bool Whole) near) =>
        Math.Log(1 + view.DocumentFrequency[near.Word])
        - (3 * near.Slips)
        + (dictionary[near.Word][0] == word[0] ? 1 : 0)
        + (near.Whole ? 2 : 0)
        + (sound != 0 && dictionary.SoundOf(near.Word) == sound ? ranking.SoundsAlike : 0);

    private int Frequency(TermGroup group) => group.Words.Max(word => view.DocumentFrequency[word]);
}
