using System.Text.Json.Nodes;
using PolicyHub.Records.People;
using PolicyHub.Web.SignIn.Oidc;

namespace PolicyHub.Web.Tests.SignIn.Oidc;

/// <summary>What is Entra ID's own: an issuer that names the tenant only in the token, app roles, groups left out, a subject that differs from client to client.</summary>
public sealed class EntraTests
{
    private const string Tenant = "2f1c6b1e-8d4c-4a43-9f3e-0c5d6e7f8a90";
    private const string OtherTenant = "9b8a7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d";
    private const string Person = "0f0e0d0c-0b0a-4908-8706-050403020100";

    private static readonly Dictionary<string, (Action<ForgingProvider, JsonObject> Forge, OidcReason Reason)> Forged = new(StringComparer.Ordinal)
    {
        ["tenant not on the list"] = (Come(OtherTenant, OtherTenant), OidcReason.TenantNotAllowed),
        ["issuer of another tenant"] = (Come(Tenant, OtherTenant), OidcReason.WrongIssuer),
        ["tenant of another issuer"] = (Come(OtherTenant, Tenant), OidcReason.TenantNotAllowed),
        ["issuer is the template"] = (Come(Tenant, "{tenantid}"), OidcReason.WrongIssuer),
        ["tenant is the place in the template"] = (Come("{tenantid}", "{tenantid}"), OidcReason.TenantNotAllowed),
        ["no tenant"] = ((provider, claims) => claims.Remove("tid"), OidcReason.TenantNotAllowed),
        ["issuer of another host"] = ((_, claims) => claims["iss"] = $"https://login.example.org/{Tenant}/v2.0", OidcReason.WrongIssuer),
    };

    public static TheoryData<string> Forgeries => [.. Forged.Keys];

    [Fact]
    public async Task SignIn_TenantOnTheList_KnownByTenantAndObject()
    {
        await using var forging = await StartAsync();

        Assert.Equal("Jo Rivera", await forging.SignInAsync());

        Assert.True(forging.Site.SignIns.TryDequeue(out var signIn));
        Assert.Equal($"{Tenant} {Person}", signIn.Identity.Subject);
        Assert.Equal($"{Host(forging.Provider)}/{Tenant}/v2.0", signIn.Issuer);
        Assert.Equal([new Grant(Role.Author, "desk:streets")], signIn.Identity.Roles);
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task SignIn_ForgedTenantOrIssuer_Refused(string forgery)
    {
        await using var forging = await StartAsync();
        await forging.AssertControlAsync();

        var come = forging.Provider.Claims;
        forging.Provider.Claims = claims =>
        {
            come(claims);
            Forged[forgery].Forge(forging.Provider, claims);
        };
        await forging.SignInAsync();

        Assert.Equal([Forged[forgery].Reason], forging.Site.Refusals);
        Assert.Equal(OidcLinks.Trouble, forging.Browser.Address.AbsolutePath);
    }

    [Theory]
    [InlineData("{0}/" + Tenant + "/v2.0", true)]
    [InlineData("{0}/" + OtherTenant + "/v2.0", false)]
    public async Task SignIn_KeyOfOneTenant_SignsForThatTenantOnly(string owner, bool signsIn)
    {
        await using var forging = await StartAsync();
        forging.Provider.KeyIssuer = owner.Replace("{0}", Host(forging.Provider), StringComparison.Ordinal);

        Assert.Equal(signsIn ? "Jo Rivera" : "trouble refused", await forging.SignInAsync());
    }

    [Fact]
    public async Task SignIn_TemplateWithoutListOfTenants_NobodyComes()
    {
        await using var forging = await StartAsync(tenants: []);

        Assert.Equal("trouble not-admitted", await forging.SignInAsync());
        Assert.Equal([OidcReason.TenantNotAllowed], forging.Site.Refusals);
    }

    [Theory]
    [InlineData("_claim_names")]
    [InlineData("hasgroups")]
    [InlineData("both")]
    public async Task SignIn_GroupsLeftOut_NoGroups(string how)
    {
        await using var forging = await StartAsync();
        var come = forging.Provider.Claims;
        forging.Provider.Claims = claims =>
        {
            come(claims);
            claims["groups"] = new JsonArray("g-1");
        };
        await forging.SignInAsync();
        Assert.True(forging.Site.SignIns.TryDequeue(out var control));
        Assert.Equal(["billing"], control.Identity.Groups);
        Assert.False(control.Identity.GroupsLeftOut);

        forging.Provider.Claims = claims =>
        {
            come(claims);
            if (how != "hasgroups")
            {
                claims["_claim_names"] = new JsonObject { ["groups"] = "src1" };
                claims["_claim_sources"] = new JsonObject { ["src1"] = new JsonObject { ["endpoint"] = "https://graph.example/getMemberObjects" } };
            }

            if (how != "_claim_names")
            {
                claims["hasgroups"] = true;
            }

            if (how == "both")
            {
                claims["groups"] = new JsonArray("g-1");
            }
        };
        using var again = new Browser();
        Assert.Equal("Jo Rivera", await forging.SignInAsync(again));

        Assert.True(forging.Site.SignIns.TryDequeue(out var signIn));
        Assert.Empty(signIn.Identity.Groups);
        Assert.True(signIn.Identity.GroupsLeftOut);
        Assert.NotEmpty(signIn.Identity.Roles);
    }

    private static async Task<Forging> StartAsync(string[]? tenants = null)
    {
        var forging = await Forging.StartAsync(provider => new OidcSettings
        {
            Authority = $"{Host(provider)}/organizations/v2.0",
            ClientId = ForgingProvider.ClientId,
            ClientSecretVariable = Forging.Settings(provider).ClientSecretVariable,
            AllowedTenants = [.. tenants ?? [Tenant.ToUpperInvariant()]],
            Roles = { ["PolicyHub.Author"] = "author:desk:streets" },
            Groups = { ["g-1"] = "billing" },
        });
        forging.Provider.NamedIssuer = $"{Host(forging.Provider)}/{{tenantid}}/v2.0";
        forging.Provider.Claims = claims => Come(Tenant, Tenant)(forging.Provider, claims);
        return forging;
    }

    private static string Host(ForgingProvider provider) => provider.Address.GetLeftPart(UriPartial.Authority);

    private static Action<ForgingProvider, JsonObject> Come(string tenant, string issuer) => (provider, claims) =>
    {
        claims["iss"] = $"{Host(provider)}/{issuer}/v2.0";
        claims["tid"] = tenant;
        claims["oid"] = Person;
        claims["roles"] = new JsonArray("PolicyHub.Author", "Unknown");
    };
}
