using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Content.Comparison;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.People;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Publishing;
using PolicyHub.Web.Pages.Errors;
using PolicyHub.Web.Pages.Find;
using PolicyHub.Web.Propose;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.Propose;

/// <summary>
/// One change, from the first word to the day it takes effect: its documents and how they differ, what is said of it, who approves, and what
/// they say. Whoever it has nothing to do with gets no hint that it is there.
/// </summary>
[Authorize(Policies.Person)]
public sealed class ChangeModel(Visit visit, RecordsKept kept, IServiceProvider services) : HubPage(visit)
{
    /// <summary>What was done, as the address of the page says it afterwards.</summary>
    private static readonly ImmutableArray<string> Told =
        ["saved", "sent", "taken-up", "withdrawn", "handed-over", "commented", "approved", "published", "asked", "rejected", "taken-back", "left-out", "merged", "mended", "reassigned", "urgent", "waits"];

    private ChangeComparison comparison = new();

    private Guid id;

    /// <summary>The change and its documents.</summary>
    public OpenChange Change { get; private set; } = null!;

    public ProposalView View => Change.View;

    /// <summary>Texts that have to be put together with others before it is sent.</summary>
    public ImmutableArray<MovedText> Moved { get; private set; } = [];

    public Proposal Proposal => View.Proposal;

    public ImmutableArray<ChangedFile> Texts => Change.Texts;

    /// <summary>The document whose comparison is shown; null: the change has none.</summary>
    public ChangedFile? Shown { get; private set; }

    /// <summary>Whether every text is shown one after the other, as they are printed.</summary>
    public bool ShowsAll { get; private set; }

    /// <summary>The texts after the one that is shown first, each with its comparison; null: there is none, as it is new or rescinded.</summary>
    public IEnumerable<(ChangedFile Text, RenderedComparison? Rendered)> Others => ShowsAll
        ? Texts.Where(text => text.Path.IsDocument && !ReferenceEquals(text, Shown)).Select(text => (text, ChangeComparison.Of(text, ChangeComparison.Views[0], Visit).Rendered))
        : [];

    /// <summary>One of <see cref="ChangeComparison.Views"/>.</summary>
    public string ShownAs { get; private set; } = ChangeComparison.Views[0];

    public RenderedComparison? Rendered => comparison.Rendered;

    public ImmutableArray<FieldChange> Details => comparison.Details;

    public SourceComparison? Source => comparison.Source;

    public ChangeForm Form { get; private set; } = null!;

    /// <summary>Who will be asked, before it is sent; null: it was.</summary>
    public RoutePlan? Plan { get; private set; }

    /// <summary>Who holds the positions that are asked, once it was sent.</summary>
    public ILookup<string, Person> Holders { get; private set; } = Array.Empty<Person>().ToLookup(person => "");

    /// <summary>Who could go on with it in the place of its author.</summary>
    public ImmutableArray<Person> Authors { get; private set; } = [];

    /// <summary>To whom an administrator can give a step.</summary>
    public ImmutableArray<Person> People { get; private set; } = [];

    /// <summary>A word for what was done; null: nothing.</summary>
    public string? Done { get; private set; }

    /// <summary>A sentence that says what was wrong; null: nothing.</summary>
    public string? Fault { get; private set; }

    /// <summary>What was typed in a comment or a decision that could not be taken.</summary>
    public string Typed { get; private set; } = "";

    /// <summary>The promised questions that it would break, for whoever is asked to approve it and has to say why that may be; null: none, or it was said with another yes to it.</summary>
    public ProposedFindings? Broken { get; private set; }

    /// <summary>What an approver typed as the reason for that.</summary>
    public string Excepted { get; private set; } = "";

    /// <summary>The name of a document that was typed to be added, and is none that they may change.</summary>
    public string Added { get; private set; } = "";

    public bool IsWritten => Change.IsWritten;

    public bool IsLimited => Change.IsLimited;

