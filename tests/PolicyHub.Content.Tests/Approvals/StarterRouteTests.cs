using PolicyHub.Content.Approvals;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Tests.Approvals;

/// <summary>The starter library's own rules: every document of it can be approved by positions that exist.</summary>
public sealed class StarterRouteTests
{
    [Fact]
    public void Of_EveryDocumentOfTheStarterLibrary_NamesPositionsThatAreHeld()
    {
        var root = Root();
        var (settings, problems) = SettingsReader.Read(File.ReadAllBytes(Path.Combine(root, "library.yml")));
        Assert.Empty(problems);
        var files = Directory.EnumerateFiles(root, "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(path => !path.StartsWith('.') && LibraryPath.TryParse(path, out _))
            .Select(LibraryPath.Parse)
            .ToList();
        Assert.InRange(files.Count, 100, 10_000);

        foreach (var path in files)
        {
            var document = DocumentReader.Read(path, File.ReadAllBytes(Path.Combine(root, path.Value)), settings).Document;
            var route = ApprovalRoute.Of([new RoutedPath(path, document, document)], settings);

            Assert.True(route.WithoutApprover.IsEmpty, path.Value);
            Assert.All(route.Steps.SelectMany(step => step.Positions), position => Assert.NotEmpty(settings.Positions[position].HeldBy));
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PolicyHub.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("PolicyHub.sln is not above the tests.");
        }

        return Path.Combine(folder.FullName, "content");
    }
}
