using System.Globalization;

namespace PolicyHub.Content.Problems;

/// <summary>What can be wrong between documents.</summary>
public static partial class ProblemCatalogue
{
    public static Problem DuplicateId(string file, SourcePosition at, string id, string other) => Error(
        "duplicate-id", file, at,
        $"The id “{Written(id)}” belongs to {other}.",
        "Give this document a number of its own that was never used.") with
    { Other = other };

    public static Problem DuplicateRedirect(string file, SourcePosition at, string address, string other) => Error(
        "duplicate-redirect", file, at,
        $"The old address “{Written(address)}” already leads to {other}.",
        "Leave it to one of the two.") with
    { Other = other };

    public static Problem RedirectFromPage(string file, SourcePosition at, string address, string other) => Warning(
        "redirect-from-page", file, at,
        $"“{Written(address)}” is the address of {other}, so it never leads here.",
        "Take it out.") with
    { Other = other };

    public static Problem UnknownDesk(string file, SourcePosition at, string desk, IEnumerable<string> known) => Error(
        "unknown-desk", file, at,
        $"There is no desk “{Written(desk)}”.",
        $"{DidYouMean(desk, known)} Name the file of a desk document without .md, or write that document.".TrimStart());

    public static Problem UnknownAudience(string file, SourcePosition at, string audience, IEnumerable<string> known) => Error(
        "unknown-audience", file, at,
        $"There is no audience “{Written(audience)}”.",
        $"{DidYouMean(audience, known)} Choose one of those under “audiences” in library.yml, or add it there.".TrimStart());

    public static Problem UnknownPosition(string file, SourcePosition at, string position, IEnumerable<string> known) => Error(
        "unknown-position", file, at,
        $"There is no position “{Written(position)}”.",
        $"{DidYouMean(position, known)} Choose one of those under “positions” in library.yml, or add it there.".TrimStart());

    /// <param name="rule">The name of the setting.</param>
    public static Problem NoApprover(string file, SourcePosition at, string rule) => Error(
        "no-approver", file, at,
        $"“{Written(rule)}” names nobody, so nothing that it covers can be approved.",
        "Name positions under “by”, such as “by: [city-manager]”.");

    public static Problem AboveItself(string file, SourcePosition at, string title) => Error(
        "above-itself", file, at,
        $"The positions above {Written(title)} lead back to it, so nobody counts as above it.",
        "Name another position under “above”, or take it out.");

    /// <summary>An access label that is no group: nobody holds it.</summary>
    public static Problem UnknownGroup(string file, SourcePosition at, string label, IEnumerable<string> known) => Warning(
        "unknown-group", file, at,
        $"There is no group “{Written(label)}”, so only auditors can read this.",
        $"{DidYouMean(label, known)} Choose “public” or one of those under “groups” in library.yml, or add it there.".TrimStart());

    public static Problem UnknownRole(string file, SourcePosition at, string role, IEnumerable<string> known) => Error(
        "unknown-role", file, at,
        $"“{Written(role)}” is neither an audience nor a position.",
        $"{DidYouMean(role, known)} Choose one of those in library.yml.".TrimStart());

    public static Problem OwnerNotHeld(string file, SourcePosition at, string title) => Error(
        "owner-not-held", file, at,
        $"Nobody holds the position that owns this document: {Written(title)}.",
        "Name who holds it under “held-by” in library.yml, or give the document another owner.");

    public static Problem UnknownDocument(string file, SourcePosition at, string field, string name) => Error(
        "unknown-document", file, at,
        $"“{field}” names “{Written(name)}”, which is not in the library.",
        "Write the id of a document, or its path from the root of the library.");

    public static Problem ReplacesUnknown(string file, SourcePosition at, string name) => Info(
        "replaces-unknown", file, at,
        $"“replaces” names “{Written(name)}”, which is not in the library now.",
        "Nothing, if it was there before; else write the id of the document that this one replaced.");

    public static Problem UnknownEmergencyPage(string file, SourcePosition at, string path) => Error(
        "unknown-emergency-page", file, at,
        $"The emergency page “{Written(path)}” is not there.",
        "Write the path of a document under “emergency”.");

    /// <param name="near">Files that the link may have meant: all of the same name, or all of its folder.</param>
    public static Problem BrokenLink(string file, SourcePosition at, string url, string target, IEnumerable<string> near) => Error(
        "broken-link", file, at,
        $"“{Written(url)}” leads to {Written(target)}, which is not there.",
        DidYouMean(target, near) is { Length: > 0 } hint ? hint : "Correct the path, or take the link out.");

