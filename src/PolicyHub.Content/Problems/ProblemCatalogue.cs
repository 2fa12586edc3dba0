namespace PolicyHub.Content.Problems;

/// <summary>Everything that can be wrong with content: one method a code, so that each has one wording and one severity.</summary>
public static partial class ProblemCatalogue
{
    /// <summary>A file that no encoding but a broken one explains.</summary>
    public static Problem BadEncoding(string file) => new(
        "bad-encoding", Severity.Error, file, SourcePosition.None,
        "The file is not valid UTF-8 text.",
        "Save it again as UTF-8.");

    private static Problem Error(string code, string file, SourcePosition at, string sentence, string whatToDo) =>
        new(code, Severity.Error, file, at, Clean(sentence), Clean(whatToDo));

    private static Problem Warning(string code, string file, SourcePosition at, string sentence, string whatToDo) =>
        new(code, Severity.Warning, file, at, Clean(sentence), Clean(whatToDo));

    private static Problem Info(string code, string file, SourcePosition at, string sentence, string whatToDo) =>
        new(code, Severity.Info, file, at, Clean(sentence), Clean(whatToDo));

    /// <summary>What an author wrote goes into sentences: on one line, and no longer than a sentence can carry.</summary>
    private static string Written(string text) => text.Length <= 120 ? text : text[..119] + "…";

    private static string Clean(string sentence) => string.Create(sentence.Length, sentence, (span, text) =>
    {
        for (var index = 0; index < span.Length; index++)
        {
            span[index] = char.IsControl(text[index]) ? ' ' : text[index];
        }
    });

    /// <summary>“ Did you mean …?” where a known word is close to the one written.</summary>
    private static string DidYouMean(string written, IEnumerable<string> known) => NearestWord.Find(written, known) is { } nearest
        ? $"Did you mean “{nearest}”?"
        : "";
}
