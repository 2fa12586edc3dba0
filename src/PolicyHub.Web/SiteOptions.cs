using PolicyHub.Web.SignIn;

namespace PolicyHub.Web;

/// <summary>How the site is served.</summary>
public sealed record SiteOptions
{
    /// <summary>The folder that holds one folder a theme.</summary>
    public required string ThemesFolder { get; init; }

    /// <summary>Refuse all who are not on this machine.</summary>
    public bool LoopbackOnly { get; init; } = true;

    /// <summary>How people sign in.</summary>
    public SignInOptions SignIn { get; init; } = new();

    /// <summary>Whether there are sample people to sign in as, with nothing to prove.</summary>
    public bool IsDevelopment { get; init; }

    /// <summary>Everybody reads as staff, with no name.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Searches that one address may ask in a second, with ten seconds' worth in reserve.</summary>
    public required int SearchesPerSecond { get; init; }

    /// <summary>Files (evidence, CSV) that one address may fetch in a minute.</summary>
    public int ExportsPerMinute { get; init; } = 120;

    /// <summary>Attempts to sign in from one address in a minute.</summary>
    public int SignInsPerMinute { get; init; } = 60;

    /// <summary>About how many bytes of memory the editions of other days may take beside today's.</summary>
    public long PastBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>How long an open page may be out of touch before it says no longer that its text is in effect.</summary>
    public TimeSpan NotCheckedAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long counts of what people search are kept.</summary>
    public TimeSpan QueriesKept { get; init; } = TimeSpan.FromDays(90);
}
