using System.Threading.Channels;

namespace PolicyHub.Content.Git;

/// <summary>
/// Tells within milliseconds that a branch may have moved, and looks every two seconds for what the system did not tell. It is
/// only a signal: whoever waits reads the head anew.
/// </summary>
public sealed class BranchWatcher : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    // A folder that git made a moment ago is watched a moment too late: looked at again after these.
    private static readonly TimeSpan[] SecondLooks = [TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(250)];

    private readonly RepositoryFolder place;
    private readonly string refFile;
    private readonly Channel<bool> moved = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Channel<bool> looks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationToken stopped;
    private readonly Dictionary<string, WatchedFolder> watched = new(StringComparer.Ordinal);
    private readonly Task watching;
    private string seen;

    internal BranchWatcher(RepositoryFolder place, string branchRef)
    {
        this.place = place;
        refFile = Path.Combine(branchRef == "HEAD" ? place.GitDirectory : place.CommonDirectory, branchRef);
        stopped = stop.Token;
        seen = Stamp();
        WatchFolders();
        watching = Task.Run(WatchAsync);
    }

    /// <summary>Comes back when the branch may have moved since the last time this came back, or since the watch began.</summary>
    /// <exception cref="OperationCanceledException">As asked, or the watch has ended.</exception>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopped);
        await moved.Reader.ReadAsync(both.Token);
    }

    public void Dispose()
    {
        if (stopped.IsCancellationRequested)
        {
            return;
        }

        stop.Cancel();
        watching.Wait(TimeSpan.FromSeconds(5));
        foreach (var folder in watched.Values)
        {
            folder.Watcher.Dispose();
        }

        stop.Dispose();
    }

    private async Task WatchAsync()
    {
        var look = 0;
        while (!stopped.IsCancellationRequested)
        {
            var pause = look < SecondLooks.Length ? SecondLooks[look] : PollInterval;
            var told = await ToldWithinAsync(pause);
            look = told ? 0 : Math.Min(look + 1, SecondLooks.Length);
            WatchFolders();
            if (Stamp() is var now && now != seen)
            {
                seen = now;
                moved.Writer.TryWrite(true);
            }
        }
    }

    private async Task<bool> ToldWithinAsync(TimeSpan pause)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(stopped);
        timer.CancelAfter(pause);
        try
        {
            return await looks.Reader.ReadAsync(timer.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>
    /// The folders in which something happens when the branch moves: that of HEAD, that of <c>packed-refs</c>, and that of the
    /// branch's own file, or as much of the way there as exists (git removes and makes these folders as it likes).
    /// </summary>
    private void WatchFolders()
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal) { place.GitDirectory, place.CommonDirectory, DeepestFolder() };
        foreach (var (path, folder) in watched.ToList())
        {
            if (!wanted.Contains(path) || folder.Made != MadeAt(path) || folder.Failed)
            {
                folder.Watcher.Dispose();
                watched.Remove(path);
            }
        }

        foreach (var path in wanted.Where(path => !watched.ContainsKey(path)))
        {
            if (TryWatch(path) is { } folder)
            {
                watched.Add(path, folder);
            }
        }
    }

    private string DeepestFolder()
    {
        var folder = Path.GetDirectoryName(refFile)!;
        while (folder.Length > place.CommonDirectory.Length && !Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    private WatchedFolder? TryWatch(string path)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(path) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite };
            var folder = new WatchedFolder(watcher, MadeAt(path));
            watcher.Created += (_, _) => looks.Writer.TryWrite(true);
            watcher.Changed += (_, _) => looks.Writer.TryWrite(true);
            watcher.Renamed += (_, _) => looks.Writer.TryWrite(true);
            watcher.Deleted += (_, _) => looks.Writer.TryWrite(true);
            watcher.Error += (_, _) =>
            {
                folder.Failed = true;
                looks.Writer.TryWrite(true);
            };
            watcher.EnableRaisingEvents = true;
            return folder;
        }
        catch (Exception failure) when (failure is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // The folder is gone, or the system allows no more watches: the poll remains.
            watcher?.Dispose();
            return null;
        }
    }

    private static DateTime MadeAt(string path) => Directory.GetCreationTimeUtc(path);

    /// <summary>Everything that changes when the branch moves, cheap enough to look at on every event.</summary>
    private string Stamp()
    {
        var packed = new FileInfo(Path.Combine(place.CommonDirectory, "packed-refs"));
        var packedStamp = packed.Exists ? $"{packed.LastWriteTimeUtc.Ticks}/{packed.Length}" : "";
        return $"{ReadSmall(refFile)}|{packedStamp}|{ReadSmall(Path.Combine(place.GitDirectory, "HEAD"))}";
    }

    private static string ReadSmall(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private sealed class WatchedFolder(FileSystemWatcher watcher, DateTime made)
    {
        public FileSystemWatcher Watcher => watcher;

        public DateTime Made => made;

        public bool Failed { get; set; }
    }
}
