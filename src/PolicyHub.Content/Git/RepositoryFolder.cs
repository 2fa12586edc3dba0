namespace PolicyHub.Content.Git;

/// <summary>A repository on disk.</summary>
/// <param name="GitDirectory">Holds <c>HEAD</c>.</param>
/// <param name="CommonDirectory">Holds refs and objects; another folder than <paramref name="GitDirectory"/> for an added work tree.</param>
public sealed record RepositoryFolder(string GitDirectory, string CommonDirectory)
{
    /// <summary>Finds the repository of a bare folder, a working copy or an added work tree.</summary>
    /// <exception cref="GitException">There is none, or one of a form that PolicyHub cannot read.</exception>
    public static RepositoryFolder Find(string folder)
    {
        var found = TryFind(folder) ?? throw new GitException(Explain(folder));
        found.CheckForm(folder);
        return found;
    }

    /// <summary>Whether a folder is a bare repository, a working copy or an added work tree: what <see cref="Find"/> takes, its form aside.</summary>
    public static bool IsAt(string folder) => TryFind(folder) is not null;

    /// <summary>The full ref that HEAD names; null when it stands on a commit and on no branch.</summary>
    public string? HeadBranch()
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(GitDirectory, "HEAD")).Trim();
            return text.StartsWith("ref:", StringComparison.Ordinal) ? text["ref:".Length..].Trim() : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new GitException($"{Path.Combine(GitDirectory, "HEAD")} cannot be read.", failure);
        }
    }

    /// <summary>
    /// The commit that a branch (or a HEAD that stands on no branch) names in a file of its own, else in <c>packed-refs</c>, looked at in the
    /// order in which git moves it from one to the other; see gitrepository-layout(5). Null where that is not plain to see: git knows.
    /// </summary>
    public CommitId? TryReadHead(string branchRef)
    {
        if (branchRef != "HEAD" && (!branchRef.StartsWith("refs/heads/", StringComparison.Ordinal) || branchRef.Contains("..", StringComparison.Ordinal)))
        {
            return null;
        }

        try
        {
            var loose = Path.Combine(branchRef == "HEAD" ? GitDirectory : CommonDirectory, branchRef);
            if (File.Exists(loose))
            {
                return AsCommit(File.ReadAllText(loose).TrimEnd('\n'));
            }

            var packed = Path.Combine(CommonDirectory, "packed-refs");
            var line = File.Exists(packed) ? File.ReadLines(packed).FirstOrDefault(line => line.EndsWith(branchRef, StringComparison.Ordinal) && line.IndexOf(' ') == line.Length - branchRef.Length - 1) : null;
            return line is null ? null : AsCommit(line[..^(branchRef.Length + 1)]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Moved or replaced at this moment.
            return null;
        }

        static CommitId? AsCommit(string name) => name.Length is 40 or 64 && name.All(char.IsAsciiHexDigitLower) ? new CommitId(name) : null;
    }

    private static RepositoryFolder? TryFind(string folder)
    {
        var inner = Path.Combine(folder, ".git");
        if (File.Exists(inner))
        {
            return TryFollow(folder, inner);
        }

        var candidate = Directory.Exists(inner) ? inner : folder;
        return IsRepository(candidate) ? new RepositoryFolder(candidate, candidate) : null;
    }

    /// <summary>An added work tree or a submodule has a file <c>.git</c> that says where its repository is.</summary>
    private static RepositoryFolder? TryFollow(string folder, string file)
    {
        const string prefix = "gitdir:";
        var line = File.ReadLines(file).FirstOrDefault() ?? "";
        if (!line.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var gitDirectory = Path.GetFullPath(line[prefix.Length..].Trim(), folder);
        var pointer = Path.Combine(gitDirectory, "commondir");
        var common = File.Exists(pointer) ? Path.GetFullPath(File.ReadAllText(pointer).Trim(), gitDirectory) : gitDirectory;
        return File.Exists(Path.Combine(gitDirectory, "HEAD")) && Directory.Exists(Path.Combine(common, "objects"))
            ? new RepositoryFolder(gitDirectory, common)
            : null;
    }

    private static bool IsRepository(string folder) =>
        File.Exists(Path.Combine(folder, "HEAD")) && Directory.Exists(Path.Combine(folder, "objects"))
        && (Directory.Exists(Path.Combine(folder, "refs")) || Directory.Exists(Path.Combine(folder, "reftable")));

    private void CheckForm(string folder)
    {
        var config = GitConfigFile.Read(Path.Combine(CommonDirectory, "config"));
        if (config.Any(entry => entry is { Section: "extensions", Key: "refstorage" } && !entry.Value.Equals("files", StringComparison.OrdinalIgnoreCase))
            || Directory.Exists(Path.Combine(CommonDirectory, "reftable")))
        {
            throw new GitException(
                $"The repository {folder} keeps its branches in the reftable format, which cannot be watched; convert it with “git refs migrate --ref-format=files”.");
        }

        if (config.Any(entry => entry is { Section: "extensions", Key: "partialclone" } || entry is { Section: "remote", Key: "promisor", Value: "true" }))
        {
            throw new GitException($"The repository {folder} is a partial clone, so not every text is there; clone it again without --filter.");
        }
    }

    private static string Explain(string folder)
    {
        for (var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder)); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (TryFind(parent) is not null && Directory.Exists(Path.Combine(parent, ".git")))
            {
                return $"{folder} lies inside the repository {parent}; give that as the library and “{Path.GetRelativePath(parent, folder)}” as the folder.";
            }
        }

        return $"{folder} is not a git repository; make it one (git init, git add, git commit), or look at it with “policyhub preview”.";
    }
}
