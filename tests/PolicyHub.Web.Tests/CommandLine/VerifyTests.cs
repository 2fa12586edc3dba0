using System.IO.Compression;
using System.Text;
using PolicyHub.Content.Git;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.CommandLine;

/// <summary><c>policyhub verify</c>: finds each way to tamper with a pack, names it, and survives hostile files.</summary>
public sealed class VerifyTests : IDisposable
{
    private const string Text = "documents/policies/late-fees.md";

    private readonly EvidenceLibrary library = new();

    [Theory]
    [InlineData("sha1", "")]
    [InlineData("sha256", "")]
    [InlineData("sha1", "docs/handbook/")]
    public async Task Verify_PackAsItWasMade_IsProved(string format, string inside)
    {
        using var other = new EvidenceLibrary(format, inside);
        foreach (var request in new[] { ["--on", "2026-03-14"], new[] { "UB-014", "--version", "2" } })
        {
            var (exit, output, error) = await other.VerifyAsync(await other.PackAsync(request));

            Assert.True(exit == 0, output + error);
            Assert.StartsWith("Proved: ", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Verify_CopyThatWentOn_StillProves()
    {
        var file = await library.PackAsync("--on", "2026-03-14");
        library.Repository.Commit("Later", commit => commit.At("2026-03-03 15:00").Write("policies/late-fees.md", "# Another\n")).Flush();

        var (exit, output, _) = await library.VerifyAsync(file);

        Assert.True(exit == 0, output);
    }

    [Fact]
    public async Task Verify_Bundle_NeedsNoDataFolderAndLeavesNothing()
    {
        var file = await library.PackAsync("UB-014");
        var bundle = library.Repository.Beside("copy.bundle");
        library.Repository.Git("bundle", "create", "--quiet", bundle, "main");
        using var empty = new TemporaryFolder();

        var (exit, output, error) = await PolicyHubProcess.RunAsync(
            ["verify", file, "--against", bundle], new Dictionary<string, string>(StringComparer.Ordinal) { ["TMPDIR"] = empty.Path, ["PolicyHub__Data"] = "/nonexistent/data" }, empty.Path);

        Assert.True(exit == 0, output + error);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(empty.Path), entry => entry.Contains("policyhub", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A sentence of the answer, by what was done to the pack; the sums are made to fit unless the case is about them.</summary>
    public static TheoryData<string, string> Tampering => new()
    {
        { "text", $"{Text} is not the file that SHA256SUMS lists" },
        { "text, sums", $"{Text} is not the text that the commit holds" },
        { "text and blob, sums", "is not what its name says: git would name it" },
        { "swapped blob, sums", $"the commit COMMIT has the text BLOB at policies/late-fees.md, and the pack says" },
        { "state, sums", "version.state is \"superseded\" and should be \"in effect\"" },
        { "legal basis, sums", "authority.legalBasis[0] is \"Old Code\" and should be \"Riverton City Code 13.08\"" },
        { "author, sums", "commit.author is \"Mario Lopez\" and should be \"Maria Lopez\"" },
        { "half a letter, sums", $"{Text}.json is no JSON" },
        { "trailer, sums", "commit.trailers[0].value is" },
        { "page, sums", $"{Text}.html is not the page that follows from the text" },
        { "difference, sums", $"{Text}.diff is not the difference that git finds" },
        { "instructions, sums", "VERIFY.md is not as PolicyHub writes it" },
        { "table, sums", "proof.tsv is not as PolicyHub writes it" },
        { "attachment, sums", "attachments/policies/scale.svg is not the text that the commit holds" },
        { "no commit, sums", "its commit COMMIT is missing among the objects" },
        { "no tree, sums", "breaks off: a tree is missing" },
        { "no text", $"{Text} is listed in SHA256SUMS and is not there" },
        { "no text, sums", $"{Text}: it is missing." },
        { "no sums", "SHA256SUMS: it is missing." },
        { "no list, sums", "pack.json cannot be read: it is missing." },
        { "other date, sums", "is not an instant for which 2026-03-14 stands" },
        { "other library, sums", "the name of the library is said to be City of Rivertown" },
        { "other head, sums", "that the pack names is not on the published line" },
        { "other version, sums", "is said to be 1, and by the repository is 2" },
        { "one more, sums", "documents/policies/extra.md does not belong into this pack" },
        { "odd name, sums", "“../evil.md” is no file of an evidence pack" },
        { "odd object, sums", "objects/evil.sh is not named as git objects are" },
        { "broken json, sums", "pack.json cannot be read" },
        { "names outside, sums", "is no path" },
        { "other format, sums", "The pack is of format 2" },
    };

    [Theory]
    [MemberData(nameof(Tampering))]
    public async Task Verify_TamperedPack_NamesWhatDoesNotMatch(string how, string sentence)
    {
        var files = EvidenceLibrary.Read(await library.PackAsync("UB-014", "--on", "2026-03-14"));
        var commit = library.Repository.Git("rev-parse", "main~1").Trim();
        var blob = library.Repository.Git("rev-parse", "main~1:policies/late-fees.md").Trim();
        var what = how.Replace(", sums", "", StringComparison.Ordinal);
        Tamper(files, what, commit, blob);
        var file = library.Write(files, sums: how.EndsWith(", sums", StringComparison.Ordinal));
        if (what == "no sums")
        {
            files.Remove("SHA256SUMS");
            file = library.Write(files, sums: false);
        }

        var (exit, output, error) = await library.VerifyAsync(file);

        Assert.Equal((1, ""), (exit, error));
        Assert.Contains(sentence.Replace("COMMIT", commit, StringComparison.Ordinal).Replace("BLOB", blob, StringComparison.Ordinal), output, StringComparison.Ordinal);
        Assert.Contains("Not proved: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OtherRepository_SaysThatTheHeadIsNotThere()
    {
        using var other = new TestRepository().Commit("Other", "policies/late-fees.md", "# Other\n").Flush();

        var (exit, output, _) = await EvidenceLibrary.RunAsync("verify", await library.PackAsync("UB-014"), "--against", other.Folder);

        Assert.Equal(1, exit);
        Assert.Contains($"The head {library.Repository.Head()} that the pack names is not on the published line of main", output, StringComparison.Ordinal);
        Assert.Contains("It is another repository or branch", output, StringComparison.Ordinal);
    }

    /// <summary>Everything fits in itself: text, tree, commit and sums. Only the repository can tell.</summary>
    [Fact]
    public async Task Verify_ForgedHistory_IsNotOnThePublishedLine()
    {
        using var forged = new EvidenceLibrary();
        forged.Repository.Commit("Forged", commit => commit.At("2026-03-02 15:00").Write("policies/late-fees.md", "# Late fees\n\nNothing to pay.\n")).Flush();

        var (exit, output, _) = await library.VerifyAsync(await forged.PackAsync("policies/late-fees"));

        Assert.Equal(1, exit);
        Assert.Contains($"The commit {forged.Repository.Head()} of {Text} is not on the published line of the copy.", output, StringComparison.Ordinal);
    }

    /// <summary>A commit that came in by a merge is in the repository, and was never what was published.</summary>
    [Fact]
    public async Task Verify_CommitBesideTheLine_IsNotProved()
    {
        using var draft = new TestRepository()
            .Commit("First", commit => commit.At("2026-01-06 15:00").Write("a.md", "# A\n"))
            .Branch("draft")
            .Commit("Draft", commit => commit.At("2026-01-07 15:00").Write("a.md", "# Draft\n"), "draft")
            .Commit("Main", commit => commit.At("2026-01-08 15:00").Write("b.md", "# B\n"))
            .Merge("Merge", "draft", change: commit => commit.At("2026-01-09 15:00").Write("a.md", "# Merged\n"))
            .Flush();
        using var folder = new TemporaryFolder();
        await EvidenceLibrary.RunAsync("evidence", "a", "--library", draft.Folder, "--branch", "draft", "--data", folder["data"], "-o", folder["a.zip"]);

        var (exit, output, _) = await EvidenceLibrary.RunAsync("verify", folder["a.zip"], "--against", draft.Folder);

        Assert.Equal(1, exit);
        Assert.Contains($"The commit {draft.Head("draft")} of documents/a.md is not on the published line", output, StringComparison.Ordinal);
        Assert.Equal(0, (await EvidenceLibrary.RunAsync("verify", folder["a.zip"], "--against", draft.Folder, "--branch", "draft")).Exit);
    }

    /// <summary>An old text said to have been in effect on a later day, in a pack that is right in all else.</summary>
    [Fact]
    public async Task Verify_OldTextForALaterDay_IsFound()
    {
        var files = EvidenceLibrary.Read(await library.PackAsync("UB-014", "--on", "2026-02-01"));
        files["pack.json"] = Encoding.UTF8.GetBytes(EvidenceLibrary.Text(files, "pack.json")
            .Replace("\"on\": \"2026-02-01\"", "\"on\": \"2026-03-14\"", StringComparison.Ordinal)
            .Replace("2026-02-01T23:59:59.9999999-06:00", "2026-03-14T23:59:59.9999999-05:00", StringComparison.Ordinal));

        var (exit, output, _) = await library.VerifyAsync(library.Write(files, sums: true));

        Assert.Equal(1, exit);
        Assert.Contains("the version of documents/policies/late-fees.md that was in effect at the instant of the pack is said to be 1, and by the repository is 2", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_NoZipOrAHostileOne_SaysSo()
    {
        using var folder = new TemporaryFolder();
        folder.Write("text.zip", "PK no zip at all").Write("empty.zip", "");
        await BombAsync(folder["bomb.zip"]);
        using (var zip = ZipFile.Open(folder["twice.zip"], ZipArchiveMode.Create))
        {
            zip.CreateEntry("pack.json");
            zip.CreateEntry("pack.json");
            zip.CreateEntry("documents/\u001b[31m.md");
            zip.CreateEntry("/etc/passwd");
            zip.CreateEntry("documents/../../x.md");
        }

        // A directory that claims to begin far before where it could.
        var bytes = await File.ReadAllBytesAsync(folder["twice.zip"]);
        bytes.AsSpan(bytes.Length - 6, 4).Fill(0xFE);
        await File.WriteAllBytesAsync(folder["directory.zip"], bytes);

        foreach (var (name, part) in new[]
        {
            ("text.zip", "it is no ZIP file"), ("empty.zip", "it is no ZIP file"), ("bomb.zip", "it is larger than a file of a pack may be"), ("twice.zip", "“pack.json” is there twice"),
            ("twice.zip", "“documents/\uFFFD[31m.md” is no file"), ("twice.zip", "“/etc/passwd” is no file"), ("twice.zip", "“documents/../../x.md” is no file"), ("directory.zip", "a directory that is broken"),
        })
        {
            var (exit, output, error) = await library.VerifyAsync(folder[name]);

            Assert.Equal((1, ""), (exit, error));
            Assert.Contains(part, output, StringComparison.Ordinal);
        }
    }

    /// <summary>Wherever a byte is another: what is proved is what was published, or it is not proved.</summary>
    [Fact]
    public async Task Verify_AnyByteChanged_IsFoundOrChangesNothing()
    {
        var file = await library.PackAsync("--on", "2026-03-14");
        var (bytes, files, random) = (await File.ReadAllBytesAsync(file), EvidenceLibrary.Read(file), new Random(LongRun.Seed));
        var found = 0;
        for (var count = 0; count < LongRun.Count(25, 3000); count++)
        {
            var changed = bytes.ToArray();
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(file, changed);

            var (exit, output, error) = await library.VerifyAsync(file);

            Assert.True(exit is 0 or 1 && error.Length == 0, $"{exit} {error}");
            found += exit;
            if (exit == 0)
            {
                // A date or an attribute of the ZIP file itself.
                Assert.Equal(files.OrderBy(entry => entry.Key), EvidenceLibrary.Read(file).OrderBy(entry => entry.Key));
            }
        }

        Assert.True(found > 0);
    }

    [Theory]
    [InlineData("FILE.zip --against REPO", "verify", "pack.zip")]
    [InlineData("Could not find file", "verify", "missing.zip", "--against", "COPY")]
    [InlineData("is not a git repository", "verify", "pack.zip", "--against", "EMPTY")]
    [InlineData("neither a folder nor a bundle", "verify", "pack.zip", "--against", "https://example.org/x.git")]
    [InlineData("has no branch “other”", "verify", "pack.zip", "--against", "COPY", "--branch", "other")]
    public async Task Verify_WronglyUsed_ExitsWithTwo(string part, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        File.Move(await library.PackAsync("UB-014"), folder["pack.zip"]);
        Directory.CreateDirectory(folder["empty"]);
        var (exit, output, error) = await EvidenceLibrary.RunAsync(
            [.. arguments.Select(argument => argument switch
            {
                "COPY" => library.Repository.Folder,
                "EMPTY" => folder["empty"],
                _ when argument.EndsWith(".zip", StringComparison.Ordinal) => folder[argument],
                _ => argument,
            })]);

        Assert.Equal(2, exit);
        Assert.DoesNotContain("Proved", output, StringComparison.Ordinal);
        Assert.Contains(part, error, StringComparison.Ordinal);
    }

    public void Dispose() => library.Dispose();

    private static void Tamper(Dictionary<string, byte[]> files, string how, string commit, string blob)
    {
        void Replace(string name, string from, string to)
        {
            var text = EvidenceLibrary.Text(files, name);
            Assert.Contains(from, text, StringComparison.Ordinal);
            files[name] = Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
        }

        switch (how)
        {
            case "text":
                Replace(Text, "Twelve", "Eleven");
                break;
            case "text and blob":
                Replace(Text, "Twelve", "Eleven");
                files[$"objects/{blob}.blob"] = files[Text];
                break;
            case "swapped blob":
                Replace(Text, "Twelve", "Eleven");
                var name = GitObjectText.NameOf("sha1", "blob", files[Text]);
                files.Remove($"objects/{blob}.blob");
                files[$"objects/{name}.blob"] = files[Text];
                foreach (var place in new[] { "pack.json", "proof.tsv", Text + ".json", Text + ".html" })
                {
                    Replace(place, blob, name);
                }

                break;
            case "state":
                Replace(Text + ".json", "\"state\": \"in effect\",\n    \"stateAtHead", "\"state\": \"superseded\",\n    \"stateAtHead");
                break;
            case "legal basis":
                Replace(Text + ".json", "Riverton City Code 13.08", "Old Code");
                break;
            case "author":
                Replace(Text + ".json", "\"author\": \"Maria", "\"author\": \"Mario");
                break;
            case "half a letter":
                var bytes = files[Text + ".json"];
                bytes[bytes.AsSpan().IndexOf("\"author\": \"Maria"u8) + 11] = 0xAB;
                break;
            case "trailer":
                Replace(Text + ".json", "as Finance Director", "as Mayor");
                break;
            case "page":
                Replace(Text + ".html", "Twelve", "Eleven");
                break;
            case "difference":
                Replace(Text + ".diff", "Ten", "Nine");
                break;
            case "instructions":
                Replace("VERIFY.md", "--strict", "");
                break;
            case "table":
                Replace("proof.tsv", "whole", "part");
                break;
            case "attachment":
                Replace("attachments/policies/scale.svg", "svg", "SVG");
                break;
            case "no commit":
                files.Remove($"objects/{commit}.commit");
                break;
            case "no tree":
                files.Remove(files.Keys.First(key => key.EndsWith(".tree", StringComparison.Ordinal) && Encoding.Latin1.GetString(files[key]).Contains("late-fees.md", StringComparison.Ordinal)));
                break;
            case "no text":
                files.Remove(Text);
                break;
            case "no sums":
                break;
            case "no list":
                files.Remove("pack.json");
                break;
            case "other date":
                Replace("pack.json", "\"at\": \"2026-03-14T23:59:59.9999999-05:00\"", "\"at\": \"2026-02-20T00:00:00-06:00\"");
                break;
            case "other library":
                Replace("pack.json", "City of Riverton", "City of Rivertown");
                break;
            case "other head":
                Replace("pack.json", "\"head\": {\n    \"commit\": \"", "\"head\": {\n    \"commit\": \"0000");
                Replace("pack.json", EvidenceLibrary.Text(files, "pack.json").Split("\"commit\": \"")[1][..44], EvidenceLibrary.Text(files, "pack.json").Split("\"commit\": \"")[1][..40]);
                break;
            case "other version":
                Replace("pack.json", "\"version\": \"2\"", "\"version\": \"1\"");
                break;
            case "one more":
                files["documents/policies/extra.md"] = "# Extra\n"u8.ToArray();
                break;
            case "odd name":
                files["../evil.md"] = "# Evil\n"u8.ToArray();
                break;
            case "odd object":
                files["objects/evil.sh"] = "rm -rf /\n"u8.ToArray();
                break;
            case "broken json":
                Replace("pack.json", "\"documents\": [", "\"documents\": null, \"x\": [");
                break;
            case "names outside":
                Replace("pack.json", "\"place\": \"policies/late-fees.md\"", "\"place\": \"../../etc/passwd\"");
                break;
            case "other format":
                Replace("pack.json", "\"format\": 1", "\"format\": 2");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(how), how, "No such way.");
        }
    }

    /// <summary>A few hundred kilobytes that unpack to 200 MB.</summary>
    private static async Task BombAsync(string path)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        await using var stream = zip.CreateEntry("SHA256SUMS", CompressionLevel.Optimal).Open();
        var zeros = new byte[1024 * 1024];
        for (var count = 0; count < 200; count++)
        {
            await stream.WriteAsync(zeros);
        }
    }
}
