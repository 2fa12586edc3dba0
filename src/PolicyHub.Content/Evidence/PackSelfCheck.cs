using System.Security.Cryptography;
using System.Text;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Evidence;

/// <summary>What can be checked with the pack alone: its sums, the names of its objects, and the way from commits to texts.</summary>
internal sealed class PackSelfCheck(PackArchive archive, Findings findings)
{
    private const int FirstYear = 1000;
    private const int LastYear = 9000;

    /// <summary>Every file has the sum that stands for it, and every sum a file.</summary>
    public void CheckSums()
    {
        if (archive.Read(PackList.SumsName, out var why) is not { } bytes)
        {
            findings.Mismatch($"{PackList.SumsName}: {why}.");
            return;
        }

        var sums = ReadSums(Encoding.UTF8.GetString(bytes));
        foreach (var name in archive.Names.Where(name => name != PackList.SumsName))
        {
            if (!sums.Remove(name, out var sum))
            {
                findings.Mismatch($"{name} is not listed in {PackList.SumsName}.");
            }
            else if (archive.Read(name, out why) is not { } content)
            {
                findings.Mismatch($"{name}: {why}.");
            }
            else if (Convert.ToHexStringLower(SHA256.HashData(content)) != sum)
            {
                findings.Mismatch($"{name} is not the file that {PackList.SumsName} lists: its SHA-256 sum is another.");
            }
        }

        foreach (var name in sums.Keys.Order(StringComparer.Ordinal))
        {
            findings.Mismatch($"{name} is listed in {PackList.SumsName} and is not there.");
        }
    }

    /// <summary>The list, once it is known to be one that can be worked with; else null.</summary>
    public PackList? ReadList()
    {
        var why = (string?)null;
        if (archive.Read(PackList.Name, out why) is not { } bytes || PackList.Read(bytes, out why) is not { } list)
        {
            findings.Mismatch($"{PackList.Name} cannot be read: {why?.TrimEnd('.')}.");
            return null;
        }

        if (list.Format != PackList.CurrentFormat)
        {
            findings.Mismatch($"The pack is of format {list.Format}, made by PolicyHub {list.Program}; this program reads format {PackList.CurrentFormat}. VERIFY.md says how to check it by hand.");
            return null;
        }

        if (WrongWith(list) is { } wrong)
        {
            findings.Mismatch($"{PackList.Name} is not one that PolicyHub writes: {wrong}.");
            return null;
        }

        return list;
    }

    /// <summary>Every object is what its name says; those that the list leaves out are not there.</summary>
    public void CheckObjects(PackList list)
    {
        foreach (var name in archive.Names.Where(name => name.StartsWith(PackList.ObjectsFolder, StringComparison.Ordinal)))
        {
            var parts = name[PackList.ObjectsFolder.Length..].Split('.');
            if (parts is not [var id, "commit" or "tree" or "blob"] || !GitObjectText.IsName(id))
            {
                findings.Mismatch($"{name} is not named as git objects are in a pack.");
            }
            else if (archive.Read(name, out var why) is not { } content)
            {
                findings.Mismatch($"{name}: {why}.");
            }
            else if (GitObjectText.NameOf(list.ObjectFormat, parts[1], content) is var real && real != id)
            {
                findings.Mismatch($"{name} is not what its name says: git would name it {real}.");
            }
        }
    }

    /// <summary>From each commit the way leads over its trees to the text that stands in the pack, as far as the pack holds the objects.</summary>
    public async Task CheckWaysAsync(PackList list, CancellationToken cancellation)
    {
        var reader = new ProofReader((id, _) => Task.FromResult(Object(id, list)), list.ObjectFormat);
        foreach (var file in list.Documents.Concat(list.Attachments))
        {
            if (archive.Read(file.File, out var why) is not { } text)
            {
                findings.Mismatch($"{file.File}: {why}.");
                continue;
            }

            if (GitObjectText.NameOf(list.ObjectFormat, "blob", text) is var real && real != file.Blob)
            {
                findings.Mismatch($"{file.File} is not the text that the commit holds: git names it {real}, and the commit {file.Commit} has {file.Blob}.");
            }

            if (!file.Complete)
            {
                continue;
            }

            var proof = await reader.ReadAsync(file.Commit, file.Place, null, cancellation);
            if (proof is null)
            {
                findings.Mismatch($"{file.File}: its commit {file.Commit} is missing among the objects, or is no commit.");
            }
            else if (proof.Blob is null)
            {
                findings.Mismatch($"{file.File}: the way from the commit {file.Commit} to {file.Place} breaks off: {Missing(proof)}.");
            }
            else if (proof.Blob != file.Blob)
            {
                findings.Mismatch($"{file.File}: the commit {file.Commit} has the text {proof.Blob} at {file.Place}, and the pack says {file.Blob}.");
            }
        }
    }

