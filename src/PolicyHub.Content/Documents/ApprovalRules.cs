using System.Collections.Immutable;

namespace PolicyHub.Content.Documents;

/// <summary>Who has to say yes to a change, as <c>approvals</c> in <c>library.yml</c> lays it down.</summary>
public sealed record ApprovalRules
{
    public static ApprovalRules None { get; } = new();

    /// <summary>Where no other rule holds: the positions that own the document.</summary>
    public ApprovalRule Default { get; init; } = new() { By = [ApprovalRule.Owner] };

    /// <summary>By folder; the longest that holds a document or a file decides, before desk and kind.</summary>
    public ImmutableArray<KeyValuePair<string, ApprovalRule>> Folders { get; init; } = [];

    /// <summary>By the slug of the desk that a document names.</summary>
    public ImmutableDictionary<string, ApprovalRule> Desks { get; init; } = ImmutableDictionary<string, ApprovalRule>.Empty;

    public ImmutableDictionary<DocumentKind, ApprovalRule> Kinds { get; init; } = ImmutableDictionary<DocumentKind, ApprovalRule>.Empty;

    /// <summary>For what is no document, such as attachments and <c>library.yml</c>, where no folder's rule holds; null: the default.</summary>
    public ApprovalRule? Files { get; init; }

    /// <summary>How long a step waits before whoever it waits for is reminded.</summary>
    public TimeSpan RemindAfter { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How long a step waits before it goes to the deputy too.</summary>
    public TimeSpan DeputyAfter { get; init; } = TimeSpan.FromDays(5);

    /// <summary>How long a step waits before it goes to the position above too.</summary>
    public TimeSpan AboveAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The positions that may put an urgent change in effect before it is approved; empty: none may.</summary>
    public ImmutableArray<string> UrgentBy { get; init; } = [];

    /// <summary>How long an urgent change may stand without a yes before the earlier text is published again.</summary>
    public TimeSpan UrgentApproveWithin { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The rule for a document: of the longest folder, else of its desk, else of its kind, else the default.</summary>
    public ApprovalRule For(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return LibrarySettings.LongestFolder(Folders, document.Path, out var rule)
            || (document.Desk is { } desk && Desks.TryGetValue(desk, out rule))
            || Kinds.TryGetValue(document.Kind, out rule)
            ? rule
            : Default;
    }

    /// <summary>The rule for what is no document.</summary>
    public ApprovalRule ForFile(LibraryPath path) => LibrarySettings.LongestFolder(Folders, path, out var rule) ? rule : Files ?? Default;
}

/// <summary>Which positions say yes.</summary>
public sealed record ApprovalRule
{
    /// <summary>Stands in <see cref="By"/> for the position that owns the document; where several own it, the rule is asked once for each.</summary>
    public const string Owner = "owner";

    /// <summary>Slugs of positions; empty: nobody can approve, which is how a rule reads that names none.</summary>
    public required ImmutableArray<string> By { get; init; }

    /// <summary>How many of them, at least; without meaning where it goes in order.</summary>
    public int Need { get; init; } = 1;

    /// <summary>Whether all of them say yes, one after the other in the order written.</summary>
    public bool InOrder { get; init; }
}
