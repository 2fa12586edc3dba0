using Microsoft.Data.Sqlite;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Content.HistorySearch;

namespace PolicyHub.Web.Refresh;

/// <summary>
/// Keeps the index of everything that ever stood in the library up to date, aside: no page and no refresh waits for it, and what cannot be
/// indexed takes only the search of history with it.
/// </summary>
public sealed partial class HistoryWatch(TimeProvider time, ILogger<HistoryWatch> log) : IAsyncDisposable
{
    /// <summary>Pushes come in groups, and their readers first.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1);


    private readonly Lock gate = new();
    private CancellationTokenSource givenUp = new();
    private Task run = Task.CompletedTask;

    /// <summary>The index as far as it is; null while there is none, or where it failed.</summary>
    public HistoryIndex? Index { get; private set; }

    /// <summary>How many texts of how many are in it.</summary>
    public (int Done, int All) Progress { get; private set; }

    /// <summary>It could not be made; the log tells why.</summary>
    public bool HasFailed { get; private set; }

    public bool IsComplete => Index is not null && Progress.Done == Progress.All && Progress.All > 0;

    /// <summary>Begins to take in what an edition's history has that is not in yet; an earlier run ends where it is.</summary>
    /// <param name="key">Names the library, the same at every start.</param>
    /// <param name="ready">Ends when the edition is complete: what serves the first pages goes before.</param>
    public void Begin(Edition edition, IBlobStore blobs, string dataFolder, string key, Task ready)
    {
        lock (gate)
        {
            givenUp.Cancel();
            givenUp = new CancellationTokenSource();
            var (before, cancellation) = (run, givenUp.Token);
            run = Task.Run(() => RunAsync(edition, blobs, dataFolder, key, ready, before, cancellation), CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task last;
        lock (gate)
        {
            givenUp.Cancel();
            last = run;
        }

        await last;
    }

    private async Task RunAsync(Edition edition, IBlobStore blobs, string dataFolder, string key, Task ready, Task before, CancellationToken cancellation)
    {
        await before;
        try
        {
            await ready.WaitAsync(cancellation);
            await Task.Delay(Settle, time, cancellation);
            Index ??= HistoryIndex.Open(dataFolder, key);
            var begun = time.GetTimestamp();
            await Index.UpdateAsync(
                edition.Catalogue,
                blobs,
                edition.Settings,
                async (done, all) =>
                {
                    // It rests as long as it works: whoever asks for a page meanwhile goes before.
                    Progress = (done, all);
                    await Task.Delay(done == all ? TimeSpan.Zero : time.GetElapsedTime(begun), time, cancellation);
                    begun = time.GetTimestamp();
                },
                cancellation);
            HasFailed = false;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // A newer edition is served, or the site ends; what is in stays in.
        }
        catch (Exception failure) when (failure is SqliteException or GitException or IOException or UnauthorizedAccessException)
        {
            Log.Failed(log, failure);
            Index = null;
            HasFailed = true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The search of history could not be brought up to date; all else is served")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
