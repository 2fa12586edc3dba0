using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;
using PolicyHub.Records.Approvals;
using PolicyHub.Web.Audit;
using PolicyHub.Web.Pages.Errors;
using PolicyHub.Web.Propose;
using PolicyHub.Web.Security;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.History;

/// <summary>Every version of one document, newest first, whatever day the visit asks about: that day is answered in a sentence of its own.</summary>
[EnableRateLimiting(RateLimits.Export)]
public sealed class HistoryModel(Visit visit, AuditTrail trail, ApprovalProofs proofs, RecordsKept kept, IServiceProvider services) : HubPage(visit)
{
    public const int RowsOnAPage = 50;

    public DocumentHistory History { get; private set; } = null!;

    public DocumentTimeline Timeline { get; private set; } = null!;

    /// <summary>The document as it stands today; null when it is not in effect.</summary>
    public EditionDocument? Standing { get; private set; }

    public string Title { get; private set; } = "";

    /// <summary>What this page of the list shows, made when it is written.</summary>
    public IReadOnlyList<HistoryRow> Rows => [.. Shown.Select(change => new HistoryRow(change, Timeline, Visit))];

    /// <summary>Names the rows of the first page, which most people read and which are written once an edition; null for the others.</summary>
    public string? RowsKey => Pager.Page == 1 ? $"history {History.Path} {HistoryLinks.Began(History, Visit)} {Timeline.At(DateQuestion.On, Visit.Clock)?.Version.Label} {Proof.Count} {BringsBack}" : null;

    /// <summary>Whether whoever looks may publish an earlier text again.</summary>
    public bool BringsBack => kept.Are && Standing is { } there && Visit.Person?.MayWrite(there.Document) == true;

    /// <summary>What the audit log confirms of the approvals that commits state.</summary>
    public ApprovalProof Proof { get; private set; } = ApprovalProof.None;

    /// <summary>What came from outside for this document and is held back, for those who have to do with it; null: nothing, or nothing for them.</summary>
    public OutsideText? Outside { get; private set; }

    /// <summary>Who wrote that, and since when it waits.</summary>
    public (string By, DateTimeOffset Since) OutsideOf(OutsideText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return (string.Join(", ", text.Held.Commits.Select(commit => commit.Author).Distinct(StringComparer.Ordinal)), text.Held.Commits[0].Published);
    }

    private IEnumerable<DocumentEvent> Shown => Timeline.Events.Skip(Pager.Skipped).Take(RowsOnAPage);

    public Pager Pager { get; private set; } = null!;

    /// <summary>The two versions that are offered to be compared first: the one before what stands, and what stands.</summary>
    public (DocumentVersion From, DocumentVersion To)? Offered { get; private set; }

    /// <summary>The texts that are offered to be compared, newest first: those of this page of the list, and the two offered first.</summary>
    public IEnumerable<DocumentVersion> Choices
    {
        get
        {
            var shown = Shown.Select(change => change.Version).ToHashSet(ReferenceEqualityComparer.Instance);
            return Timeline.Texts.Where(version => ReferenceEquals(version, Offered?.From) || ReferenceEquals(version, Offered?.To) || shown.Contains(version));
        }
    }

    public async Task<IActionResult> OnGetAsync(string? path, string? began, [FromQuery] string? page, string? format)
    {
        if (HistoryFinder.Find(path, began, Visit) is not { } history)
        {
            FailureReason.Set(HttpContext, Visit["history.none"]);
            return NotFound();
        }

        if (path!.Trim('/') != history.Path.WithoutExtension && string.IsNullOrEmpty(began))
        {
            return Redirect(HistoryLinks.Of(history, Visit));
        }

        History = history;
        Timeline = DocumentTimeline.Of(history, Visit.Today, Reader, Visit.Clock);
        Standing = Visit.Today.Find(history.Path, Reader) is { } there && ReferenceEquals(there.History, history) ? there : null;
        Title = Standing?.Title ?? Timeline.Title;
        if (format == "csv")
        {
            await trail.ExportedAsync(HttpContext, "history.csv", History.Path.Value, Visit.Today.Head.Hex, [("began", began)]);
            return Csv.File($"history-{Path.GetFileNameWithoutExtension(history.Path.Name)}.csv", HistoryTable.Of(Timeline, Visit));
        }

        if (!string.IsNullOrEmpty(format) || !Pager.TryRead(page, Timeline.Events.Length, RowsOnAPage, out var pager))
        {
            FailureReason.Set(HttpContext, Visit["history.wrong.page"]);
            return BadRequest();
        }

        Pager = pager;
        if (kept.Are && Visit.Today.Catalogue.HeldBack?.Paths.ContainsKey(History.Path) == true)
        {
            var waiting = await services.GetRequiredService<OutsideChanges>().ListAsync(HttpContext, Visit);
            Outside = waiting.SelectMany(entry => entry.Texts).FirstOrDefault(text => text.Path == History.Path);
        }

        if (Shown.Any(change => !Approval.Of(change.Commit).IsEmpty))
        {
            Proof = await proofs.ReadAsync(HttpContext.RequestAborted);
        }

        Offered = OfferedOf([.. Timeline.Texts.Reverse()]);
        return Page();
    }

    private (DocumentVersion, DocumentVersion)? OfferedOf(IReadOnlyList<DocumentVersion> texts)
    {
        if (texts.Count < 2)
        {
            return null;
        }

        var to = texts.ToList().FindLastIndex(version => Timeline.StateOf(version, Visit.Clock) == VersionState.InEffect);
        to = to < 1 ? texts.Count - 1 : to;
        return (texts[to - 1], texts[to]);
    }
}
