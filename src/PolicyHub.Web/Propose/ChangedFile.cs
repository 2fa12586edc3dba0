using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Records.Proposals;

namespace PolicyHub.Web.Propose;

/// <summary>What a change does to a document.</summary>
public enum ChangedKind
{
    Changed,
    New,
    Renamed,
    Rescinded,
}

/// <summary>One document or file of a change, with its text before and after.</summary>
public sealed record ChangedFile
{
    public required ProposalFile File { get; init; }

    public required LibraryPath Path { get; init; }

    /// <summary>Null: it is new, no document, or cannot be read.</summary>
    public VersionText? Before { get; init; }

    /// <summary>Null: it goes, is no document, or cannot be read.</summary>
    public VersionText? After { get; init; }

    /// <summary>The files themselves, for a comparison as written; empty where there is none.</summary>
    public string SourceBefore { get; init; } = "";

    public string SourceAfter { get; init; } = "";

    public ChangedKind Kind =>
        File.IsRescinded ? ChangedKind.Rescinded
        : File.IsNew ? ChangedKind.New
        : File.From.Length > 0 && File.From != File.Path ? ChangedKind.Renamed
        : ChangedKind.Changed;

    /// <summary>The word of <see cref="Kind"/> in lower case.</summary>
    public string KindSlug => Kind.ToString().ToLowerInvariant();

    public Document? Document => (After ?? Before)?.Document;

    public string Title => Document?.Title ?? Path.Name;

    /// <summary>Whether anything of it is another than before; of what is not read here, it is taken to be.</summary>
    public bool IsChanged => Kind != ChangedKind.Changed || SourceBefore.Length + SourceAfter.Length == 0 || SourceBefore != SourceAfter;

    /// <summary>Whether the same path stands in the change twice: today's text, and the one to come.</summary>
    public bool IsUpcoming => File.Step > 0;
}
