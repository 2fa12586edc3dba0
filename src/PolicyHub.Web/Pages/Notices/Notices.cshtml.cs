using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Notices;
using PolicyHub.Records.People;
using PolicyHub.Web.Audit;
using PolicyHub.Web.Notices;
using PolicyHub.Web.Pages.Errors;
using PolicyHub.Web.Pages.History;
using PolicyHub.Web.SignIn;
using PolicyHub.Web.SignIn.Counter;

namespace PolicyHub.Web.Pages.Notices;

/// <summary>Every notice that leads posted: those that run, whoever they are for, and those that have ended, with who and when.</summary>
public sealed class NoticesModel(Visit visit, RecordsKept kept, IServiceProvider services) : HubPage(visit)
{
    private const int OnAPage = 30;

    private (Guid Notice, string? Hours, WhoActs Who) asked = (Guid.Empty, null, new WhoActs());

    /// <summary>By how many hours a notice can be extended at a time.</summary>
    public static ImmutableArray<int> Hours { get; } = [1, 2, 4, 8, 24];

    public ImmutableArray<PostedNotice> Running { get; private set; } = [];

    public ImmutableArray<PostedNotice> Past { get; private set; } = [];

    public Pager Pager { get; private set; } = null!;

    /// <summary>Whether whoever asks may post for any desk, or may be somebody who may.</summary>
    public bool MayPost => Visit.CounterPc is not null || Visit.Person?.Is(Role.Lead) == true;

    private NoticeBook Book => services.GetRequiredService<NoticeBook>();

    /// <summary>Whether the person who asks may extend and end a notice.</summary>
    public bool MayChange(PostedNotice notice) => Visit.Person?.Leads(notice.Desk) == true;

    /// <summary>How the form of a notice asks who changes it; nobody is remembered for it: see <see cref="ActingPerson"/>.</summary>
    public WhoActs WhoChanges(PostedNotice notice) => notice.Id == asked.Notice
        ? asked.Who
        : new WhoActs { Id = NoticeLinks.Anchor(notice), IsAfresh = true, OffersStay = false };

    /// <summary>The hours that were chosen for a notice of which it is asked again who extends it.</summary>
    public bool IsChosen(PostedNotice notice, int hours) => notice.Id == asked.Notice && string.Equals(asked.Hours, hours.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public async Task<IActionResult> OnGetAsync([FromQuery] string? page)
    {
        if (!kept.Are)
        {
            return NotFound();
        }

        return await ShowAsync(page);
    }

    private async Task<IActionResult> ShowAsync(string? page)
    {
        var (_, total) = await Book.PastAsync(0, 0, HttpContext.RequestAborted);
        if (!Pager.TryRead(page, total, OnAPage, out var pager))
        {
            FailureReason.Set(HttpContext, Visit["history.wrong.page"]);
            return BadRequest();
        }

        Pager = pager;
        (Past, _) = await Book.PastAsync(pager.Skipped, OnAPage, HttpContext.RequestAborted);
        Running = await Book.RunningAsync(HttpContext.RequestAborted);
        return Page();
    }

    public Task<IActionResult> OnPostExtendAsync([FromForm] string? id, [FromForm] string? hours) =>
        Hours.Any(known => string.Equals(known.ToString(CultureInfo.InvariantCulture), hours, StringComparison.Ordinal))
            ? ChangeAsync(id, hours, (notice, who, cancellation) => Book.ExtendAsync(notice.Id, notice.Over.AddHours(int.Parse(hours!, CultureInfo.InvariantCulture)), who, cancellation))
            : Task.FromResult<IActionResult>(BadRequest());

    public Task<IActionResult> OnPostEndAsync([FromForm] string? id, [FromForm] string? hours) =>
        ChangeAsync(id, hours, (notice, who, cancellation) => Book.EndAsync(notice.Id, who, cancellation));

    private async Task<IActionResult> ChangeAsync(string? id, string? hours, Func<PostedNotice, AuditActor, CancellationToken, Task<PostedNotice?>> change)
    {
        if (!kept.Are || !Guid.TryParse(id, out var number) || await Book.FindAsync(number, HttpContext.RequestAborted) is not { } notice)
        {
            return NotFound();
        }

        var (person, fault) = await services.GetRequiredService<ActingPerson>().TakeAfreshAsync(HttpContext);
        if (person?.Leads(notice.Desk) != true)
        {
            return Visit.CounterPc is null ? Forbid() : await AskAgainAsync(notice, hours, person, fault);
        }

        // One that has ended meanwhile is shown as it is.
        await change(notice, AuditTrail.Who(HttpContext, person), HttpContext.RequestAborted);
        await services.GetRequiredService<NoticeWatch>().LookAsync(HttpContext.RequestAborted);
        return LocalRedirect(NoticeLinks.One(notice));
    }

    /// <summary>The page again, with the form of the notice as it was sent; nobody whom we know sent it, or somebody who does not lead its desk.</summary>
    private async Task<IActionResult> AskAgainAsync(PostedNotice notice, string? hours, SignedIn? person, string? fault)
    {
        if (person is not null)
        {
            await services.GetRequiredService<AuditTrail>().RefusedAsync(HttpContext, "notice", AuditActor.ReferenceOf(person.Id));
            fault = "posted.wrong.who";
        }

        asked = (notice.Id, hours, WhoChanges(notice).Again(HttpContext, fault));
        await ShowAsync(null);
        return this.AskAgain(fault!);
    }
}
