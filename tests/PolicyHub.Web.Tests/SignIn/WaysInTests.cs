using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PolicyHub.Testing;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.Tests.SignIn;

/// <summary>In Production nothing is served before there is a safe way in, and what to set is said.</summary>
public sealed class WaysInTests
{
    [Theory]
    [InlineData("", "PolicyHub:SignIn:Oidc:Authority", "PolicyHub:SignIn:Local=true", "PolicyHub:SignIn:Domain")]
    [InlineData("Local=true", "set PolicyHub:SignIn:Domain to the name that people type")]
    [InlineData("Local=true;Domain= ", "PolicyHub:SignIn:Domain must be the name")]
    [InlineData("Local=true;Oidc:Authority=https://login.example.org;Oidc:ClientId=policyhub", "set PolicyHub:SignIn:Domain to the name that people type")]
    [InlineData("Domain=policies.example", "There is no way to sign in")]
    [InlineData("Open=true;Local=true;Domain=policies.example", "PolicyHub:SignIn:Open", "Take it out")]
    public async Task Build_InProductionWithNoSafeWayIn_IsRefusedAndSaysWhatToSet(string settings, params string[] said)
    {
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => BuildAsync(Environments.Production, settings));

        Assert.All(said, words => Assert.Contains(words, refused.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Production", "Local=true;Domain=policies.example")]
    [InlineData("Production", "Oidc:Authority=https://login.example.org;Oidc:ClientId=policyhub")]
    [InlineData("Development", "Local=true")]
    [InlineData("Development", "Open=true")]
    public async Task Build_WithAWayIn_IsBuilt(string environment, string settings) => await BuildAsync(environment, settings);

    private static async Task BuildAsync(string environment, string settings)
    {
        using var repository = new TestRepository().Commit("First", "a.md", "# A\n").Flush();
        using var data = new TemporaryFolder();
        await using var site = HubApp.Build([], builder =>
        {
            builder.Environment.EnvironmentName = environment;
            builder.Configuration.AddInMemoryCollection(
                [new("urls", "http://127.0.0.1:0"), new("PolicyHub:Data", data.Path), new("PolicyHub:Library", repository.Folder), new("PolicyHub:SignIn:Open", null)]);
            builder.Configuration.AddInMemoryCollection(settings.Split(';', StringSplitOptions.RemoveEmptyEntries)
                .Select(setting => setting.Split('=', 2)).Select(pair => KeyValuePair.Create("PolicyHub:SignIn:" + pair[0], (string?)pair[1])));
            builder.Logging.ClearProviders();
        });
    }
}
