using PolicyHub.Content.Git;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Publishing;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Propose;

/// <summary>Goes on with what was interrupted: publishes what has its last yes, takes back what was urgent for too long, and asks on where nobody answers.</summary>
internal sealed class ProposalUpkeep(
    ProposalDesk desk, ApprovalBook approvals, ProposalBook book, ChangeMail mail, LostPlans plans, ILibraryFeed feed, CurrentEdition current, IHostApplicationLifetime host, TimeProvider time, ILogger<ProposalUpkeep> log)
    : Upkeep(current, host, time, log)
{
    private bool isTidied;

    protected override TimeSpan Pause => TimeSpan.FromSeconds(15);

    protected override TimeSpan UntilFirst => TimeSpan.FromSeconds(2);

    protected override string Failed => "Changes that wait could not be looked at; it is tried again in a moment.";

    protected override async Task TurnAsync(CancellationToken cancellation)
    {
        if (!isTidied && feed.Repository is { CanPublish: true })
        {
            isTidied = true;
            await TidyAsync(cancellation);
        }

        foreach (var moved in await desk.ContinueAsync(cancellation))
        {
            switch (moved.State)
            {
                case ProposalState.TakenBack:
                    await mail.TakenBackAsync(moved, cancellation);
                    break;
                case ProposalState.Returned:
                    await mail.AuthorAsync(moved, "mail.returned", cancellation);
                    break;
                default:
                    await mail.AuthorAsync(moved, "mail.published", cancellation);
                    await plans.TellAsync(moved, cancellation);
                    break;
            }
        }

        var settings = Current.Value.Settings;
        var rules = settings.Approvals;
        var asked = await approvals.AskOnAsync(
            rules.RemindAfter, rules.DeputyAfter, rules.AboveAfter, rules.UrgentApproveWithin, position => settings.Positions.GetValueOrDefault(position)?.Above, cancellation);
        if (asked.Length > 0)
        {
            var waiting = asked.Select(task => task.ProposalId).ToHashSet();
            foreach (var proposal in (await book.OpenAsync(cancellation)).Where(proposal => waiting.Contains(proposal.Id)))
            {
                await mail.AskAsync(proposal, [], isAgain: true, cancellation);
            }
        }
    }

    /// <summary>What is left behind does no harm.</summary>
    private async Task TidyAsync(CancellationToken cancellation)
    {
        try
        {
            await desk.TidyAsync(cancellation);
        }
        catch (GitException)
        {
            isTidied = false;
        }
    }
}