    public static Problem BrokenAnchor(string file, SourcePosition at, string anchor, string target, IEnumerable<string> known) => Error(
        "broken-anchor", file, at,
        $"{target} has no section “#{Written(anchor)}”.",
        DidYouMean(anchor, known) is { Length: > 0 } hint ? hint : "Copy the address from the # beside the heading.");

    public static Problem MissingImage(string file, SourcePosition at, string target) => Error(
        "missing-image", file, at,
        $"The image {Written(target)} is not there.",
        "Correct the path, or add the file.");

    public static Problem MissingFile(string file, SourcePosition at, string field, string written) => Error(
        "missing-file", file, at,
        $"“{field}” names “{Written(written)}”, which is not there.",
        "Write its path from the folder of this document, or add the file.");

    public static Problem AnswerSectionMissing(string file, SourcePosition at, string anchor, IEnumerable<string> known) => Error(
        "answer-section-missing", file, at,
        $"The answer cites the section “{Written(anchor)}”, which this document does not have.",
        DidYouMean(anchor, known) is { Length: > 0 } hint ? hint : "Copy the address from the # beside the heading that holds the facts.");

    /// <summary>“section-owners” names a heading that is not there.</summary>
    public static Problem SectionOwnerMissing(string file, SourcePosition at, string anchor, IEnumerable<string> known) => Error(
        "section-owner-missing", file, at,
        $"“section-owners” names the section “{Written(anchor)}”, which this document does not have.",
        DidYouMean(anchor, known) is { Length: > 0 } hint ? hint : "Copy the address from the # beside the heading, or take the line out.");

    public static Problem AnswerFigureMissing(string file, SourcePosition at, string figure, string? section) => Error(
        "answer-figure-missing", file, at,
        section is null
            ? $"The answer says “{figure}”, which stands nowhere in the document."
            : $"The answer says “{figure}”, which does not stand in the section that it cites, “{Written(section)}”.",
        "Correct the answer or the text, or cite the section that holds the figure.");

    public static Problem NoWhatHappensNext(string file, SourcePosition at, string heading) => Error(
        "no-what-happens-next", file, at,
        "This policy answers residents and does not say what happens next.",
        $"Add a section “{heading}”: what the resident will see, and by when.");

    /// <param name="hint">What the template says that goes there, in its brackets.</param>
    public static Problem HintLeft(string file, SourcePosition at, string hint) => Error(
        "hint-left", file, at,
        $"The hint “{Written(hint)}” still stands here.",
        "Write what it asks for, or take it out.");

    public static Problem PromiseContradicted(string file, SourcePosition at, string promised, string keeper, string time, string standard) => Error(
        "promise-contradicted", file, at,
        $"Promised within {Written(promised)}, but the standard of {Written(keeper)}, who keeps it, allows {Written(time)} ({standard}).",
        "Agree on one of the two with the desk.");

    public static Problem WrongDuration(string file, SourcePosition at, string written) => Error(
        "wrong-duration", file, at,
        $"“{Written(written)}” is no time that can be compared.",
        "Write it as “60 seconds”, “15 minutes”, “4 hours”, “3 working days”, “30 days”, “2 weeks” or “1 month”.");

    public static Problem NoticeEndsBeforeStart(string file, SourcePosition at) => Error(
        "notice-ends-before-start", file, at,
        "The notice ends before it starts.",
        "Correct “from” or “until”.");

    public static Problem ReviewDue(string file, SourcePosition at, DateOnly due) => Info(
        "review-due", file, at,
        $"This document was to be reviewed by {due.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}.",
        "Read it again, and set the next date.");

    /// <param name="size">Bytes, like <paramref name="largest"/>.</param>
    public static Problem FileTooLarge(string file, long size, long largest) => Error(
        "file-too-large", file, SourcePosition.None,
        $"The file is {Megabytes(size)} MB; files over {Megabytes(largest)} MB are not served.",
        "Make it smaller, or link to where it is kept.");

    /// <param name="size">Bytes, like <paramref name="largest"/>.</param>
    public static Problem DocumentTooLarge(string file, long size, long largest) => Error(
        "document-too-large", file, SourcePosition.None,
        $"The document is {size / 1024} kB; over {largest / 1024} kB it is shown as plain text.",
        "Cut it into several documents that link to each other.");

    private static string Megabytes(long bytes) => (bytes / (1024.0 * 1024)).ToString("0.#", CultureInfo.InvariantCulture);
}
