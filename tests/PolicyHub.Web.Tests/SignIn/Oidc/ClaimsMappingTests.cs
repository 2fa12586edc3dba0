using System.Security.Claims;
using PolicyHub.Records.People;
using PolicyHub.Web.SignIn.Oidc;

namespace PolicyHub.Web.Tests.SignIn.Oidc;

/// <summary>What claims mean here.</summary>
public sealed class ClaimsMappingTests
{
    [Fact]
    public void Read_EverythingMapped_IsInOurWords()
    {
        var settings = new OidcSettings
        {
            PositionsClaim = "jobTitle",
            DeskClaim = "department",
            AudienceClaim = "employeeType",
            Roles = { ["Writers"] = "author:folder:policies/water, lead:desk:streets", ["Readers"] = "auditor" },
            Groups = { ["g-1"] = "billing", ["g-2"] = "billing" },
            Positions = { ["Director"] = "utility-director" },
        };

        var read = Read(settings, ("roles", "Writers"), ("roles", "Unknown"), ("groups", "g-1"), ("groups", "g-2"), ("groups", "g-3"), ("jobTitle", "Director"), ("department", " Water  Operations "), ("employeeType", "Seasonal"), ("name", "Jo\u0007 Rivera"), ("email", "jo@riverton.example"));

        Assert.Equal("https://login.example.org jo", read.Subject);
        Assert.Equal([new Grant(Role.Author, "folder:policies/water"), new Grant(Role.Lead, "desk:streets")], read.Roles);
        Assert.Equal(["billing"], read.Groups);
        Assert.Equal(["utility-director"], read.Positions);
        Assert.Equal(("Jo Rivera", "jo@riverton.example", "water-operations", "seasonal"), (read.Name, read.Mail, read.Desk, read.Audience));
    }

    [Fact]
    public void Read_NothingMapped_GivesNothing()
    {
        var read = Read(new OidcSettings(), ("roles", "administrator"), ("groups", "billing"));

        Assert.Empty(read.Roles);
        Assert.Empty(read.Groups);
        Assert.Empty(read.Positions);
        Assert.Null(read.Desk);
        Assert.Null(read.Audience);
        Assert.Null(read.Mail);
        Assert.Equal("jo", read.Name);
    }

    [Theory]
    [InlineData("writers")]
    [InlineData("Writers ")]
    [InlineData("Writers,Readers")]
    public void Read_ValueThatIsAlmostMapped_GivesNothing(string value) =>
        Assert.Empty(Read(new OidcSettings { Roles = { ["Writers"] = "author" } }, ("roles", value)).Roles);

    [Theory]
    [InlineData("realm_access.roles", "realm_access", """{"roles":["a","b",7]}""", 2)]
    [InlineData("realm_access.roles", "realm_access.roles", "a", 1)]
    [InlineData("https://city.example/roles", "https://city.example/roles", "a", 1)]
    [InlineData("realm_access.roles", "realm_access", """{"roles":"a"}""", 1)]
    [InlineData("realm_access.roles", "realm_access", """{"roles":{"a":"a"}}""", 0)]
    [InlineData("realm_access.roles", "realm_access", "a", 0)]
    [InlineData("realm_access.roles", "realm_access", "[\"a\"]", 0)]
    public void Read_RolesInsideAClaim_Found(string path, string claim, string value, int roles) =>
        Assert.Equal(roles, Read(new OidcSettings { RolesClaim = path, Roles = { ["a"] = "author", ["b"] = "auditor" } }, (claim, value)).Roles.Count);

    [Theory]
    [InlineData("""{"groups":"src1"}""", true)]
    [InlineData("""{"other":"src1"}""", false)]
    [InlineData("not JSON", true)]
    public void Read_ClaimNamedElsewhere_HasNoValue(string names, bool isLeftOut)
    {
        var read = Read(new OidcSettings { RolesClaim = "groups", Roles = { ["g"] = "auditor" }, Groups = { ["g"] = "billing" } }, ("groups", "g"), ("_claim_names", names));

        Assert.Equal(isLeftOut, read.GroupsLeftOut);
        Assert.Equal(isLeftOut ? 0 : 1, read.Groups.Count);
        Assert.Equal(isLeftOut ? 0 : 1, read.Roles.Count);
    }

    [Theory]
    [InlineData("https://login.example.org/2f1c/v2.0", "2f1c", "0F0E", "2f1c 0f0e")]
    [InlineData("https://login.example.org", "2f1c", "0f0e", "https://login.example.org jo")]
    [InlineData("https://login.example.org/2f1c/v2.0", null, "0f0e", "https://login.example.org/2f1c/v2.0 jo")]
    [InlineData("https://login.example.org/2f1c/v2.0", "2f1c", null, "https://login.example.org/2f1c/v2.0 jo")]
    public void SubjectOf_EntraOnlyWhereTheIssuerNamesTheTenant(string issuer, string? tenant, string? id, string subject) =>
        Assert.Equal(subject, ClaimsMapping.SubjectOf(issuer, "jo", id, tenant));

    [Theory]
    [InlineData("auditor", true)]
    [InlineData("author:folder:policies/water", true)]
    [InlineData("lead:desk:streets, auditor", true)]
    [InlineData("", false)]
    [InlineData("boss", false)]
    [InlineData("AUDITOR", true)]
    [InlineData("administrator:desk:streets", false)]
    [InlineData("author:", false)]
    [InlineData("author:desk:", false)]
    [InlineData("author:streets", false)]
    [InlineData("auditor, boss", false)]
    public void TryReadGrants_OnlyWhatExists(string text, bool isRead) => Assert.Equal(isRead, ClaimsMapping.TryReadGrants(text, out _));

    private static ExternalIdentity Read(OidcSettings settings, params (string Name, string Value)[] claims) => ClaimsMapping.Read(
        new ClaimsPrincipal(new ClaimsIdentity([new Claim("iss", "https://login.example.org"), new Claim("sub", "jo"), .. claims.Select(claim => new Claim(claim.Name, claim.Value))])), settings, "oidc");
}
