namespace PolicyHub.Content.Problems;

public static partial class ProblemCatalogue
{
    /// <summary><c>synonyms.yml</c>, or an entry of it, that says nothing.</summary>
    public static Problem BadSynonyms(string file, SourcePosition position, string sentence) => new(
        "bad-synonyms", Severity.Error, file, position,
        sentence,
        "Write a list of entries such as “- {words: [late charge], means: [late fee]}”.");
}
