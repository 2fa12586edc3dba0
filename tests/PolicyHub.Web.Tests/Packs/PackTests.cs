using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Testing;
using PolicyHub.Web.CommandLine;
using PolicyHub.Web.Packs;

namespace PolicyHub.Web.Tests.Packs;

/// <summary>The folder for the hour when the network is down: all that is in effect, nothing else, whole, and never half written.</summary>
public sealed class PackTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Pack_FromTheCommandLine_HoldsWhatIsInEffectAndEveryLinkLeadsSomewhere()
    {
        using var repository = Library();
        using var folder = new TemporaryFolder();
        var (output, error) = (new StringWriter(), new StringWriter());
        var pack = folder["pack"];

        Assert.Equal(0, await PolicyHubCommand.RunAsync(["pack", "-o", pack, "--library", repository.Folder, "--data", folder["data"], "--days", "3"], output, error));

        Assert.Equal("", error.ToString());
        Assert.Contains("index.html", output.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(pack, "docs/fees.html")));
        Assert.True(File.Exists(Path.Combine(pack, "docs/desks/billing.html")));
        Assert.Equal("picture", await File.ReadAllTextAsync(Path.Combine(pack, "files/files/form.png"), TestContext.Current.CancellationToken));
        var pages = Directory.GetFiles(pack, "*.html", SearchOption.AllDirectories);
        foreach (var file in pages)
        {
            var page = await new HtmlParser().ParseDocumentAsync(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
            Assert.Contains("Do not use after", page.QuerySelector(".pack-stamp")!.TextContent, StringComparison.Ordinal);
            foreach (var address in page.QuerySelectorAll("[href], [src]").Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!))
            {
                if (address.Contains(':', StringComparison.Ordinal))
                {
                    continue;
                }

                var target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, Uri.UnescapeDataString(address.Split('#')[0])));
                Assert.True(address.StartsWith('#') || File.Exists(target), $"{file} leads to {address}, which is not there.");
                Assert.StartsWith(pack, target, StringComparison.Ordinal);
            }
        }

        var everything = string.Concat(Directory.GetFiles(pack, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.DoesNotContain("Secret pay", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("Nine dollars", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("Twenty dollars", everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pack_TextThatChangesSooner_IsToBeUsedOnlyUntilThen()
    {
        using var repository = Library();
        repository.Commit("Soon", commit => commit.At("2026-05-01 00:00").Write("fees.md", "---\nid: FE-001\neffective: 2026-06-03\n---\n# Late fees\n\nThirty dollars.\n")).Flush();
        using var folder = new TemporaryFolder();
        await using var site = await RunningSite.StartAsync(new TestClock(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero)), ("PolicyHub:Library", repository.Folder));

        await site.Services.GetRequiredService<SitePack>().WriteAsync(folder["pack"], 7, TestContext.Current.CancellationToken);

        Assert.Contains("Do not use after 3 Jun 2026", await File.ReadAllTextAsync(folder["pack/docs/fees.html"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("Do not use after 8 Jun 2026", await File.ReadAllTextAsync(folder["pack/index.html"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pack_AfterAWriterThatWasStoppedBetweenTwoRenames_PutsTheOldOneBackFirst()
    {
        using var repository = Library();
        using var folder = new TemporaryFolder();
        await using var site = await RunningSite.StartAsync(null, ("PolicyHub:Library", repository.Folder));
        var pack = site.Services.GetRequiredService<SitePack>();
        await pack.WriteAsync(folder["pack"], 7, TestContext.Current.CancellationToken);
        Directory.Move(folder["pack"], folder["pack.old"]);

        await pack.WriteAsync(folder["pack"], 7, TestContext.Current.CancellationToken);

        Assert.True(File.Exists(folder["pack/index.html"]));
        Assert.False(Directory.Exists(folder["pack.old"]));
    }

    [Fact]
    public async Task Pack_IntoAFolderThatHoldsSomethingElse_IsRefusedAndTouchesNothing()
    {
        using var repository = Library();
        using var folder = new TemporaryFolder();
        folder.Write("theirs/letter.txt", "Dear Ann");
        var error = new StringWriter();

        Assert.Equal(1, await PolicyHubCommand.RunAsync(["pack", "-o", folder["theirs"], "--library", repository.Folder, "--data", folder["data"]], new StringWriter(), error));

        Assert.Contains("holds something else than a pack", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["letter.txt"], Directory.GetFileSystemEntries(folder["theirs"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Pack_AtOneInstant_HasTheSameBytes()
    {
        using var repository = Library();
        using var folder = new TemporaryFolder();
        await using var site = await RunningSite.StartAsync(new TestClock(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero)), ("PolicyHub:Library", repository.Folder));
        var pack = site.Services.GetRequiredService<SitePack>();

        await pack.WriteAsync(folder["one"], 7, TestContext.Current.CancellationToken);
        await pack.WriteAsync(folder["two"], 7, TestContext.Current.CancellationToken);
        await pack.WriteAsync(folder["two"], 7, TestContext.Current.CancellationToken);

        Assert.Equal(Texts(folder["one"]), Texts(folder["two"]));
    }

    [Fact]
    public async Task Schedule_WritesAndWhereItCannotSaysSo()
    {
        using var repository = Library();
        using var folder = new TemporaryFolder();
        await using (await RunningSite.StartAsync(null, ("PolicyHub:Library", repository.Folder), ("PolicyHub:Pack:Folder", folder["share"])))
        {
            for (var waited = 0; waited < 300 && !File.Exists(Path.Combine(folder["share"], "index.html")); waited++)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }

            Assert.True(File.Exists(Path.Combine(folder["share"], "index.html")));
        }

        folder.Write("theirs/letter.txt", "Dear Ann");
        await using var site = await RunningSite.StartAsync(null, ("PolicyHub:Library", repository.Folder), ("PolicyHub:Pack:Folder", folder["theirs"]));
        await site.UntilAsync("/problems", page => page.Contains("could not be written", StringComparison.Ordinal), Patience);
        await site.UntilAsync("/health/ready", text => !RunningSite.IsWell(text), Patience);
    }

    private static List<string> Texts(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => Path.GetRelativePath(folder, file) + File.ReadAllText(file))];

    private static TestRepository Library() => new TestRepository()
        .Commit("Before", commit => commit.At("2026-01-02 00:00").Write("fees.md", "# Late fees\n\nNine dollars.\n"))
        .Commit("All", commit => commit.At("2026-01-03 00:00")
            .Write("library.yml", "name: City of Riverton\naccess: { hr: hr }\nkinds: { desks: desk }\n")
            .Write("fees.md", "---\nid: FE-001\ntags: [a b, c/d]\n---\n# Late fees\n\nTen dollars. [Dogs](a%20b/dogs%20%C3%A9.md#bites) ![form](files/form.png) [web](https://example.org/)\n")
            .Write("a b/dogs é.md", "# Dogs\n\n## Bites\n\nSee [fees](../fees.md).\n")
            .Write("desks/billing.md", "---\ntitle: Billing\nphone: 555-0111\nhandles: [late fees]\n---\nDesk.\n")
            .Write("hr/pay.md", "# Secret pay\n")
            .Write("files/form.png", "picture"))
        .Commit("Later", commit => commit.At("2026-01-04 00:00").Write("coming.md", "---\neffective: 2090-01-01\n---\n# Coming\n\nTwenty dollars.\n"))
        .Flush();
}
