using System.Diagnostics;
using PolicyHub.Benchmarks.Measures;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Git;
using PolicyHub.Testing;

namespace PolicyHub.Benchmarks;

/// <summary>All versions of all documents with their front matter, beside what git alone takes to print the same history and texts.</summary>
internal static class CatalogueBenchmark
{
    public static async Task RunAsync(string library, int runs, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        var location = new LibraryLocation { DataFolder = Path.Combine(folder.Path, "data"), Library = library };
        using var repository = await LibrarySource.OpenAsync(location, GitSettings.Default, cancellation);
        var head = await repository.ReadHeadAsync(cancellation);
        var catalogue = await BuildAsync(repository, head, cancellation);
        var blobs = catalogue.Documents.SelectMany(document => document.Versions).Select(version => version.Blob).OfType<BlobId>().Distinct().ToList();
        List<double> log = [], cat = [], full = [], cached = [], list = [];
        for (var run = 0; run < runs; run++)
        {
            log.Add(await TimeAsync(() => GitAsync(repository.GitDirectory, null, "log", "--first-parent", "--diff-merges=first-parent", "--raw", "-z", "-M50%", "-l0", "--no-abbrev", "--format=%x00%H%x00%P%x00%an%x00%ae%x00%at%x00%ct%x00%B", head.Hex, "--")));
            cat.Add(await TimeAsync(() => GitAsync(repository.GitDirectory, string.Join('\n', blobs) + "\n", "cat-file", "--batch", "--buffer")));
            full.Add(await TimeAsync(async () => await BuildAsync(repository, head, cancellation)));
            CatalogueCache.Save(location.DataFolder, repository.Key, catalogue);
            cached.Add(await TimeAsync(() => Task.FromResult(CatalogueCache.Load(location.DataFolder, repository.Key))));
            list.Add(TimeOfLists(catalogue));
        }

        var git = Table.Median(log) + Table.Median(cat);
        Table.Print(
            $"Catalogue: {catalogue.CommitCount} commits, {catalogue.Documents.Length} documents, {catalogue.Documents.Sum(document => document.Versions.Length)} versions",
            ["", "ms", "of git's own"],
            [
                ["git log, first parent, raw", Table.Number(Table.Median(log), "0"), ""],
                [$"git cat-file --batch of {blobs.Count} texts", Table.Number(Table.Median(cat), "0"), ""],
                ["both", Table.Number(git, "0"), "1"],
                ["catalogue with the front matter of every version", Table.Number(Table.Median(full), "0"), Table.Number(Table.Median(full) / git)],
                ["catalogue from its cache", Table.Number(Table.Median(cached), "0"), Table.Number(Table.Median(cached) / git)],
                ["the version list of one document, from memory", Table.Number(Table.Median(list), "0.0000"), ""],
            ]);
    }

    private static async Task<LibraryCatalogue> BuildAsync(LibraryRepository repository, CommitId head, CancellationToken cancellation) =>
        await CatalogueBuilder.BuildAsync(repository, head, previous: null, DateTimeOffset.MaxValue.AddDays(-1), cancellation) is CatalogueResult.Built built
            ? built.Catalogue
            : throw new InvalidOperationException("The history was refused.");

    /// <summary>Milliseconds for the labels, dates and notes of one document's versions, over all documents.</summary>
    private static double TimeOfLists(LibraryCatalogue catalogue)
    {
        var watch = Stopwatch.StartNew();
        var length = 0;
        foreach (var document in catalogue.Documents)
        {
            foreach (var version in document.Versions)
            {
                length += version.Label.ToString().Length + version.Commit.Subject.Length + version.Published.Year;
            }
        }

        return length == 0 ? double.NaN : watch.Elapsed.TotalMilliseconds / catalogue.Documents.Length;
    }

    private static async Task<double> TimeAsync(Func<Task> act)
    {
        var watch = Stopwatch.StartNew();
        await act();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static async Task GitAsync(string repository, string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var argument in arguments.Prepend("--git-dir=" + repository))
        {
            start.ArgumentList.Add(argument);
        }

        using var git = Process.Start(start) ?? throw new InvalidOperationException("git did not start.");
        var reading = git.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        if (input is not null)
        {
            await git.StandardInput.WriteAsync(input);
        }

        git.StandardInput.Close();
        await reading;
        await git.WaitForExitAsync();
        if (git.ExitCode != 0)
        {
            throw new InvalidOperationException($"git {arguments[0]} ended with {git.ExitCode}.");
        }
    }
}
