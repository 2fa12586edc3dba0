using System.Text.RegularExpressions;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.Tests.Architecture;

/// <summary>The tests that the records of decisions point to are there, under the names that they give.</summary>
public sealed partial class DecisionTests
{
    [Theory]
    [InlineData("0007-threat-model.md", 30)]
    [InlineData("0008-asvs.md", 25)]
    public void Tests_NamedInADecision_AreThere(string file, int least)
    {
        var text = File.ReadAllText(Path.Combine(HubFolders.Root, "src", "decisions", file));
        var named = NamedTest().Matches(text).Select(match => (Class: match.Groups["class"].Value, Method: match.Groups["method"].Value)).Distinct().ToList();
        var sources = Directory.EnumerateFiles(Path.Combine(HubFolders.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText).ToList();

        Assert.True(named.Count >= least, $"{named.Count} tests are named.");
        Assert.All(named, test => Assert.True(
            sources.Any(source => source.Contains($"class {test.Class}", StringComparison.Ordinal) && source.Contains($" {test.Method}(", StringComparison.Ordinal)), $"{test.Class}.{test.Method}"));
    }

    [Fact]
    public void Requirements_OfTheChaptersAssessed_EachHaveOneState()
    {
        var rows = File.ReadLines(Path.Combine(HubFolders.Root, "src", "decisions", "0008-asvs.md")).Where(line => line.Length > 2 && line.StartsWith("| ", StringComparison.Ordinal) && char.IsAsciiDigit(line[2]))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToList();

        Assert.True(rows.Count > 90, $"{rows.Count} rows");
        Assert.Equal(rows.Count, rows.Select(cells => cells[1]).Distinct().Count());
        Assert.All(rows, cells => Assert.Contains(cells[3], new[] { "met", "not met", "not yet", "n/a" }));
    }

    [GeneratedRegex(@"`(?<class>[A-Z]\w+(Tests|Properties))\.(?<method>\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedTest();
}
