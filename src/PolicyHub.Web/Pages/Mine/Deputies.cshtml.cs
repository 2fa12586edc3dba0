using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.People;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Propose;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.Mine;

/// <summary>Who stands for a person in a position that they hold, from a day to a day.</summary>
[Authorize(Policies.Person)]
public sealed class DeputiesModel(Visit visit, RecordsKept kept, IServiceProvider services) : HubPage(visit)
{
    public ImmutableArray<Deputy> Deputies { get; private set; } = [];

    public ImmutableArray<Person> People { get; private set; } = [];

    public string? Told { get; private set; }

    public bool IsWrong { get; private set; }

    /// <summary>What was typed and could not be taken.</summary>
    public (string Position, string Person, string From, string Until) Typed { get; private set; } = ("", "", "", "");

    public ImmutableArray<string> Positions => Visit.Person?.Positions ?? [];

    private ApprovalBook Book => services.GetRequiredService<ApprovalBook>();

    private Colleague Me => Colleagues.Of(HttpContext, Visit)!;

    public async Task<IActionResult> OnGetAsync(string? done)
    {
        if (!kept.Are)
        {
            return NotFound();
        }

        Told = done switch { "set" => Visit["deputy.done.set"], "ended" => Visit["deputy.done.ended"], _ => null };
        return await ShowAsync();
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? position, [FromForm] string? person, [FromForm] string? from, [FromForm] string? until)
    {
        if (!kept.Are || !Positions.Contains(position ?? ""))
        {
            return NotFound();
        }

        if (!TryDay(from, out var first) || !TryDay(until, out var last) || !Guid.TryParse(person, out var who)
            || (await PeopleAsync()).All(one => one.Id != who)
            || await Book.AppointAsync(Me, position!, who, first, last, HttpContext.RequestAborted) is null)
        {
            (Told, IsWrong, Typed) = (Visit["deputy.wrong"], true, (position ?? "", person ?? "", from ?? "", until ?? ""));
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await ShowAsync();
        }

        return LocalRedirect($"{WorkLinks.Deputies}?done=set");
    }

    public async Task<IActionResult> OnPostDismissAsync([FromForm] Guid? id) =>
        kept.Are && await Book.DismissAsync(Me, id ?? Guid.Empty, HttpContext.RequestAborted) ? LocalRedirect($"{WorkLinks.Deputies}?done=ended") : NotFound();

    private static bool TryDay(string? text, out DateOnly day) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private async Task<IActionResult> ShowAsync()
    {
        Deputies = Positions.IsEmpty ? [] : await Book.DeputiesAsync(Positions, Me.Today, HttpContext.RequestAborted);
        People = Positions.IsEmpty ? [] : await PeopleAsync();
        return Page();
    }

    private async Task<ImmutableArray<Person>> PeopleAsync() =>
        [.. (await services.GetRequiredService<ChangeTeam>().PeopleAsync(Me.Today, HttpContext.RequestAborted)).Where(person => person.Id != Me.Id)];
}
