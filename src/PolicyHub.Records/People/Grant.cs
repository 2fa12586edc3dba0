using System.Collections.Immutable;

namespace PolicyHub.Records.People;

/// <summary>What a person may do beside reading.</summary>
public enum Role
{
    /// <summary>Posts notices of their desk.</summary>
    Lead,

    /// <summary>Changes documents.</summary>
    Author,

    /// <summary>Says yes to changes.</summary>
    Approver,

    /// <summary>Sees everything, changes nothing.</summary>
    Auditor,

    /// <summary>Runs the portal: people, counter PCs, settings.</summary>
    Administrator,
}

/// <summary>A role, and where it holds.</summary>
/// <param name="Scope">Empty: everywhere; else <c>desk:SLUG</c> or <c>folder:PATH</c>.</param>
public sealed record Grant(Role Role, string Scope)
{
    private const string Desk = "desk:";
    private const string Folder = "folder:";

    /// <summary>The roles whose names a person writes in settings and files, in the order of the enumeration.</summary>
    public static ImmutableArray<string> RoleNames { get; } = [.. Enum.GetNames<Role>().Select(name => name.ToLowerInvariant())];

    /// <summary>The form in settings, files and the database: <c>auditor</c>, <c>lead desk:utility-billing</c>, <c>author folder:policies/water</c>; null where it is none.</summary>
    public static Grant? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Trim().Split(' ', 2, StringSplitOptions.TrimEntries);
        var role = RoleNames.IndexOf(parts[0].ToLowerInvariant());
        var scope = parts.Length == 2 ? parts[1] : "";
        return role >= 0 && IsScope((Role)role, scope) ? new Grant((Role)role, scope) : null;
    }

    /// <summary>Whether it holds for a desk.</summary>
    public bool CoversDesk(string slug) => Scope.Length == 0 || Scope == Desk + slug;

    /// <summary>Whether it holds for a path of the library.</summary>
    public bool CoversPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Scope.Length == 0
            || (Scope.StartsWith(Folder, StringComparison.Ordinal) && Scope[Folder.Length..].Trim('/') is var folder
                && path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/'));
    }

    public override string ToString() => Scope.Length == 0 ? RoleNames[(int)Role] : $"{RoleNames[(int)Role]} {Scope}";

    // Auditors and administrators hold for everything: a scope on one would promise a limit that nothing keeps.
    private static bool IsScope(Role role, string scope) =>
        scope.Length == 0
        || (role is Role.Lead or Role.Author or Role.Approver
            && ((scope.StartsWith(Desk, StringComparison.Ordinal) && scope.Length > Desk.Length)
                || (scope.StartsWith(Folder, StringComparison.Ordinal) && scope.Length > Folder.Length && role != Role.Lead)));
}
