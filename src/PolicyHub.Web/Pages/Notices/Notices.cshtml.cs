using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Notices;
using PolicyHub.Records.People;
using PolicyHub.Web.Audit;
using PolicyHub.Web.Notices;
using PolicyHub.Web.Pages.Errors;
using PolicyHub.Web.Pages.History;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.Notices;

/// <summary>Every notice that leads posted: those that run, whoever they are for, and those that have ended, with who and when.</summary>
public sealed class NoticesModel(Visit visit, RecordsKept kept, IServiceProvider services) : HubPage(visit)
{
    private const int OnAPage = 30;

    /// <summary>By how many hours a notice can be extended at a time.</summary>
    public static ImmutableArray<int> Hours { get; } = [1, 2, 4, 8, 24];

    public ImmutableArray<PostedNotice> Running { get; private set; } = [];

    public ImmutableArray<PostedNotice> Past { get; private set; } = [];

    public Pager Pager { get; private set; } = null!;

    /// <summary>Whether whoever asks may post for any desk.</summary>
    public bool MayPost => Visit.Person?.Is(Role.Lead) == true;

    private NoticeBook Book => services.GetRequiredService<NoticeBook>();

    /// <summary>Whether whoever asks may extend and end a notice.</summary>
    public bool MayChange(PostedNotice notice) => Visit.Person?.Leads(notice.Desk) == true;

    public async Task<IActionResult> OnGetAsync([FromQuery] string? page)
    {
        if (!kept.Are)
        {
            return NotFound();
        }

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
        Hours.Any(known => string.Equals(known.ToString(System.Globalization.CultureInfo.InvariantCulture), hours, StringComparison.Ordinal))
            ? ChangeAsync(id, (notice, who, cancellation) => Book.ExtendAsync(notice.Id, notice.Over.AddHours(int.Parse(hours!, System.Globalization.CultureInfo.InvariantCulture)), who, cancellation))
            : Task.FromResult<IActionResult>(BadRequest());

    public Task<IActionResult> OnPostEndAsync([FromForm] string? id) =>
        ChangeAsync(id, (notice, who, cancellation) => Book.EndAsync(notice.Id, who, cancellation));

    private async Task<IActionResult> ChangeAsync(string? id, Func<PostedNotice, AuditActor, CancellationToken, Task<PostedNotice?>> change)
    {
        if (!kept.Are || !Guid.TryParse(id, out var number) || await Book.FindAsync(number, HttpContext.RequestAborted) is not { } notice)
        {
            return NotFound();
        }

        if (Visit.Person is not { } person || !person.Leads(notice.Desk))
        {
            return Forbid();
        }

        // One that has ended meanwhile is shown as it is.
        await change(notice, AuditTrail.Who(HttpContext), HttpContext.RequestAborted);
        await services.GetRequiredService<NoticeWatch>().LookAsync(HttpContext.RequestAborted);
        return LocalRedirect(NoticeLinks.One(notice));
    }
}
