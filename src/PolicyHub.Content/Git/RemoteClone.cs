using System.Security.Cryptography;
using System.Text;

namespace PolicyHub.Content.Git;

/// <summary>Our own bare copy of one branch of a remote or a bundle, under <c>DATA/remotes</c>.</summary>
internal static class RemoteClone
{
    /// <summary>Opens the copy, and makes it first when there is none. A copy that is there is opened without asking the remote.</summary>
    public static async Task<(RepositoryFolder Place, string BranchRef)> OpenAsync(
        GitProgram git, string dataFolder, RemoteAddress remote, string? branch, CancellationToken cancellation)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(remote.Url)).AsSpan(0, 10));
        var folder = Path.Combine(dataFolder, "remotes", name);
        if (Directory.Exists(folder))
        {
            await DataFolder.CheckOwnerAsync(git, folder, cancellation);
            ClearLeftovers(folder);
            var place = RepositoryFolder.Find(folder);
            var chosen = branch is null ? place.HeadBranch() : BranchChoice.FullName(branch);
            if (chosen is not null && (await BranchChoice.ListAsync(git, folder, cancellation)).Contains(chosen, StringComparer.Ordinal))
            {
                return (place, chosen);
            }
        }

        var (wanted, format) = await ChooseAsync(git, remote, branch, cancellation);
        if (!Directory.Exists(folder))
        {
            await NewRepository.MakeAsync(
                git, folder, wanted, format, fresh => FetchAsync(git, fresh, remote, wanted, cancellation), cancellation);
        }
        else
        {
            await FetchAsync(git, folder, remote, wanted, cancellation);
        }

        return (RepositoryFolder.Find(folder), wanted);
    }

    /// <summary>Fetches one branch; where it was rewritten, our copy follows, and the catalogue decides whether that is served.</summary>
    public static Task FetchAsync(GitProgram git, string gitDirectory, RemoteAddress remote, string branchRef, CancellationToken cancellation) =>
        git.RunAsync(
            new GitCall
            {
                Arguments =
                [
                    "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-maintenance", "--",
                    remote.Url, $"+{branchRef}:{branchRef}",
                ],
                Repository = gitDirectory,
                Remote = RemoteAccess.Create(remote, git.Settings.Remote),
            },
            cancellation);

    /// <summary>
    /// What a git that was killed, or a power cut, has left in a copy that only we write: without this, a lock that nobody holds would
    /// stop every later fetch. A fetch that is still under way fails at worst, and the next one brings the same.
    /// </summary>
    private static void ClearLeftovers(string folder)
    {
        var packs = Path.Combine(folder, "objects", "pack");
        var leftovers = Directory.EnumerateFiles(folder, "*.lock")
            .Concat(Directory.EnumerateFiles(Path.Combine(folder, "refs"), "*.lock", SearchOption.AllDirectories))
            .Concat(Directory.Exists(packs) ? Directory.EnumerateFiles(packs, "tmp_*") : []);
        foreach (var file in leftovers.ToList())
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // If it matters, the next fetch says so.
            }
        }
    }

    /// <summary>The branch to follow and the object format, as a copy must be made in the same one.</summary>
    private static async Task<(string Branch, string Format)> ChooseAsync(
        GitProgram git, RemoteAddress remote, string? branch, CancellationToken cancellation)
    {
        string? head = null;
        var format = "sha1";
        var branches = new List<string>();
        foreach (var line in (await ListAsync(git, remote, cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split('\t', 2);
            if (parts is [var target, "HEAD"] && target.StartsWith("ref: ", StringComparison.Ordinal))
            {
                head = target["ref: ".Length..];
            }
            else if (parts is [var id, var name] && name.StartsWith("refs/heads/", StringComparison.Ordinal))
            {
                branches.Add(name);
                format = id.Length == 64 ? "sha256" : "sha1";
            }
        }

        return (BranchChoice.Choose(branches, head, branch, remote.Url), format);
    }

    private static Task<string> ListAsync(GitProgram git, RemoteAddress remote, CancellationToken cancellation) =>
        git.ReadTextAsync(
            new GitCall
            {
                // Only these: code hosts keep a ref for every pull request there ever was.
                Arguments = ["ls-remote", "--quiet", "--symref", "--", remote.Url, "HEAD", "refs/heads/*"],
                Remote = RemoteAccess.Create(remote, git.Settings.Remote),
                // Outside every repository, whose configuration could rewrite the address.
                WorkingFolder = Path.GetPathRoot(Path.GetTempPath()),
            },
            cancellation);
}
