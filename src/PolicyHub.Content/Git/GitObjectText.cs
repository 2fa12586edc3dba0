using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PolicyHub.Content.Git;

/// <summary>
/// Reads what git's objects say and names them, without git: formats as in <c>git help gitformat-loose</c>, <c>git mktree</c> and
/// <c>git commit-tree</c>. Never throws for any bytes.
/// </summary>
public static class GitObjectText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Digits in a hex name of a repository of an object format: 40 for SHA-1, 64 for SHA-256.</summary>
    public static bool IsName(string? text) => text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigitLower);

    /// <summary><c>sha1</c> or <c>sha256</c>, as <c>git init --object-format</c> takes it, by the length of a name.</summary>
    public static string FormatOf(string name) => name.Length == 64 ? "sha256" : "sha1";

    /// <summary>Begins the hash of an object; the content follows.</summary>
    public static IncrementalHash BeginHash(string format, string type, long size)
    {
        var hash = IncrementalHash.CreateHash(format == "sha256" ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{type} {size}\0")));
        return hash;
    }

    /// <summary>The name that git gives to content of a type.</summary>
    public static string NameOf(string format, string type, ReadOnlySpan<byte> content)
    {
        using var hash = BeginHash(format, type, content.Length);
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The entries of a tree in its order; null where the bytes are none.</summary>
    public static ImmutableArray<TreeEntry>? ReadTree(ReadOnlySpan<byte> content, string format)
    {
        var size = format == "sha256" ? 32 : 20;
        var entries = ImmutableArray.CreateBuilder<TreeEntry>();
        while (!content.IsEmpty)
        {
            var space = content.IndexOf((byte)' ');
            var end = content.IndexOf((byte)0);
            if (space is < 5 or > 6 || end <= space + 1 || content.Length < end + 1 + size)
            {
                return null;
            }

            var (name, isText) = Text(content[(space + 1)..end]);
            entries.Add(new TreeEntry(Encoding.ASCII.GetString(content[..space]), name, isText, Convert.ToHexStringLower(content.Slice(end + 1, size))));
            content = content[(end + 1 + size)..];
        }

        return entries.ToImmutable();
    }

    /// <summary>The headers of a commit that say where it stands; null where the bytes are none.</summary>
    public static CommitHeader? ReadCommit(ReadOnlySpan<byte> content)
    {
        string? tree = null;
        DateTimeOffset? committed = null;
        var parents = ImmutableArray.CreateBuilder<string>();
        while (!content.IsEmpty)
        {
            var end = content.IndexOf((byte)'\n');
            var line = end < 0 ? content : content[..end];
            if (line.IsEmpty)
            {
                break;
            }

            content = end < 0 ? [] : content[(end + 1)..];
            if (line.StartsWith("tree "u8))
            {
                tree ??= Encoding.ASCII.GetString(line[5..]);
            }
            else if (line.StartsWith("parent "u8))
            {
                parents.Add(Encoding.ASCII.GetString(line[7..]));
            }
            else if (line.StartsWith("committer "u8))
            {
                committed ??= Stamp(Encoding.UTF8.GetString(line));
            }
        }

        return IsName(tree) && parents.All(IsName) ? new CommitHeader(tree!, parents.ToImmutable(), committed) : null;
    }

    /// <summary><c>committer NAME &lt;ADDRESS&gt; SECONDS ZONE</c>; null for a date that is none.</summary>
    private static DateTimeOffset? Stamp(string line)
    {
        // Until then a DateTimeOffset can hold.
        const long LatestSecond = 253402300799;
        return line.Split(' ') is [_, .., var seconds, _] && long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var since) && since <= LatestSecond
            ? DateTimeOffset.FromUnixTimeSeconds(since)
            : null;
    }

    private static (string Text, bool IsText) Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return (Strict.GetString(bytes), true);
        }
        catch (DecoderFallbackException)
        {
            return (Encoding.UTF8.GetString(bytes), false);
        }
    }
}

/// <summary>What the headers of a commit say.</summary>
/// <param name="Committed">The committer's date, as the machine that made the commit had it; null where it is none.</param>
public sealed record CommitHeader(string Tree, ImmutableArray<string> Parents, DateTimeOffset? Committed);
