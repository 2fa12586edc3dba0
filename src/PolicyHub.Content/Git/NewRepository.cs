namespace PolicyHub.Content.Git;

/// <summary>
/// Makes a repository so that it is there whole or not at all: it is made and filled under another name and renamed as the last
/// step. What a killed process left behind is cleared away the next time.
/// </summary>
internal static class NewRepository
{
    private const string Unfinished = ".unfinished-";

    /// <summary>Makes a bare repository at a path where there is none; where another process was quicker, its work stays.</summary>
    public static async Task MakeAsync(
        GitProgram git, string path, string headRef, string format, Func<string, Task> fill, CancellationToken cancellation)
    {
        var parent = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(parent);
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
            Rename(temporary, path);
        }
        finally
        {
            Delete(temporary);
        }
    }

    private static void Rename(string from, string to)
    {
        try
        {
            Directory.Move(from, to);
        }
        catch (IOException) when (Directory.Exists(to))
        {
            // Another process made it meanwhile.
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
