using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Rendering;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Propose;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.Propose;

/// <summary>
/// A document of a change, written on the page that staff see. As Markdown, with that page beside it, for those who want it and for browsers without scripts.
/// </summary>
[Authorize(Policies.Person)]
[RequestSizeLimit(LargestRequest)]
[RequestFormLimits(ValueLengthLimit = LargestRequest)]
public sealed class EditModel(Visit visit, RecordsKept kept, WritingDesk desk) : HubPage(visit)
{
    private const int LargestRequest = 4 * 1024 * 1024;

    public Writing Writing { get; private set; } = null!;

    /// <summary>Null: its fields cannot be read.</summary>
    public Document? Document { get; private set; }

    /// <summary>Null: it can be edited as Markdown only.</summary>
    public EditablePage? Shown { get; private set; }

    /// <summary>How the page comes out; null: it cannot be shown.</summary>
    public SafeHtml? Preview { get; private set; }

    /// <summary>The source; null where it is no text, or the page is edited in place.</summary>
    public SourceText? Source { get; private set; }

    public bool IsMarkdown => Shown is null;

    /// <summary>The section to begin at; empty: the top.</summary>
    public string Section { get; private set; } = "";

    /// <summary>What is wrong, as a whole sentence; null: nothing.</summary>
    public string? Wrong { get; private set; }

    /// <summary>By field of the form of details, what is wrong.</summary>
    public IReadOnlyDictionary<string, string> WrongFields { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether it was saved just now.</summary>
    public bool IsSaved { get; private set; }

    /// <summary>The sections of the document, by anchor and heading.</summary>
    public IEnumerable<RenderedSection> Sections => Document is null ? [] : new DocumentRenderer(Visit.Words).Render(Document).Sections.Where(section => section.Anchor.Length > 0);

    public string Title => Document?.Title ?? Writing.Path.Name;

    /// <summary>The documents of the change, that one can go from one to the other.</summary>
    public IEnumerable<ProposalFile> Others => Writing.Change.Files.Where(file => !file.IsRescinded && LibraryPath.TryParse(file.Path, out var path) && path.IsDocument);

    /// <summary>What people call a document of the change.</summary>
    public string TitleOf(ProposalFile file)
    {
        var path = LibraryPath.Parse(file.Path);
        return path == Writing.Path && file.Step == Writing.File.Step ? Title
            : (Visit.Today.Find(path, Reader) ?? (LibraryPath.TryParse(file.From, out var from) ? Visit.Today.Find(from, Reader) : null))?.Title ?? Path.GetFileNameWithoutExtension(path.Name).Replace('-', ' ');
    }

    /// <summary>Where documents of its kind are filed.</summary>
    public IEnumerable<FilingFolder> Folders
    {
        get
        {
            var known = NewDocument.FoldersFor(Visit.Today, Document?.Kind ?? DocumentKind.Page, Reader);
            return known.Any(folder => folder.Folder == Writing.Path.Folder) ? known : [new FilingFolder(Writing.Path.Folder, Writing.Path.Folder), .. known];
        }
    }

    public IEnumerable<(string Slug, string Title)> Desks => Visit.Today.Documents(Reader).Where(document => document.Document.Details is DeskDetails)
        .Select(document => (Path.GetFileNameWithoutExtension(document.Path.Name), document.Title));

    public async Task<IActionResult> OnGetAsync([FromRoute] Guid id, [FromRoute] string path, string? step, [FromQuery(Name = "view")] string? view, string? section, string? saved)
    {
        if (await FindAsync(id, step, path) is { } gone)
        {
            return gone;
        }

        (Section, IsSaved) = (section ?? "", saved == "1");
        Show(view == "markdown");
        return Page();
    }

    /// <summary>The form of the source, without scripts.</summary>
    public async Task<IActionResult> OnPostAsync([FromRoute] Guid id, [FromRoute] string path, string? step, [FromForm] string? text, [FromForm] string? matter, [FromForm] int? stamp)
    {
        if (await FindAsync(id, step, path) is { } gone)
        {
            return gone;
        }

        if (stamp is not { } seen)
        {
            return BadRequest();
        }

        var changed = SourceText.Write(Writing.Text, matter, text ?? "");
        var outcome = changed.Length > EditionBuilder.LargestDocument ? new SaveOutcome(seen, ProposalRefusal.Invalid) : await desk.SaveAsync(Writing, seen, changed, HttpContext.RequestAborted);
        if (outcome.Refusal is null)
        {
            return LocalRedirect(EditLinks.Edit(id, path, Writing.File.Step, asMarkdown: true) + "&saved=1");
        }

        Show(asMarkdown: true);

        // What was typed stays in the form, whatever is there by now.
        Source = new SourceText(matter ?? Source?.Matter, (text ?? "").ReplaceLineEndings("\n"));
        Preview = Editors.Of(Writing, Visit).Preview(changed);
        (Wrong, Response.StatusCode) = Refusal(outcome.Refusal.Value);
        return Page();
    }

    /// <summary>The form of what is said about the document, without scripts.</summary>
    public async Task<IActionResult> OnPostDetailsAsync([FromRoute] Guid id, [FromRoute] string path, string? step, [FromForm] int? stamp, [FromForm(Name = "view")] string? view)
    {
        if (await FindAsync(id, step, path) is { } gone)
        {
            return gone;
        }

        if (stamp is not { } seen || Document is null)
        {
            return BadRequest();
        }

        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);
        var changed = DetailsForm.Apply(Writing.Text, Document, await Request.ReadFormAsync(HttpContext.RequestAborted), Visit.Today.Settings, wrong);
        var outcome = changed is null ? new SaveOutcome(seen, ProposalRefusal.Invalid) : await desk.SaveAsync(Writing, seen, changed, HttpContext.RequestAborted);
        if (outcome.Refusal is null)
        {
            return LocalRedirect(EditLinks.Edit(id, path, Writing.File.Step, view == "markdown") is var back && back.Contains('?', StringComparison.Ordinal) ? back + "&saved=1" : back + "?saved=1");
        }

        Show(view == "markdown");
        WrongFields = wrong.ToDictionary(pair => pair.Key, pair => Visit.Words[pair.Value]);
        (Wrong, Response.StatusCode) = changed is null ? (Visit["edit.wrong"], StatusCodes.Status422UnprocessableEntity) : Refusal(outcome.Refusal.Value);
        return Page();
    }

