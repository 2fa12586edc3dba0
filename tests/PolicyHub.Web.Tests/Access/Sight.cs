namespace PolicyHub.Web.Tests.Access;

/// <summary>The oracle: who may see what, as issue and manual say it, in as few lines as it takes; it knows none of the site's code.</summary>
internal sealed record Sight(bool IsStaff, bool SeesAll, params string[] Groups)
{
    /// <summary>What everybody may see where the site has such readers.</summary>
    public static Sight Everybody { get; } = new(false, false);

    /// <summary>Not even what is public.</summary>
    public bool Refused { get; init; }

    /// <summary>Whether a word may be shown: by the rule of its time and by today's.</summary>
    public bool May(MarkedWord word) => SeesAll || (!Refused && (IsStaff ? Passes(word.Then) && Passes(word.Now) : word is { IsForAll: true, Then: "public", Now: "public" } || (word is { IsForAll: true, IsPath: true, Now: "public" })));

    // “gone” is a group that there is no more, “nobody” a rule that is none: neither admits anyone. Of “public” beside a group the group counts.
    private bool Passes(string rule) => rule switch
    {
        "open" or "public" => true,
        "hr" or "public+hr" => Groups.Contains("hr"),
        "legal" => Groups.Contains("legal"),
        "hr+legal" => Groups.Contains("hr") && Groups.Contains("legal"),
        _ => false,
    };
}
