using PolicyHub.Records.People;

namespace PolicyHub.Web.SignIn.Oidc;

/// <summary>A person as a provider describes them, in our words. What the settings do not map is not here.</summary>
public sealed record ExternalIdentity
{
    /// <summary>The scheme that the person came by.</summary>
    public required string Provider { get; init; }

    /// <summary>What the person is known by at that provider, the same at every sign-in; never the mail address, which can pass to another.</summary>
    public required string Subject { get; init; }

    /// <summary>The name to show; the subject's first letters where the provider gives none.</summary>
    public required string Name { get; init; }

    /// <summary>Null where the provider gives none.</summary>
    public string? Mail { get; init; }

    public IReadOnlyList<Grant> Roles { get; init; } = [];

    /// <summary>Groups of the library.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The provider left groups out because there were too many, so there are none here: access that hangs on them is not given.</summary>
    public bool GroupsLeftOut { get; init; }

    /// <summary>Positions of the library.</summary>
    public IReadOnlyList<string> Positions { get; init; } = [];

    /// <summary>The slug of the desk, null where none is named.</summary>
    public string? Desk { get; init; }

    /// <summary>The slug of the audience, null where none is named.</summary>
    public string? Audience { get; init; }
}
