using Microsoft.AspNetCore.Mvc;
using PolicyHub.Content;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Web.Pages.History;
using PolicyHub.Web.Propose;
using PolicyHub.Web.Reading;
using PolicyHub.Web.Refresh;
using PolicyHub.Web.Security;
using PolicyHub.Web.SignIn;
using PolicyHub.Web.SignIn.Counter;

namespace PolicyHub.Web.Pages.Read;

/// <summary>One document, as it is in effect; of one that is not, when and why.</summary>
public sealed class DocumentModel(Visit visit, CurrentEdition current, VersionTexts texts, OpenedPages opened, MyReading reading, UrgentMark urgent) : HubPage(visit)
{
    private static readonly string[] Extensions = [".md", ".markdown"];

    public DocumentView View { get; private set; } = null!;

    /// <summary>Set where the document is known and not in effect; then there is no view.</summary>
    public AbsentDocument? Absent { get; private set; }

    /// <summary>The steps of a process on one sheet of paper.</summary>
    public bool IsPoster { get; private set; }

    /// <summary>Whether the person pinned it; null where nobody signed in by name.</summary>
    public bool? IsPinned { get; private set; }

    /// <summary>Whether who pins it is asked when they do: at a counter PC.</summary>
    public bool AsksWhoPins => !Visit.IsPublic && ActingPerson.Asks(HttpContext);

    /// <summary>Whether it was published as urgent, and nobody has approved it yet.</summary>
    public bool IsUrgent { get; private set; }

    /// <summary>Reads its address itself: of the framework's way to bind four texts a page would take longer than of everything else here.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var path = RouteData.Values["path"] as string ?? ""; // Empty, where what was asked for is white space alone.
        var (q, began) = (Asked("q"), Asked("began"));
        if (q?.Length > SearchLimit.LongestQuery)
        {
            return BadRequest();
        }

        var one = began is null ? null : HistoryFinder.Find(path, began, Visit);
        if (began is not null && (one is null || Standing(one) is not null))
        {
            return one is null ? NotFound() : Redirect(ReadLinks.Document(Standing(one)!, marking: q));
        }

        if (one is not null || Find(path) is not { } found)
        {
            if (one is null && Moved(path) is { } moved)
            {
                return RedirectPermanent(ReadLinks.Document(moved, marking: q));
            }

            if ((one ?? Edition.FindHistory(path, Reader)) is not { } history)
            {
                return NotFound();
            }

            Absent = await AbsentDocument.OfAsync(history, Visit, texts, current.Blobs, HttpContext.RequestAborted);
            Response.StatusCode = Absent.IsGone ? StatusCodes.Status410Gone : StatusCodes.Status404NotFound;
            return Page();
        }

        View = new DocumentView(found, Visit, string.IsNullOrWhiteSpace(q) ? null : q);
        IsUrgent = await urgent.StandsAsync(found, Visit, HttpContext.RequestAborted);
        IsPoster = Asked("view") == "poster" && found.Document.Details is ProcessDetails;
        if (!Visit.IsPublic && Visit.Acting is { } person)
        {
            await NoteAsync(person, found.Path.WithoutExtension);
        }

        return Page();
    }

    /// <summary>That somebody looked into the text of another day is kept of nobody.</summary>
    private async ValueTask NoteAsync(SignedIn person, string path)
    {
        if (Visit.AsOf is null && HttpMethods.IsGet(Request.Method))
        {
            opened.Note(person.Id, path, Visit.Clock);
        }

        IsPinned = (await reading.PinsOfAsync(person, HttpContext.RequestAborted)).Contains(path);
    }

    /// <summary>The first value of a name in the address; null where it has none.</summary>
    private string? Asked(string name) => Request.Query[name] is [{ Length: > 0 } first, ..] ? first : null;

    private EditionDocument? Find(string path)
    {
        foreach (var extension in Extensions)
        {
            if (LibraryPath.TryParse(path + extension, out var parsed) && Edition.Find(parsed, Reader) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private EditionDocument? Standing(DocumentHistory history) =>
        Edition.Find(Edition.Point.PathOf(history), Reader) is { } there && ReferenceEquals(there.History, history) ? there : null;

    /// <summary>An earlier path, the file's own name, a closing slash, or the folder of an index.</summary>
    private EditionDocument? Moved(string path)
    {
        var tidy = path.Trim('/');
        var bare = Extensions.Where(tidy.EndsWith).Select(extension => tidy[..^extension.Length]).FirstOrDefault() ?? tidy;
        return Edition.FindRedirect(bare, Reader)
            ?? Find(bare)
            ?? Find(bare + "/index")
            ?? Find(bare + "/README");
    }
}
