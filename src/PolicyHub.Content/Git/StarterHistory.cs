using System.Collections.Immutable;
using System.Globalization;

namespace PolicyHub.Content.Git;

/// <summary>
/// The small history that a new library is made with: the numbered folders under <c>.history/</c> played in order, then all of today's
/// files that none of them took. Everything in it is fixed by the files, so the same release gives the same hashes everywhere.
/// </summary>
public static class StarterHistory
{
    private const string HistoryFolder = ".history";
    private const string CommitFile = "commit.yml";
    private const string Everything = "**";

    private static readonly DateTimeOffset DefaultDate = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Reads and checks the whole history; nothing is written.</summary>
    /// <exception cref="GitException">The folder is missing or empty, or a step cannot be played; the message names the file.</exception>
    public static ImmutableArray<StarterCommit> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new GitException($"There is no library yet, and the starter folder {folder} does not exist.");
        }

        var today = new SortedDictionary<string, byte[]>(ReadFiles(folder), StringComparer.Ordinal);
        var standing = new HashSet<string>(StringComparer.Ordinal);
        var commits = ImmutableArray.CreateBuilder<StarterCommit>();
        foreach (var step in Steps(folder))
        {
            commits.Add(Play(step, today, standing));
        }

        if (today.Count > 0)
        {
            commits.Add(Remaining(today, commits.Count == 0 ? null : commits[^1].Date));
        }

        return commits.Count > 0 ? commits.ToImmutable() : throw new GitException($"The starter folder {folder} holds no file.");
    }

    private static IEnumerable<string> Steps(string folder)
    {
        var history = Path.Combine(folder, HistoryFolder);
        return Directory.Exists(history)
            ? Directory.EnumerateDirectories(history).Order(StringComparer.Ordinal)
            : [];
    }

    private static StarterCommit Play(string step, SortedDictionary<string, byte[]> today, HashSet<string> standing)
    {
        var file = Path.Combine(step, CommitFile);
        var fields = StarterStep.Read(file);
        foreach (var (from, to) in fields.Move)
        {
            if (!standing.Remove(from) || !standing.Add(to))
            {
                throw new GitException($"{file}: “{from}” cannot be moved to “{to}”, as the first is not there or the second is.");
            }
        }

        foreach (var path in fields.Delete)
        {
            if (!standing.Remove(path))
            {
                throw new GitException($"{file}: “{path}” cannot be deleted, as it is not there.");
            }
        }

        var files = ReadFiles(step);
        files.Remove(CommitFile);
        foreach (var path in today.Keys.Where(path => fields.Today.Any(prefix => IsUnder(path, prefix))).ToList())
        {
            today.Remove(path, out var text);
            if (!files.TryAdd(path, text!))
            {
                throw new GitException($"{file}: “{path}” is there both as a state of its own and as today's.");
            }
        }

        standing.UnionWith(files.Keys);
        return new StarterCommit(fields.Author, fields.Date, fields.Message, fields.Move, fields.Delete, Sort(files));
    }

    private static StarterCommit Remaining(IEnumerable<KeyValuePair<string, byte[]>> files, DateTimeOffset? last) => new(
        "PolicyHub <starter@policyhub.example>",
        last is { } before && before >= DefaultDate ? before.AddMinutes(1) : DefaultDate,
        "Add the starter library",
        [],
        [],
        Sort(files));

    private static bool IsUnder(string path, string prefix) =>
        prefix == Everything || path == prefix
        || path.StartsWith(prefix.EndsWith('/') ? prefix : prefix + "/", StringComparison.Ordinal);

    private static ImmutableArray<KeyValuePair<string, byte[]>> Sort(IEnumerable<KeyValuePair<string, byte[]>> files) =>
        [.. files.OrderBy(file => file.Key, StringComparer.Ordinal)];

    /// <summary>The bytes as they are on disk; hidden files, links and what is no library path stay out.</summary>
    private static Dictionary<string, byte[]> ReadFiles(string folder)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var file in Directory.EnumerateFiles(folder, "*", options))
        {
            var relative = Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
            if (LibraryPath.TryParse(relative, out var path) && !path.IsHidden)
            {
                files.Add(path.Value, File.ReadAllBytes(file));
            }
        }

        return files;
    }
}

/// <summary>One commit of the starter library, complete.</summary>
/// <param name="Author">As git writes it: <c>Name &lt;mail&gt;</c>; the committer is the same.</param>
/// <param name="Moves">Played before <paramref name="Deletions"/>, those before <paramref name="Files"/>.</param>
public sealed record StarterCommit(
    string Author,
    DateTimeOffset Date,
    string Message,
    ImmutableArray<(string From, string To)> Moves,
    ImmutableArray<string> Deletions,
    ImmutableArray<KeyValuePair<string, byte[]>> Files)
{
    /// <summary>Seconds since 1970 and the offset, as git keeps a date.</summary>
    public string GitDate => string.Create(
        CultureInfo.InvariantCulture,
        $"{Date.ToUnixTimeSeconds()} {(Date.Offset < TimeSpan.Zero ? '-' : '+')}{Date.Offset:hhmm}");
}
