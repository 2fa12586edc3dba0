using FsCheck.Fluent;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests;

public sealed class LibraryPathTests
{
    [Theory]
    [InlineData("a.md")]
    [InlineData("policies/water/no-water.md")]
    [InlineData("-rf --help.md")]
    [InlineData("wei\"rd é.md")]
    [InlineData("a/...md")]
    public void TryParse_PathInside_IsTaken(string text) => Assert.Equal(text, LibraryPath.Parse(text).Value);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../x")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData(".git/config")]
    [InlineData("a/.GIT/hooks/x")]
    public void TryParse_PathThatCouldLeave_IsRefused(string? text) => Assert.False(LibraryPath.TryParse(text, out _));

    [Fact]
    public void Parts_OfAPath_AreNameFolderAndExtension()
    {
        var path = LibraryPath.Parse("policies/water/No-Water.MD");

        Assert.Equal(("No-Water.MD", "policies/water", ".md", "policies/water/No-Water"), (path.Name, path.Folder, path.Extension, path.WithoutExtension));
        Assert.True(path.IsDocument);
        Assert.False(LibraryPath.Parse(".github/x.md").IsDocument);
        Assert.False(LibraryPath.Parse("a/.hidden/x.md").IsDocument);
        Assert.Equal("", LibraryPath.Parse("a.md").Folder);
    }

    [Theory]
    [InlineData("b.md", "policies/water/b.md")]
    [InlineData("./b.md", "policies/water/b.md")]
    [InlineData("../waste/b.md", "policies/waste/b.md")]
    [InlineData("../../b.md", "b.md")]
    [InlineData("/b.md", "b.md")]
    public void TryResolve_LinkInside_IsThePathFromTheRoot(string link, string target)
    {
        Assert.True(LibraryPath.Parse("policies/water/a.md").TryResolve(link, out var resolved));
        Assert.Equal(target, resolved.Value);
    }

    [Theory]
    [InlineData("../../../b.md")]
    [InlineData("/../b.md")]
    [InlineData("../../.git/config")]
    [InlineData("../..")]
    [InlineData("b\\c.md")]
    public void TryResolve_LinkThatLeaves_IsRefused(string link) => Assert.False(LibraryPath.Parse("policies/water/a.md").TryResolve(link, out _));

    [Fact]
    public void TryResolve_AnyLink_StaysInside()
    {
        var links = Gen.Elements("..", ".", "/", "a", "b.md", "\\", "%2e", "", ".git", "\n", "//").ListOf().Select(string.Concat);

        Seeded.Check(links, link => !LibraryPath.Parse("x/y.md").TryResolve(link, out var path)
                || (LibraryPath.TryParse(path.Value, out _) && !path.Value.Split('/').Contains("..") && path.Value[0] != '/'), 1000);
    }
}