    /// <summary>Links of other documents that the change leaves behind; null: none, or it is not being written.</summary>
    public LinksToMend? ToMend => IsWritten ? LinkMending.Find(Change, Visit) : null;

    /// <summary>What the change would make wrong; null: it is not being written.</summary>
    public ProposedFindings? Findings { get; private set; }

    /// <summary>The planned texts that the change takes away or moves.</summary>
    public ImmutableArray<LostUpcoming> Lost { get; private set; } = [];

    /// <summary>Whether a question would no longer find what its owner promised; known once it was to be sent.</summary>
    public bool BreaksContracts => ChangeSending.BreaksContracts(Findings);

    /// <summary>Positions of the person in which they may put a change in effect before it is approved.</summary>
    public IEnumerable<string> UrgentPositions => Visit.Person is { } person ? Visit.Today.Settings.Approvals.UrgentBy.Where(position => person.Positions.Contains(position)) : [];

    public string Title => Change.Title(Visit);

    private ProposalBook Book => services.GetRequiredService<ProposalBook>();

    private ProposalDesk Desk => services.GetRequiredService<ProposalDesk>();

    private ChangeTeam Team => services.GetRequiredService<ChangeTeam>();

    private ChangeSending Sending => services.GetRequiredService<ChangeSending>();

    private ChangeNews News => services.GetRequiredService<ChangeNews>();

    private EffectiveDay Day => Change.Day(Visit);

    private Colleague Me => Colleagues.Of(HttpContext, Visit)!;

    private CancellationToken Cancelled => HttpContext.RequestAborted;

    public async Task<IActionResult> OnGetAsync(Guid id, string? read, string? step, string? view, string? done)
    {
        ShowsAll = view == ChangeLinks.All;
        if (view is not null && !ShowsAll && !ChangeComparison.Views.Contains(view))
        {
            FailureReason.Set(HttpContext, Visit["compare.wrong.view"]);
            return BadRequest();
        }

        if (!await FindAsync(id))
        {
            return NotFound();
        }

        Done = done is not null && Told.Contains(done) ? done : null;
        return await ShowAsync(read, step, ShowsAll ? null : view);
    }

    public Task<IActionResult> OnPostSaveAsync(Guid id) => WriteAsync(id, form => form.Fault, () => Task.FromResult<IActionResult>(Back("saved")));

    public Task<IActionResult> OnPostSendAsync(Guid id) => WriteAsync(
        id, form => form.FaultOfSending, () => SendAsync("sent", plan => Desk.SendAsync(id, Me, plan.Route, Day.Prepare, Cancelled)));

    public Task<IActionResult> OnPostUrgentAsync(Guid id, [FromForm] string? reason) => WriteAsync(id, form => form.FaultOfSending, async () =>
    {
        if (UrgentPositions.FirstOrDefault() is not { } position)
        {
            return await WrongAsync(Visit["proposal.wrong.urgent"]);
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return await WrongAsync(Visit["proposal.wrong.urgent-reason"]);
        }

        return await SendAsync("urgent", plan => Desk.PublishUrgentAsync(id, Me, position, reason, Visit.Today.Settings.Approvals.UrgentApproveWithin, plan.Route, Day.Prepare, Cancelled));
    });

    public Task<IActionResult> OnPostTakeUpAsync(Guid id) => ActAsync(id, "taken-up", () => Book.TakeUpAsync(id, Me, Cancelled));

    public Task<IActionResult> OnPostWithdrawAsync(Guid id, [FromForm] string? text) => ActAsync(id, "withdrawn", () => Book.WithdrawAsync(id, Me, Clean(text), Cancelled));

    public Task<IActionResult> OnPostCommentAsync(Guid id, [FromForm] string? text, [FromForm] Guid? answers) =>
        ActAsync(id, "commented", () => Book.CommentAsync(id, Me, Clean(text), answers, Cancelled), text, "proposal.wrong.comment");

