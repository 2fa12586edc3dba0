using System.Collections.Frozen;
using System.Collections.Immutable;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Editions;

/// <summary>
/// Makes, of an edition, the one that is for everybody: public documents alone, with what is for staff taken out of their sources before any of
/// them is rendered, indexed or counted. Whatever is asked of it can only be answered from that. It holds no history.
/// </summary>
internal sealed class PublicEdition
{
    /// <summary>What an address may leave out of the name of a page.</summary>
    private static readonly string[] PageNames = [".md", ".markdown", "/index.md", "/index.markdown", "/README.md", "/README.markdown"];

    private readonly Edition whole;
    private readonly ImmutableArray<EditionDocument> all;
    private readonly FrozenDictionary<LibraryPath, EditionDocument> byPath;
    private readonly FrozenDictionary<string, EditionDocument> redirects;

    private PublicEdition(Edition whole)
    {
        this.whole = whole;
        var shown = whole.All.Where(document => document.IsPublic).ToImmutableArray();
        var form = new PublicForm(shown, whole.Settings, MayShowFile);
        var renderer = new DocumentRenderer(whole.Settings.Words, Leads);
        all = [.. shown.Select(document => PublicDocument(document, form.Of(document.Document, ShowsOf(document)), renderer))];
        byPath = all.ToFrozenDictionary(document => document.Path);
        redirects = RedirectsOf(shown);
    }

    public static Edition Of(Edition whole)
    {
        var form = new PublicEdition(whole);
        var settings = form.SettingsOf();
        return new Edition(form.BuildIndex, [])
        {
            IsPublic = true,
            Point = whole.Point,
            Today = whole.Today?.ForPublic,
            Catalogue = new LibraryCatalogue
            {
                Head = whole.Catalogue.Head,
                HeadPublished = whole.Catalogue.HeadPublished,
                CommitCount = 0,
                Documents = [],
                Files = FrozenDictionary<LibraryPath, ImmutableArray<FileVersion>>.Empty,
            },
            Settings = settings,
            IsPreview = whole.IsPreview,
            All = form.all,
            ByPath = form.byPath,
            ById = EditionMaps.ById(form.all),
            Redirects = form.redirects,
            Desks = EditionMaps.Desks(form.all),
            PublicFiles = new(form.FilesShown),
        };
    }

    /// <summary>What the text and, on another day, the document as it stands today both say may be shown.</summary>
    private IEnumerable<string> ShowsOf(EditionDocument document) => whole.Today is null
        ? document.Document.PublicShows
        : document.Document.PublicShows.Intersect(
            whole.Today.ByPath.GetValueOrDefault(document.History.Path) is { } there && ReferenceEquals(there.History, document.History) ? there.Document.PublicShows : []);

    /// <summary>The document in its public form, with a history of this one version in which nobody is named and nothing is told.</summary>
    private static EditionDocument PublicDocument(EditionDocument document, Document text, DocumentRenderer renderer)
    {
        var commit = document.Version.Commit;
        var nameless = new PublishedCommit(commit.Id, "", "", commit.Published, commit.Published, "", "", []);
        var version = document.Version with { Commit = nameless, Path = document.Path, Title = text.Title };
        return new EditionDocument(new Lazy<RenderedBody>(() => renderer.Render(text)))
        {
            Path = document.Path,
            // What is shown is rendered; the source also names what its links lead to.
            Document = text with { Body = "" },
            Length = text.Body.Length,
            History = new DocumentHistory { Id = text.Id, Versions = [version], Paths = [new PathSpan(document.Path, commit.Published, nameless)] },
            Version = version,
            InEffectSince = document.InEffectSince,
            Access = document.Access,
            RescindedAt = document.RescindedAt,
        };
    }

    /// <summary>Without names of people, groups and rules, and without the areas in which nothing is public.</summary>
    private LibrarySettings SettingsOf() => whole.Settings with
    {
        Kinds = [],
        Access = [],
        Groups = ImmutableDictionary<string, string>.Empty,
        Audiences = ImmutableDictionary<string, string>.Empty,
        Positions = whole.Settings.Positions
            .Where(position => all.Any(document => document.Document.Owners.Contains(position.Key)))
            .ToImmutableDictionary(position => position.Key, position => position.Value with { HeldBy = [] }),
        Areas = [.. whole.Settings.Areas.Where(area => all.Any(document => area.Key.Length == 0 || document.Path.Value.StartsWith(area.Key + "/", StringComparison.Ordinal)))],
        Emergency = whole.Settings.Emergency is { } emergency && byPath.ContainsKey(emergency) ? emergency : null,
        WrittenAt = FieldPositions.None,
    };

    /// <summary>Old addresses of public documents; not those at which another stands, nor those in a folder that is closed today.</summary>
    private FrozenDictionary<string, EditionDocument> RedirectsOf(ImmutableArray<EditionDocument> shown)
    {
        var today = (whole.Today ?? whole).Settings;
        var old = EditionMaps.RedirectsOf(shown, whole.ByPath);
        var closed = shown.SelectMany(document => document.History.Paths)
            .Where(span => !Reader.IsOpen(today.AccessOf(span.Path)) || !Reader.IsOpen(whole.Settings.AccessOf(span.Path)))
            .Select(span => span.Path.WithoutExtension).ToHashSet(StringComparer.Ordinal);
        return old.Where(pair => !closed.Contains(pair.Key)).ToFrozenDictionary(pair => pair.Key, pair => byPath[pair.Value.Path], StringComparer.Ordinal);
    }

    /// <summary>Whether a link of a public document leads to something that is public as well.</summary>
    private bool Leads(LibraryPath target) =>
        byPath.ContainsKey(target)
        || redirects.ContainsKey(target.WithoutExtension)
        || PageNames.Select(name => target.Value.TrimEnd('/') + name).Any(path => LibraryPath.TryParse(path, out var page) && byPath.ContainsKey(page))
        || MayShowFile(target);

    /// <summary>Whether a file may be shown where a public document links to it: no folder's rule closes it, and it steers nothing.</summary>
    private bool MayShowFile(LibraryPath path) =>
        !path.IsDocument && whole.Files.ContainsKey(path) && !Edition.Steers(path) && !whole.IsRestricted(path, Reader.Anyone);

    /// <summary>What public documents link to or show, in their body or as the file of a form.</summary>
    private FrozenDictionary<LibraryPath, BlobId> FilesShown() =>
        all.SelectMany(document => document.Rendered.Links.Select(link => link.Target).OfType<LibraryPath>().Concat(PublicForm.FilesOf(document.Document)))
            .Distinct()
            .Where(MayShowFile)
            .ToFrozenDictionary(path => path, path => whole.Files[path]);

    private Search.SearchIndex BuildIndex(Edition edition)
    {
        Search.SearchableDocument[] documents = [.. edition.All.Select(document => document.Searchable)];
        var words = Search.SearchIndex.Build(documents, whole.Settings.Language, whole.PublicIndexBefore);
        return words.With(new Search.PublicSteering(whole.Index, words), whole.Synonyms, whole.PinsNow, documents);
    }
}
