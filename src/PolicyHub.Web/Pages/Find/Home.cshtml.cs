using System.Collections.Immutable;
using PolicyHub.Content.Editions;
using PolicyHub.Records.Feedback;
using PolicyHub.Records.Notices;
using PolicyHub.Records.Storage;
using PolicyHub.Web.Feedback;
using PolicyHub.Web.Notices;
using PolicyHub.Web.Reading;

namespace PolicyHub.Web.Pages.Find;

/// <summary>Where everyone starts: the search box, what is going on, what changed, and every way to browse.</summary>
public sealed class HomeModel(Visit visit, NoticeBoard board, MyReading reading, FeedbackDesk desk) : HubPage(visit)
{
    private const int ChangesShown = 8;

    public IReadOnlyList<EditionDocument> Running { get; private set; } = [];

    /// <summary>What leads have posted.</summary>
    public IReadOnlyList<PostedNotice> Posted { get; private set; } = [];

    public IReadOnlyList<EditionDocument> ToCome { get; private set; } = [];

    /// <summary>What the person pinned and opened lately; null where nobody signed in by name: then the browser keeps it.</summary>
    public MyDocuments? Mine { get; private set; }

    /// <summary>Notes that the person sent, and what became of them.</summary>
    public ImmutableArray<FeedbackNote> Sent { get; private set; } = [];

    /// <summary>Whether notes wait for the person, as owner of what they are about.</summary>
    public bool HasNotesToAnswer { get; private set; }

    public IReadOnlyList<Change> Changes { get; private set; } = [];

    public BrowseView Browse { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        Posted = [.. board.Running];
        Running = [.. Edition.NoticesAt(Visit.Now, Reader)];
        ToCome = [.. Edition.NoticesAfter(Visit.Now, Reader).Take(5)];
        Changes = Change.Latest(Visit, ChangesShown);
        Browse = new BrowseView(Visit);
        if (Visit.Acting is not { } person)
        {
            return;
        }

        Mine = await reading.OfAsync(person, Visit, HttpContext.RequestAborted);
        try
        {
            Sent = await desk.SentByAsync(person, HttpContext.RequestAborted);
            HasNotesToAnswer = Visit.Person is not null && !(await desk.WaitingForAsync(person, Visit, HttpContext.RequestAborted)).IsEmpty;
        }
        catch (Exception failure) when (RecordsOutage.Is(failure))
        {
            // Notes can wait; whoever has a caller on the line can't.
        }
    }
}
