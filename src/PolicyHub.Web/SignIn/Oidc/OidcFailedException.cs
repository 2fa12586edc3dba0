namespace PolicyHub.Web.SignIn.Oidc;

/// <summary>Why nobody was signed in. The names stand in the log; what the person is told is <see cref="OidcTrouble"/>.</summary>
public enum OidcReason
{
    ProviderDown,
    ProviderMisconfigured,
    ProviderError,
    DeniedAtProvider,
    BadState,
    NotThisBrowser,
    ForeignIssuerParameter,
    CodeRefused,
    NoIdToken,
    BadSignature,
    WrongIssuer,
    WrongAudience,
    WrongTime,
    WrongNonce,
    WrongParty,
    NoSubject,
    TenantNotAllowed,
    PersonRefused,
    NotALogoutToken,
    Replayed,
    Unexpected,
}

/// <summary>
/// A sign-in that ended without anybody signed in. The message is ours alone: nothing of the token, of the provider's text or of a library's
/// message may stand in it, since the framework writes it to the log.
/// </summary>
public sealed class OidcFailedException : Exception
{
    public OidcFailedException(OidcReason reason, string? code = null)
        : base(code is null ? $"{reason}" : $"{reason} ({code})") => Reason = reason;

    public OidcFailedException(string message)
        : base(message)
    {
    }

    public OidcFailedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public OidcFailedException()
    {
    }

    public OidcReason Reason { get; } = OidcReason.Unexpected;

    /// <summary>An error code of RFC 6749 or OpenID Connect (<c>invalid_client</c>); null where a text is none, as it may then be anything.</summary>
    public static string? CodeOf(string? error) => error is { Length: > 0 and <= 40 } && error.All(letter => letter is (>= 'a' and <= 'z') or '_') ? error : null;
}
