using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Rendering;
using PolicyHub.Records.Feedback;
using PolicyHub.Web.Api;
using PolicyHub.Web.Counting;
using PolicyHub.Web.Feedback;
using PolicyHub.Web.Pages.Read;
using PolicyHub.Web.Security;
using PolicyHub.Web.SignIn;
using PolicyHub.Web.SignIn.Counter;

namespace PolicyHub.Web.Pages.Feedback;

/// <summary>Somebody says whether a text answered what they looked for, with a note to its owner. Scripts show the same form below the text.</summary>
[EnableRateLimiting(SearchLimit.Policy)]
public sealed class NewFeedbackModel(Visit visit, RecordsKept records, IServiceProvider services) : HubPage(visit)
{
    private const int LongestHeld = 600;

    private EditionDocument? found;
    private DocumentVersion? version;

    /// <summary>Made with the form, so that a form that is sent twice sends once.</summary>
    public Guid Number { get; private set; } = Guid.NewGuid();

    /// <summary>The text that was read, as <see cref="OpenPagesEndpoint.Held"/> names it.</summary>
    public string Held { get; private set; } = "";

    public string Title => found?.Title ?? "";

    /// <summary>Where one comes from.</summary>
    public string Address => found is null ? "/" : ReadLinks.Document(found, Section);

    public string Section { get; private set; } = "";

    public IReadOnlyList<RenderedSection> Sections => found is null ? [] : [.. found.Rendered.Sections.Where(section => section is { Level: > 0, Anchor.Length: > 0 })];

    /// <summary>What was searched for, as typed.</summary>
    public string Query { get; private set; } = "";

    /// <summary>What is kept of it.</summary>
    public string Masked => Wording.Of(Query);

    /// <summary>yes, no, or nothing yet.</summary>
    public string Answered { get; private set; } = "";

    public string Note { get; private set; } = "";

    /// <summary>Whether the owner is told who sent it.</summary>
    public bool IsNamed { get; private set; }

    public bool IsSent { get; private set; }

    public string? Wrong { get; private set; }

    /// <summary>Whether the note that was sent is somebody's.</summary>
    public bool IsOwn { get; private set; }

    /// <summary>At a counter PC a note is nobody's unless somebody says that it is theirs: it must not cost more there than a word in passing.</summary>
    public WhoActs Who { get; private set; } = new() { Id = "note-who", IsOptional = true };

    public IActionResult OnGet(string? held, string? q, string? section, string? answered, string? sent, string? own)
    {
        if (!records.Are)
        {
            return NotFound();
        }

        if (!string.IsNullOrEmpty(sent))
        {
            found = FeedbackDesk.Find(sent, Visit);
            (IsSent, IsOwn) = (true, own == "1");
            return Page();
        }

        Answered = answered is "yes" or "no" ? answered : "";
        return Take(held, q, section) ?? Page();
    }

    public async Task<IActionResult> OnPostAsync(
        [FromForm] string? number, [FromForm] string? held, [FromForm] string? q, [FromForm] string? section, [FromForm] string? answered, [FromForm] string? note, [FromForm] string? named)
    {
        if (!records.Are)
        {
            return NotFound();
        }

        if (Take(held, q, section) is { } refused)
        {
            return refused;
        }

        (Note, Answered, IsNamed) = ((note ?? "").Trim().ReplaceLineEndings("\n"), answered ?? "", named == "1");
        Number = Guid.TryParse(number, out var sent) ? sent : Number;
        Who = Who.Again(HttpContext);
        Wrong = Answered is not ("yes" or "no") ? Visit["feedback.wrong.answer"]
            : Note.Length > FeedbackBox.LongestNote ? Visit["feedback.wrong.note"]
            : null;
        if (Wrong is not null)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var (person, fault) = await services.GetRequiredService<ActingPerson>().TakeAsync(HttpContext, mayBeNobody: true);
        if (fault is not null)
        {
            Who = Who.Again(HttpContext, fault);
            return this.AskAgain(fault);
        }

        await services.GetRequiredService<FeedbackBox>().SendAsync(
            new FeedbackNote
            {
                Id = Number,
                Path = found!.Path.WithoutExtension,
                Title = found.Title,
                Section = Section,
                Version = version!.Label.ToString(),
                Commit = version.Commit.Id.Hex,
                Blob = version.Blob!.Value.Hex,
                Owners = found.Document.Owners,
                Query = Masked,
                Answered = Answered == "yes",
                Note = Note,
                PersonId = person?.Id,
                ShownName = IsNamed ? person?.Name ?? "" : "",
                At = Visit.Clock,
                State = Answered == "yes" && Note.Length == 0 ? FeedbackState.Thanked : FeedbackState.Open,
            },
            HttpContext.RequestAborted);
        return LocalRedirect(FeedbackLinks.Sent(found.Path.WithoutExtension, isOwn: person is not null));
    }

    /// <summary>Takes what the form is about; an answer where it is about nothing that the reader can read.</summary>
    private IActionResult? Take(string? held, string? q, string? section)
    {
        if (held?.Length > LongestHeld || q?.Length > SearchLimit.LongestQuery)
        {
            return BadRequest();
        }

        Held = held ?? "";
        var space = Held.LastIndexOf(' ');
        found = space < 0 ? null : FeedbackDesk.Find(Held[..space], Visit);
        version = found?.History.Versions.LastOrDefault(one =>
            one.Blob is { } blob && OpenPagesEndpoint.IsHash(Held[(space + 1)..], blob) && Visit.Today.MaySee(found.History, one, Reader));
        if (version is null)
        {
            found = null;
            return NotFound();
        }

        Query = (q ?? "").Trim();
        Section = Sections.Any(one => one.Anchor == section) ? section! : "";
        return null;
    }
}
