using System.Globalization;

namespace PolicyHub.Content.Problems;

/// <summary>What can be wrong with the files that owners steer search by.</summary>
public static partial class ProblemCatalogue
{
    /// <summary>The code of a question that does not find what its owner promised.</summary>
    public const string BrokenContract = "contract-broken";

    /// <summary><c>synonyms.yml</c>, or an entry of it, that says nothing.</summary>
    public static Problem BadSynonyms(string file, SourcePosition position, string reason) => Error(
        "bad-synonyms", file, position,
        $"{Written(reason).TrimEnd('.')}.",
        "Write a list of entries such as “- {words: [late charge], means: [late fee]}”.");

    /// <summary>A file that should be a list of entries and cannot be read as one.</summary>
    public static Problem ListUnreadable(string file, SourcePosition at, string reason) => Error(
        "list-unreadable", file, at,
        $"The list cannot be read, so none of it counts: {Written(reason)}.",
        "Check the line for a missing quote, bracket or comma.");

    public static Problem UnknownField(string file, SourcePosition at, string field, IEnumerable<string> known) => Error(
        "unknown-field", file, at,
        $"There is no field “{Written(field)}” here, so it does nothing.",
        DidYouMean(field, known) is { Length: > 0 } hint ? hint : $"Take it out; there are: {string.Join(", ", known)}.");

    /// <param name="largest">The last place that may be named.</param>
    public static Problem WrongTop(string file, SourcePosition at, string written, int largest) => Error(
        "wrong-top", file, at,
        $"“top” cannot be “{Written(written)}”.",
        $"Write the last place that the document may have, a number from 1 to {largest}.");

    /// <param name="line">Where it is asked first.</param>
    public static Problem AskedTwice(string file, SourcePosition at, string ask, int line) => Warning(
        "asked-twice", file, at,
        $"“{Written(ask)}” is asked on line {line} already.",
        "Keep one of the two; who asks can only read one list.");

    public static Problem PinEnded(string file, SourcePosition at, string ask, DateOnly until) => Warning(
        "pin-ended", file, at,
        $"The pin for “{Written(ask)}” ended on {until.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}, so it does nothing.",
        "Take the line out, or give it a new last day.");

    /// <summary>What a contract wants found is only for some; it is not named, as everyone may read this.</summary>
    public static Problem ContractHidden(string file, SourcePosition at, string ask) => Error(
        "contract-hidden", file, at,
        $"What “{Written(ask)}” should find may only be seen by readers of a group, and contracts are held for everyone.",
        "Name a document that everyone may see, or take the line out.");

    /// <summary>The document is not among the first.</summary>
    /// <param name="wanted">Title and path of the document.</param>
    /// <param name="top">The last place that it may have.</param>
    /// <param name="place">The place that it has; 0: none of the first 50.</param>
    /// <param name="instead">Title and path of what stands at the last place that it may have; empty: nothing does.</param>
    /// <param name="target">The path of the document.</param>
    /// <param name="owner">The position that owns the contract.</param>
    public static Problem ContractBroken(
        string file, SourcePosition at, string ask, string wanted, int top, int place, string instead, string target, string owner) => Error(
        BrokenContract, file, at,
        string.Create(CultureInfo.InvariantCulture, $"“{Written(ask)}” must find {Written(wanted)} among the first {top}, and finds it {(place > 0 ? $"at place {place}" : "nowhere")}")
        + (instead.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $"; place {top} has {Written(instead)}.") : "."),
        $"Add the words asked to “also-known-as” or a heading of {Written(target)}, or to synonyms.yml; or agree on another line with its owner{(owner.Length > 0 ? $" ({Written(owner)})" : "")}.");

    /// <summary>The document is found, but opens at another section.</summary>
    /// <param name="wanted">Title and path of the document.</param>
    /// <param name="place">The place that it has.</param>
    /// <param name="anchor">The section that the contract names.</param>
    /// <param name="section">Heading and anchor of the section found.</param>
    public static Problem ContractElsewhere(string file, SourcePosition at, string ask, string wanted, int place, string anchor, string section) => Error(
        "contract-elsewhere", file, at,
        string.Create(CultureInfo.InvariantCulture, $"“{Written(ask)}” finds {Written(wanted)} at place {place}, but opens it at {Written(section)} and not at #{Written(anchor)}."),
        "Put the words asked into the heading or the text of the section, or name the section that is found.");
}
