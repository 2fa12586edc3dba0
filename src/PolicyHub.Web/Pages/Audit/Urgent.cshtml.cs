using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Propose;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.Audit;

/// <summary>Changes that took effect before they were approved: who, why, and how long it took until somebody said yes or no.</summary>
public sealed class UrgentModel(Visit visit, RecordsKept kept, IServiceProvider services) : HubPage(visit)
{
    public ImmutableArray<WorkChange> Changes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!kept.Are)
        {
            return NotFound();
        }

        var book = services.GetRequiredService<ProposalBook>();
        var urgent = await book.UrgentAsync(HttpContext.RequestAborted);
        var paths = await book.PathsAsync([.. urgent.Select(one => one.Id)], HttpContext.RequestAborted);
        Changes = [.. urgent.OrderByDescending(one => one.Sent).Select(one => new WorkChange(one, WorkList.TitleOf(one, paths[one.Id], Visit), [], one.Sent ?? one.Changed))];
        return Page();
    }

    /// <summary>In hours and minutes, how long it stood without an answer; until now where nobody has answered.</summary>
    public string Took(Proposal proposal)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        var time = (proposal.Closed ?? Visit.Clock) - (proposal.Sent ?? proposal.Made);
        return Visit.Format("urgent.took", (int)time.TotalHours, time.Minutes);
    }
}
