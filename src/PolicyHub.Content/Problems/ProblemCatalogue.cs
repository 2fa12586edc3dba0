namespace PolicyHub.Content.Problems;

/// <summary>Everything that can be wrong with content: one method a code, so that each has one wording and one severity.</summary>
public static partial class ProblemCatalogue
{
    /// <summary>A file that no encoding but a broken one explains.</summary>
    public static Problem BadEncoding(string file) => new(
        "bad-encoding", Severity.Error, file, SourcePosition.None,
        "The file is not valid UTF-8 text.",
        "Save it again as UTF-8.");
}
