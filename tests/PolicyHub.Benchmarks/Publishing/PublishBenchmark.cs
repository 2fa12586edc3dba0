using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using PolicyHub.Benchmarks.Measures;
using PolicyHub.Content;
using PolicyHub.Content.Approvals;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Publishing;
using PolicyHub.Testing;

namespace PolicyHub.Benchmarks.Publishing;

/// <summary>
/// From the last yes to a page that shows the text and a search that finds it, in the process that took the yes and in another one on the same remote and the same PostgreSQL, on a
/// generated library. The remote is asked for news seldom: the other process has to be told.
/// What git alone takes for the same commits stands beside it.
/// </summary>
internal static class PublishBenchmark
{
    private const int SectionsOfOne = 8;

    private const int WordsOfOne = 60;

    public static async Task<int> RunAsync(int sections, int times, CancellationToken cancellation)
    {
        using var remote = new TestRepository().Commit("First", commit => Write(commit, sections / SectionsOfOne)).Flush();
        await using var server = await PostgreSqlServer.StartAsync(survivesPowerCuts: true);
        var database = (await server.NewDatabaseAsync()).Connection;
        await using var one = await StartAsync(remote, "one", database);
        await using var other = await StartAsync(remote, "other", database);
        using var http = new HttpClient { BaseAddress = one.Address };
        using var far = new HttpClient { BaseAddress = other.Address };
        var (book, desk) = (one.Services.GetRequiredService<ProposalBook>(), one.Services.GetRequiredService<ProposalDesk>());
        var author = await PersonAsync(one, 1);
        var approver = (await PersonAsync(one, 2)) with { Positions = ["owner"] };
        List<double> answered = [], visible = [], searchable = [], elsewhere = [], git = [];
        for (var run = -3; run < times; run++)
        {
            var word = "zq" + string.Concat($"{run + 10:D4}".Select(digit => (char)('a' + digit - '0')));
            var path = $"d{(run + 10) % (sections / SectionsOfOne):D5}.md";
            var blob = one.Edition.Find(LibraryPath.Parse(path), Reader.Anyone)!.Version.Blob!.Value.Hex;
            var proposal = await book.StartAsync(author, [new StartedFile(path, Encoding.UTF8.GetBytes($"# Document {path}\n\nThis is {word}.\n")) { Base = blob, Origin = blob }], cancellation);
            await book.DescribeAsync(proposal.Id, author, proposal.Stamp, new ProposalFacts { Note = "Measured" }, cancellation);
            var step = new ApprovalStep { Order = 1, Positions = ["owner"], Need = 1, Paths = [LibraryPath.Parse(path)] };
            var sent = ((ProposalOutcome.Done)await desk.SendAsync(proposal.Id, author, [step], null, cancellation)).Proposal;
            var watch = Stopwatch.StartNew();
            var done = (ProposalOutcome.Done)await desk.ApproveAsync(sent.Id, approver, sent.Hash, "", cancellation);
            var times1 = new[]
            {
                watch.Elapsed.TotalMilliseconds,
                await UntilAsync(http, "/docs/" + path[..^3], word, watch, cancellation),
                await UntilAsync(http, "/api/search?q=" + word, path[..^3], watch, cancellation),
                await UntilAsync(far, "/api/search?q=" + word, path[..^3], watch, cancellation),
            };
            if (done.Proposal.State != ProposalState.Published)
            {
                throw new InvalidOperationException("It was not published.");
            }

            if (run >= 0)
            {
                foreach (var (list, time) in new[] { answered, visible, searchable, elsewhere }.Zip(times1))
                {
                    list.Add(time);
                }

                git.Add(OfGit(remote, run));
            }
        }

        Table.Print(
            $"From the last yes, {sections.ToString(CultureInfo.InvariantCulture)} sections, {times} publications, milliseconds",
            ["", "median", "p99", "longest"],
            [
                Row("the yes is answered: published, with its rows", answered), Row("visible", visible), Row("searchable", searchable), Row("from the answer to searchable: our own work after git", [.. searchable.Zip(answered, (found, said) => found - said)]),
                Row("searchable in another process", elsewhere), Row("a commit and a push by git alone", git),
            ]);
        return 0;
    }

