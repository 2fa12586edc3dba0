using System.Collections.Concurrent;
using System.Collections.Immutable;
using PolicyHub.Records.Reading;
using PolicyHub.Records.Storage;
using PolicyHub.Web.Api;
using PolicyHub.Web.Pages;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Reading;

/// <summary>Documents that a person pinned and opened lately, as they stand now.</summary>
public sealed record MyDocuments(ImmutableArray<RememberedDocument> Pinned, ImmutableArray<RememberedDocument> Recent);

/// <summary>The pins of a person and what they opened lately: for them alone, on every machine.</summary>
public sealed class MyReading(ReadingBook book, OpenedPages opened, TimeProvider time)
{
    /// <summary>So many are shown of those opened lately.</summary>
    private const int RecentShown = 8;

    /// <summary>What another process pinned shows within this time; a page of a document costs no query meanwhile.</summary>
    private static readonly TimeSpan TrustedFor = TimeSpan.FromSeconds(10);

    /// <summary>More people than this are looked up each time.</summary>
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<Guid, (ImmutableArray<string> Pins, DateTimeOffset At)> known = new();

    /// <summary>Paths that a person pinned.</summary>
    public async ValueTask<ImmutableArray<string>> PinsOfAsync(SignedIn person, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (known.TryGetValue(person.Id, out var held) && now - held.At < TrustedFor)
        {
            return held.Pins;
        }

        ImmutableArray<string> pins;
        try
        {
            pins = await book.PinsOfAsync(person.Id, cancellation);
        }
        catch (Exception failure) when (RecordsOutage.Is(failure))
        {
            return held.Pins.IsDefault ? [] : held.Pins;
        }

        if (known.Count >= Most)
        {
            known.Clear();
        }

        known[person.Id] = (pins, now);
        return pins;
    }

    /// <returns>False where the person has as many pins as one may have.</returns>
    public async Task<bool> PinAsync(SignedIn person, string path, bool on, CancellationToken cancellation)
    {
        var done = true;
        if (on)
        {
            done = await book.PinAsync(person.Id, path, cancellation);
        }
        else
        {
            await book.UnpinAsync(person.Id, path, cancellation);
        }

        known.TryRemove(person.Id, out _);
        return done;
    }

    public Task ForgetRecentAsync(SignedIn person, CancellationToken cancellation)
    {
        opened.Forget(person.Id);
        return book.ForgetRecentAsync(person.Id, cancellation);
    }

    private async Task<ImmutableArray<OpenedPage>> RecentOfAsync(SignedIn person, CancellationToken cancellation)
    {
        try
        {
            return await book.RecentOfAsync(person.Id, cancellation);
        }
        catch (Exception failure) when (RecordsOutage.Is(failure))
        {
            return [];
        }
    }

    /// <summary>Both lists; what is not in effect any more, or not for this reader, is left out.</summary>
    public async Task<MyDocuments> OfAsync(SignedIn person, Visit visit, CancellationToken cancellation)
    {
        var pins = await PinsOfAsync(person, cancellation);
        var recent = (await RecentOfAsync(person, cancellation)).Concat(opened.PendingOf(person.Id))
            .OrderByDescending(page => page.At).Select(page => page.Path).Distinct(StringComparer.Ordinal).Except(pins);
        return new MyDocuments(Stand(pins), Stand(recent, RecentShown));

        ImmutableArray<RememberedDocument> Stand(IEnumerable<string> paths, int most = int.MaxValue) =>
            [.. paths.Select(path => DocumentsEndpoint.Remembered(path, visit)).OfType<RememberedDocument>().Take(most)];
    }
}
