namespace PolicyHub.Web.SignIn.Oidc;

/// <summary>Somebody signed out at the provider: their sessions here end.</summary>
public sealed record OidcSignedOut
{
    public required string Issuer { get; init; }

    /// <summary>The session at the provider (<see cref="OidcSignIn.SessionId"/>). Null: every session of the person.</summary>
    public string? SessionId { get; init; }

    /// <summary>The token that said so (<c>jti</c>), and until when it would be believed: it counts once. Null: a browser that came along.</summary>
    public (string Id, DateTimeOffset Until)? Token { get; init; }

    /// <summary>As in <see cref="ExternalIdentity.Subject"/>. Null where only the session is named.</summary>
    public string? Subject { get; init; }
}
