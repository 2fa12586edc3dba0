using System.Text.RegularExpressions;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.CommandLine;

/// <summary><c>policyhub search</c> as a person or a script runs it: a process, files, exit codes.</summary>
public sealed partial class SearchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SearchTests() => folder
        .Write("rules/late-fees.md", "# Late fees\n\nA late fee is added after 21 days.\n\n## Waivers\n\nOne waiver a year \u001b[31mfor seniors.\n")
        .Write("rules/carts.md", "# Carts\n\nPut the cart out by seven.\n")
        .Write("rules/secret.md", "---\ntitle: Secret waiver\naccess: leads\n---\nA waiver that few know.\n");

    [Fact]
    public async Task Search_PlainFolderWithoutGit_PrintsRankHeadingPlaceAndPassage()
    {
        var (exit, output, error) = await RunAsync(WithoutGit, "search", "waivr", "--library", folder["rules"]);

        Assert.Equal("", error);
        Assert.Equal(0, exit);
        Assert.Equal("Showing results for “waiver”.\n\n1. Late fees › Waivers\n   late-fees.md#waivers\n   One waiver a year  [31mfor seniors.\n", output);
    }

    [Fact]
    public async Task Search_Explain_SaysWhatMetEachWord()
    {
        var (_, output, _) = await RunAsync(WithoutGit, "search", "late waivr", "--library", folder["rules"], "--explain");

        Assert.Contains("\n   - “late” stands in the title and the summary.\n   - “waivr” was read as “waiver” and “waivers”: in the heading and the text.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_Pin_StandsFirstWithItsReason()
    {
        folder.Write("rules/search-pins.yml", "- { ask: [late], find: carts.md, reason: They mean the truck., until: 8999-12-31, owner: lead }\n");

        var (_, output, _) = await RunAsync(WithoutGit, "search", "Late", "--library", folder["rules"]);

        Assert.StartsWith("1. Carts\n   carts.md\n   Put the cart out by seven.\n   Pinned: They mean the truck.\n2. Late fees\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_Nothing_OffersASpellingAndExitsWithOne()
    {
        var (exit, output, _) = await RunAsync(WithoutGit, "search", "zeppelin", "--library", folder["rules"]);

        Assert.Equal((1, "Nothing found.\n"), (exit, output));
    }

    [Fact]
    public async Task Search_FileOfQueries_WritesTheRunAndTellsTheSpeed()
    {
        folder.Write("queries.tsv", "late fee\tlate-fees.md\tx\n\nzeppelin\ncar\n");

        var (exit, output, error) = await RunAsync(WithoutGit, "search", "--library", folder["rules"], "--queries", folder["queries.tsv"], "--top", "20", "--run", folder["run.tsv"]);

        Assert.Equal((0, ""), (exit, error));
        Assert.Matches(Speed(), output);
        var lines = await File.ReadAllLinesAsync(folder["run.tsv"], TestContext.Current.CancellationToken);
        Assert.Equal(["1 1 late-fees.md ", "4 1 carts.md "], lines.Select(line => string.Join(' ', line.Split('\t')[..4])));
        Assert.All(lines, line => Assert.True(double.Parse(line.Split('\t')[4], System.Globalization.CultureInfo.InvariantCulture) > 0));
    }

    [Theory]
    [InlineData("2026-01-05", 1, "Nothing found.\n")]
    [InlineData("2026-01-06", 0, "ten dollars")]
    [InlineData("2026-03-01", 0, "ten dollars")]
    [InlineData("2026-03-02", 0, "twelve dollars")]
    [InlineData("2026-02-10 12:00", 0, "ten dollars")]
    public async Task Search_OnADate_FindsWhatWasInEffectAtItsEnd(string on, int expected, string part)
    {
        // In Chicago, 2026-01-07 03:00 in UTC is the evening before.
        using var repository = new TestRepository()
            .Commit("Zone", commit => commit.At("2026-01-03 12:00").Write("library.yml", "timezone: America/Chicago\n"))
            .Commit("Fees", commit => commit.At("2026-01-07 03:00").Write("fees.md", "# Fees\n\nA late fee is ten dollars.\n"))
            .Commit("Fees rise", commit => commit.At("2026-02-01 12:00").Write("fees.md", "---\ntitle: Fees\neffective: 2026-03-02\n---\nA late fee is twelve dollars.\n"))
            .Flush();

        var (exit, output, error) = await RunAsync([], "search", "late fee", "--library", repository.Folder, "--data", folder["data"], "--on", on);

        Assert.Equal((expected, ""), (exit, error));
        Assert.Contains(part, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_Bundle_IsReadLikeAnyLibrary()
    {
        using var repository = new TestRepository().Commit("Fees", "fees.md", "# Fees\n\nA late fee is ten dollars.\n");
        repository.Git("bundle", "create", "--quiet", folder["library.bundle"], "main");

        var (exit, output, error) = await RunAsync([], "search", "late fee", "--library", folder["library.bundle"], "--data", folder["data"]);

        Assert.Equal((0, ""), (exit, error));
        Assert.StartsWith("1. Fees\n   fees.md\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is a plain folder", "search", "late", "--on", "2026-01-01")]
    [InlineData("is no date", "search", "late", "--on", "yesterday")]
    [InlineData("--top is a number", "search", "late", "--top", "0")]
    [InlineData("Give a query", "search")]
    [InlineData("Give a query", "search", "late", "--queries", "queries.tsv", "--run", "run.tsv")]
    [InlineData("Give a query", "search", "--queries", "queries.tsv")]
    [InlineData("missing.tsv", "search", "--queries", "missing.tsv", "--run", "run.tsv")]
    [InlineData("There is no folder", "search", "late", "--folder", "nowhere")]
    public async Task Search_WhatCannotBeDone_SaysWhy(string part, params string[] arguments)
    {
        var (exit, _, error) = await RunAsync(WithoutGit, [.. arguments, "--library", folder["rules"]]);

        Assert.NotEqual(0, exit);
        Assert.Contains(part, error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static Dictionary<string, string> WithoutGit => new(StringComparer.Ordinal) { ["PATH"] = "/nonexistent" };

    private Task<(int ExitCode, string Output, string Error)> RunAsync(Dictionary<string, string> environment, params string[] arguments) =>
        PolicyHubProcess.RunAsync(arguments, environment, folder.Path);

    [GeneratedRegex(@"\A4 queries, 2 with results: [0-9]+ queries per second, p50 [0-9.]+ ms, p99 [0-9.]+ ms\n\z", RegexOptions.None, 1000)]
    private static partial Regex Speed();
}
