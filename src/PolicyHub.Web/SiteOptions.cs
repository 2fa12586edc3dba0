namespace PolicyHub.Web;

/// <summary>How the site is served.</summary>
public sealed record SiteOptions
{
    /// <summary>The folder that holds one folder a theme.</summary>
    public required string ThemesFolder { get; init; }

    /// <summary>Refuse all who are not on this machine. True until sign-in exists.</summary>
    public bool LoopbackOnly { get; init; } = true;

    /// <summary>Searches that one address may ask in a second, with as many again in reserve for ten seconds.</summary>
    public int SearchesPerSecond { get; init; } = 200;
}
