using System.Collections.Immutable;
using PolicyHub.Content.Checking;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Problems;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Search;

namespace PolicyHub.Content.Editing;

/// <summary>
/// What a change would make wrong: the rules of <c>policyhub check</c> over the library with the proposed files in their places, less what was wrong before. Whatever was not
/// proposed is taken from the edition as it is, read and rendered. A text for a later day is checked as if that day were today. Keep one for as long as its edition is served;
/// safe for use by many threads.
/// </summary>
public sealed class ProposedCheck
{
    private readonly Edition edition;
    private readonly LibraryUnderCheck standing;
    private readonly DocumentRenderer renderer;
    private readonly Lazy<ImmutableArray<Problem>> contractsBefore;

    public ProposedCheck(Edition edition)
    {
        ArgumentNullException.ThrowIfNull(edition);
        this.edition = edition;
        standing = edition.UnderCheck();
        renderer = new DocumentRenderer(edition.Settings.Words);
        contractsBefore = new(() => edition.RunContracts(threads: 1, CancellationToken.None));
    }

    /// <summary>All that is found without searching; fast enough for every pause in typing.</summary>
    /// <param name="reader">Told of nothing that they may not see.</param>
    public ProposedFindings Run(IReadOnlyList<ProposedFile> files, Reader reader)
    {
        ArgumentNullException.ThrowIfNull(files);
        var (library, unread) = Put(files);
        var after = LibraryCheck.Run(library).Concat(unread).Concat(UsedBefore(files, library));
        return Findings(files, edition.Problems, after, reader);
    }

