using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Api;

/// <summary>What health says, and to whom.</summary>
public sealed class HealthTests(SampleSite sample)
{
    [Fact]
    public async Task Ready_WhenAllIsWell_NamesItsChecks()
    {
        using var health = JsonDocument.Parse(await sample.Site.Client.GetStringAsync("/health/ready"));

        var checks = health.RootElement.GetProperty("checks").EnumerateArray().ToDictionary(check => check.GetProperty("name").GetString()!, check => check.GetProperty("status").GetString());
        Assert.Superset(new HashSet<string> { "edition", "library", "pack", "refresh" }, checks.Keys.ToHashSet());

        // A library without a remote anchors its audit log nowhere, and health says so.
        Assert.Equal("Degraded", health.RootElement.GetProperty("status").GetString());
        Assert.All(checks, check => Assert.Equal(check.Key == "audit" ? "Degraded" : "Healthy", check.Value));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("203.0.113.9", false)]
    public async Task Ready_WhenThePackCannotBeWritten_SaysWhyOnThisMachineOnly(string? asker, bool saysWhy)
    {
        using var repository = new TestRepository().Commit("First", "a.md", "# A\n").Flush();
        using var folder = new TemporaryFolder();
        folder.Write("secretplace", "a file where a folder should be");
        await using var site = await RunningSite.StartAsync(
            null,
            app => app.Use((context, next) =>
            {
                context.Connection.RemoteIpAddress = asker is null ? IPAddress.Loopback : IPAddress.Parse(asker);
                return next(context);
            }),
            ("PolicyHub:Library", repository.Folder), ("PolicyHub:Pack:Folder", Path.Combine(folder["secretplace"], "pack")));

        await site.UntilAsync("/health/ready", text => !RunningSite.IsWell(text), TimeSpan.FromSeconds(60));
        var health = await site.Client.GetStringAsync("/health/ready");

        Assert.Contains("{\"name\":\"pack\",\"status\":\"Degraded\"", health, StringComparison.Ordinal);
        Assert.Equal(saysWhy, health.Contains("secretplace", StringComparison.Ordinal));
        Assert.Equal(saysWhy, health.Contains("reason", StringComparison.Ordinal));
    }
}
