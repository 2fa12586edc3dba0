using System.Text;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Tests.Catalogue;

/// <summary>A catalogue as text, every field of it, so that two can be compared and a test can show what it expects.</summary>
internal static class CatalogueText
{
    public static string Of(LibraryCatalogue catalogue)
    {
        var text = new StringBuilder();
        text.Append(catalogue.Head).Append(' ').Append(catalogue.HeadPublished.ToString("O")).Append(' ').Append(catalogue.CommitCount).Append('\n');
        foreach (var document in catalogue.Documents)
        {
            text.Append("document ").Append(document.Id).Append('\n');
            foreach (var version in document.Versions)
            {
                text.Append("  ").Append(version.Label).Append(' ').Append(version.Blob?.Hex).Append(' ').Append(version.Path).Append(' ')
                    .Append(version.Effective).Append(' ').Append(version.Rescinded).Append(' ').Append(Of(version.Commit)).Append('\n');
            }

            foreach (var span in document.Paths)
            {
                text.Append("  at ").Append(span.Path).Append(' ').Append(span.Since.ToString("O")).Append(' ').Append(span.Commit.Id).Append('\n');
            }
        }

        foreach (var (path, versions) in catalogue.Files.OrderBy(file => file.Key))
        {
            text.Append("file ").Append(path).Append('\n');
            foreach (var version in versions)
            {
                text.Append("  ").Append(version.Blob?.Hex).Append(' ').Append(version.Effective).Append(' ').Append(Of(version.Commit)).Append('\n');
            }
        }

        foreach (var problem in catalogue.Problems)
        {
            text.Append(problem).Append('\n');
        }

        if (catalogue.HeldBack is { } held)
        {
            text.Append("held after ").Append(held.After).Append(": ").AppendJoin(' ', held.Commits.Select(Of)).Append('\n');
            foreach (var path in held.Paths.Values)
            {
                text.Append("  ").Append(path.Path).Append(' ').Append(path.Blob?.Hex).Append(' ').Append(path.From).Append(' ').AppendJoin(' ', path.Commits.Select(commit => commit.Id)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary><c>1 2 2.1 -</c>: the labels, a dash after one that deleted.</summary>
    public static string Labels(DocumentHistory document) =>
        string.Join(' ', document.Versions.Select(version => $"{version.Label}{(version.Blob is null ? "-" : "")}"));

    public static string Paths(DocumentHistory document) => string.Join(' ', document.Paths.Select(span => span.Path.Value));

    private static string Of(PublishedCommit commit) =>
        $"{commit.Id} {commit.Author} {commit.AuthorMail} {commit.Authored:O} {commit.Published:O} {commit.Subject}|{commit.Body}|{string.Join(';', commit.Trailers)}";
}

/// <summary>Shorthands for tests that build catalogues of a <see cref="Testing.TestRepository"/>.</summary>
internal static class CatalogueTestExtensions
{
    public static readonly DateTimeOffset Now = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Utc(int year, int month, int day, int hour) => new(year, month, day, hour, 0, 0, TimeSpan.Zero);

    public static Task<LibraryRepository> OpenAsync(this Testing.TestRepository repository, string? folder = null, string? branch = null) =>
        LibrarySource.OpenAsync(
            new LibraryLocation { DataFolder = repository.Beside("data"), Library = repository.Flush().Folder, Folder = folder, Branch = branch },
            GitSettings.Default,
            CancellationToken.None);

    public static async Task<LibraryCatalogue> BuildAsync(this Testing.TestRepository repository, LibraryCatalogue? previous = null, string? folder = null)
    {
        using var library = await repository.OpenAsync(folder);
        var result = await CatalogueBuilder.BuildAsync(library, repository.Head(), previous, Now, CancellationToken.None);
        return Assert.IsType<CatalogueResult.Built>(result).Catalogue;
    }
}
