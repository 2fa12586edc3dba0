namespace PolicyHub.Content.Git;

/// <summary>The folder that holds all state. git does not check whose repository it opens when it is told which, so we do.</summary>
public static class DataFolder
{
    /// <summary>Makes the folder, for its owner only, when there is none, and tries whether it can be written.</summary>
    /// <returns>Its full path.</returns>
    /// <exception cref="GitException">It cannot be made or written, or every user of the machine may write to it.</exception>
    public static string Prepare(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(full);
                TryWriting(full);
                return full;
            }

            if (!Directory.Exists(full))
            {
                Directory.CreateDirectory(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            if (File.GetUnixFileMode(full).HasFlag(UnixFileMode.OtherWrite))
            {
                throw new GitException($"Every user of this machine may write to the data folder {full}; take that right away (chmod o-w) or choose another.");
            }

            TryWriting(full);
            return full;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new GitException($"The data folder {full} cannot be made or written: {failure.Message}", failure);
        }
    }

    /// <summary>What is served must be remembered, so a folder that can only be read is told at the start and not at the first push.</summary>
    private static void TryWriting(string folder)
    {
        using var probe = new FileStream(
            Path.Combine(folder, $".probe-{Environment.ProcessId}"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.DeleteOnClose);
    }

    /// <summary>Lets git judge whether a repository of ours belongs to us, as it does only where it finds the repository by itself.</summary>
    /// <exception cref="GitException">It belongs to someone else, or is no repository.</exception>
    internal static async Task CheckOwnerAsync(GitProgram git, string repository, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(repository).HasFlag(UnixFileMode.OtherWrite))
        {
            throw new GitException($"Every user of this machine may write to {repository}; take that right away (chmod -R o-w).");
        }

        try
        {
            await git.RunAsync(new GitCall { Arguments = ["rev-parse", "--git-dir"], WorkingFolder = repository }, cancellation);
        }
        catch (GitException failure) when (failure.Message.Contains("dubious ownership", StringComparison.Ordinal))
        {
            throw new GitException($"{repository} belongs to another user; give it to the one that runs PolicyHub (chown -R), or choose another data folder.", failure);
        }
    }
}