    /// <summary>
    /// The search contracts that the change would break; each names what stands where its document should. It makes an index and searches it, so it is for sending, not for typing.
    /// </summary>
    /// <param name="threads">How many contracts are asked at once.</param>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public ProposedFindings RunContracts(IReadOnlyList<ProposedFile> files, Reader reader, int threads, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(files);
        var (library, _) = Put(files);
        var steering = files.FirstOrDefault(file => file.Path.Value == SynonymsReader.FileName);
        var synonyms = steering is null ? edition.Synonyms : SynonymsReader.Read(FrontMatter.Decode(steering.Text ?? []) ?? "").Synonyms;
        var index = SearchIndex.Build([.. library.Documents.Select(document => Searchable(document, library.Settings))], library.Settings.Language, edition.Index, synonyms, PinsNow(library));
        var after = LibraryCheck.RunContracts(library, query => index.Search(query, Reader.Anyone), threads, cancellation);
        return Findings(files, contractsBefore.Value, after, reader);
    }

    /// <summary>The search contracts that are broken in the library as it is: for a change that stands in it already.</summary>
    public ProposedFindings BrokenNow(Reader reader) => new(
        [.. contractsBefore.Value.Where(problem => edition.MayBeTold(problem, reader))], [], contractsBefore.Value.Any(problem => problem.Severity == Severity.Error && !edition.MayBeTold(problem, reader)));

    private (LibraryUnderCheck Library, ImmutableArray<Problem> Unread) Put(IReadOnlyList<ProposedFile> files)
    {
        var gone = files.Select(file => file.Path).Concat(files.Select(file => file.From).OfType<LibraryPath>()).ToHashSet();
        var sizes = standing.Files.Where(file => !gone.Contains(file.Key)).ToDictionary();
        var library = Steered(files);
        var (documents, unread) = (new List<CheckedDocument>(), ImmutableArray.CreateBuilder<Problem>());
        foreach (var file in files)
        {
            if (file.Text is not { } text)
            {
                continue;
            }

            sizes[file.Path] = text.Length;
            if (!file.Path.IsDocument)
            {
                continue;
            }

            var (document, problems) = DocumentReader.Read(file.Path, text, library.Settings);
            if (document is not null)
            {
                documents.Add(new CheckedDocument(document, renderer.Render(document), problems));
                continue;
            }

            // Others go on to find the last text that could be read.
            unread.AddRange(problems);
            if (edition.ByPath.GetValueOrDefault(file.From ?? file.Path) is { } before)
            {
                documents.Add(new CheckedDocument(before.Document with { Path = file.Path }, before.Rendered, []));
            }
        }

        return (library with { Documents = [.. standing.Documents.Where(document => !gone.Contains(document.Document.Path)), .. documents], Files = sizes }, unread.ToImmutable());
    }

    /// <summary>The library under those settings, pins and contracts that are proposed.</summary>
    private LibraryUnderCheck Steered(IReadOnlyList<ProposedFile> files)
    {
        var library = standing;
        foreach (var file in files)
        {
            var text = file.Text ?? [];
            ImmutableArray<Problem> found = [];
            switch (file.Path.Value)
            {
                case SettingsReader.FileName:
                    (var settings, found) = SettingsReader.Read(text);
                    library = library with { Settings = settings };
                    break;
                case ContractsReader.FileName:
                    (var contracts, found) = ContractsReader.Read(text);
                    library = library with { Contracts = contracts };
                    break;
                case PinsReader.FileName:
                    (var pins, found) = PinsReader.Read(text);
                    library = library with { Pins = pins };
                    break;
                case SynonymsReader.FileName:
                    found = SynonymsReader.Read(FrontMatter.Decode(text) ?? "").Problems;
                    break;
                default:
                    continue;
            }

            library = library with { FoundBefore = [.. library.FoundBefore.Where(problem => problem.File != file.Path.Value), .. found] };
        }

        // What could not be read before is told anew where it still can't.
        return library with { FoundBefore = [.. library.FoundBefore.Where(problem => problem.File.Length == 0 || files.All(file => !file.Path.IsDocument || file.Path.Value != problem.File))] };
    }

    /// <summary>A number that a document had which is another, be it long gone: numbers are never used again.</summary>
    private IEnumerable<Problem> UsedBefore(IReadOnlyList<ProposedFile> files, LibraryUnderCheck library) =>
        from file in files
        where file is { Text: not null, Path.IsDocument: true }
        let id = library.Documents.LastOrDefault(document => document.Document.Path == file.Path)?.Document.Id ?? ""

        // Of one that still stands the check itself tells.
        where id.Length > 0 && !edition.ById.ContainsKey(id)
        let other = edition.FindHistoryById(id, Reader.Auditor)
        where other is not null && !ReferenceEquals(other, edition.ByPath.GetValueOrDefault(file.From ?? file.Path)?.History) && other.Path != file.Path
        select ProblemCatalogue.IdOfAnother(file.Path.Value, id, other.Path.Value);

    private ProposedFindings Findings(IReadOnlyList<ProposedFile> files, ImmutableArray<Problem> before, IEnumerable<Problem> after, Reader reader)
    {
        var ours = files.Select(file => file.Path.Value).ToHashSet(StringComparer.Ordinal);
        var moved = files.Where(file => file.From is not null).ToDictionary(file => file.From!.Value.Value, file => file.Path.Value, StringComparer.Ordinal);

        // A problem may move within a file that changes; what it says is what tells it from another.
        var known = before.GroupBy(problem => (problem.Code, File: moved.GetValueOrDefault(problem.File, problem.File), problem.Sentence)).ToDictionary(group => group.Key, group => group.Count());
        var (added, kept, unseen) = (new List<Problem>(), new List<Problem>(), false);
        foreach (var problem in LibraryCheck.InOrder(after))
        {
            var key = (problem.Code, problem.File, problem.Sentence);
            var isOurs = ours.Contains(problem.File);
            if (known.GetValueOrDefault(key) is > 0 and var left)
            {
                known[key] = left - 1;
                if (isOurs)
                {
                    kept.Add(problem);
                }
            }
            else if (isOurs ? problem.Other.Length == 0 || edition.MayBeTold(problem with { File = "" }, reader) : edition.MayBeTold(problem, reader))
            {
                added.Add(problem);
            }
            else
            {
                unseen |= problem.Severity == Severity.Error;
            }
        }

        return new ProposedFindings([.. added], [.. kept], unseen);
    }

    private IReadOnlyList<Pin> PinsNow(LibraryUnderCheck library) => [.. library.Pins.Where(pin => edition.At <= pin.Until.LastInstant(library.Settings.Zone))];

    private SearchableDocument Searchable(CheckedDocument document, LibrarySettings settings)
    {
        var there = edition.ByPath.GetValueOrDefault(document.Document.Path);
        return there is not null && ReferenceEquals(there.Document, document.Document) ? there.Searchable : new SearchableDocument
        {
            Key = $"proposed\0{document.File}\0{Guid.NewGuid()}",
            Document = document.Document,
            Access = document.Document.Access.Length > 0 ? document.Document.Access : settings.AccessOf(document.Document.Path),
            Sections = document.Rendered.Sections,
            InEffectSince = edition.At,
        };
    }
}
