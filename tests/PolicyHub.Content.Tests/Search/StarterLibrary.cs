using System.Collections.Immutable;
using PolicyHub.Content.Checking;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

/// <summary>The library that a new install imports, read from its files and indexed as an edition would.</summary>
internal sealed class StarterLibrary
{
    private static readonly Lazy<StarterLibrary> Shared = new(() => new StarterLibrary(FindFolder()));

    public StarterLibrary(string folder)
    {
        var settings = SettingsReader.Read(File.ReadAllBytes(Path.Combine(folder, "library.yml"))).Settings;
        var renderer = new DocumentRenderer(settings.Words);
        Documents =
        [
            .. Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories)
                .Select(file => LibraryPath.Parse(Path.GetRelativePath(folder, file).Replace('\\', '/')))
                .Where(path => path.IsDocument && !path.Value.Contains("README", StringComparison.Ordinal))
                .Select(path => DocumentReader.Read(path, File.ReadAllBytes(Path.Combine(folder, path.Value)), settings).Document)
                .OfType<Document>()
                .Select(document => new SearchableDocument
                {
                    Key = document.Path.Value,
                    Document = document,
                    Access = document.Access.Length > 0 ? document.Access : settings.AccessOf(document.Path),
                    Sections = renderer.Render(document).Sections,
                }),
        ];
        Synonyms = SynonymsReader.Read(File.ReadAllText(Path.Combine(folder, "synonyms.yml"))).Synonyms;
        Index = SearchIndex.Build(Documents, settings.Language, synonyms: Synonyms);
        Contracts = ContractsReader.Read(File.ReadAllBytes(Path.Combine(folder, ContractsReader.FileName))).Contracts;
    }

    public static StarterLibrary Instance => Shared.Value;

    public List<SearchableDocument> Documents { get; }

    public SynonymSet Synonyms { get; }

    public SearchIndex Index { get; }

    public ImmutableArray<Contract> Contracts { get; }

    /// <summary>The place of the document that a contract wants, from 1; 0 when it is not among the first 30.</summary>
    public int PlaceOf(string ask, string find, Ranking? ranking = null)
    {
        var index = ranking is null ? Index : SearchIndex.Build(Documents, "en", null, Synonyms, ranking);
        return 1 + index.Search(new SearchQuery { Text = ask, Limit = 30 }, Reader.Anyone).Hits.ToList()
            .FindIndex(hit => hit.Document.Document.Path.Value.Equals(find, StringComparison.Ordinal) || find.Equals(hit.Document.Document.Id, StringComparison.Ordinal));
    }

    public static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PolicyHub.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("PolicyHub.sln is not above the tests."), "content");
    }
}
