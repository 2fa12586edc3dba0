using System.Collections.Immutable;
using PolicyHub.Content.Problems;

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
        return
        [
            .. library.FoundBefore
                .Concat(library.Documents.SelectMany(document => document.Problems.Concat(document.Rendered.Problems)))
                .Concat(NameChecks.Run(index))
                .Concat(LinkChecks.Run(index))
                .Concat(ContentChecks.Run(index))
                .Concat(Files(library))
                .Distinct()
                .OrderBy(problem => problem.File, StringComparer.Ordinal)
                .ThenBy(problem => problem.Position.Line)
                .ThenBy(problem => problem.Position.Column)
                .ThenBy(problem => problem.Code, StringComparer.Ordinal)
                .ThenBy(problem => problem.Sentence, StringComparer.Ordinal),
        ];
    }

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
