namespace PolicyHub.Web.SignIn.Oidc;

/// <summary>Section <c>PolicyHub:SignIn:Oidc</c>: the provider that says who people are, and what its claims mean here.</summary>
public sealed class OidcSettings
{
    /// <summary>The issuer, as its discovery document names it, such as <c>https://login.microsoftonline.com/TENANT/v2.0</c>. Empty: nobody signs in this way.</summary>
    public string? Authority { get; set; }

    /// <summary>What the provider calls this site.</summary>
    public string? ClientId { get; set; }

    /// <summary>A file that holds the client's secret, and nothing else; read at each sign-in, so that it may be changed. With neither file nor variable the client has none.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>The name of the environment variable that holds the client's secret.</summary>
    public string? ClientSecretVariable { get; set; }

    /// <summary>What is asked for, words with spaces between; <c>openid</c> is always among them.</summary>
    public string Scopes { get; set; } = "openid profile email";

    /// <summary>The words on the button. Empty: words of ours.</summary>
    public string? DisplayName { get; set; }

    /// <summary>Ids of the Entra tenants whose people may come. Needed where the issuer names no tenant (<c>organizations</c>).</summary>
    public IList<string> AllowedTenants { get; init; } = [];

    /// <summary>Also asks the provider's userinfo for claims that the ID token lacks.</summary>
    public bool UserInfo { get; set; }

    /// <summary>The claim of roles; a path with dots reaches inside, such as <c>realm_access.roles</c>.</summary>
    public string RolesClaim { get; set; } = "roles";

    /// <summary>The claim of groups.</summary>
    public string GroupsClaim { get; set; } = "groups";

    /// <summary>The claim of positions. Empty: positions come from elsewhere.</summary>
    public string? PositionsClaim { get; set; }

    /// <summary>The claim of the person's name.</summary>
    public string NameClaim { get; set; } = "name";

    /// <summary>The claim of the e-mail address; never what a person is known by.</summary>
    public string MailClaim { get; set; } = "email";

    /// <summary>The claim that names the person's desk. Empty: none.</summary>
    public string? DeskClaim { get; set; }

    /// <summary>The claim that names the audience that the person belongs to. Empty: none.</summary>
    public string? AudienceClaim { get; set; }

    /// <summary>Value of the roles claim → roles here, with commas between: <c>auditor</c>, <c>lead:desk:streets</c>, <c>author:folder:policies/water</c>. Other values give nothing.</summary>
    public IDictionary<string, string> Roles { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Value of the groups claim → group of the library. Other values give nothing.</summary>
    public IDictionary<string, string> Groups { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Value of the positions claim → position of the library. Other values give nothing.</summary>
    public IDictionary<string, string> Positions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The proxy on the way to the provider, such as <c>http://proxy.example:3128</c>.</summary>
    public string? Proxy { get; set; }

    /// <summary>A file of certificates to trust for the provider, in the place of the system's.</summary>
    public string? CaFile { get; set; }

    /// <summary>Whether people can sign in this way.</summary>
    internal bool IsOn => !string.IsNullOrWhiteSpace(Authority);
}
