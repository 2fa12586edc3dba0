namespace PolicyHub.Content.Search;

/// <summary>
/// How the text of a library becomes words: what parts them (<see cref="WordReader"/>) and which forms belong together.
/// Chosen by language; a language without a stemmer just folds.
/// </summary>
internal sealed class Analyzer
{
    private static readonly Analyzer English = new() { Stem = Porter2.Stem, Sound = SoundKey.HashOf, DropsPossessive = true };
    private static readonly Analyzer Eliding = new() { ApostropheParts = true };
    private static readonly Analyzer Plain = new();

    private Analyzer()
    {
    }

    /// <summary>The stem that all forms of a folded word share.</summary>
    public Func<string, string> Stem { get; private init; } = word => word;

    /// <summary>Words that sound alike have the same number; 0 for a word that has no sound that tells anything, as all have in a language whose spelling is not known.</summary>
    public Func<string, uint> Sound { get; private init; } = _ => 0;

    /// <summary>"resident's" is "resident".</summary>
    public bool DropsPossessive { get; private init; }

    /// <summary>"l'eau" is "l" and "eau"; elsewhere an apostrophe inside a word is left out: "don't" is "dont".</summary>
    public bool ApostropheParts { get; private init; }

    /// <param name="language">A BCP 47 tag; the part before the first dash decides.</param>
    public static Analyzer For(string language) => language.Split('-', '_')[0].ToLowerInvariant() switch
    {
        "en" => English,
        "fr" or "it" or "ca" => Eliding,
        _ => Plain,
    };

    /// <summary>The words of a short text, such as a query or a synonym.</summary>
    public List<Word> Words(string text)
    {
        var words = new List<Word>();
        var reader = new WordReader(text, this, stackalloc char[WordReader.Longest]);
        while (reader.Next())
        {
            words.Add(new Word(reader.Folded.ToString(), reader.Start, reader.End - reader.Start));
        }

        return words;
    }
}

/// <summary>A word as found: folded, and where it stands in the text.</summary>
internal readonly record struct Word(string Folded, int Start, int Length)
{
    public int End => Start + Length;
}
