using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Git;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Catalogue;

/// <summary>Extending a catalogue by what came since must give, to the last field, what building it anew gives.</summary>
public sealed class IncrementalCatalogueTests
{
    private static readonly string[] Paths = ["a.md", "b.md", "dir/a.md", "dir/deep/c.md", "d.txt", "library.yml", "A.md"];
    private static readonly string[] Ids = ["", "", "X-1", "x-1", "X-2"];
    private static readonly string[] Dates = ["", "", "effective: 2026-06-01\n", "effective: 2030-01-01\n", "rescinded: 2029-01-01\n"];

    [Theory]
    [InlineData(1, 8)]
    [InlineData(2, 8)]
    [InlineData(20261123, 8)]
    public async Task Build_GeneratedHistories_IncrementalEqualsFull(int seed, int histories)
    {
        // Each push is a few commits; each commit a few acts, all drawn from one small world so that they collide.
        var random = new Random(seed);
        for (var history = 0; history < histories; history++)
        {
            await CheckAsync([.. Enumerable.Range(0, random.Next(3, 8)).Select(_ => Numbers(random, random.Next(1, 4) * 4))]);
        }
    }

    private static int[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next())];

    private static async Task CheckAsync(int[][] pushes)
    {
        using var repository = new TestRepository();
        repository.Commit("Start", "a.md", "start\n").Branch("topic");
        using var library = await repository.OpenAsync(branch: "main");
        LibraryCatalogue? grown = null;
        foreach (var acts in pushes)
        {
            var standing = Standing(repository);
            foreach (var commit in acts.Chunk(4))
            {
                Play(repository, standing, commit);
            }

            var head = repository.Head();
            grown = await BuildAsync(library, head, Reloaded(repository, grown));
            var full = await BuildAsync(library, head, null);
            Assert.Equal(CatalogueText.Of(full), CatalogueText.Of(grown));
        }
    }

    /// <summary>Every second step starts from the catalogue as it comes back from disk.</summary>
    private static LibraryCatalogue? Reloaded(TestRepository repository, LibraryCatalogue? catalogue)
    {
        if (catalogue is null || catalogue.CommitCount % 2 == 0)
        {
            return catalogue;
        }

        CatalogueCache.Save(repository.Beside("data"), "test", catalogue);
        return Assert.IsType<LibraryCatalogue>(CatalogueCache.Load(repository.Beside("data"), "test"));
    }

    private static SortedSet<string> Standing(TestRepository repository) =>
        new(repository.Git("ls-tree", "-r", "--name-only", "main").Split('\n', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

    private static void Play(TestRepository repository, SortedSet<string> standing, int[] numbers)
    {
        var seed = numbers[0];
        if (seed % 5 == 0)
        {
            // Work on a side branch that is merged: on the line it is one commit.
            repository.Commit("Side", Pick(Paths, seed / 5), Text(seed), "topic").Merge($"Merge {seed % 3}", "topic");
            standing.Add(Pick(Paths, seed / 5));
            standing.UnionWith(["a.md"]);
            return;
        }

        repository.Commit(Message(seed), commit =>
        {
            // Clocks that go back and forth by days.
            commit.At(CatalogueTestExtensions.Utc(2026, 5, 1 + (seed / 11 % 28), 8));
            foreach (var number in numbers)
            {
                Act(commit, standing, number);
            }
        });
    }

    private static void Act(TestCommit commit, SortedSet<string> standing, int number)
    {
        var path = Pick(Paths, number / 7);
        switch (number % 6)
        {
            case 0 when standing.Count > 1 && standing.Remove(path):
                commit.Delete(path);
                break;
            case 1 when standing.Contains(path) && standing.Add(Pick(Paths, number / 91)):
                standing.Remove(path);
                commit.Move(path, Pick(Paths, number / 91));
                break;
            case 2 when standing.Contains(path):
                commit.Executable(path, Text(number));
                break;
            default:
                standing.Add(path);
                commit.Write(path, Text(number));
                break;
        }
    }

    private static string Text(int number) =>
        $"---\n{(Pick(Ids, number / 13) is { Length: > 0 } id ? $"id: {id}\n" : "")}{Pick(Dates, number / 17)}---\nline one\nline two\nline three {number / 19 % 3}\n";

    private static string Message(int number) => (number / 23 % 4) switch
    {
        0 => "Spelling\n\nChange: minor a.md\nChange: minor dir/a.md",
        1 => "By the book\n\nProposal: 5\nEffective: 2026-12-01",
        _ => "Change",
    };

    private static string Pick(string[] list, int number) => list[number % list.Length];

    private static async Task<LibraryCatalogue> BuildAsync(LibraryRepository library, CommitId head, LibraryCatalogue? previous) =>
        Assert.IsType<CatalogueResult.Built>(
            await CatalogueBuilder.BuildAsync(library, head, previous, CatalogueTestExtensions.Now, CancellationToken.None)).Catalogue;
}
