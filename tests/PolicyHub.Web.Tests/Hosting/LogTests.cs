using System.Text.Json;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Hosting;

/// <summary>What the program writes to standard output while people use it: for machines to read, and nothing of people or policies.</summary>
public sealed class LogTests
{
    /// <summary>Stands wherever a person or a text could get into a log from.</summary>
    private const string Marker = "okapimarker";

    [Theory]
    [InlineData("Information")]
    [InlineData("Trace")]
    public async Task Requests_WithJson_AreObjectsWithoutWordsOfPeopleOrPolicies(string level)
    {
        using var repository = new TestRepository().Commit("First", commit => commit
            .Write("a.md", $"---\ntitle: {Marker} title\nalso_known_as: [{Marker} alias]\nowners: [{Marker}]\n---\n# A\n\n{Marker} text.\n")
            .Write("broken.md", $"---\ntitle: [{Marker}\n---\n{Marker}\n")).Flush();
        using var data = new TemporaryFolder();
        await using var program = PolicyHubProcess.Start(
            ["--library", repository.Folder, "--data", data.Path, "--urls", "http://127.0.0.1:0"],
            new Dictionary<string, string> { ["PolicyHub__Logs"] = "json", ["Logging__LogLevel__Default"] = level });
        using var client = new HttpClient { BaseAddress = await program.ListeningAsync() };

        foreach (var address in new[] { "/", "/docs/a", $"/docs/a?q={Marker}", $"/search?q={Marker}", $"/api/search?q={Marker}&limit=x", "/problems", "/history/a", "/compare/a", "/changes?format=csv", "/evidence/a?version=1", $"/search/gap?q={Marker}" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Add("User-Agent", Marker);
            request.Headers.Add("Cookie", $"look={Marker}; keys={Marker}");
            request.Headers.Add("Authorization", "Bearer " + Marker);
            request.Headers.Add("X-Forwarded-User", Marker);
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        }

        foreach (var form in new[] { "/search/gap", "/look", "/keys", "/api/search/outcome" })
        {
            using var body = new FormUrlEncodedContent([new("q", Marker), new("outcome", "none"), new("mode", Marker), new("back", "/" + Marker), new("name", Marker), new("password", Marker)]);
            using var answer = await client.PostAsync(form, body, TestContext.Current.CancellationToken);
        }

        var lines = program.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        Assert.All(lines, line =>
        {
            using var parsed = JsonDocument.Parse(line);
            Assert.EndsWith("Z", parsed.RootElement.GetProperty("Timestamp").GetString(), StringComparison.Ordinal);
            Assert.False(parsed.RootElement.TryGetProperty("Scopes", out _));
        });
        Assert.Contains(lines, line => line.Contains("Serving the edition", StringComparison.Ordinal));
        Assert.DoesNotContain(Marker, program.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Marker, program.Error, StringComparison.OrdinalIgnoreCase);
    }
}
