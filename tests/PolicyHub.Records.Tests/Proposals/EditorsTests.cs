using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Publishing;
using PolicyHub.Records.Storage;
using PolicyHub.Records.Tests.Audit;
using PolicyHub.Testing;

namespace PolicyHub.Records.Tests.Proposals;

/// <summary>
/// Fifty editors at once on twenty documents, in two processes on one PostgreSQL and one remote, with <c>kill -9</c> of a process and of <c>git</c>, and the remote gone for a while:
/// what was confirmed is there afterwards, and nothing was published by halves.
/// </summary>
public sealed class EditorsTests(ITestOutputHelper output)
{
    private const int EditorsOfOne = 25;

    [Fact]
    public async Task Editors_KilledAgainAndAgain_LoseNothingThatWasConfirmed()
    {
        await using var server = await PostgreSqlServer.StartAsync(survivesPowerCuts: true);
        using var records = await TestRecords.OpenAsync(RecordsProvider.PostgreSql, server);
        using var remote = new TestRepository().Commit("First", commit =>
        {
            for (var number = 0; number < Editors.Documents; number++)
            {
                commit.Write($"d{number:00}.md", $"# {number}\n");
            }
        }).Flush();
        await AddPeopleAsync(records);
        var chance = new Random(LongRun.Seed);
        var confirmed = new ConcurrentBag<(string What, string Id, string Token)>();
        var rounds = LongRun.Count(4, 60);
        var (killed, killedGit, gone) = (0, 0, 0);
        var running = new List<(ChildProcess Child, Task Read)>();
        for (var round = 0; round < rounds; round++)
        {
            while (running.Count < 2)
            {
                running.Add(await StartAsync(records, remote, running.Count == 0 || round % 2 == 0 ? $"one{round}" : $"two{round}", LongRun.Seed + (round * 1000) + running.Count, confirmed));
            }

            // Something is published between two interruptions, however busy the machine is.
            var published = confirmed.Count(one => one.What == "published");
            for (var waited = 0; confirmed.Count(one => one.What == "published") == published && waited < 600; waited++)
            {
                await Task.Delay(100);
            }

            await Task.Delay(chance.Next(50, 1_500));
            switch (chance.Next(4))
            {
                case 0:
                    Directory.Move(remote.Folder, remote.Folder + ".away");
                    await Task.Delay(700);
                    Directory.Move(remote.Folder + ".away", remote.Folder);
                    gone++;
                    break;
                case 1:
                    killedGit += await KillGitAsync(running.Select(one => one.Child.Id));
                    break;
                default:
                    var victim = chance.Next(2);
                    await running[victim].Child.KillAsync();
                    await running[victim].Read;
                    running.RemoveAt(victim);
                    killed++;
                    break;
            }
        }

        foreach (var (child, read) in running)
        {
            await child.KillAsync();
            await read;
            child.Dispose();
        }

        output.WriteLine(FormattableString.Invariant($"{rounds} rounds: {killed} processes and {killedGit} gits killed, remote gone {gone} times; confirmed {string.Join(", ", confirmed.GroupBy(one => one.What).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}"))}"));
        await HoldsAsync(records, remote, [.. confirmed]);
    }

    private static async Task HoldsAsync(TestRecords records, TestRepository remote, List<(string What, string Id, string Token)> confirmed)
    {
        Assert.Contains(confirmed, one => one.What == "published");
        var library = await LibrarySource.OpenAsync(
            new LibraryLocation { DataFolder = records.Folder["last"], Library = new Uri(remote.Folder).AbsoluteUri, StarterFolder = records.Folder.Path }, GitSettings.Default, CancellationToken.None);
        using var _ = library;
        using var log = new AuditLog(records, TimeProvider.System);
        using var desk = new ProposalDesk(records, log, TimeProvider.System, () => library);

        // What was on its way arrives, turn after turn, as it does on a site; a git that outlived its process may hold a lock for a moment.
        for (var turns = 0; turns < 240 && await WaitAsync(records); turns++)
        {
            await desk.ContinueAsync(CancellationToken.None);
            await Task.Delay(250);
        }

        await using var db = records.CreateDbContext();
        var proposals = await db.Set<Proposal>().AsNoTracking().ToDictionaryAsync(one => one.Id.ToString("N"));
        Assert.Equal([], proposals.Values.Where(one => one.State == ProposalState.Approved).Select(one => $"{one.Number}: {one.Waits}"));
        var texts = (await db.Set<ProposalFile>().AsNoTracking().ToListAsync()).ToDictionary(file => (file.ProposalId.ToString("N"), file.Path), file => Encoding.UTF8.GetString(file.Text!));
        foreach (var last in confirmed.Where(one => one.What == "save").GroupBy(one => one.Token[..one.Token.LastIndexOf('-')]))
        {
            var (id, path) = (last.First().Id, last.Key[(last.Key.IndexOf('-', StringComparison.Ordinal) + 1)..]);
            var number = last.Max(one => int.Parse(one.Token[(one.Token.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture));

            // The last save that was confirmed, or one that came after it and could not be confirmed any more.
            Assert.Matches($"^# {path}\n\n{last.Key}-[{number}-9]\n$", texts[(id, path)]);
        }

        var comments = await db.Set<ProposalEntry>().Where(entry => entry.Act == ProposalAct.Comment).Select(entry => entry.Text).ToListAsync();
        Assert.All(confirmed.Where(one => one.What == "comment"), one => Assert.Contains("token " + one.Token, comments));
        var given = await db.Set<ApprovalGiven>().AsNoTracking().ToListAsync();
        Assert.All(confirmed.Where(one => one.What == "approved"), one => Assert.Contains(given, yes => yes.ProposalId.ToString("N") == one.Id && yes.Hash == one.Token && yes.IsYes));

        var line = (await PublishedLine.ReadAsync(library, await library.ReadHeadAsync(CancellationToken.None), CancellationToken.None)).ToHashSet(StringComparer.Ordinal);
        Assert.All(confirmed.Where(one => one.What == "published"), one => Assert.Contains(one.Token, line));
        Assert.All(proposals.Values.Where(one => one.State == ProposalState.Published), one => Assert.Contains(one.Published[^1], line));

        // Each publication is whole, is what was approved byte for byte, and the log says so; and nothing is published twice.
        var publications = await PublicationCheck.RunAsync(library, CancellationToken.None);
        var proof = await ApprovalProof.ReadAsync(records, CancellationToken.None);
        Assert.All(publications, publication => Assert.True(proof.Confirms(publication), publication.Revision));
        Assert.Equal(publications.Length, publications.DistinctBy(publication => publication.Revision).Count());
        Assert.Equal(proposals.Values.Count(one => one.State == ProposalState.Published), publications.Length);
        Assert.Equal(line.Count - 1, publications.Sum(publication => publication.Commits.Length));

        remote.Git("fsck", "--strict");
        TestRepository.RunGit(null, ["--git-dir=" + library.GitDirectory, "fsck", "--strict"]);
        var report = await AuditSample.VerifyAsync(records);
        Assert.True(report.IsWhole, string.Join('\n', report.Faults));
    }

    /// <summary>Whether something has its last yes and is not published.</summary>
    private static async Task<bool> WaitAsync(TestRecords records)
    {
        await using var db = records.CreateDbContext();
        return await db.Set<Proposal>().AnyAsync(one => one.State == ProposalState.Approved);
    }

    private static async Task<(ChildProcess Child, Task Read)> StartAsync(TestRecords records, TestRepository remote, string data, int seed, ConcurrentBag<(string What, string Id, string Token)> confirmed)
    {
        var child = ChildProcess.Start("edit", records.Location, new Uri(remote.Folder).AbsoluteUri, records.Folder[data], EditorsOfOne.ToString(CultureInfo.InvariantCulture), seed.ToString(CultureInfo.InvariantCulture));
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var read = Task.Run(async () =>
        {
            // The last line may be cut off by the kill: only what ends with a line break was said.
            var text = "";
            var buffer = new char[4096];
            while (await child.Output.ReadAsync(buffer) is var count and > 0)
            {
                text += new string(buffer, 0, count);
                var lines = text.Split('\n');
                text = lines[^1];
                foreach (var parts in lines[..^1].Select(line => line.Split(' ')).Where(parts => parts.Length == 3))
                {
                    begun.TrySetResult();
                    if (parts[0] != "ready")
                    {
                        confirmed.Add((parts[0], parts[1], parts[2]));
                    }
                }
            }

            begun.TrySetResult();
        });
        await begun.Task;
        return (child, read);
    }

    private static async Task AddPeopleAsync(TestRecords records)
    {
        await using var db = records.CreateDbContext();
        foreach (var (number, role) in Enumerable.Range(0, EditorsOfOne).SelectMany(number => new[] { (number, "author"), (number, "approver") }))
        {
            var name = $"{role} {number}";
            db.Users.Add(new Person { Id = Editors.Id(number, role), Name = name, UserName = name, NormalizedUserName = name.ToUpperInvariant(), SecurityStamp = "x" });
        }

        await db.SaveChangesAsync();
    }

    /// <summary>Ends the gits that processes of ours have started, as <c>kill -9</c> does.</summary>
    private static async Task<int> KillGitAsync(IEnumerable<int> parents)
    {
        var killed = 0;
        foreach (var parent in parents)
        {
            var start = new ProcessStartInfo("pkill") { UseShellExecute = false };
            foreach (var argument in new[] { "-9", "-P", parent.ToString(CultureInfo.InvariantCulture), "-x", "git" })
            {
                start.ArgumentList.Add(argument);
            }

            using var kill = Process.Start(start)!;
            await kill.WaitForExitAsync();
            killed += kill.ExitCode == 0 ? 1 : 0;
        }

        return killed;
    }
}
