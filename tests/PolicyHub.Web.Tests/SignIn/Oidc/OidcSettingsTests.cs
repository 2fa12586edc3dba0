using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using PolicyHub.Testing;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.Tests.SignIn.Oidc;

/// <summary>Settings that could not work, or would let in too many, are refused at the start, by their names.</summary>
public sealed class OidcSettingsTests
{
    [Theory]
    [InlineData("Authority", "not an address", "Authority")]
    [InlineData("Authority", "http://login.example.org", "Authority")]
    [InlineData("Authority", "https://login.example.org/?a=b", "Authority")]
    [InlineData("Authority", "https://login.microsoftonline.com/organizations/v2.0", "AllowedTenants")]
    [InlineData("Authority", "https://login.microsoftonline.com/Common/v2.0", "AllowedTenants")]
    [InlineData("ClientId", "", "ClientId")]
    [InlineData("ClientSecretFile", "no-such-file", "ClientSecretFile")]
    [InlineData("ClientSecretVariable", "POLICYHUB_TESTS_NO_SUCH_VARIABLE", "ClientSecretVariable")]
    [InlineData("CaFile", "no-such-file", "CaFile")]
    [InlineData("Proxy", "proxy", "Proxy")]
    [InlineData("AllowedTenants:0", "riverton", "AllowedTenants")]
    [InlineData("Roles:Writers", "boss", "Roles:Writers")]
    [InlineData("Roles:Writers", "auditor:desk:streets", "Roles:Writers")]
    public async Task Build_SettingThatCannotWork_RefusedByName(string setting, string value, string named)
    {
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => BuildAsync((setting, value)));

        Assert.Contains($"PolicyHub:SignIn:Oidc:{named} ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("PolicyHub:SignIn:Local", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ClientId", "policyhub")]
    [InlineData("Authority", "http://127.0.0.1:1")]
    [InlineData("AllowedTenants:0", "2f1c6b1e-8d4c-4a43-9f3e-0c5d6e7f8a90")]
    [InlineData("Roles:Writers", "author:folder:policies/water, lead:desk:streets")]
    public async Task Build_InProductionWithAProvider_IsAWayToSignIn(string setting, string value) => await BuildAsync((setting, value));

    private static async Task BuildAsync((string Setting, string Value) changed)
    {
        using var data = new TemporaryFolder();
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["urls"] = "http://127.0.0.1:0",
            ["PolicyHub:Data"] = data.Path,
            ["PolicyHub:SignIn:Oidc:Authority"] = "https://login.example.org",
            ["PolicyHub:SignIn:Oidc:ClientId"] = "policyhub",
            [$"PolicyHub:SignIn:Oidc:{changed.Setting}"] = changed.Value,
        };
        await using var site = HubApp.Build([], builder =>
        {
            builder.Environment.EnvironmentName = Environments.Production;
            builder.Configuration.AddInMemoryCollection(settings);
        });
    }
}
