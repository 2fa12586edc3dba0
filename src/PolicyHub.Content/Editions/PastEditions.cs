using System.Collections.Immutable;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Editions;

/// <summary>
/// The editions of other days that were asked for lately. Between two changes of the library every instant has the same edition, so
/// each stretch is built once; texts are shared with today's and with each other. The one not asked for longest goes first when what
/// they hold together passes the limit.
/// </summary>
/// <param name="mostBytes">About how much memory they may take beside today's edition, in bytes; the one asked for last always stays.</param>
public sealed class PastEditions(long mostBytes) : IDisposable
{
    /// <summary>More stretches than this are not kept, however small they are.</summary>
    private const int Most = 200;

    private readonly SemaphoreSlim building = new(1);
    private readonly Lock gate = new();
    private readonly List<Kept> kept = [];
    private Edition? stretchesOf;
    private ImmutableArray<DateTimeOffset> stretches = [];

    /// <summary>About how many bytes the editions of other days take beside today's.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
            {
                return kept.Count == 0 ? 0 : EditionWeight.Of([.. kept.Select(edition => edition.Edition)], kept[^1].Today);
            }
        }
    }

    /// <summary>
    /// The edition that answers a question about an instant, as known now; today's own where nothing changes between the two. One is
    /// built at a time.
    /// </summary>
    /// <param name="today">The edition served now.</param>
    /// <exception cref="GitException">The store cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async Task<Edition> AtAsync(Edition today, IBlobStore blobs, PointInTime point, CancellationToken cancellation)
    {
        var stretch = StretchOf(today, point.At);
        if (stretch == StretchOf(today, today.At))
        {
            return today;
        }

        if (Find(today, point, stretch) is { } ready)
        {
            return ready;
        }

        await building.WaitAsync(cancellation);
        try
        {
            if (Find(today, point, stretch) is { } made)
            {
                return made;
            }

            // The likeliest to hold the same texts stand nearest in time.
            Edition[] near;
            lock (gate)
            {
                near = [.. kept.Select(edition => edition.Edition).Append(today).OrderBy(edition => (edition.At - point.At).Duration()).Take(8)];
            }

            var edition = await new EditionBuilder(blobs).BuildAsync(today, point, near, cancellation);
            Keep(new Kept(today, point.Question, stretch, edition));
            return edition;
        }
        finally
        {
            building.Release();
        }
    }

    public void Dispose() => building.Dispose();

    /// <summary>The number of the last change by an instant: what stands between two changes is one edition.</summary>
    private int StretchOf(Edition today, DateTimeOffset at)
    {
        lock (gate)
        {
            if (!ReferenceEquals(stretchesOf, today))
            {
                (stretchesOf, stretches) = (today, Resolver.Boundaries(today.Catalogue, today.Settings.Zone));
            }

            var index = stretches.BinarySearch(at);
            return index >= 0 ? index : ~index - 1;
        }
    }

    private Edition? Find(Edition today, PointInTime point, int stretch)
    {
        lock (gate)
        {
            var index = kept.FindIndex(edition => ReferenceEquals(edition.Today, today) && edition.Question == point.Question && edition.Stretch == stretch && edition.Answers(point.At));
            if (index < 0)
            {
                return null;
            }

            var found = kept[index];
            kept.RemoveAt(index);
            kept.Add(found);
            return found.Edition;
        }
    }

    /// <summary>The last in the list was asked for last.</summary>
    private void Keep(Kept edition)
    {
        lock (gate)
        {
            // What was built beside an earlier edition of today may be told other things by now; its texts have been used again.
            kept.RemoveAll(old => !ReferenceEquals(old.Today, edition.Today));
            kept.Add(edition);
            while (kept.Count > 1 && (kept.Count > Most || EditionWeight.Of([.. kept.Select(old => old.Edition)], edition.Today) > mostBytes))
            {
                kept.RemoveAt(0);
            }
        }
    }

    private sealed record Kept(Edition Today, DateQuestion Question, int Stretch, Edition Edition)
    {
        /// <summary>Stretches are those of today's time zone: where the organisation had another then, an edition answers for its own instant alone.</summary>
        public bool Answers(DateTimeOffset at) => Edition.At == at || Edition.Settings.Zone.Equals(Today.Settings.Zone);
    }
}
