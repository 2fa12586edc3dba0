using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Content.Documents;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Notices;
using PolicyHub.Web.Audit;
using PolicyHub.Web.Notices;
using PolicyHub.Web.SignIn;
using PolicyHub.Web.SignIn.Counter;

namespace PolicyHub.Web.Pages.Notices;

/// <summary>A lead tells their audience something at once: five fields, and nobody to ask. At a counter PC the form asks besides who posts it.</summary>
[Authorize(Policies.LeadInPlace)]
public sealed class NewNoticeModel(Visit visit, RecordsKept kept, NoticeBoard board, IServiceProvider services) : HubPage(visit)
{
    private const string Moment = "yyyy-MM-dd'T'HH:mm";

    /// <summary>How long a notice runs where nothing else is said.</summary>
    private const int UsualHours = 4;

    /// <summary>Made with the form, so that a form that is sent twice posts once.</summary>
    public Guid Number { get; private set; }

    public string What { get; private set; } = "";

    public string Details { get; private set; } = "";

    public string Desk { get; private set; } = "";

    public string Audience { get; private set; } = "";

    public string Until { get; private set; } = "";

    /// <summary>What is wrong with what was sent, and the field; null: nothing.</summary>
    public string? Wrong { get; private set; }

    public string? WrongField { get; private set; }

    /// <summary>Desks to choose from; at a counter PC all, as it is not known yet who leads which.</summary>
    public IReadOnlyList<(string Slug, string Title)> Desks => field ??= [.. board.DesksOf(Visit.Person)];

    /// <summary>Nobody is remembered for it: see <see cref="ActingPerson"/>.</summary>
    public WhoActs Who { get; private set; } = new() { IsAfresh = true, OffersStay = false };

    public IEnumerable<(string Slug, string Label)> Audiences =>
        Visit.Settings.Audiences.Where(pair => pair.Key != NoticeBoard.Everybody).Select(pair => (pair.Key, pair.Value));

    public string Earliest => Write(Visit.Clock);

    public string Latest => Write(Visit.Clock + NoticeBook.Longest);

    public IActionResult OnGet()
    {
        Number = Guid.NewGuid();
        Desk = Visit.Desk;
        Until = Write(Visit.Clock.AddHours(UsualHours));
        return kept.Are ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(
        [FromForm] string? number, [FromForm] string? what, [FromForm] string? details, [FromForm] string? desk, [FromForm] string? audience, [FromForm] string? until)
    {
        if (!kept.Are)
        {
            return NotFound();
        }

        (What, Details, Desk, Audience, Until) = ((what ?? "").Trim(), (details ?? "").Trim().ReplaceLineEndings("\n"), desk ?? "", audience ?? "", until ?? "");
        Number = Guid.TryParse(number, out var sent) ? sent : Guid.NewGuid();
        Who = Who.Again(HttpContext);
        var book = services.GetRequiredService<NoticeBook>();
        var ends = Read(Until);
        (WrongField, Wrong) =
            What.Length is 0 or > NoticeBook.LongestWhat || What.Any(char.IsControl) ? ("what", Visit["posted.wrong.what"])
            : Details.Length > NoticeBook.LongestDetails ? ("details", Visit["posted.wrong.details"])
            : Desks.All(own => own.Slug != Desk) ? ("desk", Visit["posted.wrong.desk"])
            : Audience.Length > 0 && !Visit.Settings.Audiences.ContainsKey(Audience) ? ("audience", Visit["posted.wrong.audience"])
            : ends is null || !book.MayRunUntil(ends.Value) ? ("until", Visit["posted.wrong.until"])
            : (null, (string?)null);
        if (Wrong is not null)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var (person, fault) = await services.GetRequiredService<ActingPerson>().TakeAfreshAsync(HttpContext);
        if (person is null)
        {
            Who = Who.Again(HttpContext, fault);
            return this.AskAgain(fault!);
        }

        if (!person.Leads(Desk))
        {
            await services.GetRequiredService<AuditTrail>().RefusedAsync(HttpContext, "notice", AuditActor.ReferenceOf(person.Id));
            (WrongField, Wrong) = ("desk", Visit["posted.wrong.desk"]);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var notice = new PostedNotice
        {
            Id = Number,
            Desk = Desk,
            Audience = Audience,
            What = What,
            Details = Details,
            PostedById = person.Id,
            PostedBy = person.Name,
            Posted = Visit.Clock,
            Until = ends!.Value,
        };
        await book.PostAsync(notice, AuditTrail.Who(HttpContext, person), HttpContext.RequestAborted);
        await services.GetRequiredService<NoticeWatch>().LookAsync(HttpContext.RequestAborted);
        return LocalRedirect(NoticeLinks.One(notice));
    }

    private string Write(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Visit.Today.Settings.Zone).ToString(Moment, CultureInfo.InvariantCulture);

    private DateTimeOffset? Read(string text) =>
        DateTime.TryParseExact(text, [Moment, "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DeclaredMoment(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local)).FirstInstant(Visit.Today.Settings.Zone)
            : null;
}
