using System.Diagnostics;
using System.Globalization;
using System.Text;
using PolicyHub.Content.Git;

namespace PolicyHub.Testing;

/// <summary>
/// A git history written as a literal. Commits are gathered and written by one <c>git fast-import</c> when the repository is first looked
/// at, so that a test may generate hundreds. Authors, dates and so hashes are the same in every run.
/// </summary>
public sealed class TestRepository : IDisposable
{
    private readonly MemoryStream pending = new();
    private readonly Dictionary<string, SortedDictionary<string, TestFile>> trees = new(StringComparer.Ordinal);
    private readonly HashSet<string> begun = new(StringComparer.Ordinal);
    private readonly string root = Path.Combine(Path.GetTempPath(), "policyhub-test-" + Guid.NewGuid().ToString("N"));
    private DateTimeOffset clock = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    /// <param name="bare">False for a working copy (its files are never checked out).</param>
    /// <param name="format">The object format: <c>sha1</c> or <c>sha256</c>.</param>
    public TestRepository(bool bare = true, string format = "sha1")
    {
        Folder = Path.Combine(root, bare ? "library.git" : "library");
        GitDirectory = bare ? Folder : Path.Combine(Folder, ".git");
        Directory.CreateDirectory(root);
        RunGit(root, ["init", "--quiet", "--template=", $"--object-format={format}", "--initial-branch=main", .. bare ? ["--bare"] : Array.Empty<string>(), Folder]);
    }

    /// <summary>What a user would name as the library.</summary>
    public string Folder { get; }

    public string GitDirectory { get; }

    /// <summary>A folder that goes with the repository, for data, clones and bundles.</summary>
    public string Beside(string name) => Path.Combine(root, name);

    /// <summary>Adds a commit to a branch; without dates it comes an hour after the one before.</summary>
    public TestRepository Commit(string message, Action<TestCommit> change, string branch = "main")
    {
        var commit = new TestCommit(clock = clock.AddHours(1), Tree(branch));
        change(commit);
        Begin(message, commit, branch);
        Write($"{commit.Changes}");
        Write("\n");
        return this;
    }

    /// <summary>Adds a commit that writes one text.</summary>
    public TestRepository Commit(string message, string path, string text, string branch = "main") =>
        Commit(message, commit => commit.Write(path, text), branch);

    /// <summary>Begins a branch where another stands.</summary>
    public TestRepository Branch(string name, string from = "main")
    {
        Write($"reset refs/heads/{name}\nfrom {Parent(from)}\n\n");
        begun.Add(name);
        trees[name] = new SortedDictionary<string, TestFile>(Tree(from), StringComparer.Ordinal);
        return this;
    }

    /// <summary>Makes a branch stand where another does, as a push would, be it forwards or not.</summary>
    public TestRepository MoveBranch(string name, string to) => Branch(name, to);

    /// <summary>Merges one branch into another: all that <paramref name="other"/> holds is put over what is there.</summary>
    public TestRepository Merge(string message, string other, string into = "main", Action<TestCommit>? change = null)
    {
        var commit = new TestCommit(clock = clock.AddHours(1), Tree(into));
        foreach (var (path, file) in Tree(other))
        {
            commit.Put(path, file);
        }

        change?.Invoke(commit);
        Begin(message, commit, into, other);
        Write($"{commit.Changes}");
        Write("\n");
        return this;
    }

    public CommitId Head(string branch = "main")
    {
        Flush();
        return new CommitId(RunGit(null, ["--git-dir=" + GitDirectory, "rev-parse", "refs/heads/" + branch]).Trim());
    }

    /// <summary>Runs git on this repository.</summary>
    public string Git(params string[] arguments)
    {
        Flush();
        return RunGit(null, ["--git-dir=" + GitDirectory, .. arguments]);
    }

    /// <summary>Writes what was gathered; every reader of the repository calls this first.</summary>
    public TestRepository Flush()
    {
        if (pending.Length > 0)
        {
            RunGit(null, ["--git-dir=" + GitDirectory, "fast-import", "--quiet", "--force", "--date-format=raw"], pending.ToArray());
            pending.SetLength(0);
            begun.Clear();
        }

        return this;
    }

    public void Dispose()
    {
        pending.Dispose();
        Directory.Delete(root, recursive: true);
    }

    /// <summary>Runs git with nothing of this machine's configuration.</summary>
    /// <param name="committed">The date of a commit; null: now.</param>
    public static string RunGit(string? folder, IReadOnlyList<string> arguments, byte[]? input = null, DateTimeOffset? committed = null)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = folder ?? "",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Tests may themselves run under a git hook, which would point git at another repository.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_AUTHOR_NAME"] = start.Environment["GIT_COMMITTER_NAME"] = "Tess Tester";
        start.Environment["GIT_AUTHOR_EMAIL"] = start.Environment["GIT_COMMITTER_EMAIL"] = "tess@riverton.example";
        if (committed is { } date)
        {
            start.Environment["GIT_COMMITTER_DATE"] = $"@{date.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)} +0000";
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(input ?? []);
        process.StandardInput.Close();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Result
            : throw new InvalidOperationException($"git {string.Join(' ', arguments)} failed: {errors.Result}{output.Result}");
    }