    /// <summary>Another place or name for the document.</summary>
    public async Task<IActionResult> OnPostMoveAsync([FromRoute] Guid id, [FromRoute] string path, string? step, [FromForm] string? folder, [FromForm] string? name)
    {
        if (await FindAsync(id, step, path) is { } gone)
        {
            return gone;
        }

        var slug = NewDocument.Slug(name ?? "");
        var to = LibraryPath.TryParse((string.IsNullOrEmpty(folder) ? "" : folder + "/") + slug + Writing.Path.Extension, out var parsed) && slug.Length > 0 && Folders.Any(one => one.Folder == folder) ? parsed : Writing.Path;
        if (to != Writing.Path && await desk.MoveAsync(Writing, Visit, to, Document?.Desk, HttpContext.RequestAborted))
        {
            return LocalRedirect(EditLinks.Edit(id, to.Value, Writing.File.Step));
        }

        Show(asMarkdown: false);
        (Wrong, Response.StatusCode) = (Visit["edit.move.wrong"], StatusCodes.Status422UnprocessableEntity);
        return Page();
    }

    /// <summary>What stands in the place of the page; null: the page.</summary>
    private async Task<IActionResult?> FindAsync(Guid id, string? step, string path)
    {
        if (!kept.Are || !int.TryParse(string.IsNullOrEmpty(step) ? "0" : step, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || await desk.FindAsync(HttpContext, Visit, id, number, path) is not { } found)
        {
            return NotFound();
        }

        if (!found.IsOpen || !found.Path.IsDocument)
        {
            return LocalRedirect(EditLinks.Change(id));
        }

        Writing = found;
        Document = Editors.Document(found, Visit);
        return null;
    }

    private void Show(bool asMarkdown)
    {
        var editor = Editors.Of(Writing, Visit);
        Shown = asMarkdown ? null : editor.Show(Writing.Text);
        Source = Shown is null ? SourceText.Read(Writing.Text) : null;
        Preview = Shown is null ? editor.Preview(Writing.Text) : null;
    }

    private (string Sentence, int Status) Refusal(ProposalRefusal why) => why switch
    {
        ProposalRefusal.Stale => (Visit["edit.stale.form"], StatusCodes.Status409Conflict),
        ProposalRefusal.Invalid => (Visit["edit.too-long"], StatusCodes.Status422UnprocessableEntity),
        _ => (Visit["edit.gone"], StatusCodes.Status409Conflict),
    };
}
