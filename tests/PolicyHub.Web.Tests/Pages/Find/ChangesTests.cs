using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Pages.Find;

public sealed class ChangesTests
{
    [Theory]
    [InlineData("/changes")]
    [InlineData("/")]
    [InlineData("/docs/open")]
    public async Task Get_CommitThatAlsoWroteARestrictedFile_KeepsItsNoteBack(string asked)
    {
        using var repository = new TestRepository()
            .Commit("Settings", "library.yml", "name: Riverton\naccess:\n  hidden: leads\n")
            .Commit("Begin the open page", "open.md", "# Open\n\nFirst.\n")
            .Commit("Drop zanzibar.md and tell all", commit => commit
                .Write("open.md", "# Open\n\nSecond.\n")
                .Write("zanzibar.md", "---\ntitle: Zanzibar\naccess: leads\n---\nHidden.\n"))
            .Commit("Open another", "another.md", "# Another\n")
            .Flush();
        await using var site = await RunningSite.StartAsync(null, ("PolicyHub:Library", repository.Folder));

        var page = await site.GetPageAsync(asked);

        Assert.DoesNotContain("zanzibar", page.Source.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(asked != "/docs/open", page.Body!.TextContent.Contains("Open another", StringComparison.Ordinal));
    }
}