    /// <summary>A yes; where a promised question would find something else from now on, with the reason why it may.</summary>
    public async Task<IActionResult> OnPostApproveAsync(Guid id, [FromForm] string? hash, [FromForm] string? text, [FromForm] string? exception)
    {
        if (!await FindAsync(id))
        {
            return NotFound();
        }

        Excepted = Clean(exception);
        if (View.May(ProposalAct.Approve) && await LookAtContractsAsync() && Excepted.Length == 0)
        {
            Typed = text ?? "";
            return await WrongAsync(Visit["proposal.wrong.contracts-approve"]);
        }

        return await ToldAsync(await Desk.ApproveAsync(id, Me, hash ?? "", Clean(text), Cancelled, Excepted), "approved");
    }

    public Task<IActionResult> OnPostAskAsync(Guid id, [FromForm] string? hash, [FromForm] string? text) =>
        ActAsync(id, "asked", () => Desk.AskForChangesAsync(id, Me, hash ?? "", Clean(text), Cancelled), text, "proposal.wrong.ask");

    public Task<IActionResult> OnPostRejectAsync(Guid id, [FromForm] string? hash, [FromForm] string? text) =>
        ActAsync(id, "rejected", () => Desk.RejectAsync(id, Me, hash ?? "", Clean(text), Cancelled), text, "proposal.wrong.reject");

    public async Task<IActionResult> OnPostHandOverAsync(Guid id, [FromForm] Guid? to)
    {
        if (!await FindAsync(id))
        {
            return NotFound();
        }

        return (await Team.AuthorsAsync(Texts, Me, Cancelled)).FirstOrDefault(person => person.Id == to) is { } chosen
            ? await ToldAsync(await Book.HandOverAsync(id, Me, chosen.Id, chosen.Name, Cancelled), "handed-over")
            : await WrongAsync(Visit["proposal.wrong.hand-over"]);
    }

    public async Task<IActionResult> OnPostLeaveOutAsync(Guid id, [FromForm] string? path)
    {
        if (!await FindAsync(id))
        {
            return NotFound();
        }

        var left = await Book.LeaveOutAsync(id, Me, path ?? "", Cancelled);
        return left.Refusal is { } refusal ? await RefusedAsync(new ProposalOutcome.Refused(refusal)) : Back("left-out");
    }

    /// <summary>Mends the links of other documents to what the change gives another place, in this change.</summary>
    public async Task<IActionResult> OnPostMendAsync(Guid id)
    {
        if (!await FindAsync(id) || !IsWritten)
        {
            return NotFound();
        }

        return await services.GetRequiredService<LinkMending>().MendAsync(Change, Me, Visit, Cancelled) is { } left
            ? await WrongAsync(Visit.Format("proposal.wrong.mend", Visit.TitleAt(left)))
            : Back("mended");
    }

    /// <summary>Leads to where a document is added to the change, by its number, its place or its name.</summary>
    public async Task<IActionResult> OnPostAddAsync(Guid id, [FromForm] string? name)
    {
        if (!await FindAsync(id) || !IsWritten)
        {
            return NotFound();
        }

        Added = (name ?? "").Trim();
        if (Visit.MayWriteNamed(Added) is not { } found)
        {
            return await WrongAsync(Visit["proposal.wrong.add"]);
        }

        // Where there is nothing to choose and nobody to be told of, the next page is its text.
        var desk = services.GetRequiredService<WritingDesk>();
        return found.Upcoming is null && await desk.OpenAsync(HttpContext, Visit, found.Path) is (null, 0) && await desk.StartAsync(HttpContext, Visit, found.Path, StartWith.Today, id) is { } started
            ? LocalRedirect(EditLinks.Edit(started.Id, found.History.Path.Value, started.Step))
            : LocalRedirect(FindLinks.Query(EditLinks.Start, ("doc", found.Path.Value), ("into", id.ToString("D"))));
    }

