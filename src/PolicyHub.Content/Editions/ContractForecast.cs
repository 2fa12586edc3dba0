using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PolicyHub.Content.Git;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Editions;

/// <summary>Asks the search contracts of an edition and of every one that will take its place by date, as far as is known today.</summary>
public static class ContractForecast
{
    /// <summary>Editions to come that are looked at: more dates than anybody plans ahead.</summary>
    private const int MostEditions = 200;

    /// <summary>
    /// First the problems of the edition itself, then, edition by edition, those that are new in it, each with the day from which it will be there. Takes one
    /// thread, and makes nothing that the edition's readers wait for.
    /// </summary>
    /// <exception cref="GitException">A text to come cannot be read from the store.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static async IAsyncEnumerable<ImmutableArray<Problem>> RunAsync(
        Edition edition, IBlobStore blobs, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var now = edition.RunContracts(threads: 1, cancellation);
        var told = now.Select(Line).ToHashSet();
        yield return now;

        var builder = new EditionBuilder(blobs);
        for (var count = 0; count < MostEditions && edition.NextStart is { } start; count++)
        {
            edition = await builder.BuildAsync(edition.Catalogue, start, edition, edition.IsPreview, cancellation);
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, edition.Settings.Zone).DateTime);
            yield return [.. edition.RunContracts(threads: 1, cancellation).Where(problem => told.Add(Line(problem))).Select(problem => problem.From(day))];
        }
    }

    /// <summary>A contract that fails for another reason later is told once, for the first.</summary>
    private static (string File, int Line) Line(Problem problem) => (problem.File, problem.Position.Line);
}
