using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Web.Propose;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.Propose;

/// <summary>
/// A new document: of which kind, under which title and where; its text begins with the template of its kind, or with that of a Word file, and then it is said what of that could not be carried over.
/// </summary>
[Authorize(Policies.Author)]
[RequestSizeLimit(LargestRequest)]
[RequestFormLimits(MultipartBodyLengthLimit = LargestRequest)]
public sealed class NewModel(Visit visit, RecordsKept kept, WritingDesk writing) : HubPage(visit)
{
    private const int LongestTitle = 200;

    /// <summary>Bytes: somewhat more than the largest Word file, so that of one that is too large its author is told.</summary>
    private const int LargestRequest = DocxImport.Largest + (4 * 1024 * 1024);

    /// <summary>Null: it is still to be chosen.</summary>
    public DocumentKind? Kind { get; private set; }

    /// <summary>Kinds of which they may write one somewhere.</summary>
    public IEnumerable<DocumentKind> Kinds => DocumentKinds.All.Where(kind => FoldersOf(kind).Any());

    public IReadOnlyList<FilingFolder> Folders { get; private set; } = [];

    public string DocumentTitle { get; private set; } = "";

    public string Folder { get; private set; } = "";

    public string Desk { get; private set; } = "";

    public string Owner { get; private set; } = "";

    public ImmutableArray<string> Audience { get; private set; } = [];

    /// <summary>A change of theirs that the document is added to; null: it begins one of its own.</summary>
    public Guid? Into { get; private set; }

    public string? Wrong { get; private set; }

    /// <summary>What of a Word file could not be carried over; empty where nothing was left out, and where none was given.</summary>
    public ImmutableArray<ImportNote> Notes { get; private set; } = [];

    /// <summary>Where the document that began is written, once <see cref="Notes"/> have been read.</summary>
    public string Begun { get; private set; } = "";

    public IEnumerable<(string Slug, string Title)> Desks => Visit.Today.Documents(Reader).Where(document => document.Document.Details is DeskDetails)
        .Select(document => (Path.GetFileNameWithoutExtension(document.Path.Name), document.Title));

    public IActionResult OnGet(string? kind, Guid? into)
    {
        if (!Look(kind, into))
        {
            return NotFound();
        }

        (Desk, Owner) = (Visit.Desk, Visit.Person!.Positions.FirstOrDefault(""));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(
        string? kind, Guid? into, [FromForm] string? title, [FromForm] string? folder, [FromForm] string? desk, [FromForm] string? owner, [FromForm] string[]? audience, IFormFile? word)
    {
        if (!Look(kind, into) || Kind is not { } chosen)
        {
            return NotFound();
        }

        (DocumentTitle, Folder, Desk, Owner) = (string.Join(' ', (title ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), folder ?? "", desk ?? "", owner ?? "");
        Audience = [.. (audience ?? []).Where(Visit.Today.Settings.Audiences.ContainsKey)];
        var imported = await ImportAsync(word);
        if (imported?.Document is { Title: var named } && DocumentTitle.Length == 0)
        {
            DocumentTitle = named.Length <= LongestTitle ? named : named[..LongestTitle];
        }

        Wrong = imported is { Refusal: { } refusal } ? Visit.Words[$"import.refused.{refusal}"]
            : DocumentTitle.Length is 0 or > LongestTitle ? Visit["edit.new.wrong.title"]
            : Folders.All(one => one.Folder != Folder) ? Visit["edit.new.wrong.folder"]
            : Desk.Length > 0 && Desks.All(one => one.Slug != Desk) ? Visit["edit.new.wrong.folder"]
            : Owner.Length > 0 && !Visit.Today.Settings.Positions.ContainsKey(Owner) ? Visit["edit.new.wrong.folder"]
            : null;
        if (Wrong is null)
        {
            var request = new NewDocumentRequest
            {
                Kind = chosen,
                Title = DocumentTitle,
                Folder = Folder,
                Today = DateOnly.FromDateTime(Visit.Dates.Local),
                Desk = Desk,
                Owner = Owner,
                Audience = Audience,
            };
            if (await writing.BeginAsync(HttpContext, Visit, request, Into, imported?.Document) is { } started)
            {
                Begun = EditLinks.Edit(started.Id, started.Path.Value);
                Notes = [.. imported?.Document?.Notes ?? [], .. started.LeftOut.Select(picture => new ImportNote("picture", "", picture))];
                return Notes.IsEmpty ? LocalRedirect(Begun) : Page();
            }

            Wrong = Visit["edit.new.wrong.change"];
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    /// <summary>Reads a Word file, away from the threads that answer; null: none was given.</summary>
    private async Task<ImportOutcome?> ImportAsync(IFormFile? word)
    {
        if (word is not { Length: > 0 })
        {
            return null;
        }

        if (word.Length > DocxImport.Largest)
        {
            return new ImportOutcome(null, "too-large");
        }

        using var bytes = new MemoryStream();
        await word.CopyToAsync(bytes, HttpContext.RequestAborted);
        return await Task.Run(() => DocxImport.Read(bytes.ToArray(), "import"), HttpContext.RequestAborted);
    }

    private bool Look(string? kind, Guid? into)
    {
        Into = into;
        if (!kept.Are || (!string.IsNullOrEmpty(kind) && !DocumentKinds.TryParse(kind, out _)))
        {
            return false;
        }

        Kind = DocumentKinds.TryParse(kind ?? "", out var known) ? known : null;
        Folders = Kind is { } chosen ? [.. FoldersOf(chosen)] : [];
        return Kind is null || Folders.Count > 0;
    }

    /// <summary>Folders of a kind in which they may write, whatever its desk will be.</summary>
    private IEnumerable<FilingFolder> FoldersOf(DocumentKind kind) => NewDocument.FoldersFor(Visit.Today, kind, Reader)
        .Where(folder => Visit.Person!.MayWrite(LibraryPath.Parse(folder.Folder.Length == 0 ? "x.md" : folder.Folder + "/x.md"), Visit.Desk));
}
