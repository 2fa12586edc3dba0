using PolicyHub.Web.SignIn.Oidc;

namespace PolicyHub.Web.SignIn;

/// <summary>Who may come, and how they say who they are; section <c>PolicyHub:SignIn</c>.</summary>
public sealed class SignInOptions
{
    /// <summary>In Development, on this machine: everybody reads as staff without signing in.</summary>
    public bool Open { get; set; }

    /// <summary>Whether documents marked <c>access: public</c> can be read without signing in.</summary>
    public bool Public { get; set; }

    /// <summary>Whether people sign in with accounts kept here.</summary>
    public bool Local { get; set; }

    /// <summary>The name under which browsers reach the site, such as <c>policies.riverton.example</c>: passkeys hold for it alone. In Development <c>localhost</c>.</summary>
    public string? Domain { get; set; }

    /// <summary>Tries to sign in that one address may make in a minute; many people behind one address share them.</summary>
    public int TriesPerMinute { get; set; } = 60;

    /// <summary>At a counter PC: how long it remembers who said who they are, where they ask it to.</summary>
    public TimeSpan ActingFor { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The city's own sign-in.</summary>
    public OidcSettings Oidc { get; set; } = new();

    /// <summary>A session that lies unused so long has ended.</summary>
    public TimeSpan Idle { get; set; } = TimeSpan.FromHours(2);

    /// <summary>A session ends so long after it began, however much it is used.</summary>
    public TimeSpan Longest { get; set; } = TimeSpan.FromHours(12);
}