    public Task<IActionResult> OnPostReassignAsync(Guid id, [FromForm] Guid? task, [FromForm] Guid? to, [FromForm] string? text) =>
        ActAsync(id, "reassigned", () => services.GetRequiredService<ApprovalBook>().ReassignAsync(id, task ?? Guid.Empty, Me, to ?? Guid.Empty, Clean(text), Cancelled), text, "proposal.wrong.reassign");

    /// <summary>The roles in which a colleague may answer, for the head of the card: the positions of the open steps that are theirs.</summary>
    public IEnumerable<string> AskedAs => View.Tasks.Where(task => task.IsOpen).SelectMany(task => task.Answerable).Distinct(StringComparer.Ordinal)
        .Where(position => Visit.Person?.Positions.Contains(position) == true).Select(Visit.RoleName);

    private static string Clean(string? text) => (text ?? "").Trim().ReplaceLineEndings("\n");

    private async Task<bool> FindAsync(Guid asked)
    {
        id = asked;
        if (!kept.Are || Colleagues.Of(HttpContext, Visit) is not { } me || await services.GetRequiredService<ChangeReading>().FindAsync(asked, me, Visit, Cancelled) is not { } found)
        {
            return false;
        }

        Change = found;
        Lost = found.Lost(Visit);
        Form = ChangeForm.Of(Proposal, Texts);
        return true;
    }

    /// <summary>Saves what was typed, then goes on.</summary>
    private async Task<IActionResult> WriteAsync(Guid asked, Func<ChangeForm, string?> fault, Func<Task<IActionResult>> goOn)
    {
        if (!await FindAsync(asked))
        {
            return NotFound();
        }

        var typed = ChangeForm.Of(await Request.ReadFormAsync(Cancelled), Form, Texts, [.. Visit.Today.Settings.Audiences.Keys]);
        if (typed.Fault is null)
        {
            var saved = await Book.DescribeAsync(id, Me, typed.Stamp, typed.Facts, Cancelled);
            if (saved.Refusal is { } refusal)
            {
                Form = typed with { Stamp = Form.Stamp };
                return await RefusedAsync(new ProposalOutcome.Refused(refusal), keepsForm: true);
            }

            typed = typed with { Stamp = saved.Stamp };
        }

        if (fault(typed) is { } word)
        {
            Form = typed;
            return await WrongAsync(Visit.Words[word]);
        }

        if (!await FindAsync(asked))
        {
            return NotFound();
        }

        // What was ticked and is not lost after all, by what was typed beside it, was not confirmed.
        if (Form with { Loses = [.. Form.Loses.Intersect(Lost.Select(one => one.Key))] } is var real && real.Loses.Length < Form.Loses.Length
            && ((await Book.DescribeAsync(id, Me, Form.Stamp, real.Facts, Cancelled)).Refusal is not null || !await FindAsync(asked)))
        {
            return await RefusedAsync(new ProposalOutcome.Refused(ProposalRefusal.Stale));
        }

        return await goOn();
    }

    /// <summary>Sends what was saved, if nothing stands in its way.</summary>
    private async Task<IActionResult> SendAsync(string done, Func<RoutePlan, Task<ProposalOutcome>> send)
    {
        var ready = await Sending.LookAsync(Change, Me, Visit, Cancelled);
        Findings = ready.Findings;
        return ready is { Fault: null, Plan: { } plan } ? await ToldAsync(await send(plan), done) : await WrongAsync(ready.Fault ?? Visit["proposal.wrong.route"]);
    }

    private async Task<IActionResult> ActAsync(Guid asked, string done, Func<Task<ProposalOutcome>> act, string? required = "-", string wrong = "proposal.wrong.invalid")
    {
        if (!await FindAsync(asked))
        {
            return NotFound();
        }

        if (string.IsNullOrWhiteSpace(required) || required.Length > ProposalEntry.LongestText)
        {
            Typed = required ?? "";
            return await WrongAsync(Visit.Words[wrong]);
        }

        return await ToldAsync(await act(), done);
    }

