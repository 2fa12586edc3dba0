using System.Text;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.CommandLine;

/// <summary>The commands of <c>VERIFY.md</c>, as an auditor pastes them: a shell that finds git and sha256sum, and nothing else.</summary>
public sealed class VerifyTextTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("sha1", "")]
    [InlineData("sha256", "")]
    [InlineData("sha1", "docs/hand book/")]
    public async Task Commands_OnAPackAsItWasMade_ProveIt(string format, string inside)
    {
        using var library = new EvidenceLibrary(format, inside);

        var output = Run(await library.PackAsync("--on", "2026-03-14"), library.Repository.Folder);

        Assert.Equal(
            "sums: all right\nobjects: all right\nproved: documents/desks/billing.md\nproved: documents/policies/late-fees.md\nproved: attachments/policies/scale.svg\ntexts: all right\npublished line: all right\n",
            output);
    }

    [Fact]
    public async Task Commands_WhereTreesWereLeftOut_SaySoAndTheCopyProvesIt()
    {
        using var library = new EvidenceLibrary(inside: "docs/");
        library.Repository.Commit("Beside", commit => commit.At("2026-03-02 15:00").Write("zanzibar/budget.txt", "secret").Write("docs/policies/late-fees.md", EvidenceLibrary.LateFees)).Flush();

        var output = Run(await library.PackAsync("UB-014", "--version", "4"), library.Repository.Folder);

        Assert.Contains("not in this pack: documents/policies/late-fees.md\n", output, StringComparison.Ordinal);
        Assert.EndsWith("texts: all right\npublished line: all right\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", false, "documents/policies/late-fees.md: FAILED")]
    [InlineData("text", true, "NOT THE TEXT OF THE COMMIT: documents/policies/late-fees.md")]
    [InlineData("object", true, "NOT WHAT ITS NAME SAYS: objects/")]
    [InlineData("tree", true, "NOT PROVED: documents/policies/late-fees.md")]
    [InlineData("row", true, "NOT PROVED: documents/policies/late-fees.md")]
    [InlineData("copy", true, "THE COPY DOES NOT HOLD THE HEAD")]
    public async Task Commands_OnATamperedPack_SaySo(string how, bool sums, string line)
    {
        using var library = new EvidenceLibrary();
        using var other = new TestRepository().Commit("Other", "a.md", "# A\n").Flush();
        var files = EvidenceLibrary.Read(await library.PackAsync("UB-014", "--on", "2026-03-14"));
        var tree = files.Keys.First(key => key.EndsWith(".tree", StringComparison.Ordinal));
        switch (how)
        {
            case "text":
                files["documents/policies/late-fees.md"] = "# Forged\n"u8.ToArray();
                break;
            case "object":
                var blob = files.Keys.First(key => key.EndsWith(".blob", StringComparison.Ordinal));
                files[blob] = "# Forged\n"u8.ToArray();
                break;
            case "tree":
                files.Remove(tree);
                break;
            case "row":
                var old = library.Repository.Git("rev-parse", "main").Trim();
                files["proof.tsv"] = Encoding.UTF8.GetBytes(EvidenceLibrary.Text(files, "proof.tsv").Replace(library.Repository.Git("rev-parse", "main~1").Trim(), old, StringComparison.Ordinal));
                break;
            default:
                break;
        }

        var output = Run(library.Write(files, sums), how == "copy" ? other.Folder : library.Repository.Folder);

        Assert.Contains(line, output, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private string Run(string file, string copy) => VerifyShell.Run(file, copy, folder);
}
