using System.Text.Json;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.CommandLine;

/// <summary><c>policyhub check</c> as a content repository's own CI runs it: a process, no git, exit codes.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("plain", "0 errors")]
    [InlineData("json", "\"errors\": 0")]
    [InlineData("github", "")]
    public async Task Check_GoodFolder_ExitsWithZero(string format, string part)
    {
        folder.Write("fees.md", "# Fees\n\nTen dollars.\n");

        var (exit, output, error) = await RunAsync("check", folder.Path, "--format", format);

        Assert.Equal("", error);
        Assert.Equal(0, exit);
        Assert.Contains(part, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "fees.md:3:1 error front-matter-unreadable ")]
    [InlineData("json", "\"file\": \"fees.md\"")]
    [InlineData("github", "::error file=fees.md,line=3,col=1,title=front-matter-unreadable::")]
    public async Task Check_BadFolder_NamesFileAndLineAndExitsWithOne(string format, string part)
    {
        folder.Write("fees.md", "---\ntitle: [Fees\n---\nTen dollars.\n").Write("good.md", "# Good\n");

        var (exit, output, error) = await RunAsync("check", folder.Path, "--format", format);

        Assert.Equal("", error);
        Assert.Equal(1, exit);
        Assert.Contains(part, output, StringComparison.Ordinal);
        if (format == "json")
        {
            using var json = JsonDocument.Parse(output);
            Assert.Equal(1, json.RootElement.GetProperty("errors").GetInt32());
            Assert.Equal(3, json.RootElement.GetProperty("problems")[0].GetProperty("line").GetInt32());
        }
    }

    [Fact]
    public async Task Check_WithoutPath_TakesTheCurrentFolder()
    {
        folder.Write("fees.md", "---\ntitle: [Fees\n---\n");

        var (exit, output, _) = await RunAsync("check");

        Assert.Equal(1, exit);
        Assert.StartsWith("fees.md:3:1", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_ContractThatDoesNotHold_IsAnErrorAtItsLine()
    {
        folder.Write("fees.md", "# Fees\n\nTen dollars.\n").Write("rates.md", "# Rates and fees\n\nFees by meter.\n")
            .Write("search-contracts.yml", "- { ask: ten dollars, find: fees.md, top: 1, owner: lead }\n- { ask: fees, find: rates.md, top: 1, owner: lead }\n");

        var (exit, output, _) = await RunAsync("check", folder.Path);

        Assert.Equal(1, exit);
        Assert.StartsWith("search-contracts.yml:2:3 error contract-broken “fees” must find “Rates and fees” (rates.md) among the first 1, and finds it at place 2; place 1 has “Fees” (fees.md). → ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_StarterLibrary_HasNoError()
    {
        var (exit, output, error) = await RunAsync("check", PolicyHub.Web.Hosting.HubFolders.Starter);

        Assert.True(exit == 0, output + error);
    }

    [Fact]
    public async Task Check_FolderThatIsNotThere_SaysSo()
    {
        var (exit, output, error) = await RunAsync("check", folder["nothing"]);

        Assert.Equal(1, exit);
        Assert.Equal("", output);
        Assert.Equal($"The folder {folder["nothing"]} does not exist.\n", error);
    }

    [Fact]
    public async Task Check_UnknownFormat_NamesTheKnownOnes()
    {
        var (exit, _, error) = await RunAsync("check", "--format", "xml");

        Assert.Equal(1, exit);
        Assert.Contains("'xml'", error, StringComparison.Ordinal);
        Assert.Contains("'github'", error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>With a search path on which there is no git.</summary>
    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) =>
        PolicyHubProcess.RunAsync(arguments, new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/nonexistent" }, folder.Path);
}
