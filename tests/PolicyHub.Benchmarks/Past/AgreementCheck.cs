using System.Diagnostics;
using System.Globalization;
using PolicyHub.Benchmarks.Measures;
using PolicyHub.Content;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Testing;

namespace PolicyHub.Benchmarks.Past;

/// <summary>
/// Holds the catalogue and past editions of a real repository to what git itself says: the version lists of the documents that changed
/// most to <c>git log --first-parent --follow</c>, and every page of twelve past days to the blob at the last commit of the line by then.
/// </summary>
internal static class AgreementCheck
{
    private const int Lists = 50;
    private const int Days = 12;

    public static async Task<int> RunAsync(string library, CancellationToken cancellation)
    {
        using var data = new TemporaryFolder();
        using var repository = await LibrarySource.OpenAsync(new LibraryLocation { DataFolder = data.Path, Library = library }, GitSettings.Default, cancellation);
        var head = await repository.ReadHeadAsync(cancellation);
        var catalogue = ((CatalogueResult.Built)await CatalogueBuilder.BuildAsync(repository, head, null, DateTimeOffset.MaxValue.AddDays(-1), cancellation)).Catalogue;
        var differing = new List<string[]>();
        var documents = catalogue.Documents.Where(document => document.Versions[^1].Blob is not null).OrderByDescending(document => document.Versions.Length).Take(Lists).ToList();
        foreach (var document in documents)
        {
            var ours = document.Versions.Select(version => version.Commit.Id.Hex[..10]).Reverse().ToList();
            var theirs = await FollowAsync(repository.GitDirectory, head, document.Path);
            if (!ours.SequenceEqual(theirs))
            {
                differing.Add([document.Path.Value, ours.Count.ToString(CultureInfo.InvariantCulture), theirs.Count.ToString(CultureInfo.InvariantCulture), Some(theirs.Except(ours)), Some(ours.Except(theirs))]);
            }
        }

        Console.WriteLine($"{documents.Count - differing.Count} of {documents.Count} version lists are those of git log --first-parent --follow.");
        if (differing.Count > 0)
        {
            Table.Print("Lists that differ", ["document", "ours", "git's", "only git's", "only ours"], differing);
        }

        var (pages, wrong) = await CompareDaysAsync(repository, catalogue, cancellation);
        Console.WriteLine();
        Console.WriteLine($"{pages - wrong.Count} of {pages} pages of {Days} past days are the blob at the last commit of the line by then.");
        foreach (var line in wrong.Take(20))
        {
            Console.WriteLine("  " + line);
        }

        return wrong.Count == 0 ? 0 : 1;
    }

    private static async Task<(int Pages, List<string> Wrong)> CompareDaysAsync(LibraryRepository repository, LibraryCatalogue catalogue, CancellationToken cancellation)
    {
        var today = await new EditionBuilder(repository.Blobs).BuildAsync(catalogue, catalogue.HeadPublished.AddDays(1), null, isPreview: false, cancellation);
        using var past = new PastEditions(256 * 1024 * 1024);
        var first = catalogue.Documents.Min(document => document.Versions[0].Published);
        var wrong = new List<string>();
        var pages = 0;
        for (var day = 1; day <= Days; day++)
        {
            var at = first + (day * (catalogue.HeadPublished - first) / (Days + 1));
            var edition = await past.AtAsync(today, repository.Blobs, PointInTime.On(at), cancellation);
            var shown = edition.Documents(Reader.Anyone).ToDictionary(document => document.Path.Value, document => document.Version.Blob!.Value.Hex, StringComparer.Ordinal);

            // The line's dates never go back in the catalogue; git takes the last commit whose own date is not later, so the line is walked here.
            var commit = await LastByAsync(repository.GitDirectory, catalogue.Head, at);
            var tree = (await LinesAsync(repository.GitDirectory, "ls-tree", "-r", "--full-tree", commit)).Select(line => line.Split('\t')).Where(parts => parts[0].Split(' ')[1] == "blob" && !parts[0].StartsWith("120000", StringComparison.Ordinal))
                .ToDictionary(parts => parts[1], parts => parts[0].Split(' ')[2], StringComparer.Ordinal);
            foreach (var (path, blob) in tree.Where(entry => LibraryPath.TryParse(entry.Key, out var parsed) && parsed.IsDocument && !parsed.IsHidden))
            {
                pages++;
                if (shown.Remove(path, out var ours) ? ours != blob : true)
                {
                    wrong.Add($"{at:yyyy-MM-dd} {path}: git has {blob[..10]}, the edition {ours?[..10] ?? "nothing"}");
                }
            }

            wrong.AddRange(shown.Keys.Select(path => $"{at:yyyy-MM-dd} {path}: in the edition, not in git"));
        }

        return (pages, wrong);
    }

    private static async Task<string> LastByAsync(string library, CommitId head, DateTimeOffset at)
    {
        var published = 0L;
        var last = "";
        foreach (var line in (await LinesAsync(library, "log", "--first-parent", "--reverse", "--format=%H %ct", head.Hex)).Select(line => line.Split(' ')))
        {
            published = Math.Max(published, long.Parse(line[1], CultureInfo.InvariantCulture));
            if (published <= at.ToUnixTimeSeconds())
            {
                last = line[0];
            }
        }

        return last;
    }

    private static async Task<List<string>> FollowAsync(string library, CommitId head, LibraryPath path) =>
        [.. (await LinesAsync(library, "log", "--first-parent", "--diff-merges=first-parent", "--follow", "-M50%", "--raw", "--format=%H", head.Hex, "--", path.Value))
            .Aggregate(new List<string>(), Versions)];

    /// <summary>A commit counts where the blob changed: a pure rename and a change of mode are no versions.</summary>
    private static List<string> Versions(List<string> found, string line)
    {
        if (line.Length == 40)
        {
            found.Add("?" + line[..10]);
        }
        else if (line.StartsWith(':') && found.Count > 0 && line.Split(' ') is [_, _, var before, var after, ..] && before != after)
        {
            found[^1] = found[^1].TrimStart('?');
        }

        return line.Length == 40 && found.Count > 1 && found[^2].StartsWith('?') ? [.. found[..^2], found[^1]] : found;
    }

    private static string Some(IEnumerable<string> commits) => string.Join(' ', commits.Take(3));

    private static async Task<List<string>> LinesAsync(string library, params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in arguments.Prepend(library).Prepend("--git-dir").Prepend("core.quotePath=false").Prepend("-c"))
        {
            start.ArgumentList.Add(argument);
        }

        using var git = Process.Start(start) ?? throw new InvalidOperationException("git did not start.");
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        return git.ExitCode == 0 ? [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)] : throw new InvalidOperationException($"git {string.Join(' ', arguments)} failed.");
    }
}
