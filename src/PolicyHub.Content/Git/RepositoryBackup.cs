namespace PolicyHub.Content.Git;

/// <summary>A repository as one file, with every branch and ref in it, and back (git's own bundle: <c>git help bundle</c>).</summary>
public static class RepositoryBackup
{
    /// <summary>Writes all that the repository's refs reach, as of one moment; the site may go on meanwhile.</summary>
    /// <exception cref="GitException">git failed.</exception>
    public static async Task WriteAsync(LibraryRepository repository, string file, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(repository);
        await repository.Git.RunAsync(
            new GitCall { Arguments = ["bundle", "create", "--quiet", Path.GetFullPath(file), "--all"], Repository = repository.GitDirectory, TimeLimit = repository.Git.Settings.RemoteTimeLimit },
            cancellation);
    }

    /// <summary>Makes our own repository of a data folder from a bundle: whole or not at all.</summary>
    /// <exception cref="GitException">The data folder holds a library, or the bundle is none, is cut off or has no branch.</exception>
    public static async Task RestoreAsync(string bundle, string dataFolder, GitSettings settings, CancellationToken cancellation)
    {
        var git = new GitProgram(settings);
        var path = Path.Combine(DataFolder.Prepare(dataFolder), "library.git");
        if (Directory.Exists(path))
        {
            throw new GitException($"{path} is there already; restore into a folder that holds no library.");
        }

        var file = Path.GetFullPath(bundle);
        var refs = Refs(await git.ReadTextAsync(new GitCall { Arguments = ["bundle", "list-heads", file], WorkingFolder = Path.GetDirectoryName(file) }, cancellation));
        var head = refs.FirstOrDefault(one => one.Ref == "HEAD").Id;
        var branch = refs.Where(one => one.Ref.StartsWith("refs/heads/", StringComparison.Ordinal)).OrderByDescending(one => one.Id == head).Select(one => one.Ref).FirstOrDefault()
            ?? throw new GitException($"{bundle} holds no branch.");
        await NewRepository.MakeAsync(
            git,
            path,
            branch,
            refs[0].Id.Length == 64 ? "sha256" : "sha1",
            async fresh =>
            {
                await git.RunAsync(new GitCall { Arguments = ["bundle", "unbundle", file], Repository = fresh, Output = (output, token) => output.CopyToAsync(Stream.Null, token), TimeLimit = settings.RemoteTimeLimit }, cancellation);
                var orders = string.Concat(refs.Where(one => one.Ref != "HEAD").Select(one => $"create {one.Ref} {one.Id}\n"));
                await git.RunAsync(
                    new GitCall { Arguments = ["update-ref", "--stdin"], Repository = fresh, Input = async (input, token) => await input.WriteAsync(System.Text.Encoding.UTF8.GetBytes(orders), token) },
                    cancellation);
                await git.RunAsync(new GitCall { Arguments = ["fsck", "--connectivity-only", "--no-dangling", "--no-progress"], Repository = fresh, TimeLimit = settings.RemoteTimeLimit }, cancellation);
            },
            cancellation);
    }

    private static List<(string Id, string Ref)> Refs(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2)).Where(parts => parts.Length == 2).Select(parts => (parts[0], parts[1]))];
}
