using System.Text.Json.Nodes;
using PolicyHub.Web.SignIn.Oidc;

namespace PolicyHub.Web.Tests.SignIn.Oidc;

/// <summary>Providers that keep the ID token thin tell the rest when asked.</summary>
public sealed class UserInfoTests
{
    [Fact]
    public async Task SignIn_ClaimsInUserInfo_AddToThoseSigned()
    {
        await using var forging = await StartAsync();
        forging.Provider.Claims = claims => claims["email"] = "signed@riverton.example";
        forging.Provider.UserInfo = new JsonObject { ["sub"] = "jo", ["email"] = "told@riverton.example", ["groups"] = new JsonArray("g-1", "g-2") };

        Assert.Equal("Jo Rivera", await forging.SignInAsync());

        Assert.True(forging.Site.SignIns.TryDequeue(out var signIn));
        Assert.Equal(["billing", "streets"], signIn.Identity.Groups);
        Assert.Equal("signed@riverton.example", signIn.Identity.Mail);
    }

    [Theory]
    [InlineData("""{"sub":"sam","groups":["g-1"]}""")]
    [InlineData("""{"groups":["g-1"]}""")]
    [InlineData("""{"sub":7,"groups":["g-1"]}""")]
    public async Task SignIn_UserInfoOfAnother_Refused(string told)
    {
        await using var forging = await StartAsync();
        forging.Provider.UserInfo = new JsonObject { ["sub"] = "jo" };
        await forging.AssertControlAsync();
        forging.Provider.UserInfo = (JsonObject)JsonNode.Parse(told)!;

        Assert.Equal("trouble refused", await forging.SignInAsync());
        Assert.Equal([OidcReason.NoSubject], forging.Site.Refusals);
    }

    private static Task<Forging> StartAsync() => Forging.StartAsync(provider =>
    {
        var plain = Forging.Settings(provider);
        return new OidcSettings
        {
            Authority = plain.Authority,
            ClientId = plain.ClientId,
            ClientSecretVariable = plain.ClientSecretVariable,
            UserInfo = true,
            Groups = { ["g-1"] = "billing", ["g-2"] = "streets" },
        };
    });
}
