namespace PolicyHub.Content.Git;

/// <summary>Which branch of a repository is the published one.</summary>
internal static class BranchChoice
{
    private const int MostListed = 20;

    public static string FullName(string branch) =>
        branch.StartsWith("refs/heads/", StringComparison.Ordinal) ? branch : "refs/heads/" + branch;

    /// <summary>The full names of all branches.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync(GitProgram git, string gitDirectory, CancellationToken cancellation)
    {
        var text = await git.ReadTextAsync(
            new GitCall { Arguments = ["for-each-ref", "--format=%(refname)", "refs/heads/"], Repository = gitDirectory }, cancellation);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The wanted branch; without a wish HEAD, else main, master or the only one.</summary>
    /// <exception cref="GitException">It is not there, or none of these rules gives one; the message lists what there is.</exception>
    public static string Choose(IReadOnlyList<string> branches, string? head, string? wanted, string where)
    {
        if (branches.Count == 0)
        {
            throw new GitException($"{where} holds no commit on any branch yet; commit something to it first.");
        }

        if (wanted is { Length: > 0 })
        {
            return branches.Contains(FullName(wanted), StringComparer.Ordinal)
                ? FullName(wanted)
                : throw new GitException($"{where} has no branch “{wanted}”; it has {List(branches)}.");
        }

        foreach (var name in new[] { head, "refs/heads/main", "refs/heads/master" })
        {
            if (name is not null && branches.Contains(name, StringComparer.Ordinal))
            {
                return name;
            }
        }

        return branches.Count == 1
            ? branches[0]
            : throw new GitException($"{where} has several branches; say which is published with --branch: {List(branches)}.");
    }

    private static string List(IReadOnlyList<string> branches)
    {
        var names = branches.Take(MostListed).Select(name => name["refs/heads/".Length..]);
        return string.Join(", ", names) + (branches.Count > MostListed ? $" and {branches.Count - MostListed} more" : "");
    }
}
