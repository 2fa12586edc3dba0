using System.Text;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Evidence;

/// <summary>A file of a pack, made when it is asked for.</summary>
public sealed record PackEntry(string Name, Func<CancellationToken, Task<byte[]>> Read);

/// <summary>
/// Makes the files of a pack from its list, the edition and the repository, and from nothing else: whoever has the three makes the same bytes
/// again. For one caller at a time.
/// </summary>
public sealed class PackContents : IDisposable
{
    internal const string PageSuffix = ".html";
    internal const string FactsSuffix = ".json";
    internal const string DiffSuffix = ".diff";

    private readonly EvidencePack pack;
    private readonly LibraryRepository repository;
    private readonly GitObjects objects;
    private readonly PackTexts texts;

    public PackContents(EvidencePack pack, LibraryRepository repository)
    {
        (this.pack, this.repository) = (pack, repository);
        objects = new GitObjects(repository);
        texts = new PackTexts(pack.Edition, objects);
    }

    /// <summary>Every file but the sums, in the order of their names.</summary>
    /// <exception cref="GitException">The repository does not hold what the list says, or cannot be read.</exception>
    public async Task<IReadOnlyList<PackEntry>> EntriesAsync(CancellationToken cancellation)
    {
        var list = pack.List;
        var entries = new List<PackEntry>
        {
            Fixed(PackList.Name, PackList.Write(list)),
            Fixed(PackList.ProofName, Encoding.UTF8.GetBytes(ProofTable(list))),
            Fixed(PackList.VerifyName, Encoding.UTF8.GetBytes(VerifyText.Of(list))),
        };
        entries.AddRange(list.Attachments.Select(file => new PackEntry(file.File, token => BytesAsync(file.Blob, token))));
        var reader = new ProofReader(objects.ReadAsync, list.ObjectFormat);
        var ids = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (file, document) in list.Documents.Zip(PackedDocument.Find(list, pack.Edition.Catalogue)))
        {
            var proof = await ProveAsync(reader, file, ids, cancellation);
            ids[file.Blob] = "blob";
            Add(entries, document ?? throw new GitException($"The history has no version of {file.Place} in the commit {file.Commit}."), proof);
        }

        foreach (var file in list.Attachments)
        {
            await ProveAsync(reader, file, ids, cancellation);
        }

        entries.AddRange(ids.Select(pair => new PackEntry($"{PackList.ObjectsFolder}{pair.Key}.{pair.Value}", token => BytesAsync(pair.Key, token))));
        return [.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)];
    }

    public void Dispose() => objects.Dispose();

    /// <summary>The rows that a shell reads: whole or part, commit, blob, place in the repository, file in the pack.</summary>
    internal static string ProofTable(PackList list) => string.Concat(
        list.Documents.Concat(list.Attachments).Select(file => $"{(file.Complete ? "whole" : "part")}\t{file.Commit}\t{file.Blob}\t{file.Place}\t{file.File}\n"));

    private async Task<Proof> ProveAsync(ProofReader reader, PackFile file, SortedDictionary<string, string> ids, CancellationToken cancellation)
    {
        var list = pack.List;
        var proof = await reader.ReadAsync(file.Commit, file.Place, null, cancellation);
        if (proof is null || proof.Blob != file.Blob)
        {
            throw new GitException($"The commit {file.Commit} does not hold the text {file.Blob} at {file.Place}.");
        }

        if (!list.LeftOut.Commits.Contains(file.Commit))
        {
            ids[file.Commit] = "commit";
        }

        foreach (var tree in proof.Trees.Where(tree => !list.LeftOut.Trees.Contains(tree.Id)))
        {
            ids[tree.Id] = "tree";
        }

        return proof;
    }

    private void Add(List<PackEntry> entries, PackedDocument document, Proof proof)
    {
        var file = document.File;
        entries.Add(new PackEntry(file.File, token => BytesAsync(file.Blob, token)));
        entries.Add(new PackEntry(file.File + FactsSuffix, async token => PackList.Write(await FactsAsync(document, proof, token))));
        entries.Add(new PackEntry(file.File + PageSuffix, async token =>
        {
            var text = await texts.ReadAsync(document.Path, file.Blob, token);
            var page = new PrintablePage(pack, document, text, await FactsAsync(document, proof, token));
            return Encoding.UTF8.GetBytes(await page.WriteAsync(async image => AttachmentTypes.TryGet(LibraryPath.Parse(image.Path), out var type) && type.IsImage
                ? (await BytesAsync(image.Blob, token), type.ContentType)
                : null));
        }));
        if (document.Before is { } before && !pack.List.LeftOut.Diffs.Contains(file.File))
        {
            entries.Add(new PackEntry(file.File + DiffSuffix, async token =>
                await TextDiff.ReadAsync(
                    repository,
                    (before.Commit.Id, PackedDocument.PlaceOf(pack.List.Folder, before.Path)),
                    (new CommitId(file.Commit), file.Place),
                    token)
                ?? Encoding.UTF8.GetBytes($"The difference is longer than {TextDiff.Longest} bytes and was left out; see it with:\ngit diff {before.Blob} {file.Blob}\n")));
        }
    }

    private async Task<DocumentFacts> FactsAsync(PackedDocument document, Proof proof, CancellationToken cancellation)
    {
        var text = await texts.ReadAsync(document.Path, document.File.Blob, cancellation);
        var held = pack.List.Attachments.ToDictionary(file => file.Path, file => file.File);
        return DocumentFacts.Of(document, text, proof, pack) with
        {
            Attachments = [.. texts.AttachmentsOf(document.Path, text).Where(path => held.ContainsKey(path.Value)).Select(path => held[path.Value])],
        };
    }

    private async Task<byte[]> BytesAsync(string id, CancellationToken cancellation) =>
        (await objects.ReadAsync(id, cancellation))?.Content ?? throw new GitException($"The repository has no object {id}, or one that is too large.");

    private static PackEntry Fixed(string name, byte[] bytes) => new(name, _ => Task.FromResult(bytes));
}
