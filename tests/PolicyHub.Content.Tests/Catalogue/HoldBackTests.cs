using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Git;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Catalogue;

/// <summary>Commits that no approval is on record for: what the catalogue holds is as if they had not been made, while the line goes on. Here a commit of Ann's is approved.</summary>
public sealed class HoldBackTests : IDisposable
{
    private const string A = "policies/a.md";
    private const string B = "policies/b.md";

    private readonly TestRepository repository = new();
    private bool areRecordsAway;
    private Func<LineCommit, bool> isApproved = commit => commit.Trailers.Any(trailer => trailer.Key == "By" && trailer.Value == "Ann");

    [Fact]
    public async Task Build_HeldCommit_KeepsTheTextBeforeAndGoesOnWithTheLine()
    {
        Begin();
        Outside("Fees", commit => commit.Write(A, "# Ten\n").Write("policies/new.md", "# New\n").Write("x.svg", "<svg/>").Delete(B));

        var catalogue = await BuildAsync();

        Assert.Equal(repository.Head(), catalogue.Head);
        Assert.Equal(["1", "1"], catalogue.Documents.Select(CatalogueText.Labels));
        Assert.Empty(catalogue.Files);
        Assert.Equal([A, B, "policies/new.md", "x.svg"], catalogue.HeldBack!.Paths.Keys.Select(path => path.Value));
        Assert.Null(catalogue.HeldBack.Paths[LibraryPath.Parse(B)].Blob);
        var group = Assert.Single(catalogue.HeldBack.Groups);
        Assert.Equal("Fees", Assert.Single(group.Commits).Subject);
    }

    [Fact]
    public async Task Build_HeldTextApprovedAsItStands_IsAVersionOfTheCommitThatApprovesIt()
    {
        Begin();
        Outside("Fees", commit => commit.Write(A, "# Ten\n").Delete(B).Write("x.svg", "<svg/>"));
        Ann($"Take it up\n\nApproves: {A}\nApproves: {B}\nApproves: x.svg\nBy: Ann", _ => { });

        var catalogue = await BuildAsync();

        Assert.Equal(["1 2", "1 2-"], catalogue.Documents.Select(CatalogueText.Labels));
        Assert.Equal("Take it up", catalogue.Documents[0].Versions[1].Commit.Subject);
        Assert.Equal("Take it up", Assert.Single(catalogue.Files.Values.Single()).Commit.Subject);
        Assert.Empty(catalogue.HeldBack!.Paths);
        Assert.Equal("Fees", Assert.Single(catalogue.HeldBack.Commits).Subject);
    }

    [Fact]
    public async Task Build_ApprovesWithoutApproval_ReleasesNothing()
    {
        Begin();
        Outside("Fees", commit => commit.Write(A, "# Ten\n"));
        Outside($"Take it up\n\nApproves: {A}\nApproved-by: Ann <ann@riverton.example>", commit => commit.Write(B, "# Also\n"));

        var catalogue = await BuildAsync();

        Assert.Equal(["1", "1"], catalogue.Documents.Select(CatalogueText.Labels));
        Assert.Equal([A, B], catalogue.HeldBack!.Paths.Keys.Select(path => path.Value));
    }

    [Fact]
    public async Task Build_HeldMoveApproved_IsTheSameDocument()
    {
        Begin();
        Outside("Move", commit => commit.Move(A, "policies/c.md"));
        Outside("Word", commit => commit.Write("policies/c.md", "# A\n\nThe first text of the document, which is long enough to be known again!\n"));
        var held = await BuildAsync();
        Ann($"Take it up\n\nApproves: {A}\nApproves: policies/c.md\nBy: Ann", _ => { });

        var taken = await BuildAsync(held);

        Assert.Equal(A, held.Documents[0].Path.Value);
        Assert.Equal("1 2", CatalogueText.Labels(taken.Documents[0]));
        Assert.Equal("policies/a.md policies/c.md", CatalogueText.Paths(taken.Documents[0]));
        Assert.Equal(2, taken.Documents.Length);
    }

