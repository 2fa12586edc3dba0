using PolicyHub.Records.Proposals;

namespace PolicyHub.Web.Propose;

/// <summary>Tells by e-mail what was done with a change on its page: whoever it concerns and did not do it themselves.</summary>
public sealed class ChangeNews(ChangeMail mail, LostPlans plans)
{
    /// <param name="before">As it was.</param>
    /// <param name="became">What it is now. What another did with it a moment before is told by them.</param>
    /// <param name="done">A word for what was done, as the page says it afterwards.</param>
    public async Task TellAsync(OpenChange before, ProposalOutcome.Done became, string done)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(became);
        var (proposal, isTold) = became;
        await (done switch
        {
            "sent" or "urgent" or "reassigned" => mail.AskAsync(proposal, [], isAgain: false, CancellationToken.None),
            "approved" when proposal.State is ProposalState.Sent or ProposalState.Urgent =>
                mail.AskAsync(proposal, [.. before.View.Tasks.Where(task => task.IsOpen).Select(task => task.Id)], isAgain: false, CancellationToken.None),
            "approved" when proposal.State == ProposalState.Published && !isTold => AuthorAsync("mail.published"),
            "asked" => AuthorAsync("mail.asked-for-changes"),
            "rejected" when proposal.State == ProposalState.Rejected => AuthorAsync("mail.rejected"),
            "rejected" when proposal.State == ProposalState.TakenBack && !isTold => mail.TakenBackAsync(proposal, CancellationToken.None),
            "commented" when !before.IsAuthor => AuthorAsync("mail.commented"),
            "handed-over" => AuthorAsync("mail.handed-over"),
            _ => Task.CompletedTask,
        });
        if (!isTold && (done is "urgent" || (done == "approved" && proposal.State == ProposalState.Published && !proposal.IsUrgent)))
        {
            await plans.TellAsync(proposal, CancellationToken.None);
        }

        Task AuthorAsync(string news) => mail.AuthorAsync(proposal, news, CancellationToken.None);
    }

    /// <summary>What it is based on has moved, and it goes back to its author.</summary>
    public Task ReturnedAsync(Proposal proposal) => mail.AuthorAsync(proposal, "mail.returned", CancellationToken.None);
}