    /// <summary>What became of it: back to the page, which says so; or the page at once, with what was wrong.</summary>
    private async Task<IActionResult> ToldAsync(ProposalOutcome outcome, string done)
    {
        if (outcome is ProposalOutcome.Refused refused)
        {
            if (refused.GivenBack is { } back)
            {
                await News.ReturnedAsync(back);
            }

            return await RefusedAsync(refused);
        }

        var became = (ProposalOutcome.Done)outcome;
        var state = became.Proposal.State;
        await News.TellAsync(Change, became, done);
        return Back(done == "approved" && state == ProposalState.Published ? "published" : done == "rejected" && state == ProposalState.TakenBack ? "taken-back" : done);
    }

    private async Task<IActionResult> RefusedAsync(ProposalOutcome.Refused refused, bool keepsForm = false)
    {
        var form = Form;
        if (refused.Why == ProposalRefusal.Gone || !await FindAsync(id))
        {
            return NotFound();
        }

        if (keepsForm)
        {
            Form = form;
        }

        var slug = refused.Why.ToString().ToLowerInvariant();
        Fault = refused.Why switch
        {
            ProposalRefusal.Moved => Visit.Format("proposal.refused.moved", string.Join(", ", refused.Paths)),
            _ when refused.Detail.Length > 0 => $"{Visit.Words[$"proposal.refused.{slug}"]} {refused.Detail}",
            _ => Visit.Words[$"proposal.refused.{slug}"],
        };
        Response.StatusCode = refused.Why == ProposalRefusal.Invalid ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict;
        return await ShowAsync(null, null, null);
    }

    private async Task<IActionResult> WrongAsync(string sentence)
    {
        Fault = sentence;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await ShowAsync(null, null, null);
    }

    private async Task<bool> LookAtContractsAsync()
    {
        if (Broken is null && View.Given.All(one => one.IsVoid || one.Revision != Proposal.Revision || one.Exception.Length == 0))
        {
            Broken = await services.GetRequiredService<ChangeChecks>().RunContractsAsync(View, Me, Visit, Cancelled) is { Blocks: true } broken ? broken : null;
        }

        return Broken is not null;
    }

    private LocalRedirectResult Back(string done) => LocalRedirect($"{ChangeLinks.Of(id)}?done={done}");

    private async Task<IActionResult> ShowAsync(string? read, string? step, string? view)
    {
        ShownAs = view ?? ChangeComparison.Views[0];
        Shown = Texts.FirstOrDefault(text => text.File.Path == read && $"{text.File.Step}" == (step ?? "0")) ?? Texts.FirstOrDefault(text => text.Path.IsDocument) ?? Texts.FirstOrDefault();
        if (Shown is { } shown)
        {
            comparison = ChangeComparison.Of(shown, ShownAs, Visit);
        }

        if (IsWritten)
        {
            Plan = await Sending.PlanAsync(Change, Me, Visit, Cancelled);
            Findings ??= await services.GetRequiredService<ChangeChecks>().RunAsync(View, Visit, Cancelled);
            Authors = await Team.AuthorsAsync(Texts, Me, Cancelled);
            Moved = await services.GetRequiredService<MovedTexts>().FindAsync(View, Visit, Cancelled);
        }
        else if (!View.Tasks.IsEmpty)
        {
            Holders = await services.GetRequiredService<ApprovalBook>().HoldersAsync([.. View.Tasks.SelectMany(task => task.Answerable)], Me.Today, Cancelled);
            People = View.May(ProposalAct.Reassign) ? await Team.PeopleAsync(Me.Today, Cancelled) : [];
        }

        if (View.May(ProposalAct.Approve))
        {
            await LookAtContractsAsync();
        }

        return Page();
    }
}
