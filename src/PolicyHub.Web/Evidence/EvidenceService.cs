using PolicyHub.Content;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Evidence;
using PolicyHub.Content.Git;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Evidence;

/// <summary>Evidence of the library that is served: a pack is planned first, so that what cannot be given is told before a byte is sent.</summary>
public sealed class EvidenceService : IDisposable
{
    /// <summary>Packs that are planned or written at once; each has a git of its own, and others wait.</summary>
    private const int MostAtOnce = 2;

    private readonly SemaphoreSlim turns = new(MostAtOnce);
    private readonly ILibraryFeed feed;
    private readonly PastEditions past;

    internal EvidenceService(ILibraryFeed feed, PastEditions past) => (this.feed, this.past) = (feed, past);

    /// <summary>False for a folder shown as it is on disk: it has no history that could prove anything.</summary>
    public bool HasHistory => !feed.IsPreview;

    /// <summary>Decides what a pack holds for a reader, or why there is none.</summary>
    /// <param name="today">The edition of today; by it access is decided.</param>
    /// <exception cref="GitException">The repository cannot be read.</exception>
    /// <exception cref="InvalidOperationException">There is no history.</exception>
    public Task<EvidenceAnswer> PlanAsync(EvidenceRequest request, Edition today, Reader reader, DateTimeOffset now, CancellationToken cancellation) =>
        InTurnAsync(
            repository => new EvidencePlanner(repository, today, (instant, token) => past.AtAsync(today, repository.Blobs, PointInTime.On(instant), token), reader, now)
                .PlanAsync(request, cancellation),
            cancellation);

    /// <summary>Writes a pack to a stream as it is made.</summary>
    /// <exception cref="GitException">The repository cannot be read; what was written is no whole file.</exception>
    /// <exception cref="InvalidOperationException">There is no history.</exception>
    public Task WriteAsync(EvidencePack pack, Stream output, CancellationToken cancellation) => InTurnAsync(
        async repository =>
        {
            await PackWriter.WriteAsync(pack, repository, output, cancellation);
            return true;
        },
        cancellation);

    public void Dispose() => turns.Dispose();

    private async Task<T> InTurnAsync<T>(Func<LibraryRepository, Task<T>> act, CancellationToken cancellation)
    {
        var repository = feed.Repository ?? throw new InvalidOperationException("A folder in preview has no history.");
        await turns.WaitAsync(cancellation);
        try
        {
            return await act(repository);
        }
        finally
        {
            turns.Release();
        }
    }
}
