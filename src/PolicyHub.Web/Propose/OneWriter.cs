using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.Propose;

/// <summary>
/// A library of our own that has no remote is written by one process: two would each keep a repository that the other knows nothing of in time.
/// The lock goes with the process, however it ends.
/// </summary>
internal sealed class OneWriter(HubOptions options) : IHostedService, IDisposable
{
    private const string Name = "library.lock";

    private FileStream? held;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(options.Library))
        {
            return Task.CompletedTask;
        }

        var folder = options.DataFolder();
        var path = Path.Combine(folder, Name);
        try
        {
            Directory.CreateDirectory(folder);
            held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when (File.Exists(path))
        {
            throw new StartRefusedException(
                $"Another PolicyHub serves {folder}. Stop it first, or give the library a remote (PolicyHub:Library), which several processes may follow, each with a data folder of its own.", taken);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // Whoever needs the folder next says so better.
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => held?.Dispose();
}
