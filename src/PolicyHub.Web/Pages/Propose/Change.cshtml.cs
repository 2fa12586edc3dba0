using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Content;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Comparison;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Problems;
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
    /// <summary>How a document is compared.</summary>
    public static readonly ImmutableArray<string> Views = ["rendered", "details", "source"];

    /// <summary>What was done, as the address of the page says it afterwards.</summary>
    private static readonly ImmutableArray<string> Told =
        ["saved", "sent", "taken-up", "withdrawn", "handed-over", "commented", "approved", "published", "asked", "rejected", "taken-back", "left-out", "merged", "reassigned", "urgent", "waits"];

    private Guid id;

    public ProposalView View { get; private set; } = null!;

    /// <summary>Texts that have to be put together with others before it is sent.</summary>
    public ImmutableArray<MovedText> Moved { get; private set; } = [];

    public Proposal Proposal => View.Proposal;

    public ImmutableArray<ChangedFile> Texts { get; private set; } = [];

    /// <summary>The document whose comparison is shown; null: the change has none.</summary>
    public ChangedFile? Shown { get; private set; }

    /// <summary>One of <see cref="Views"/>.</summary>
    public string ShownAs { get; private set; } = Views[0];

    public RenderedComparison? Rendered { get; private set; }

    public ImmutableArray<FieldChange> Details { get; private set; } = [];

    public SourceComparison? Source { get; private set; }

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

    /// <summary>The name of a document that was typed to be added, and is none that they may change.</summary>
    public string Added { get; private set; } = "";

    public bool IsAuthor => View.Roles.Contains(ProposalRole.Author);

    public bool IsWritten => IsAuthor && ProposalFlow.IsWritten(View.State);

    /// <summary>An administrator who has nothing else to do with it gives its steps to others and sees no text of it.</summary>
    public bool IsLimited => View.Roles.All(role => role == ProposalRole.Administrator);

    /// <summary>What the change would make wrong; null: it is not being written.</summary>
    public ProposedFindings? Findings { get; private set; }

    /// <summary>Documents whose planned text the change would cancel, as it goes on from another, and the day of that.</summary>
    public IEnumerable<(ChangedFile Text, DateTimeOffset At)> Cancels =>
        Texts.Where(text => !text.IsUpcoming && text.Path.IsDocument).Select(text => (Text: text, Planned: PlannedOf(text)))
            .Where(pair => pair.Planned is { Version.Blob: { } blob } && Texts.All(other => other.File.Path != pair.Text.File.Path || GoesOnFrom(other.File) != blob.Hex))
            .Select(pair => (pair.Text, pair.Planned!.Value.At));

    /// <summary>Whether a question would no longer find what its owner promised; known once it was to be sent.</summary>
    public bool BreaksContracts => Findings?.Added.Any(problem => problem.Code == ProblemCatalogue.BrokenContract) == true;

    /// <summary>Positions of the person in which they may put a change in effect before it is approved.</summary>
    public IEnumerable<string> UrgentPositions => Visit.Person is { } person ? Visit.Today.Settings.Approvals.UrgentBy.Where(position => person.Positions.Contains(position)) : [];

    /// <summary>What it is called: what staff do differently, else its documents.</summary>
    public string Title => IsLimited ? Visit.Format("proposal.number", Proposal.Number) : Proposal.Note.Length > 0 ? Proposal.Note : Visit.Format("proposal.title.of", Texts.IsEmpty ? Visit["proposal.title.nothing"] : string.Join(", ", Texts.DistinctBy(text => text.Path).Take(3).Select(text => text.Title)));

    private ProposalBook Book => services.GetRequiredService<ProposalBook>();

    private ProposalDesk Desk => services.GetRequiredService<ProposalDesk>();

    private ChangeTeam Team => services.GetRequiredService<ChangeTeam>();

    private Colleague Me => Colleagues.Of(HttpContext, Visit)!;

    private CancellationToken Cancelled => HttpContext.RequestAborted;

    public async Task<IActionResult> OnGetAsync(Guid id, string? read, string? step, string? view, string? done)
    {
        if (view is not null && !Views.Contains(view))
        {
            FailureReason.Set(HttpContext, Visit["compare.wrong.view"]);
            return BadRequest();
        }

        if (!await FindAsync(id))
        {
            return NotFound();
        }

        Done = done is not null && Told.Contains(done) ? done : null;
        return await ShowAsync(read, step, view);
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

    public Task<IActionResult> OnPostApproveAsync(Guid id, [FromForm] string? hash, [FromForm] string? text) =>
        ActAsync(id, "approved", () => Desk.ApproveAsync(id, Me, hash ?? "", Clean(text), Cancelled));

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

    /// <summary>Leads to where a document is added to the change, by its number, its place or its name.</summary>
    public async Task<IActionResult> OnPostAddAsync(Guid id, [FromForm] string? name)
    {
        if (!await FindAsync(id) || !IsWritten)
        {
            return NotFound();
        }

        Added = (name ?? "").Trim();
        if (Named(Added) is not { } found)
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

    /// <summary>A document that they may change; the one of that name where there is one alone.</summary>
    private EditionDocument? Named(string name)
    {
        var found = Visit.Today.FindById(name, Reader)
            ?? (LibraryPath.TryParse(name.EndsWith(".md", StringComparison.Ordinal) ? name : name + ".md", out var path) ? Visit.Today.Find(path, Reader) : null)
            ?? (Visit.Today.Documents(Reader).Where(document => string.Equals(document.Title, name, StringComparison.OrdinalIgnoreCase)).Take(2).ToList() is [var only] ? only : null);
        return found is not null && Visit.Person?.MayWrite(found.Document) == true ? found : null;
    }

    private EffectiveDay Day => new(Texts, Visit.Clock, Visit.Today.Settings.Zone);

    private (DocumentVersion Version, DateTimeOffset At)? PlannedOf(ChangedFile text) =>
        Visit.Today.Find(LibraryPath.TryParse(text.File.From, out var moved) ? moved : text.Path, Reader)?.Upcoming;

    private static string GoesOnFrom(ProposalFile file) => file.Origin.Length > 0 ? file.Origin : file.Base;

    private static string Clean(string? text) => (text ?? "").Trim().ReplaceLineEndings("\n");

    private async Task<bool> FindAsync(Guid asked)
    {
        id = asked;
        if (!kept.Are || Colleagues.Of(HttpContext, Visit) is not { } me || await Book.FindAsync(asked, me, Cancelled) is not { } view)
        {
            return false;
        }

        View = view;
        if (IsLimited && !view.May(ProposalAct.Reassign))
        {
            return false;
        }

        Texts = IsLimited ? [] : await services.GetRequiredService<ChangeReading>().ReadAsync(view, Visit, Cancelled);
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
            var saved = await Book.DescribeAsync(id, Me, typed.Stamp, typed.Facts(Proposal), Cancelled);
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

        return await goOn();
    }

    /// <summary>Sends what was saved, if nothing stands in its way.</summary>
    private async Task<IActionResult> SendAsync(string done, Func<RoutePlan, Task<ProposalOutcome>> send)
    {
        if (!Texts.Any(text => text.IsChanged) && !Cancels.Any())
        {
            return await WrongAsync(Visit["proposal.wrong.nothing"]);
        }

        if (!(await services.GetRequiredService<MovedTexts>().FindAsync(View, Visit, Cancelled)).IsEmpty)
        {
            return await WrongAsync(Visit["merge.wrong.first"]);
        }

        if (Cancels.Select(pair => pair.Text).FirstOrDefault() is { } cancelled && Proposal.Exception.Length == 0)
        {
            return await WrongAsync(Visit.Format("proposal.wrong.cancels", cancelled.Title));
        }

        if (Day.PutOff(Proposal) is { } putOff)
        {
            return await WrongAsync(Visit.Format("proposal.wrong.puts-off", putOff.Title));
        }

        if (Day.CorrectedLate(Proposal) is { } late)
        {
            return await WrongAsync(Visit.Format("proposal.wrong.corrected-late", late.Title));
        }

        if (Day.Unwritable(Proposal) is [var unwritable, ..])
        {
            return await WrongAsync(Visit.Format("proposal.wrong.day-unwritable", unwritable.Title));
        }

        Findings = await services.GetRequiredService<ChangeChecks>().RunWholeAsync(View, Visit, Cancelled);
        if (BreaksContracts && Proposal.Exception.Length == 0)
        {
            return await WrongAsync(Visit["proposal.wrong.contracts"]);
        }

        if (Findings.BreaksUnseen || Findings.Added.Any(problem => problem is { Severity: Severity.Error, Code: not ProblemCatalogue.BrokenContract }))
        {
            return await WrongAsync(Visit["proposal.wrong.checks"]);
        }

        var plan = await PlanAsync();
        return plan.CanBeSent ? await ToldAsync(await send(plan), done) : await WrongAsync(Visit["proposal.wrong.route"]);
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
            if (refused.Why == ProposalRefusal.Moved)
            {
                await services.GetRequiredService<ChangeMail>().AuthorAsync(Proposal, "mail.returned", CancellationToken.None);
            }

            return await RefusedAsync(refused);
        }

        var proposal = ((ProposalOutcome.Done)outcome).Proposal;
        var state = proposal.State;
        await TellAsync(proposal, done);
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

    /// <summary>Tells by e-mail whoever it concerns and did not do it themselves.</summary>
    private async Task TellAsync(Proposal proposal, string done)
    {
        var mail = services.GetRequiredService<ChangeMail>();
        switch (done)
        {
            case "sent" or "urgent" or "reassigned":
                await mail.AskAsync(proposal, [], isAgain: false, CancellationToken.None);
                break;
            case "approved" when proposal.State is ProposalState.Sent or ProposalState.Urgent:
                await mail.AskAsync(proposal, [.. View.Tasks.Where(task => task.IsOpen).Select(task => task.Id)], isAgain: false, CancellationToken.None);
                break;
            case "approved" when proposal.State == ProposalState.Published:
                await mail.AuthorAsync(proposal, "mail.published", CancellationToken.None);
                break;
            case "asked":
                await mail.AuthorAsync(proposal, "mail.asked-for-changes", CancellationToken.None);
                break;
            case "rejected":
                await mail.AuthorAsync(proposal, proposal.State == ProposalState.Rejected ? "mail.rejected" : "mail.taken-back", CancellationToken.None);
                break;
            case "commented" when !IsAuthor:
                await mail.AuthorAsync(proposal, "mail.commented", CancellationToken.None);
                break;
            case "handed-over":
                await mail.AuthorAsync(proposal, "mail.handed-over", CancellationToken.None);
                break;
        }
    }

    private LocalRedirectResult Back(string done) => LocalRedirect($"{ChangeLinks.Of(id)}?done={done}");

    private Task<RoutePlan> PlanAsync() => Team.PlanAsync(ChangeReading.RouteOf(Texts, Visit), Proposal, Me, Visit.Today.Settings, Cancelled);

    private async Task<IActionResult> ShowAsync(string? read, string? step, string? view)
    {
        ShownAs = view ?? Views[0];
        Shown = Texts.FirstOrDefault(text => text.File.Path == read && text.IsUpcoming == (step == "1")) ?? Texts.FirstOrDefault(text => text.Path.IsDocument) ?? Texts.FirstOrDefault();
        if (Shown is { } shown)
        {
            Compare(shown);
        }

        if (IsWritten)
        {
            Plan = await PlanAsync();
            Findings ??= await services.GetRequiredService<ChangeChecks>().RunAsync(View, Visit, Cancelled);
            Authors = await Team.AuthorsAsync(Texts, Me, Cancelled);
            Moved = await services.GetRequiredService<MovedTexts>().FindAsync(View, Visit, Cancelled);
        }
        else if (!View.Tasks.IsEmpty)
        {
            Holders = await services.GetRequiredService<ApprovalBook>().HoldersAsync([.. View.Tasks.SelectMany(task => task.Answerable)], Me.Today, Cancelled);
            People = View.May(ProposalAct.Reassign) ? await Team.PeopleAsync(Me.Today, Cancelled) : [];
        }

        return Page();
    }

    private void Compare(ChangedFile shown)
    {
        if (ShownAs == "source")
        {
            Source = SourceComparison.Of(shown.SourceBefore, shown.SourceAfter);
        }

        if (shown is { Before: { } before, After: { } after })
        {
            Details = DetailsComparison.Of(before.Document, after.Document, Visit.Today.Settings);
            Rendered = ShownAs == "rendered" ? RenderedComparison.Of(before.Rendered.Html, after.Rendered.Html, Visit.Words) : null;
        }
    }
}
