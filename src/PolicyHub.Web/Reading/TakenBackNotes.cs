using System.Collections.Concurrent;
using System.Collections.Immutable;
using PolicyHub.Content;
using PolicyHub.Records.Reading;
using PolicyHub.Records.Storage;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Pages.Read;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Reading;

/// <summary>A note on a person's pages: an urgent text that they opened was taken back.</summary>
/// <param name="Title">Null: of a document that they may not see any more.</param>
/// <param name="Address">Where what is in effect now is read; null: nothing is.</param>
public sealed record TakenBackNote(TakenBackText Text, string? Title, string? Address);

/// <summary>
/// Tells whoever signed in of urgent texts that they saw and that were taken back, until they put the note away: for them alone. A counter PC and the public are told by the page that is open.
/// </summary>
public sealed class TakenBackNotes(RecordsKept kept, TimeProvider time, IServiceProvider services)
{
    /// <summary>What another process put away is gone within this time; a page costs no query meanwhile.</summary>
    private static readonly TimeSpan TrustedFor = TimeSpan.FromSeconds(5);

    /// <summary>More people than this are looked up each time.</summary>
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<Guid, (ImmutableArray<TakenBackText> Texts, DateTimeOffset At)> known = new();
    private volatile bool any;

    /// <summary>For nearly every page: that nobody has anything to be told costs it nothing.</summary>
    public async ValueTask<ImmutableArray<TakenBackNote>> OfAsync(Visit visit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(visit);
        if (!any || !kept.Are || visit is not { Person: { } person, IsPublic: false, AsOf: null })
        {
            return [];
        }

        var now = time.GetUtcNow();
        if (!known.TryGetValue(person.Id, out var held) || now - held.At >= TrustedFor)
        {
            try
            {
                held = (await services.GetRequiredService<SeenUrgentBook>().OfAsync(person.Id, cancellation), now);
            }
            catch (Exception failure) when (RecordsOutage.Is(failure))
            {
                return [];
            }

            if (known.Count >= Most)
            {
                known.Clear();
            }

            known[person.Id] = held;
        }

        return held.Texts.IsEmpty ? [] : [.. held.Texts.Select(text => Note(text, visit))];
    }

    /// <summary>A person has read a note.</summary>
    public async Task PutAwayAsync(SignedIn person, Guid proposal, string path, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(person);
        await services.GetRequiredService<SeenUrgentBook>().PutAwayAsync(person.Id, proposal, path, cancellation);
        known.TryRemove(person.Id, out _);
    }

    /// <summary>Looks whether anybody has something to be told.</summary>
    internal async Task LookAsync(CancellationToken cancellation)
    {
        any = await services.GetRequiredService<SeenUrgentBook>().AnyAsync(cancellation);
        known.Clear();
    }

    private static TakenBackNote Note(TakenBackText text, Visit visit)
    {
        foreach (var extension in new[] { ".md", ".markdown" })
        {
            if (LibraryPath.TryParse(text.Path + extension, out var path) && visit.Today.Find(path, Reader.Auditor) is not null)
            {
                return visit.Today.Find(path, visit.Reader) is { } found ? new TakenBackNote(text, found.Title, ReadLinks.Document(found)) : new TakenBackNote(text, null, null);
            }
        }

        return new TakenBackNote(text, text.Title, null);
    }
}
