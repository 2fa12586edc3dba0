using System.Buffers.Text;
using System.Text;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Catalogue;

/// <summary>Reads the first-parent line of a branch in one pass of <c>git log</c>, every option that matters given outright.</summary>
internal sealed class HistoryLog
{
    private const byte CommitMark = 1;

    // Stamps outside four-digit years come from broken clocks; DateTimeOffset holds no more.
    private const long LatestSecond = 253402300799;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<LoggedCommit> commits = [];
    private readonly ChangeReader changes;
    private readonly Dictionary<string, string> people = new(StringComparer.Ordinal);

    private HistoryLog(string folder) => changes = new ChangeReader(folder);

    /// <summary>The commits of the line from after <paramref name="since"/> (null: from the first) to <paramref name="head"/>, oldest first.</summary>
    /// <exception cref="GitException">git failed, also after some output.</exception>
    public static async Task<List<LoggedCommit>> ReadAsync(LibraryRepository repository, CommitId head, CommitId? since, CancellationToken cancellation)
    {
        var log = new HistoryLog(repository.Folder);
        await repository.Git.RunAsync(
            new GitCall
            {
                Arguments =
                [
                    "log", "--first-parent", "--diff-merges=first-parent", "--raw", "-z", "-M50%", "-l0", "--no-abbrev",
                    "-O/dev/null", "--no-ext-diff", "--no-textconv", "--no-notes", "--no-show-signature", "--no-color", "--no-decorate", "--encoding=UTF-8",
                    "--format=%x01%H%x00%P%x00%an%x00%ae%x00%at%x00%ct%x00%B",
                    head.Hex, .. since is { } known ? new[] { "^" + known.Hex } : [], "--",
                ],
                Repository = repository.GitDirectory,
                Output = log.ParseAsync,
            },
            cancellation);
        log.commits.Reverse();
        return log.commits;
    }

    private async Task ParseAsync(Stream stream, CancellationToken cancellation)
    {
        var output = new GitOutput(stream);
        while (await NextAsync(output, cancellation) is { } piece)
        {
            if (piece.Span is [CommitMark, ..])
            {
                commits.Add(await CommitAsync(output, Text(piece.Span[1..]), cancellation));
            }
            else if (piece.Length > 0)
            {
                await ChangeAsync(output, piece, cancellation);
            }
        }
    }

    private async Task<LoggedCommit> CommitAsync(GitOutput output, string id, CancellationToken cancellation)
    {
        var parents = await TextAsync(output, cancellation);
        var author = Shared(await TextAsync(output, cancellation));
        var mail = Shared(await TextAsync(output, cancellation));
        var authored = Seconds((await RequireAsync(output, cancellation)).Span);
        var committed = Seconds((await RequireAsync(output, cancellation)).Span);
        return new LoggedCommit
        {
            Id = new CommitId(id),
            FirstParent = parents.Split(' ', 2)[0],
            Author = author,
            AuthorMail = mail,
            Authored = authored,
            Committed = committed,
            Message = await TextAsync(output, cancellation),
        };
    }

    /// <summary><c>:100644 100644 BLOB BLOB M</c> and one path, or two after R and C.</summary>
    private async Task ChangeAsync(GitOutput output, ReadOnlyMemory<byte> piece, CancellationToken cancellation)
    {
        var header = Text(piece.Span).TrimStart('\n').Split(' ');
        if (header is not [[':', ..], _, _, _, { Length: > 0 }] || commits.Count == 0)
        {
            throw new GitException("git log wrote something that PolicyHub does not understand; this version of git may be too new.");
        }

        var from = PathText((await RequireAsync(output, cancellation)).Span);
        var to = header[4][0] is 'R' or 'C' ? PathText((await RequireAsync(output, cancellation)).Span) : from;
        changes.Read(commits[^1], new RawChange(header[0][1..], header[1], header[3], header[4][0], from, to));
    }

    private static async ValueTask<ReadOnlyMemory<byte>?> NextAsync(GitOutput output, CancellationToken cancellation)
    {
        try
        {
            return await output.ReadUntilAsync(0, cancellation);
        }
        catch (EndOfStreamException)
        {
            // git died on the way; its exit code is looked at next and becomes the error.
            return null;
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>> RequireAsync(GitOutput output, CancellationToken cancellation) =>
        await NextAsync(output, cancellation) ?? ReadOnlyMemory<byte>.Empty;

    private static async ValueTask<string> TextAsync(GitOutput output, CancellationToken cancellation) =>
        Text((await RequireAsync(output, cancellation)).Span);

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>A path, and whether its bytes are text at all.</summary>
    private static RawPath PathText(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return new RawPath(StrictUtf8.GetString(bytes), IsText: true);
        }
        catch (DecoderFallbackException)
        {
            return new RawPath(Text(bytes), IsText: false);
        }
    }

    private string Shared(string name)
    {
        if (!people.TryGetValue(name, out var known))
        {
            people.Add(name, known = name);
        }

        return known;
    }

    private static DateTimeOffset Seconds(ReadOnlySpan<byte> digits) =>
        DateTimeOffset.FromUnixTimeSeconds(Utf8Parser.TryParse(digits, out long seconds, out _) ? Math.Clamp(seconds, 0, LatestSecond) : 0);
}

internal readonly record struct RawPath(string Text, bool IsText);

internal readonly record struct RawChange(string OldMode, string NewMode, string NewBlob, char Status, RawPath From, RawPath To);
