namespace PolicyHub.Content.Git;

/// <summary>Opens what is named as the library.</summary>
public static class LibrarySource
{
    private const string OwnBranch = "refs/heads/main";

    /// <summary>
    /// Opens our own library (made from the starter folder at the first start), a repository on disk (read in place, never written), a bundle
    /// or a remote (both copied under the data folder, then followed).
    /// </summary>
    /// <exception cref="GitException">There is nothing that can be served; the message says what to do.</exception>
    public static async Task<LibraryRepository> OpenAsync(LibraryLocation location, GitSettings settings, CancellationToken cancellation)
    {
        var git = new GitProgram(settings);
        var data = DataFolder.Prepare(location.DataFolder);
        var folder = ParseFolder(location.Folder);
        var branch = string.IsNullOrWhiteSpace(location.Branch) ? null : location.Branch;

        var repository = location.Library switch
        {
            null or "" => await OpenOwnAsync(git, data, branch, folder, location.StarterFolder, cancellation),
            var library when Directory.Exists(library) => await OpenLocalAsync(git, Path.GetFullPath(library), branch, folder, isOurs: false, cancellation),
            var library when File.Exists(library) => await OpenRemoteAsync(git, data, Bundle(library), branch, folder, cancellation),
            var library when RemoteAddress.Looks(library) => await OpenRemoteAsync(git, data, RemoteAddress.Parse(library), branch, folder, cancellation),
            var library => throw new GitException($"“{library}” is neither a folder or bundle on this machine nor an address."),
        };
        await CheckFolderAsync(repository, cancellation);
        return repository;
    }

    /// <summary>
    /// Opens somebody's copy, a repository on disk or a bundle, to compare with: read only, and with no data folder.
    /// </summary>
    /// <param name="folder">The folder of the repository that is the library; empty: all of it.</param>
    /// <param name="scratch">An empty folder into which a bundle is unpacked; the caller deletes it.</param>
    /// <exception cref="GitException">It cannot be read, or holds a part of the history only; the message says what to do.</exception>
    public static async Task<LibraryRepository> OpenCopyAsync(
        string copy, string? branch, string folder, string scratch, GitSettings settings, CancellationToken cancellation)
    {
        var git = new GitProgram(settings);
        if (File.Exists(copy))
        {
            return await OpenRemoteAsync(git, scratch, Bundle(copy), branch, folder, cancellation);
        }

        if (!Directory.Exists(copy))
        {
            throw new GitException($"“{copy}” is neither a folder nor a bundle on this machine.");
        }

        var full = Path.GetFullPath(copy);
        return File.Exists(Path.Combine(RepositoryFolder.Find(full).CommonDirectory, "shallow"))
            ? throw new GitException($"{copy} is a shallow clone, which holds the end of the history only; complete it with “git fetch --unshallow”.")
            : await OpenLocalAsync(git, full, branch, folder, isOurs: false, cancellation);
    }

    private static async Task<LibraryRepository> OpenOwnAsync(
        GitProgram git, string data, string? branch, string folder, string? starter, CancellationToken cancellation)
    {
        var path = Path.Combine(data, "library.git");
        if (!Directory.Exists(path))
        {
            var history = StarterHistory.Read(starter ?? throw new GitException("There is no library yet, and no starter folder to make one from."));
            await NewRepository.MakeAsync(git, path, OwnBranch, "sha1", fresh => StarterImport.RunAsync(git, fresh, OwnBranch, history, cancellation), cancellation);
        }

        await DataFolder.CheckOwnerAsync(git, path, cancellation);
        return await OpenLocalAsync(git, path, branch, folder, isOurs: true, cancellation);
    }

    private static async Task<LibraryRepository> OpenLocalAsync(
        GitProgram git, string path, string? branch, string folder, bool isOurs, CancellationToken cancellation)
    {
        var place = RepositoryFolder.Find(path);

        // A checkout that stands on a commit, as build servers make them, is served as it stands.
        var wanted = branch is null ? place.HeadBranch() ?? "HEAD" : BranchChoice.FullName(branch);
        var chosen = wanted == "HEAD" || place.TryReadHead(wanted) is not null
            ? wanted
            : BranchChoice.Choose(await BranchChoice.ListAsync(git, place.GitDirectory, cancellation), wanted, branch, path);
        return new LibraryRepository(git, place, chosen, folder, remote: null, isOurs);
    }

    private static async Task<LibraryRepository> OpenRemoteAsync(
        GitProgram git, string data, RemoteAddress remote, string? branch, string folder, CancellationToken cancellation)
    {
        var (place, chosen) = await RemoteClone.OpenAsync(git, data, remote, branch, cancellation);
        return new LibraryRepository(git, place, chosen, folder, remote, isOurs: true);
    }

    private static RemoteAddress Bundle(string path)
    {
        using var reader = new StreamReader(path);
        var start = new char[16];
        var length = reader.ReadBlock(start);
        return new string(start, 0, length).StartsWith("# v", StringComparison.Ordinal)
            ? RemoteAddress.OfBundle(Path.GetFullPath(path))
            : throw new GitException($"{path} is a file, but no git bundle (made by “git bundle create FILE BRANCH”).");
    }

    private static string ParseFolder(string? folder)
    {
        var text = folder?.Replace('\\', '/').Trim('/');
        return text switch
        {
            null or "" or "." => "",
            _ when LibraryPath.TryParse(text, out var path) => path.Value,
            _ => throw new GitException($"“{folder}” is not a folder inside the repository."),
        };
    }

    private static async Task CheckFolderAsync(LibraryRepository repository, CancellationToken cancellation)
    {
        if (repository.Folder.Length == 0)
        {
            return;
        }

        var head = await repository.ReadHeadAsync(cancellation);
        var call = new GitCall { Arguments = ["ls-tree", "-d", head.Hex, "--", repository.Folder], Repository = repository.GitDirectory };
        if (string.IsNullOrWhiteSpace(await repository.Git.ReadTextAsync(call, cancellation)))
        {
            repository.Dispose();
            throw new GitException($"There is no folder “{repository.Folder}” on the branch {repository.Branch}.");
        }
    }
}
