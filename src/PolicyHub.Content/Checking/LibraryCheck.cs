using System.Collections.Immutable;
using PolicyHub.Content.Problems;
using PolicyHub.Content.Search;

namespace PolicyHub.Content.Checking;

/// <summary>
/// Everything that can be seen to be wrong with a library as a whole. Pure: the same files, settings and day give the same
/// problems in the same order. All rules are run; none hides another.
/// </summary>
public static class LibraryCheck
{
    /// <summary>Bytes; a larger file is not served.</summary>
    public const long LargestFile = 10 * 1024 * 1024;

    /// <summary>Bytes; a larger document is shown as plain text.</summary>
    public const long LargestDocument = 512 * 1024;

    /// <summary>All problems, those found before included, by file and place.</summary>
    public static ImmutableArray<Problem> Run(LibraryUnderCheck library)
    {
        var index = new LibraryIndex(library);
        return InOrder(
            library.FoundBefore
                .Concat(library.Documents.SelectMany(document => document.Problems.Concat(document.Rendered.Problems)))
                .Concat(NameChecks.Run(index))
                .Concat(AccessChecks.Run(library))
                .Concat(LinkChecks.Run(index))
                .Concat(ContentChecks.Run(index))
                .Concat(ContractChecks.Run(index))
                .Concat(PinChecks.Run(index))
                .Concat(Files(library)));
    }

    /// <summary>A problem for every search contract that does not hold. Kept apart from <see cref="Run"/>, as it searches for each of them.</summary>
    /// <param name="search">Searches the same library as a reader with no group, from any thread.</param>
    /// <param name="threads">How many contracts are asked at once.</param>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static ImmutableArray<Problem> RunContracts(LibraryUnderCheck library, Func<SearchQuery, SearchResults> search, int threads, CancellationToken cancellation) =>
        library.Contracts.IsEmpty ? [] : new ContractRun(new LibraryIndex(library), search).Run(threads, cancellation);

    /// <summary>Each once, by file and place.</summary>
    public static ImmutableArray<Problem> InOrder(IEnumerable<Problem> problems) =>
    [
        .. problems.Distinct()
            .OrderBy(problem => problem.File, StringComparer.Ordinal)
            .ThenBy(problem => problem.Position.Line)
            .ThenBy(problem => problem.Position.Column)
            .ThenBy(problem => problem.Code, StringComparer.Ordinal)
            .ThenBy(problem => problem.Sentence, StringComparer.Ordinal),
    ];

    private static IEnumerable<Problem> Files(LibraryUnderCheck library)
    {
        foreach (var (path, size) in library.Files)
        {
            if (path.IsHidden)
            {
                continue;
            }

            if (size > LargestFile)
            {
                yield return ProblemCatalogue.FileTooLarge(path.Value, size, LargestFile);
            }
            else if (path.IsDocument && size > LargestDocument)
            {
                yield return ProblemCatalogue.DocumentTooLarge(path.Value, size, LargestDocument);
            }
        }
    }
}
