namespace PolicyHub.Content.Git;

/// <summary>How git is run. Every call has a time limit; a call that exceeds it is ended with all its children.</summary>
public sealed record GitSettings
{
    public static GitSettings Default { get; } = new();

    /// <summary>The program: a name found on the search path, or a full path. Version 2.36 or later.</summary>
    public string Executable { get; init; } = "git";

    /// <summary>Limit of a call that stays on this machine. Reading the whole history of a large library takes seconds.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Limit of a call that talks to a remote: the first clone is the longest.</summary>
    public TimeSpan RemoteTimeLimit { get; init; } = TimeSpan.FromMinutes(10);

    public RemoteSettings Remote { get; init; } = new();
}

/// <summary>How a remote is reached. Secrets are named, never held here: a file or a variable that is read for each call.</summary>
public sealed record RemoteSettings
{
    /// <summary>The proxy for https, such as <c>http://proxy.example:3128</c>; null: none.</summary>
    public string? Proxy { get; init; }

    /// <summary>A file of certificate authorities (PEM) to trust instead of the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>A file whose first line is the token for https. It wins over <see cref="TokenVariable"/>.</summary>
    public string? TokenFile { get; init; }

    /// <summary>The name of the environment variable of this process that holds the token for https.</summary>
    public string? TokenVariable { get; init; }

    /// <summary>The user name that goes with the token; code hosts differ, most take any.</summary>
    public string TokenUser { get; init; } = "x-access-token";

    /// <summary>The private key for ssh; needed for every ssh remote.</summary>
    public string? SshKey { get; init; }

    /// <summary>The file of known hosts for ssh; needed for every ssh remote, as a host that is not in it is refused.</summary>
    public string? SshKnownHosts { get; init; }
}