    [Fact]
    public async Task Build_TurnedDownOrTakenBackOutside_LeavesNoVersion()
    {
        Begin();
        Outside("Fees", commit => commit.Write(A, "# Ten\n").Write(B, "# Ten\n"));
        Outside("Never mind", commit => commit.Write(B, "# B\n"));
        Ann("Back\n\nBy: Ann", commit => commit.Write(A, First));

        var catalogue = await BuildAsync();

        Assert.Equal(["1", "1"], catalogue.Documents.Select(CatalogueText.Labels));
        Assert.Empty(catalogue.HeldBack!.Paths);
    }

    [Fact]
    public async Task Build_RecordsAway_ServesNothingNewAndSaysSo()
    {
        Begin();
        var served = await BuildAsync();
        areRecordsAway = true;
        Ann("Fees\n\nBy: Ann", commit => commit.Write(A, "# Ten\n"));

        Assert.IsType<CatalogueResult.Unconfirmed>(await ResultAsync(served));
        Assert.Same(served, Assert.IsType<CatalogueResult.Built>(await ResultAsync(served, served.Head)).Catalogue);
    }

    [Fact]
    public async Task Build_LineCommitElsewhere_IsRefused()
    {
        Begin();

        Assert.IsType<CatalogueResult.NotOnLine>(await ResultAsync(null, after: new string('a', 40)));
        Assert.IsType<CatalogueResult.NotOnLine>(await ResultAsync(null, after: "main"));
        Assert.IsType<CatalogueResult.Built>(await ResultAsync(null, after: repository.Head().Hex[..10]));
    }

    [Fact]
    public async Task Build_SettingTurnedOnAndOff_WalksAgain()
    {
        Begin();
        Outside("Fees", commit => commit.Write(A, "# Ten\n"));
        var off = await repository.BuildAsync();
        var on = await BuildAsync(off);
        using var library = await repository.OpenAsync();
        var again = Assert.IsType<CatalogueResult.Built>(await CatalogueBuilder.BuildAsync(library, repository.Head(), on, CatalogueTestExtensions.Now, CancellationToken.None)).Catalogue;

        Assert.Equal("1 2", CatalogueText.Labels(off.Documents[0]));
        Assert.Equal("1", CatalogueText.Labels(on.Documents[0]));
        Assert.Equal(CatalogueText.Of(off), CatalogueText.Of(again));
    }