    private void Begin(string message, TestCommit commit, string branch, string? merged = null)
    {
        Write($"commit refs/heads/{branch}\nauthor {commit.Person} {Stamp(commit.Written)}\ncommitter {commit.Person} {Stamp(commit.Committed)}\n");
        Write($"data {Encoding.UTF8.GetByteCount(message).ToString(CultureInfo.InvariantCulture)}\n{message}\n");
        if (!begun.Contains(branch) && trees[branch] is { } && Exists(branch))
        {
            Write($"from refs/heads/{branch}^0\n");
        }

        if (merged is not null)
        {
            Write($"merge {Parent(merged)}\n");
        }

        begun.Add(branch);
        if (commit.Committed > clock)
        {
            clock = commit.Committed;
        }
    }

    // fast-import knows a branch of this stream by its name, and one that was there before by what it points at.
    private string Parent(string branch) => begun.Contains(branch) ? $"refs/heads/{branch}" : $"refs/heads/{branch}^0";

    private bool Exists(string branch) => File.Exists(Path.Combine(GitDirectory, "refs", "heads", branch)) || File.Exists(Path.Combine(GitDirectory, "packed-refs"));

    private SortedDictionary<string, TestFile> Tree(string branch)
    {
        if (!trees.TryGetValue(branch, out var tree))
        {
            trees.Add(branch, tree = new SortedDictionary<string, TestFile>(StringComparer.Ordinal));
        }

        return tree;
    }

    private void Write(string text) => pending.Write(Encoding.UTF8.GetBytes(text));

    private static string Stamp(DateTimeOffset date) => string.Create(CultureInfo.InvariantCulture, $"{date.ToUnixTimeSeconds()} +0000");
}

/// <summary>What a commit of a <see cref="TestRepository"/> does, by whom and when.</summary>
public sealed class TestCommit
{
    private readonly SortedDictionary<string, TestFile> tree;

    internal TestCommit(DateTimeOffset date, SortedDictionary<string, TestFile> tree) => (Written, Committed, this.tree) = (date, date, tree);

    internal StringBuilder Changes { get; } = new();

    internal string Person { get; private set; } = "Ann Author <ann@riverton.example>";

    internal DateTimeOffset Written { get; private set; }

    internal DateTimeOffset Committed { get; private set; }

    /// <summary>Author and committer.</summary>
    public TestCommit By(string name, string mail)
    {
        Person = $"{name} <{mail}>";
        return this;
    }

    /// <summary>When it was written and committed, in UTC unless it says otherwise, such as <c>2026-03-03 09:00</c>.</summary>
    public TestCommit At(string date) => At(DateTimeOffset.Parse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    /// <inheritdoc cref="At(string)" />
    public TestCommit At(DateTimeOffset date)
    {
        (Written, Committed) = (date, date);
        return this;
    }

    public TestCommit Write(string path, string text) => Put(path, new TestFile("100644", text));

    public TestCommit Executable(string path, string text) => Put(path, new TestFile("100755", text));

    public TestCommit Link(string path, string target) => Put(path, new TestFile("120000", target));

    public TestCommit Submodule(string path, string commit) => Put(path, new TestFile("160000", commit));

    /// <summary>A file whose path is written as git quotes it, such as <c>bad\377.md</c>.</summary>
    public TestCommit WriteQuoted(string quotedPath, string text)
    {
        Append($"\"{quotedPath}\"", new TestFile("100644", text));
        return this;
    }

    public TestCommit Delete(string path)
    {
        tree.Remove(path);
        Changes.Append("D ").Append(Quote(path)).Append('\n');
        return this;
    }

    public TestCommit Move(string from, string to)
    {
        tree.Remove(from, out var file);
        tree[to] = file!;
        Changes.Append("R ").Append(Quote(from)).Append(' ').Append(Quote(to)).Append('\n');
        return this;
    }

    internal TestCommit Put(string path, TestFile file)
    {
        tree[path] = file;
        Append(Quote(path), file);
        return this;
    }

    private void Append(string quoted, TestFile file)
    {
        if (file.Mode == "160000")
        {
            Changes.Append("M 160000 ").Append(file.Text).Append(' ').Append(quoted).Append('\n');
            return;
        }

        Changes.Append("M ").Append(file.Mode).Append(" inline ").Append(quoted).Append("\ndata ")
            .Append(Encoding.UTF8.GetByteCount(file.Text).ToString(CultureInfo.InvariantCulture)).Append('\n').Append(file.Text).Append('\n');
    }

    private static string Quote(string path) =>
        $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}

internal sealed record TestFile(string Mode, string Text);
