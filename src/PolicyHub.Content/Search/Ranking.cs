namespace PolicyHub.Content.Search;

/// <summary>The parts of a document that are weighed apart.</summary>
internal enum Field
{
    Body,
    Heading,
    Summary,

    /// <summary>Facts of the front matter that its kind has: what a desk handles, what a step says.</summary>
    Details,
    Answers,
    AlsoKnownAs,
    Id,
    Title,
}

/// <summary>
/// Every number that ranking turns on, in one place. Chosen by cross-validation on known-item queries (one half of the queries
/// against the other), not to be edited by feel.
/// </summary>
internal sealed record Ranking
{
    public static Ranking Default { get; } = new();

    public const int Fields = 8;

    /// <summary>BM25F: how fast repetition stops counting (k1).</summary>
    public float Saturation { get; init; } = 1.4f;

    /// <summary>BM25F: weight of a field, by <see cref="Field"/>.</summary>
    public float[] Weights { get; init; } = [1f, 2f, 1.5f, 1f, 2f, 3f, 8f, 5f];

    /// <summary>BM25F: how much a field longer than the average counts less (b), by <see cref="Field"/>.</summary>
    public float[] Lengths { get; init; } = [0.75f, 0.5f, 0.5f, 0.5f, 0.2f, 0.2f, 0f, 0.5f];

    public float SectionHeading { get; init; } = 2f;

    public float SectionAnswer { get; init; } = 1.5f;

    /// <summary>b of the text of a section.</summary>
    public float SectionLength { get; init; } = 0.75f;

    public float DocumentShare { get; init; } = 0.5f;

    public float SectionShare { get; init; } = 0.5f;

    /// <summary>How many documents, by their own score, have their sections and names weighed at most.</summary>
    public int SectionCandidates { get; init; } = 40;

    /// <summary>Of these, so many in any case; the others only where they score at least <see cref="CandidateShare"/> of what the best one does.</summary>
    public int LeastCandidates { get; init; } = 16;

    /// <summary>At 0.6 hardly a known item is lost, and as many near copies of one are kept from going before it.</summary>
    public float CandidateShare { get; init; } = 0.6f;

    /// <summary>Whether names are weighed.</summary>
    public bool LooksTwice { get; init; } = true;

    public float TitleLook { get; init; } = 1f;

    public float KnownAsLook { get; init; } = 0.8f;

    public float HeadingLook { get; init; } = 0.2f;

    /// <summary>Another form of the word that was typed.</summary>
    public float Form { get; init; } = 0.95f;

    /// <summary>A word that the unfinished word begins.</summary>
    public float Prefix { get; init; } = 0.7f;

    /// <summary>How far the rarity of a word that only begins with what was typed counts as that of the most frequent such word: 1 is wholly.</summary>
    public float PrefixCommon { get; init; } = 0.5f;

    /// <summary>What it adds that words stand behind one another as in the query.</summary>
    public float NearLook { get; init; } = 0.3f;

    /// <summary>A correction of an unfinished word that may as well be the beginning of another.</summary>
    public float Doubtful { get; init; } = 0.7f;

    /// <summary>How much less a less likely correction counts.</summary>
    public float Likelihood { get; init; } = 0.25f;

    public float Synonym { get; init; } = 0.7f;

    /// <summary>Run together or split.</summary>
    public float Joined { get; init; } = 0.9f;

    public float OneSlip { get; init; } = 0.85f;

    public float TwoSlips { get; init; } = 0.6f;

    /// <summary>How much likelier, as a logarithm, a correction is that sounds like what was typed: as much as a slip makes it less likely.</summary>
    public float SoundsAlike { get; init; } = 3f;

    /// <summary>What the score of a term counts: it says how to put something, and is seldom where the answer stands.</summary>
    public float Term { get; init; } = 0.6f;

    /// <summary>A document is found when it covers at least this share of what the best one covers.</summary>
    public float LeastCover { get; init; } = 0.25f;
}
