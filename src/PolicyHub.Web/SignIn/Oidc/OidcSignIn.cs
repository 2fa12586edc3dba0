namespace PolicyHub.Web.SignIn.Oidc;

/// <summary>Somebody whom the provider vouches for, before a session begins.</summary>
public sealed class OidcSignIn
{
    public required HttpContext HttpContext { get; init; }

    public required ExternalIdentity Identity { get; init; }

    /// <summary>The issuer, validated.</summary>
    public required string Issuer { get; init; }

    /// <summary>The session at the provider (<c>sid</c>), by which it is ended from there; null where the provider names none.</summary>
    public string? SessionId { get; init; }

    /// <summary>What the provider wants to see again at sign-out (<c>id_token_hint</c>).</summary>
    public required string IdToken { get; init; }

    /// <summary>Where the person goes next; of this site.</summary>
    public required string ReturnUrl { get; init; }
}
