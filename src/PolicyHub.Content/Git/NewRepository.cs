namespace PolicyHub.Content.Git;

/// <summary>
/// Makes a repository so that it is there whole or not at all: it is made and filled under another name and renamed as the last
/// step. What a killed process left behind is cleared away the next time.
/// </summary>
internal static class NewRepository
{
    private const string Unfinished = ".unfinished-";

    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(50);

    /// <summary>Makes a bare repository at a path where there is none; where another process is at it, waits for it and leaves its work.</summary>
    /// <exception cref="GitException">git failed, or another process has been at it for longer than a remote call may take.</exception>
    public static async Task MakeAsync(
        GitProgram git, string path, string headRef, string format, Func<string, Task> fill, CancellationToken cancellation)
    {
        var parent = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(parent);
        await using var lockFile = await LockAsync(path, git.Settings.RemoteTimeLimit, cancellation);
        if (Directory.Exists(path))
        {
            return;
        }

        ClearLeftovers(path);
        var temporary = $"{path}{Unfinished}{Guid.NewGuid():N}";
        try
        {
            await git.RunAsync(
                new GitCall
                {
                    Arguments = ["init", "--quiet", "--bare", "--template=", $"--object-format={format}", $"--initial-branch={headRef["refs/heads/".Length..]}", temporary],
                    WorkingFolder = parent,
                },
                cancellation);
            await fill(temporary);
            Directory.Move(temporary, path);
        }
        finally
        {
            Delete(temporary);
        }
    }

    /// <summary>The system gives the lock back when its holder dies, however it dies; the empty file stays.</summary>
    private static async Task<FileStream> LockAsync(string path, TimeSpan patience, CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; ; waited += LockRetry)
        {
            try
            {
                return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < patience)
            {
                await Task.Delay(LockRetry, cancellation);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new GitException($"{path}.lock cannot be had; does another PolicyHub use the same data folder?", failure);
            }
        }
    }

    private static void ClearLeftovers(string path)
    {
        foreach (var leftover in Directory.EnumerateDirectories(Path.GetDirectoryName(path)!, Path.GetFileName(path) + Unfinished + "*"))
        {
            Delete(leftover);
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A git that outlived its killed parent may still write there; the next start tries again.
        }
    }
}
