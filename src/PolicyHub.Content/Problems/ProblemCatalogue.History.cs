namespace PolicyHub.Content.Problems;

/// <content>What can be wrong with a library's history.</content>
public static partial class ProblemCatalogue
{
    /// <summary>Two documents carry one number; the one that had it first keeps it.</summary>
    public static Problem IdOfAnother(string file, string id, string owner) => Error(
        "id-of-another", file, SourcePosition.None,
        $"The id “{Written(id)}” already belongs to {Written(owner)}.",
        "Give this document an id that was never used, or none.") with
    { Other = owner };

    /// <summary>A commit from outside replaced a version before its day had come.</summary>
    public static Problem UpcomingCancelled(string file, string version, string day, string commit, string author) => Warning(
        "upcoming-cancelled", file, SourcePosition.None,
        $"Version {Written(version)}, which was to take effect on {Written(day)}, was replaced before that day by commit {Written(commit)} of {Written(author)}, so it never will.",
        "If the change is still wanted, publish its text again with that date; if not, publish nothing and this goes when the day has passed and the document changes next.");

    /// <summary>A text from before PolicyHub was brought in, and today's was not put back.</summary>
    public static Problem RecordedOnTop(string file) => Warning(
        "recorded-on-top", file, SourcePosition.None,
        "The branch holds an earlier text that was brought in as a record, which is never in effect; readers still get the text from before it.",
        "Commit the text of today again on top, or delete the file if the document is gone.");

    /// <summary>Two files whose paths are one on many systems.</summary>
    public static Problem PathDiffersInCase(string file, string other) => Warning(
        "path-case", file, SourcePosition.None,
        $"The path differs from {Written(other)} in upper and lower case only.",
        "Rename one of them; many systems cannot hold both.") with
    { Other = other };

    /// <summary>Something in the repository that is left out.</summary>
    public static Problem NotServed(string file, string why) => Info(
        "not-served", file, SourcePosition.None,
        $"This is left out: {Written(why)}.",
        "Put a plain file with a plain name here if it should be served.");
}
