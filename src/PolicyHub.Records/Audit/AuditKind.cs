using System.Collections.Immutable;
using System.Globalization;

namespace PolicyHub.Records.Audit;

/// <summary>
/// What was done, by its sort. The log holds it as a word (<see cref="AuditKinds.Slug"/>), so that a row of a later version is still read,
/// and checked, by an earlier one. Never renamed: the word is part of what is hashed.
/// </summary>
public enum AuditKind
{
    /// <summary>Someone signed in, or tried to and was known.</summary>
    SignIn,

    SignOut,

    /// <summary>Someone asked for what they may not have; failed sign-ins too.</summary>
    Refusal,

    /// <summary>What someone may do was changed.</summary>
    RoleChange,

    SettingChange,

    /// <summary>A notice was posted, extended or ended.</summary>
    Notice,

    /// <summary>Rows left the portal as a file.</summary>
    Export,

    /// <summary>An evidence pack was made.</summary>
    Evidence,

    /// <summary>Text was published, or came in from the repository.</summary>
    Publication,

    /// <summary>Something is wrong with the portal itself.</summary>
    Problem,

    /// <summary>The repository's history was rewritten, or a rewritten one was accepted.</summary>
    RewrittenHistory,

    /// <summary>Someone looked up what one person did.</summary>
    LookUp,

    /// <summary>Records were erased by a rule, or a hold was set.</summary>
    Retention,

    /// <summary>An account was made, invited, disabled or reset.</summary>
    Account,

    /// <summary>A change was begun, sent, taken up again or given up.</summary>
    Proposal,

    /// <summary>Somebody said yes or no to a change, or reassigned who is asked.</summary>
    Approval,
}

/// <summary>The words under which the log holds kinds.</summary>
public static class AuditKinds
{
    /// <summary>All of this version, in the order of the enumeration.</summary>
    public static ImmutableArray<AuditKind> All { get; } = [.. Enum.GetValues<AuditKind>()];

    /// <summary>Its word, such as <c>sign-in</c>.</summary>
    public static string Slug(this AuditKind kind) =>
        string.Concat(kind.ToString().Select((letter, at) => (at > 0 && char.IsUpper(letter) ? "-" : "") + char.ToLower(letter, CultureInfo.InvariantCulture)));
}