    [Fact]
    public async Task Build_ConfirmedLate_IsAVersionOfItsOwnCommit()
    {
        Begin();
        Outside("Fees\n\nProposal: 1\nProposal-revision: abc", commit => commit.Write(A, "# Ten\n"));
        var held = await BuildAsync();
        isApproved = _ => true;

        var confirmed = await BuildAsync(held);

        Assert.Equal("1", CatalogueText.Labels(held.Documents[0]));
        Assert.Equal("1 2", CatalogueText.Labels(confirmed.Documents[0]));
        Assert.Equal("Fees", confirmed.Documents[0].Versions[1].Commit.Subject);
        Assert.Empty(confirmed.HeldBack!.Commits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Build_RandomHistory_ServesWhatWasApprovedHoweverItIsBuilt(int seed)
    {
#pragma warning disable CA5394 // A history, no secret.
        var random = new Random(seed);
        Begin();
        string[] paths = [A, B, "policies/c.md", "d.md", "x.svg", "y.svg"];
        var tip = new Dictionary<string, string> { [A] = First, [B] = "# B\n" };
        var served = new Dictionary<string, string>(tip);
        LibraryCatalogue? kept = null;
        for (var step = 0; step < 40; step++)
        {
            var isAnn = random.Next(2) == 0;
            var touched = new HashSet<string>();
            var approves = isAnn ? paths.Where(_ => random.Next(3) == 0).ToList() : [];
            void Change(TestCommit commit)
            {
                for (var times = random.Next(approves.Count > 0 ? 2 : 1, 4); times > 0; times--)
                {
                    var path = paths[random.Next(paths.Length)];
                    if (touched.Contains(path))
                    {
                        continue;
                    }

                    touched.Add(path);
                    var free = paths.FirstOrDefault(other => !tip.ContainsKey(other) && !touched.Contains(other) && other[^1] == path[^1]);
                    switch (random.Next(4))
                    {
                        case 0 when tip.Remove(path):
                            commit.Delete(path);
                            break;
                        case 1 when free is not null && tip.Remove(path, out var text):
                            commit.Move(path, free);
                            tip[free] = text;
                            touched.Add(free);
                            break;
                        default:
                            tip[path] = random.Next(4) == 0 && served.TryGetValue(path, out var back) ? back : $"# {path} {step}\n\nA text that goes on for long enough to be known again, wherever it is moved.\n";
                            commit.Write(path, tip[path]);
                            break;
                    }
                }
            }

            if (isAnn)
            {
                Ann($"Step {step}\n\n{string.Concat(approves.Select(path => $"Approves: {path}\n"))}By: Ann", Change);
            }
            else
            {
                Outside($"Step {step}", Change);
            }

            foreach (var path in isAnn ? touched.Concat(approves) : [])
            {
                served.Remove(path);
                if (tip.TryGetValue(path, out var text))
                {
                    served.Add(path, text);
                }
            }

            if (random.Next(3) > 0)
            {
                kept = await BuildAsync(kept);
                var whole = await BuildAsync();
                Assert.Equal(CatalogueText.Of(whole), CatalogueText.Of(kept));
                CatalogueCache.Save(repository.Beside("data"), "key", kept);
                Assert.Equal(CatalogueText.Of(whole), CatalogueText.Of(CatalogueCache.Load(repository.Beside("data"), "key")!));
                using var library = await repository.OpenAsync();
                var there = whole.Documents.Where(document => document.Versions[^1].Blob is not null).Select(document => (document.Path.Value, document.Versions[^1].Blob!.Value))
                    .Concat(whole.Files.Where(file => file.Value[^1].Blob is not null).Select(file => (file.Key.Value, file.Value[^1].Blob!.Value))).ToList();
                var texts = await library.Blobs.ReadAsync([.. there.Select(one => one.Item2)], 100_000, CancellationToken.None);
                Assert.Equal(
                    served.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"),
                    there.Zip(texts, (one, text) => $"{one.Item1} {System.Text.Encoding.UTF8.GetString(text!)}").Order(StringComparer.Ordinal));
                Assert.Equal(
                    paths.Where(path => tip.GetValueOrDefault(path) != served.GetValueOrDefault(path)).Order(StringComparer.Ordinal),
                    whole.HeldBack!.Paths.Keys.Select(path => path.Value));
            }
        }
#pragma warning restore CA5394
    }

    public void Dispose() => repository.Dispose();

    private const string First = "# A\n\nThe first text of the document, which is long enough to be known again.\n";

    private CommitId after;

    private void Begin()
    {
        repository.Commit("First", commit => commit.Write(A, First).Write(B, "# B\n"));
        after = repository.Head();
    }

    private void Ann(string message, Action<TestCommit> change) => repository.Commit(message, change);

    private void Outside(string message, Action<TestCommit> change) => repository.Commit(message, commit => change(commit.By("Olga", "olga@riverton.example")));

    private async Task<LibraryCatalogue> BuildAsync(LibraryCatalogue? previous = null) => Assert.IsType<CatalogueResult.Built>(await ResultAsync(previous)).Catalogue;

    private async Task<CatalogueResult> ResultAsync(LibraryCatalogue? previous, CommitId? head = null, string? after = null)
    {
        using var library = await repository.OpenAsync();
        var rule = new HoldBack
        {
            After = after ?? this.after.Hex,
            Confirm = (commits, _) => Task.FromResult<IReadOnlySet<CommitId>?>(areRecordsAway ? null : commits.Where(isApproved).Select(commit => commit.Id).ToHashSet()),
        };
        return await CatalogueBuilder.BuildAsync(library, head ?? repository.Head(), previous, rule, CatalogueTestExtensions.Now, CancellationToken.None);
    }
}
