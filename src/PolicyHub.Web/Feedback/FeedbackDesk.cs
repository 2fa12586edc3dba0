using System.Collections.Immutable;
using PolicyHub.Content;
using PolicyHub.Content.Editions;
using PolicyHub.Records.Feedback;
using PolicyHub.Records.People;
using PolicyHub.Web.Counting;
using PolicyHub.Web.Pages;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Feedback;

/// <summary>Brings notes to those who own the document, and the outcome back to who sent them.</summary>
public sealed class FeedbackDesk(FeedbackBox box, TimeProvider time)
{
    /// <summary>How long the outcome of a note stands on the home page of who sent it.</summary>
    private static readonly TimeSpan ShownFor = TimeSpan.FromDays(30);

    private static readonly string[] Extensions = [".md", ".markdown"];

    /// <summary>
    /// Whether a person deals with the notes about a document: they hold a position that owns it, today's if it still stands, else that of
    /// the day of the note; where no position owns it, they are author of its folder.
    /// </summary>
    public static bool IsFor(FeedbackNote note, SignedIn person, Visit visit)
    {
        var document = Find(note.Path, visit);
        if (document is null && Extensions.Any(extension => LibraryPath.TryParse(note.Path + extension, out var path) && visit.Today.IsRestricted(path, visit.Reader)))
        {
            return false;
        }

        var owners = document?.Document.Owners ?? note.Owners;
        return owners.IsEmpty
            ? person.Grants.Any(grant => grant.Role == Role.Author && grant.CoversPath(note.Path))
            : owners.Any(owner => person.Positions.Contains(owner));
    }

    /// <summary>The document of a note as it stands today; null where it is not in effect, or not for this reader.</summary>
    public static EditionDocument? Find(string path, Visit visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        return Extensions.Select(extension => LibraryPath.TryParse(path + extension, out var parsed) ? visit.Today.Find(parsed, visit.Reader) : null).FirstOrDefault(found => found is not null)
            ?? visit.Today.FindRedirect(path, visit.Reader);
    }

    /// <summary>Notes that wait for a person, the oldest first.</summary>
    public async Task<ImmutableArray<FeedbackNote>> WaitingForAsync(SignedIn person, Visit visit, CancellationToken cancellation) =>
        person.Positions.IsEmpty && !person.Is(Role.Author)
            ? []
            : [.. (await box.OpenAsync(cancellation)).Where(note => IsFor(note, person, visit))];

    /// <summary>What a person sent, with its outcome.</summary>
    public Task<ImmutableArray<FeedbackNote>> SentByAsync(SignedIn person, CancellationToken cancellation) =>
        box.OfAsync(person.Id, time.GetUtcNow() - ShownFor, cancellation);

    /// <summary>How many wait in all; null where too few people sent them to give a figure.</summary>
    public async Task<int?> CountAsync(CancellationToken cancellation) =>
        await box.CountOpenAsync(cancellation) is var (notes, people) && people >= QueryCounts.LeastPeopleForFigure ? notes : null;
}
