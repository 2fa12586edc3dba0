using System.Collections.Immutable;

namespace PolicyHub.Records.Proposals;

/// <summary>Why something was not done with a proposal.</summary>
public enum ProposalRefusal
{
    /// <summary>There is none, or none that they may see.</summary>
    Gone,

    /// <summary>Not by them, or not in the state that it has come to.</summary>
    NotAllowed,

    /// <summary>It was changed elsewhere since they saw it; nothing was overwritten.</summary>
    Stale,

    /// <summary>Something is missing or wrong; the detail says what.</summary>
    Invalid,

    /// <summary>What it is based on has moved: the paths are named.</summary>
    Moved,

    /// <summary>The repository or its remote can't be written now; the detail says why.</summary>
    Unreachable,
}

/// <summary>What became of something that was done with a proposal.</summary>
public abstract record ProposalOutcome
{
    /// <param name="IsByAnother">Another process, or another turn of this one, had done it a moment before: it tells whoever is to know.</param>
    public sealed record Done(Proposal Proposal, bool IsByAnother = false) : ProposalOutcome;

    /// <param name="Detail">A sentence; may be empty.</param>
    public sealed record Refused(ProposalRefusal Why, string Detail = "") : ProposalOutcome
    {
        public ImmutableArray<string> Paths { get; init; } = [];

        /// <summary>The proposal, where this very act has given it back to its author, who is to be told; null: none was, or another had done it and tells.</summary>
        public Proposal? GivenBack { get; init; }
    }
}

/// <summary>What became of a save.</summary>
/// <param name="Stamp">The number that the next save names; where it was refused as stale, that of the text that is there.</param>
/// <param name="Refusal">Null: it was saved.</param>
public sealed record SaveOutcome(int Stamp, ProposalRefusal? Refusal = null);

/// <summary>A file with which a proposal begins, or that is added to it; see <see cref="ProposalFile"/> for its parts.</summary>
public sealed record StartedFile(string Path, byte[]? Text)
{
    public int Step { get; init; }

    public string From { get; init; } = "";

    public string Base { get; init; } = "";

    public string Origin { get; init; } = "";

    public bool IsOutside { get; init; }

    public bool IsMinor { get; init; }
}

/// <summary>What is said of a proposal as a whole.</summary>
public sealed record ProposalFacts
{
    public required string Note { get; init; }

    public string Why { get; init; } = "";

    public string Effective { get; init; } = "";

    /// <summary>See <see cref="Proposal.Loses"/>.</summary>
    public ImmutableArray<string> Loses { get; init; } = [];

    public string Exception { get; init; } = "";

    /// <summary>The paths in which only the wording changes.</summary>
    public ImmutableHashSet<string> Minor { get; init; } = [];

    /// <summary>Audiences that must read, by path.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> MustRead { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;
}
