using System.Text.RegularExpressions;
using PolicyHub.Content.Documents;

namespace PolicyHub.Web.Tests;

/// <summary>Every word on screen stands in the one file.</summary>
public sealed partial class WordTests
{
    private static string Source { get; } = Path.Combine(Root(), "src");

    [Fact]
    public void Words_EveryKeyAskedFor_StandsInTheFile()
    {
        var asked = Keys().ToList();

        Assert.True(asked.Count > 100, "The pattern finds too few keys to say anything.");
        Assert.Empty(asked.Where(key => !Words.English.Keys.Contains(key)).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void Words_EveryKind_HasItsWords() => Assert.All(
        DocumentKinds.All,
        kind => Assert.All(["", ".many", ".lead"], suffix => Assert.Contains($"kind.{kind.Slug()}{suffix}", Words.English.Keys)));

    [Fact]
    public void Words_PagesWithoutThem_AreNone()
    {
        var bare = Directory.EnumerateFiles(Path.Combine(Source, "PolicyHub.Web", "Pages"), "*.cshtml", SearchOption.AllDirectories)
            .SelectMany(file => BareText().Matches(RazorCode().Replace(File.ReadAllText(file), "")).Select(match => $"{Path.GetFileName(file)}: {match.Value}"));

        Assert.Empty(bare);
    }

    private static IEnumerable<string> Keys() => Directory.EnumerateFiles(Path.Combine(Source, "PolicyHub.Web"), "*.cs*", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .SelectMany(file => AskedKey().Matches(File.ReadAllText(file)).Select(match => match.Groups["key"].Value));

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PolicyHub.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("PolicyHub.sln is not above the tests.");
    }

    [GeneratedRegex("""[vV]isit(\[|\.Format\(\s*|\.Words\[)"(?<key>[a-z0-9.-]*[a-z0-9])"|words\["(?<key>[a-z0-9.-]*[a-z0-9])"\]""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex AskedKey();

    /// <summary>Words of a language between two tags.</summary>
    [GeneratedRegex(@">\s*[A-Za-z][a-z]{3,}( [a-z]+)+[^<>{}@]*<", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex BareText();

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 10_000)]
    private static partial Regex RazorCode();
}
