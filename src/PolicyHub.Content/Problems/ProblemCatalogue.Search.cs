namespace PolicyHub.Content.Problems;

public static partial class ProblemCatalogue
{
    /// <summary><c>synonyms.yml</c>, or an entry of it, that says nothing.</summary>
    public static Problem BadSynonyms(string file, SourcePosition position, string reason) => Error(
        "bad-synonyms", file, position,
        $"{Written(reason).TrimEnd('.')}.",
        "Write a list of entries such as “- {words: [late charge], means: [late fee]}”.");
}
