using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Reading;

/// <summary>One page that somebody opened.</summary>
public sealed record OpenedPage(Guid Person, string Path, DateTimeOffset At);

/// <summary>Pins, and pages opened lately. Every call names the person whose they are: there is none that reads those of many.</summary>
public sealed class ReadingBook(IDbContextFactory<RecordsDb> records, TimeProvider time)
{
    /// <summary>In UTF-16 units; a longer path is not remembered.</summary>
    public const int LongestPath = 500;

    /// <summary>Pages opened lately that are kept of one person.</summary>
    public const int MostRecent = 20;

    /// <summary>Pins that one person can have.</summary>
    public const int MostPins = 50;

    /// <summary>Paths, in the order in which they were pinned.</summary>
    public async Task<ImmutableArray<string>> PinsOfAsync(Guid person, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var found = await db.Set<Pin>().Where(pin => pin.PersonId == person).OrderBy(pin => pin.At).ThenBy(pin => pin.Path).Select(pin => pin.Path).ToListAsync(cancellation);
        return [.. found];
    }

    /// <summary>Pins a document; one that is pinned already stays as it is.</summary>
    /// <returns>False where the person has as many as one may have.</returns>
    public async Task<bool> PinAsync(Guid person, string path, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var pins = db.Set<Pin>().Where(pin => pin.PersonId == person);
        if (await pins.AnyAsync(pin => pin.Path == path, cancellation))
        {
            return true;
        }

        if (path.Length > LongestPath || await pins.CountAsync(cancellation) >= MostPins)
        {
            return false;
        }

        db.Add(new Pin { PersonId = person, Path = path, At = time.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException)
        {
            // Pinned twice at the same moment: there is one.
            db.ChangeTracker.Clear();
            return await pins.AnyAsync(pin => pin.Path == path, cancellation);
        }

        return true;
    }

    public async Task UnpinAsync(Guid person, string path, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        await db.Set<Pin>().Where(pin => pin.PersonId == person && pin.Path == path).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Pages opened lately, the latest first.</summary>
    public async Task<ImmutableArray<OpenedPage>> RecentOfAsync(Guid person, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var found = await db.Set<RecentPage>().AsNoTracking().Where(page => page.PersonId == person)
            .OrderByDescending(page => page.At).ThenBy(page => page.Path).Take(MostRecent).ToListAsync(cancellation);
        return [.. found.Select(page => new OpenedPage(page.PersonId, page.Path, page.At))];
    }

    public async Task ForgetRecentAsync(Guid person, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        await db.Set<RecentPage>().Where(page => page.PersonId == person).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Takes in pages that people opened, and keeps of each the last <see cref="MostRecent"/>. A person who is gone is passed over.</summary>
    public async Task OpenedAsync(IReadOnlyCollection<OpenedPage> opened, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(opened);
        foreach (var ofOne in opened.Where(page => page.Path.Length <= LongestPath).GroupBy(page => page.Person))
        {
            var person = ofOne.Key;
            await using var db = await records.CreateDbContextAsync(cancellation);
            if (!await db.Users.AnyAsync(known => known.Id == person, cancellation))
            {
                continue;
            }

            var known = await db.Set<RecentPage>().Where(page => page.PersonId == person).ToListAsync(cancellation);
            foreach (var page in ofOne)
            {
                if (known.Find(one => one.Path == page.Path) is { } before)
                {
                    before.At = page.At > before.At ? page.At : before.At;
                }
                else
                {
                    var added = new RecentPage { PersonId = person, Path = page.Path, At = page.At };
                    known.Add(added);
                    db.Add(added);
                }
            }

            db.RemoveRange(known.OrderByDescending(page => page.At).ThenBy(page => page.Path, StringComparer.Ordinal).Skip(MostRecent));
            try
            {
                await db.SaveChangesAsync(cancellation);
            }
            catch (DbUpdateException)
            {
                // Another process noted the same page at the same moment, or the person was just taken out: what is lost is one line of their own list.
            }
        }
    }
}
