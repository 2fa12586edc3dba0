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
        var told = await sample.Site.Client.GetStringAsync("/health/ready");
        using var health = JsonDocument.Parse(told);

        Assert.True(RunningSite.IsWell(told));
        var checks = health.RootElement.GetProperty("checks").EnumerateArray().ToDictionary(check => check.GetProperty("name").GetString()!, check => check.GetProperty("status").GetString());
        Assert.Superset(new HashSet<string> { "edition", "library", "pack", "refresh", "audit" }, checks.Keys.ToHashSet());
        Assert.All(new[] { "edition", "library", "pack", "refresh" }, name => Assert.Equal("Healthy", checks[name]));
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

        await site.UntilAsync("/health/ready", text => text.Contains("{\"name\":\"pack\",\"status\":\"Degraded\"", StringComparison.Ordinal), TimeSpan.FromSeconds(60));
        var health = await site.Client.GetStringAsync("/health/ready");

        Assert.Contains("{\"name\":\"pack\",\"status\":\"Degraded\"", health, StringComparison.Ordinal);
        Assert.Equal(saysWhy, health.Contains("secretplace", StringComparison.Ordinal));
        Assert.Equal(saysWhy, health.Contains("reason", StringComparison.Ordinal));
    }
}
