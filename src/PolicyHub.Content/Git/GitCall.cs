using System.Collections.Immutable;

namespace PolicyHub.Content.Git;

/// <summary>One call of git.</summary>
public sealed record GitCall
{
    /// <summary>The command and its arguments, each as git gets it.</summary>
    public required ImmutableArray<string> Arguments { get; init; }

    /// <summary>The repository, given outright so that git looks for none; null for commands that need none.</summary>
    public string? Repository { get; init; }

    /// <summary>The folder in which git runs; null: that of this process.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>The remote that this call may talk to; null: none at all.</summary>
    public RemoteAccess? Remote { get; init; }

    /// <summary>Writes what git reads; it is closed afterwards.</summary>
    public Func<Stream, CancellationToken, Task>? Input { get; init; }

    /// <summary>Reads what git writes, as it comes.</summary>
    public Func<Stream, CancellationToken, Task>? Output { get; init; }

    /// <summary>Instead of the limit in the settings.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Exit codes that are answers rather than failures, beside 0.</summary>
    public ImmutableArray<int> Answers { get; init; } = [];
}
