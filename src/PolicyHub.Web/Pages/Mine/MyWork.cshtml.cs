using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Records.People;
using PolicyHub.Web.Propose;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.Mine;

/// <summary>What waits for a person: their changes, what they are asked for, reviews that are due, and what is planned.</summary>
[Authorize(Policies.Person)]
public sealed class MyWorkModel(Visit visit, RecordsKept kept, IServiceProvider services) : HubPage(visit)
{
    public Work Work { get; private set; } = null!;

    /// <summary>Whether they may begin a change.</summary>
    public bool IsAuthor => Visit.Person?.Is(Role.Author) == true;

    /// <summary>Whether there is anything here for a person: whoever writes, approves or owns.</summary>
    public static bool IsFor(SignedIn person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return person.Is(Role.Author) || person.Is(Role.Approver) || !person.Positions.IsEmpty;
    }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!kept.Are || Visit.Person is not { } person || Colleagues.Of(HttpContext, Visit) is not { } me)
        {
            return NotFound();
        }

        Work = await services.GetRequiredService<WorkList>().ReadAsync(HttpContext, me, person, Visit, HttpContext.RequestAborted);
        return Page();
    }
}
