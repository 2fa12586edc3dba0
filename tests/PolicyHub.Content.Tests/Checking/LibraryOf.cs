using System.Collections.Immutable;
using System.Text;
using PolicyHub.Content.Checking;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Problems;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Checking;

/// <summary>A library written as a literal, read and rendered as it would be from disk, and checked.</summary>
internal sealed class LibraryOf
{
    private readonly Dictionary<string, byte[]> files = new(StringComparer.Ordinal);

    public DateOnly Today { get; init; } = new(2026, 11, 23);

    public ImmutableHashSet<string> KnownBefore { get; init; } = [];

    public LibraryOf With(string path, string text)
    {
        files[path] = Encoding.UTF8.GetBytes(text);
        return this;
    }

    public LibraryOf WithSize(string path, int bytes)
    {
        files[path] = [.. Enumerable.Repeat((byte)' ', bytes)];
        return this;
    }

    public ImmutableArray<Problem> Check()
    {
        var (settings, found) = files.TryGetValue(SettingsReader.FileName, out var yaml) ? SettingsReader.Read(yaml) : (LibrarySettings.Default, []);
        var renderer = new DocumentRenderer(settings.Words);
        var documents = ImmutableArray.CreateBuilder<CheckedDocument>();
        foreach (var (path, bytes) in files.Select(file => (LibraryPath.Parse(file.Key), file.Value)).Where(file => file.Item1.IsDocument))
        {
            var read = DocumentReader.Read(path, bytes, settings);
            if (read.Document is { } document)
            {
                documents.Add(new CheckedDocument(document, renderer.Render(document), read.Problems));
            }
            else
            {
                found = found.AddRange(read.Problems);
            }
        }

        var contracts = ContractsReader.Read(files.GetValueOrDefault(ContractsReader.FileName, []));
        var pins = PinsReader.Read(files.GetValueOrDefault(PinsReader.FileName, []));
        var library = new LibraryUnderCheck
        {
            Documents = documents.ToImmutable(),
            Settings = settings,
            Files = files.ToDictionary(file => LibraryPath.Parse(file.Key), file => (long)file.Value.Length),
            Contracts = contracts.Contracts,
            Pins = pins.Pins,
            FoundBefore = found.AddRange(contracts.Problems).AddRange(pins.Problems),
            KnownBefore = KnownBefore,
            Today = Today,
        };
        var index = SearchIndex.Build([.. library.Documents.Select(document => Searchable(document, settings))], settings.Language, pins: pins.Pins);
        return LibraryCheck.InOrder(LibraryCheck.Run(library)
            .Concat(LibraryCheck.RunContracts(library, query => index.Search(query, Reader.Anyone), threads: 2, CancellationToken.None)));
    }

    private static SearchableDocument Searchable(CheckedDocument document, LibrarySettings settings) => new()
    {
        Key = document.File,
        Document = document.Document,
        Access = document.Document.Access.Length > 0 ? document.Document.Access : settings.AccessOf(document.Document.Path),
        Sections = document.Rendered.Sections,
    };

    /// <summary>The one problem of a library, as <c>code file:line:column</c>.</summary>
    public string Only() => Where(Assert.Single(Check()));

    public static string Where(Problem problem) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{problem.Code} {problem.File}:{problem.Position.Line}:{problem.Position.Column}");
}
