using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Catalogue;

/// <summary>
/// A plain folder taken for a library, as it is on disk, without git: for <c>preview</c> and <c>check</c>. Everything in it is
/// one version, published and in effect at the instant of the scan, so that a text for next year is shown and checked today.
/// </summary>
public sealed class FolderLibrary : IBlobStore
{
    private const int MostFiles = 100_000;

    private readonly string root;
    private readonly ConcurrentDictionary<BlobId, string> files = new();

    /// <param name="folder">An existing folder.</param>
    /// <exception cref="DirectoryNotFoundException">It does not exist.</exception>
    public FolderLibrary(string folder)
    {
        root = Path.GetFullPath(folder);
        if (!Directory.Exists(root))
        {
            throw new DirectoryNotFoundException($"The folder {folder} does not exist.");
        }
    }

    /// <summary>Reads what is there now. Hidden files and folders, links, and what lies below <c>node_modules</c> are left out.</summary>
    public LibraryCatalogue Scan(DateTimeOffset now)
    {
        var commit = new PublishedCommit(new CommitId(""), "", "", now, now, "", "", []);
        var documents = ImmutableArray.CreateBuilder<DocumentHistory>();
        var attachments = new Dictionary<LibraryPath, ImmutableArray<FileVersion>>();
        foreach (var file in Files().Order(StringComparer.Ordinal).Take(MostFiles))
        {
            if (!LibraryPath.TryParse(Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/'), out var path))
            {
                continue;
            }

            var bytes = TryRead(file);
            if (bytes is null)
            {
                continue;
            }

            var blob = HashOf(bytes);
            files[blob] = file;
            if (path.IsDocument)
            {
                documents.Add(Only(path, blob, bytes, commit));
            }
            else
            {
                attachments[path] = [new FileVersion(blob, commit, null)];
            }
        }

        return new LibraryCatalogue
        {
            Head = commit.Id,
            HeadPublished = now,
            CommitCount = 0,
            Documents = documents.ToImmutable(),
            Files = attachments.ToFrozenDictionary(),
        };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<byte[]?>> ReadAsync(IReadOnlyList<BlobId> blobs, int largest, CancellationToken cancellation)
    {
        var read = new byte[]?[blobs.Count];
        for (var index = 0; index < blobs.Count; index++)
        {
            // A file that changed since the scan is another blob: the next scan finds it.
            if (files.TryGetValue(blobs[index], out var file)
                && new FileInfo(file) is { Exists: true } info
                && info.Length <= largest
                && await File.ReadAllBytesAsync(file, cancellation) is var bytes
                && HashOf(bytes) == blobs[index])
            {
                read[index] = bytes;
            }
        }

        return read;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<long>> SizesAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<long>>(
            [.. blobs.Select(blob => files.TryGetValue(blob, out var file) && new FileInfo(file) is { Exists: true } info ? info.Length : 0)]);

    private static DocumentHistory Only(LibraryPath path, BlobId blob, byte[] bytes, PublishedCommit commit)
    {
        var fields = VersionFieldsReader.Read(bytes);
        return new DocumentHistory
        {
            Id = fields.Id,
            Paths = [new PathSpan(path, commit.Published, commit)],
            Versions =
            [
                new DocumentVersion
                {
                    Label = new VersionLabel(1, 0),
                    Blob = blob,
                    Path = path,
                    Commit = commit,
                    Title = fields.Title,
                    Access = fields.Access,
                },
            ],
        };
    }

    private IEnumerable<string> Files()
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = false,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
        };
        var folders = new Stack<string>([root]);
        while (folders.TryPop(out var folder))
        {
            foreach (var child in Directory.EnumerateDirectories(folder, "*", options))
            {
                if (Path.GetFileName(child) is not "node_modules")
                {
                    folders.Push(child);
                }
            }

            foreach (var file in Directory.EnumerateFiles(folder, "*", options))
            {
                yield return file;
            }
        }
    }

    private static byte[]? TryRead(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (IOException)
        {
            // Saved, moved or deleted this moment: the next scan sees it.
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The name that git would give the same bytes, so that a preview and a commit agree.</summary>
    private static BlobId HashOf(byte[] bytes)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        sha.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {bytes.Length}\0")));
        sha.AppendData(bytes);
        return new BlobId(Convert.ToHexStringLower(sha.GetHashAndReset()));
    }
}
