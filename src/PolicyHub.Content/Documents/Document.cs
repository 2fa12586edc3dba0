using System.Collections.Immutable;

namespace PolicyHub.Content.Documents;

/// <summary>
/// One text of one document: its front matter, read, and its Markdown body. Made from (path, bytes, settings) alone,
/// so the same blob at the same path always gives the same value.
/// </summary>
public sealed record Document
{
    public required LibraryPath Path { get; init; }

    public required string Title { get; init; }

    /// <summary>One sentence; the first paragraph as plain text where the front matter gives none; may be empty.</summary>
    public required string Summary { get; init; }

    /// <summary>The stable number, such as <c>UB-014</c>.</summary>
    public string? Id { get; init; }

    public required DocumentKind Kind { get; init; }

    /// <summary>The desk that handles it: the file name of a desk document without <c>.md</c>.</summary>
    public string? Desk { get; init; }

    /// <summary>Positions; the first is accountable.</summary>
    public ImmutableArray<string> Owners { get; init; } = [];

    public ImmutableArray<string> Audience { get; init; } = [];

    /// <summary>The access label a reader must hold; empty: every reader.</summary>
    public string Access { get; init; } = "";

    /// <summary>What is for staff and yet shown where the document is public: see <see cref="StaffParts.Names"/>.</summary>
    public ImmutableArray<string> PublicShows { get; init; } = [];

    public ImmutableArray<string> Tags { get; init; } = [];

    public ImmutableArray<string> AlsoKnownAs { get; init; } = [];

    public DeclaredMoment? Effective { get; init; }

    public DateOnly? ReviewBy { get; init; }

    public DeclaredMoment? Rescinded { get; init; }

    public string? RescindedReason { get; init; }

    /// <summary>Ids or paths of documents, as written.</summary>
    public ImmutableArray<string> Replaces { get; init; } = [];

    public ImmutableArray<string> ReplacedBy { get; init; } = [];

    public ImmutableArray<string> LegalBasis { get; init; } = [];

    public string? AdoptedBy { get; init; }

    public DateOnly? Adopted { get; init; }

    public ImmutableArray<string> Implements { get; init; } = [];

    public ImmutableArray<string> MustRead { get; init; } = [];

    /// <summary>Sections that others answer for: when their text changes, appears or goes, those give their yes beside the owners.</summary>
    public ImmutableArray<SectionOwner> SectionOwners { get; init; } = [];

    public ImmutableArray<DirectAnswer> Answers { get; init; } = [];

    /// <summary>Addresses of earlier sites that lead here, as written, such as <c>/late-fees/</c>.</summary>
    public ImmutableArray<string> RedirectFrom { get; init; } = [];

    /// <summary>What only this kind has; null for kinds without fields of their own.</summary>
    public KindDetails? Details { get; init; }

    /// <summary>The Markdown after the front matter, line breaks as in the file.</summary>
    public required string Body { get; init; }

    /// <summary>The line of the file, from 1, on which <see cref="Body"/> starts.</summary>
    public required int BodyLine { get; init; }

    /// <summary>Where the fields of the front matter stand.</summary>
    public FieldPositions WrittenAt { get; init; } = FieldPositions.None;
}

/// <summary>Positions that answer for a section of their own, beside the owners of the document.</summary>
/// <param name="Anchor">Of its heading; what its sub-headings hold is theirs as well.</param>
public sealed record SectionOwner(string Anchor, ImmutableArray<string> Positions);

/// <summary>A direct answer, shown above results with its condition first.</summary>
/// <param name="Section">The anchor of the section of this document that holds the facts; null: the document.</param>
public sealed record DirectAnswer(string Ask, string Say, string? OnlyIf, string? Section);

public abstract record KindDetails;

public sealed record CharterDetails(ImmutableArray<Promise> Promises) : KindDetails;

public sealed record Promise
{
    public required string Text { get; init; }

    /// <summary>Desk slugs.</summary>
    public ImmutableArray<string> MadeBy { get; init; } = [];

    public ImmutableArray<string> KeptBy { get; init; } = [];

    /// <summary>What it is about, as in the keeper's standard's <c>times</c>.</summary>
    public string? Topic { get; init; }

    public string? Within { get; init; }

    public string? Measure { get; init; }

    public string? Source { get; init; }

    public string? Target { get; init; }

    public string? IfMissed { get; init; }

    public DateOnly? Confirmed { get; init; }
}

public sealed record ProcessDetails(ImmutableArray<ProcessStep> Steps) : KindDetails;

/// <param name="Do">By channel, in the order written; the channel is empty where the step names none.</param>
/// <param name="Say">By channel, like <paramref name="Do"/>.</param>
public sealed record ProcessStep(string Letter, string Name, ImmutableArray<ChannelLines> Do, ImmutableArray<ChannelLines> Say);

public sealed record ChannelLines(string Channel, ImmutableArray<string> Lines);

/// <param name="Times">Topic to duration as written, such as <c>email-reply</c> to <c>2 working days</c>; promises are held against it.</param>
public sealed record StandardDetails(
    ImmutableArray<ChannelLines> Basic,
    ImmutableArray<ChannelLines> Exceptional,
    ImmutableArray<KeyValuePair<string, string>> Times) : KindDetails;

public sealed record AuthorityDetails(ImmutableArray<AuthorityLimit> Limits) : KindDetails;

public sealed record AuthorityLimit(string Role, string May, string? UpTo, string? Per, string? AboveIt);

/// <param name="File">The blank form: a path relative to the document.</param>
/// <param name="Sample">The completed sample.</param>
public sealed record FormDetails(string? File, string? Sample) : KindDetails;

public sealed record TermDetails(ImmutableArray<string> InsteadOf, string Plain) : KindDetails;

public sealed record DeskDetails : KindDetails
{
    public string? Phone { get; init; }

    public string? Extension { get; init; }

    public string? Email { get; init; }

    public OpeningHours Hours { get; init; } = OpeningHours.Unknown;

    public string? Transfer { get; init; }

    public string? Address { get; init; }

    public ImmutableArray<string> Languages { get; init; } = [];

    public string? AfterHours { get; init; }

    /// <summary>The desk, by slug, that covers when this one is closed.</summary>
    public string? CoveredBy { get; init; }

    public ImmutableArray<string> Handles { get; init; } = [];

    public ImmutableArray<NotOurs> NotOurs { get; init; } = [];
}

public sealed record NotOurs(string Topic, string Who, string? Phone);

public sealed record SystemDetails(string? For, string? Url, string? AccessBy, string? WhenDown) : KindDetails;

public sealed record NoticeDetails : KindDetails
{
    public required DeclaredMoment From { get; init; }

    public required DeclaredMoment Until { get; init; }

    public string? Say { get; init; }

    public string? DoNotPromise { get; init; }

    /// <summary>Paths of documents, from the root of the library.</summary>
    public ImmutableArray<LibraryPath> Overrides { get; init; } = [];
}
