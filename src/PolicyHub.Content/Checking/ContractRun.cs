using System.Collections.Immutable;
using PolicyHub.Content.Problems;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Search;

namespace PolicyHub.Content.Checking;

/// <summary>
/// Asks what every search contract asks, as a reader with no group, once as finished text and once as typed so far, as the box does; it must hold
/// both times. A contract that names a section holds when the hit opens at that section: one further down the same page is not what was promised.
/// </summary>
/// <param name="search">Searches the same library as that reader, from any thread.</param>
internal sealed class ContractRun(LibraryIndex index, Func<SearchQuery, SearchResults> search)
{
    /// <summary>So far down the list is looked for a document that is not where it should be.</summary>
    private const int Deepest = 50;

    /// <summary>A problem for every contract that does not hold, in the order of the file.</summary>
    /// <param name="threads">How many contracts are asked at once.</param>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public ImmutableArray<Problem> Run(int threads, CancellationToken cancellation) =>
        [.. index.Library.Contracts.AsParallel().AsOrdered().WithDegreeOfParallelism(threads).WithCancellation(cancellation).Select(Check).OfType<Problem>()];

    private Problem? Check(Contract contract)
    {
        if (TargetChecks.Missing(index, contract.File, contract.Find) is { } missing)
        {
            return missing;
        }

        var target = TargetChecks.Find(index, contract.Find)!;
        return TargetChecks.IsRestricted(index, target)
            ? ProblemCatalogue.ContractHidden(contract.File, contract.At, contract.Ask)
            : Ask(contract, target, unfinished: false) ?? Ask(contract, target, unfinished: true);
    }

    private Problem? Ask(Contract contract, CheckedDocument target, bool unfinished)
    {
        var query = new SearchQuery { Text = contract.Ask, Audience = contract.Audience, Unfinished = unfinished, Limit = contract.Top };
        var hits = search(query).Hits;
        var place = PlaceOf(target, hits);
        if (place > 0)
        {
            var found = SectionOf(hits[place - 1]);
            return contract.Find.Anchor is null || contract.Find.Anchor.Equals(found?.Anchor, StringComparison.Ordinal) ? null
                : ProblemCatalogue.ContractElsewhere(contract.File, contract.At, contract.Ask, Name(target), place, contract.Find.Anchor, NameOf(found));
        }

        place = PlaceOf(target, search(query with { Limit = Deepest }).Hits);
        var instead = hits.Length == contract.Top ? hits[^1].Document.Document : null;
        return ProblemCatalogue.ContractBroken(
            contract.File, contract.At, contract.Ask, Name(target), contract.Top, place,
            instead is null ? "" : $"“{instead.Title}” ({instead.Path})", target.File, Owner(contract));
    }

    private static int PlaceOf(CheckedDocument target, ImmutableArray<SearchHit> hits)
    {
        for (var i = 0; i < hits.Length; i++)
        {
            if (hits[i].Document.Document.Path == target.Document.Path)
            {
                return i + 1;
            }
        }

        return 0;
    }

    private static RenderedSection? SectionOf(SearchHit hit) => hit.Section < hit.Document.Sections.Length ? hit.Document.Sections[hit.Section] : null;

    private static string NameOf(RenderedSection? section) => section is null or { Anchor: "" } ? "its top" : $"“{section.Heading}” (#{section.Anchor})";

    private static string Name(CheckedDocument document) => $"“{document.Document.Title}” ({document.File})";

    private string Owner(Contract contract) => index.Library.Settings.Positions.GetValueOrDefault(contract.Owner)?.Title ?? contract.Owner;
}
