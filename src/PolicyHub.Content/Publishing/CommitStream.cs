using System.Buffers;
using System.Globalization;
using System.Text;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Publishing;

/// <summary>
/// Writes commits one on top of the other, for one <c>git fast-import</c>: the tree of the commit before with the changed entries put in. They
/// stand under a ref of their own, which goes with this, until another ref holds them.
/// </summary>
internal sealed class CommitStream(LibraryRepository repository) : IAsyncDisposable
{
    /// <summary>Who writes commits is the program; who wrote the text is their author.</summary>
    private const string Committer = "PolicyHub <policyhub@localhost>";

    /// <summary>Where commits stand while they are written.</summary>
    public const string Folder = "refs/policyhub/work/";

    private readonly string workRef = Folder + Guid.NewGuid().ToString("N");
    private readonly ArrayBufferWriter<byte> stream = new();
    private int commits;
    private CommitId? last;

    /// <summary>Adds a commit.</summary>
    /// <param name="from">The commit that the first one goes on from; later ones go on from the one before.</param>
    /// <param name="merged">A further parent, whose tree does not count.</param>
    public void Add(CommitId from, IEnumerable<ChangedPath> paths, string message, Signatory author, DateTimeOffset at, CommitId? merged = null)
    {
        var date = string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeSeconds()} +0000");
        commits++;
        Write(string.Create(CultureInfo.InvariantCulture, $"commit {workRef}\nmark :{commits}\nauthor {author} {date}\ncommitter {Committer} {date}\ndata {Encoding.UTF8.GetByteCount(message)}\n{message}\n"));
        if (commits == 1)
        {
            Write($"from {from}\n");
        }

        if (merged is { } other)
        {
            Write($"merge {other}\n");
        }

        foreach (var path in paths.Where(path => !path.IsAsItStands))
        {
            var name = repository.PathInRepository(path.Path);
            Write(path.New is { } text ? $"M {ChangedPath.Mode} {text} {FastImport.Quote(name)}\n" : $"D {FastImport.Quote(name)}\n");
        }
    }

    /// <summary>Writes them.</summary>
    /// <returns>The last commit.</returns>
    /// <exception cref="GitException">git failed, as it does where a text is not there.</exception>
    public async Task<CommitId> WriteAsync(CancellationToken cancellation)
    {
        Write(string.Create(CultureInfo.InvariantCulture, $"get-mark :{commits}\ndone\n"));
        var answer = await FastImport.RunAsync(repository.Git, repository.GitDirectory, stream.WrittenMemory, cancellation);
        last = GitObjectText.IsName(answer.Trim()) ? new CommitId(answer.Trim()) : throw new GitException("git fast-import named no commit.");
        return last.Value;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (last is { } written)
            {
                await RefTransaction.DeleteAsync(repository, workRef, written, CancellationToken.None);
            }
        }
        catch (GitException)
        {
            // A ref too many does no harm, and what was done with the commits stays done.
        }
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, stream);
}
