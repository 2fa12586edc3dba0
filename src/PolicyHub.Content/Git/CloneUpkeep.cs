namespace PolicyHub.Content.Git;

/// <summary>
/// Packs what many fetches, publications and anchors leave behind in a repository of ours. Nothing is thrown away: a commit that the branch has left stays
/// readable until somebody says otherwise.
/// </summary>
internal static class CloneUpkeep
{
    // git's own sample: object names are spread evenly over 256 folders, so one of them says enough. About 2 000 in all.
    private const string SampledFolder = "17";
    private const int MostSampled = 8;
    private const int MostPacks = 50;

    public static bool IsDue(string gitDirectory)
    {
        var objects = Path.Combine(gitDirectory, "objects");
        return Count(Path.Combine(objects, SampledFolder), "*") > MostSampled || Count(Path.Combine(objects, "pack"), "*.pack") > MostPacks;
    }

    /// <exception cref="GitException">git failed, or took longer than any call may.</exception>
    public static Task RunAsync(GitProgram git, string gitDirectory, CancellationToken cancellation) =>
        git.RunAsync(new GitCall { Arguments = ["repack", "--geometric=2", "-d", "-l", "-q"], Repository = gitDirectory }, cancellation);

    private static int Count(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern).Take(MostPacks + 1).Count() : 0;
}
