using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Evidence;

/// <summary>
/// Checks a pack from anybody against somebody's copy of the repository: first the pack by itself, then its commits on the published line, then
/// every byte, made again from the copy.
/// </summary>
public sealed class PackVerifier
{
    /// <summary>Wrong claims after which it is not worth the time to make the files again.</summary>
    private const int MostClaims = 20;

    private readonly PackArchive archive;
    private readonly Findings findings;

    private PackVerifier(PackArchive archive, Findings findings) => (this.archive, this.findings) = (archive, findings);

    /// <param name="file">The ZIP file; it can seek.</param>
    /// <param name="openCopy">Opens the copy, given the folder of the repository that is the library. The caller disposes of it.</param>
    /// <exception cref="GitException">The copy cannot be read.</exception>
    public static async Task<VerifyReport> VerifyAsync(
        Stream file, Func<string, CancellationToken, Task<LibraryRepository>> openCopy, CancellationToken cancellation)
    {
        var found = new Findings();
        PackArchive opened;
        try
        {
            opened = PackArchive.Open(file, found.Mismatch);
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException)
        {
            found.Mismatch($"The file is no evidence pack; it is {broken.Message.TrimEnd('.')}.");
            return found.Report(null);
        }

        using (opened)
        {
            return await new PackVerifier(opened, found).RunAsync(openCopy, cancellation);
        }
    }

    private async Task<VerifyReport> RunAsync(Func<string, CancellationToken, Task<LibraryRepository>> openCopy, CancellationToken cancellation)
    {
        var alone = new PackSelfCheck(archive, findings);
        alone.CheckSums();
        var list = alone.ReadList();
        var copy = await openCopy(list?.Folder ?? "", cancellation);
        if (list is null)
        {
            return findings.Report(null);
        }

        alone.CheckObjects(list);
        await alone.CheckWaysAsync(list, cancellation);
        if (await IsOnLineAsync(list, copy, cancellation))
        {
            await CompareAsync(list, copy, cancellation);
        }

        return findings.Report(list);
    }

    /// <summary>Whether the head of the pack lies on the published line of the copy; tells of each commit that does not.</summary>
    private async Task<bool> IsOnLineAsync(PackList list, LibraryRepository copy, CancellationToken cancellation)
    {
        var head = await copy.ReadHeadAsync(cancellation);
        var line = await PublishedLine.ReadAsync(copy, head, cancellation);
        if (!line.Contains(list.Head.Commit))
        {
            findings.Mismatch(
                $"The head {list.Head.Commit} that the pack names is not on the published line of {copy.Branch} in the copy, which stands at {head}. "
                + "It is another repository or branch, its history was replaced, or the copy is older than the pack: fetch, or name the branch with --branch.");
        }

        foreach (var files in list.Documents.Concat(list.Attachments).GroupBy(file => file.Commit).Where(files => !line.Contains(files.Key)))
        {
            findings.Mismatch($"The commit {files.Key} of {string.Join(", ", files.Take(3).Select(file => file.File))} is not on the published line of the copy.");
        }

        return line.Contains(list.Head.Commit);
    }

    /// <summary>Makes everything again from the copy, as it stood at the head of the pack, and compares.</summary>
    private async Task CompareAsync(PackList list, LibraryRepository copy, CancellationToken cancellation)
    {
        // Whose clock is ahead is no question here: what was published is taken as it is.
        // What was held back is taken from the pack: it says so itself, and whoever trusts the records more can ask them.
        var holdBack = list.Held is not { } held ? null : new HoldBack
        {
            After = held.After,
            Confirm = (commits, _) => Task.FromResult<IReadOnlySet<CommitId>?>(commits.Select(commit => commit.Id).Where(commit => !held.Commits.Contains(commit.Hex)).ToHashSet()),
        };
        var result = await CatalogueBuilder.BuildAsync(copy, new CommitId(list.Head.Commit), null, holdBack, DateTimeOffset.MaxValue.AddDays(-1), cancellation);
        if (result is CatalogueResult.NotOnLine line)
        {
            findings.Mismatch($"{PackList.Name}: the commit {line.After}, after which commits were held back, is not on the published line of the copy.");
            return;
        }

        if (result is not CatalogueResult.Built { Catalogue: var catalogue })
        {
            throw new GitException("The history of the copy cannot be read.");
        }

        if (list.Held is { Commits.Length: var count })
        {
            findings.Remark($"By what the pack says, {count} {(count == 1 ? "commit of the line was" : "commits of the line were")} not served, as no approval was on record.");
        }

        var edition = await new EditionBuilder(copy.Blobs).BuildAsync(catalogue, list.At, previous: null, isPreview: false, cancellation);
        var before = findings.Count;
        new ClaimCheck(list, edition, findings).Run();
        if (findings.Count - before > MostClaims)
        {
            findings.Remark("So much of pack.json is not so that the files were not compared one by one.");
            return;
        }

        IReadOnlyList<PackEntry> entries;
        using var contents = new PackContents(new EvidencePack(list, edition), copy);
        try
        {
            entries = await contents.EntriesAsync(cancellation);
        }
        catch (GitException missing)
        {
            // What is not there has been told, by name, above; where it was not, it is now.
            if (findings.Count == before)
            {
                findings.Mismatch(missing.Message);
            }

            return;
        }

        foreach (var entry in entries)
        {
            await CompareAsync(entry, list, cancellation);
        }

        foreach (var name in archive.Names.Except(entries.Select(entry => entry.Name)).Where(name => name != PackList.SumsName))
        {
            findings.Mismatch($"{name} does not belong into this pack.");
        }
    }

    private async Task CompareAsync(PackEntry entry, PackList list, CancellationToken cancellation)
    {
        if (archive.Read(entry.Name, out var why) is not { } said)
        {
            findings.Mismatch($"{entry.Name}: {why}.");
            return;
        }

        var expected = await entry.Read(cancellation);
        if (said.AsSpan().SequenceEqual(expected))
        {
            return;
        }

        if (entry.Name.EndsWith(PackContents.FactsSuffix, StringComparison.Ordinal))
        {
            var differences = JsonDifference.Of(said, expected);
            findings.Mismatch(differences switch
            {
                null => $"{entry.Name} is no JSON.",
                [] => $"{entry.Name} says what the repository says, but is not written as PolicyHub writes it.",
                _ => $"{entry.Name} says what the repository does not: {string.Join("; ", differences)}.",
            });
        }
        else if (list.Program != PackList.ThisProgram && (entry.Name.EndsWith(PackContents.PageSuffix, StringComparison.Ordinal) || entry.Name == PackList.VerifyName))
        {
            findings.Remark($"{entry.Name} was not compared: PolicyHub {list.Program} made the pack, and this is {PackList.ThisProgram}, which writes it otherwise.");
        }
        else
        {
            findings.Mismatch(Sentence(entry.Name));
        }
    }

    private static string Sentence(string name) =>
        name.EndsWith(PackContents.PageSuffix, StringComparison.Ordinal) ? $"{name} is not the page that follows from the text in the repository."
        : name.EndsWith(PackContents.DiffSuffix, StringComparison.Ordinal) ? $"{name} is not the difference that git finds between the two versions."
        : name.StartsWith(PackList.ObjectsFolder, StringComparison.Ordinal) ? $"{name} is not the object that the repository has by this name."
        : name.StartsWith(PackList.DocumentsFolder, StringComparison.Ordinal) || name.StartsWith(PackList.AttachmentsFolder, StringComparison.Ordinal) ? $"{name} is not the text that the repository has."
        : $"{name} is not as PolicyHub writes it for this pack.";
}