    private static string[] Row(string name, List<double> times) => [name, Table.Number(Table.Median(times), "0"), Table.Number(Table.Percentile(times, 0.99), "0"), Table.Number(times.Max(), "0")];

    /// <summary>The same by hand: a commit on top, pushed from a clone.</summary>
    private static double OfGit(TestRepository remote, int run)
    {
        var clone = remote.Beside("clone");
        if (!Directory.Exists(clone))
        {
            TestRepository.RunGit(null, ["clone", "--quiet", "--bare", remote.Folder, clone]);
        }

        var watch = Stopwatch.StartNew();
        TestRepository.RunGit(clone, ["fetch", "--quiet", "origin", "+main:main"]);
        var tree = TestRepository.RunGit(clone, ["rev-parse", "main^{tree}"]).Trim();
        var commit = TestRepository.RunGit(clone, ["-c", "user.name=Bench", "-c", "user.email=b@riverton.example", "commit-tree", tree, "-p", "main", "-m", $"Run {run}"]).Trim();
        TestRepository.RunGit(clone, ["push", "--quiet", "origin", $"{commit}:refs/heads/bench"]);
        TestRepository.RunGit(clone, ["push", "--quiet", "--delete", "origin", "bench"]);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static void Write(TestCommit commit, int documents)
    {
        var chance = new Random(3);
        for (var number = 0; number < documents; number++)
        {
            var text = new StringBuilder($"# Document {number}\n");
            for (var section = 0; section < SectionsOfOne; section++)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n## Part {section}\n\n");
                for (var word = 0; word < WordsOfOne; word++)
                {
                    // Few words often, many words seldom.
                    text.Append(CultureInfo.InvariantCulture, $"w{(int)Math.Pow(20_000, chance.NextDouble())} ");
                }

                text.Append('\n');
            }

            commit.Write($"d{number:D5}.md", text.ToString());
        }
    }

    private static Task<RunningSite> StartAsync(TestRepository remote, string data, string database) => RunningSite.StartAsync(
        null,
        ("PolicyHub:Library", new Uri(remote.Folder).AbsoluteUri),
        ("PolicyHub:Data", remote.Beside(data)),
        ("PolicyHub:Database", database),
        ("PolicyHub:Remote:Interval", "00:10:00"),
        ("PolicyHub:SearchesPerSecond", "100000"));

    private static async Task<Colleague> PersonAsync(RunningSite site, byte number)
    {
        var id = new Guid(0, 0, 0, [0x92, 0, 0, 0, 0, 0, 0, number]);
        await using var db = await site.Services.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<PolicyHub.Records.Storage.RecordsDb>>().CreateDbContextAsync();
        db.Users.Add(new PolicyHub.Records.People.Person { Id = id, Name = $"Person {number}", UserName = $"p{number}", NormalizedUserName = $"P{number}", SecurityStamp = "x" });
        await db.SaveChangesAsync();
        return new Colleague(id, $"Person {number}", $"p{number}@riverton.example", ImmutableArray<string>.Empty, new AuditActor { Reference = AuditActor.ReferenceOf(id) }) { Today = new DateOnly(2026, 11, 23) };
    }

    private static async Task<double> UntilAsync(HttpClient http, string address, string text, Stopwatch watch, CancellationToken cancellation)
    {
        while (watch.Elapsed < TimeSpan.FromSeconds(30))
        {
            using var response = await http.GetAsync(new Uri(address, UriKind.Relative), cancellation);
            if ((await response.Content.ReadAsStringAsync(cancellation)).Contains(text, StringComparison.Ordinal))
            {
                return watch.Elapsed.TotalMilliseconds;
            }
        }

        throw new InvalidOperationException($"{address} did not show “{text}” within 30 seconds.");
    }
}
