using System.Collections.Immutable;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Problems;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Editions;

/// <summary>Search contracts over the editions to come.</summary>
public sealed class ContractForecastTests
{
    private const string Contracts = "- { ask: late fee, find: fees.md, top: 1, owner: lead }\n- { ask: carts, find: carts.md, top: 1, owner: lead }\n- { ask: zeppelin, find: carts.md, top: 1, owner: lead }\n";

    [Fact]
    public async Task Run_ContractsThatBreakLater_AreToldOnceWithTheirDay()
    {
        using var repository = new TestRepository()
            .Commit("All", commit => commit.At("2026-01-02 00:00")
                .Write("library.yml", "timezone: America/Chicago\n")
                .Write("fees.md", "# Late fees\n\nTen dollars.\n")
                .Write("carts.md", "---\ntitle: Carts\nrescinded: 2026-05-01\nreason: No carts.\n---\nOut by seven.\n")
                .Write("search-contracts.yml", Contracts))
            .Commit("Plan", commit => commit.At("2026-01-03 00:00").Write("fees.md", "---\ntitle: Charges\neffective: 2026-03-01\n---\nTwelve dollars.\n"))
            .Commit("Plan more", commit => commit.At("2026-01-04 00:00").Write("other.md", "---\ntitle: Late fee\neffective: 2026-06-01\n---\nText.\n"));
        using var editions = await TestEdition.OpenAsync(repository);

        var found = new List<ImmutableArray<Problem>>();
        await foreach (var problems in ContractForecast.RunAsync(await editions.AtAsync("2026-02-01T00:00Z"), editions.Blobs, TestContext.Current.CancellationToken))
        {
            found.Add(problems);
        }

        Assert.Equal(
            ["contract-broken 3", "contract-broken 1 From 1 March 2026 on: ", "unknown-document 2 From 1 May 2026 on: ", ""],
            found.Select(problems => string.Concat(problems.Select(Short))));
    }

    private static string Short(Problem problem) =>
        $"{problem.Code} {problem.Position.Line}" + (problem.Sentence.StartsWith("From ", StringComparison.Ordinal) ? " " + problem.Sentence[..(problem.Sentence.IndexOf(':', StringComparison.Ordinal) + 2)] : "");
}
