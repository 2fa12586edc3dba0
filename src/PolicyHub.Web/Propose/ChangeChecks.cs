using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PolicyHub.Content;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Editions;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Pages;

namespace PolicyHub.Web.Propose;

/// <summary>What a change would make wrong, by the rules of <c>policyhub check</c>; what they need of an edition is worked out once.</summary>
public sealed class ChangeChecks(ProposalBook book)
{
    /// <summary>Answers about promised questions that are kept of one edition.</summary>
    private const int MostAnswers = 200;

    private static readonly ConditionalWeakTable<Edition, ProposedCheck> Kept = [];

    private static readonly ConditionalWeakTable<Edition, ConcurrentDictionary<(string Hash, Guid By), ProposedFindings>> Answers = [];

    /// <summary>All that is found without searching.</summary>
    public async Task<ProposedFindings> RunAsync(ProposalView view, Visit visit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(visit);
        return Of(visit).Run(await FilesAsync(view, cancellation), visit.Reader);
    }

    /// <summary>As <see cref="RunAsync"/>, and the search contracts too: for sending.</summary>
    public async Task<ProposedFindings> RunWholeAsync(ProposalView view, Visit visit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(visit);
        var (check, files) = (Of(visit), await FilesAsync(view, cancellation));
        var found = check.Run(files, visit.Reader);
        if (found.Blocks)
        {
            return found;
        }

        var searched = await Task.Run(() => check.RunContracts(files, visit.Reader, 1, cancellation), cancellation);
        return new ProposedFindings([.. found.Added, .. searched.Added], [.. found.Standing, .. searched.Standing], searched.BreaksUnseen);
    }

    /// <summary>
    /// The promised questions that a change, as it was sent, would break in the library as it stands now; asked once of each edition. An urgent one stands in it already: where its author had to say
    /// why, it is those that are broken now.
    /// </summary>
    public async Task<ProposedFindings> RunContractsAsync(ProposalView view, Colleague by, Visit visit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(visit);
        var (answers, asked) = (Answers.GetOrCreateValue(visit.Today), (view.Proposal.Hash, by.Id));
        if (answers.TryGetValue(asked, out var known))
        {
            return known;
        }

        var (check, files) = (Of(visit), await FilesAsync(view, cancellation));
        var found = view.State != ProposalState.Urgent ? await Task.Run(() => check.RunContracts(files, visit.Reader, 1, cancellation), cancellation)
            : view.Proposal.Exception.Length > 0 ? await Task.Run(() => check.BrokenNow(visit.Reader), cancellation)
            : new ProposedFindings([], [], BreaksUnseen: false);
        if (answers.Count < MostAnswers)
        {
            answers.TryAdd(asked, found);
        }

        return found;
    }

    private static ProposedCheck Of(Visit visit) => Kept.GetValue(visit.Today, edition => new ProposedCheck(edition));

    /// <summary>Of a path that stands twice, the text that is published first: the other is checked when its day has come.</summary>
    private async Task<ImmutableArray<ProposedFile>> FilesAsync(ProposalView view, CancellationToken cancellation)
    {
        var files = ImmutableArray.CreateBuilder<ProposedFile>();
        foreach (var file in view.Files.OrderBy(file => file.Step).DistinctBy(file => file.Path))
        {
            if (LibraryPath.TryParse(file.Path, out var path))
            {
                var text = file.IsRescinded ? null : (await book.ReadAsync(file.ProposalId, file.Step, file.Path, cancellation))?.Text ?? [];
                files.Add(new ProposedFile(path, text, LibraryPath.TryParse(file.From, out var from) && from != path ? from : null));
            }
        }

        return files.ToImmutable();
    }
}
