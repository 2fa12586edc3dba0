using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Evidence;

/// <summary>What evidence is asked for.</summary>
/// <param name="Document">A path (with or without extension, of now or of then) or a number; null: everything in effect.</param>
/// <param name="Version">A label such as <c>2.1</c>; null: by date.</param>
/// <param name="On">A date alone means its last instant in the zone of the library as of then, and today means now; null: now.</param>
public sealed record EvidenceRequest(string? Document, string? Version, DeclaredMoment? On);

/// <summary>Why there is no evidence to give.</summary>
public enum EvidenceRefusal
{
    /// <summary>No document of that path or number, or none that the reader may see.</summary>
    NoDocument,

    /// <summary>The document has no version of that label.</summary>
    NoVersion,

    /// <summary>That version says that the document is gone: it has no text.</summary>
    NoText,

    /// <summary>The document was not in effect on that date.</summary>
    NotThen,

    /// <summary>Nothing that the reader may see was in effect on that date.</summary>
    NothingThen,
}

/// <summary>What came of a request.</summary>
public abstract record EvidenceAnswer
{
    private EvidenceAnswer()
    {
    }

    /// <summary>It can be written, as often as one likes, always the same.</summary>
    public sealed record Planned(EvidencePack Pack) : EvidenceAnswer;

    /// <param name="Title">The document that was meant; null where there is none.</param>
    /// <param name="Starts">When it began to be in effect; null where that is not why.</param>
    public sealed record Refused(EvidenceRefusal Reason, string? Title = null, DateTimeOffset? Starts = null) : EvidenceAnswer;
}