    private string Missing(Proof proof)
    {
        var next = proof.Trees.IsEmpty ? proof.Header.Tree : null;
        return next is not null && !archive.Holds($"{PackList.ObjectsFolder}{next}.tree") ? $"the tree {next} is missing" : "a tree is missing, or does not name the next step";
    }

    private GitObject? Object(string id, PackList list)
    {
        foreach (var type in (ReadOnlySpan<string>)["commit", "tree"])
        {
            if (archive.Holds($"{PackList.ObjectsFolder}{id}.{type}")
                && archive.Read($"{PackList.ObjectsFolder}{id}.{type}", out _) is { } content
                && GitObjectText.NameOf(list.ObjectFormat, type, content) == id)
            {
                return new GitObject(id, type, content);
            }
        }

        return null;
    }

    /// <summary>Lines of <c>sha256sum</c>: 64 digits, two spaces, a name.</summary>
    private Dictionary<string, string> ReadSums(string text)
    {
        var sums = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length < 67 || line[64..66] != "  " || !line[..64].All(char.IsAsciiHexDigitLower) || !sums.TryAdd(line[66..], line[..64]))
            {
                findings.Mismatch($"{PackList.SumsName} has a line that is no sum, or one for a file that it had before: “{line[..Math.Min(line.Length, 100)]}”.");
            }
        }

        return sums;
    }

    private static string? WrongWith(PackList list)
    {
        var files = list.Documents.Concat(list.Attachments).ToList();
        var names = files.SelectMany(file => new[] { file.Commit, file.Blob }).Concat(list.LeftOut.Commits).Concat(list.LeftOut.Trees).Append(list.Head.Commit);
        return
            list.Documents.IsEmpty ? "it names no document"
            : list.ObjectFormat is not ("sha1" or "sha256") ? $"“{list.ObjectFormat}” is no object format"
            : names.FirstOrDefault(name => !GitObjectText.IsName(name) || GitObjectText.FormatOf(name) != list.ObjectFormat) is { } odd ? $"“{odd}” is no {list.ObjectFormat} name"
            : list.At.Year is < FirstYear or > LastYear ? "its instant is none"
            : list.Folder.Length > 0 && !LibraryPath.TryParse(list.Folder, out _) ? $"“{list.Folder}” is no folder"
            : files.FirstOrDefault(file => !LibraryPath.TryParse(file.Path, out _) || !LibraryPath.TryParse(file.Place, out _)) is { } strange ? $"“{strange.Path}” or “{strange.Place}” is no path"
            : list.Documents.FirstOrDefault(file => file.File != PackList.DocumentsFolder + file.Path || file.Version is null || !LibraryPath.Parse(file.Path).IsDocument) is { } text ? $"“{text.File}” is not named after its document"
            : list.Attachments.FirstOrDefault(file => file.File != PackList.AttachmentsFolder + file.Path || file.Version is not null || !AttachmentTypes.TryGet(LibraryPath.Parse(file.Path), out _)) is { } attached ? $"“{attached.File}” is no attachment"
            : files.GroupBy(file => file.File).FirstOrDefault(group => group.Skip(1).Any()) is { } twice ? $"“{twice.Key}” is listed twice"
            : list.Request.On is { } on && !DeclaredMoment.TryParse(on, out _) ? $"“{on}” is no date"
            : list.Request.Version is not null && list.Request.Document is null ? "a version is asked for, and no document"
            : list.Request.Document is { } one && (list.Documents.Length != 1 || list.Documents[0].Path != one) ? $"it holds another document than “{one}”, which was asked for"
            : null;
    }
}
