namespace PolicyHub.Content.Problems;

/// <content>What only shows when the documents of an instant are put together.</content>
public static partial class ProblemCatalogue
{
    /// <summary>A text over the limit, or one that a broken repository has lost.</summary>
    public static Problem DocumentNotRead(string file, int largest) => Error(
        "document-not-read",
        file,
        SourcePosition.None,
        $"The document is larger than {largest / 1024} kB, or its text is missing from the repository, so it is not shown.",
        "Cut it into several documents that link to each other.");

    /// <summary>After a rename or a merge two documents claim the same path.</summary>
    public static Problem TwoDocumentsAtOnePath(string file) => Error(
        "two-documents-at-one-path",
        file,
        SourcePosition.None,
        "Two documents stand at this path now; the one published later is shown.",
        "Move one of them, or rescind it.");
}
