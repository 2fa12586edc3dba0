using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Content;
using PolicyHub.Content.Approvals;
using PolicyHub.Content.Git;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Publishing;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Tests.Proposals;

/// <summary>
/// Editors of one process: each begins changes, saves, comments, sends and has them approved, for ever. What was confirmed is told on a line of standard output: <c>save ID TOKEN</c>,
/// <c>comment ID TOKEN</c>, <c>sent ID HASH</c>, <c>approved ID HASH</c>, <c>published ID COMMIT</c>.
/// </summary>
internal static class Editors
{
    public const int Documents = 20;

    private static readonly DateOnly Today = new(2026, 11, 23);

    /// <param name="args">The remote, the folder of state, how many editors, the seed.</param>
    public static async Task RunAsync(IDbContextFactory<RecordsDb> records, string[] args)
    {
        var (editors, seed) = (int.Parse(args[2], CultureInfo.InvariantCulture), int.Parse(args[3], CultureInfo.InvariantCulture));
        using var library = await LibrarySource.OpenAsync(new LibraryLocation { DataFolder = args[1], Library = args[0], StarterFolder = args[1] }, GitSettings.Default, CancellationToken.None);
        using var log = new AuditLog(records, TimeProvider.System);
        var book = new ProposalBook(records, log, TimeProvider.System);
        using var desk = new ProposalDesk(records, log, TimeProvider.System, () => library);
        var told = new Lock();
        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        void Tell(string line)
        {
            lock (told)
            {
                output.WriteLine(line);
            }
        }

        Tell("ready - -");
        await Task.WhenAll([
            .. Enumerable.Range(0, editors).Select(number => Task.Run(() => WriteAsync(number, new Random(seed + number), library, book, desk, Tell))),
            Task.Run(async () =>
            {
                while (true)
                {
                    await Task.Delay(500);
                    await TryAsync(() => desk.ContinueAsync(CancellationToken.None));
                }
            }),
        ]);
    }

    private static async Task WriteAsync(int number, Random chance, LibraryRepository library, ProposalBook book, ProposalDesk desk, Action<string> tell)
    {
        var author = Of(number, "author");
        var approver = Of(number, "approver") with { Positions = ["owner"] };
        while (true)
        {
            await TryAsync(() => ChangeAsync(author, approver, chance, library, book, desk, tell));
            await Task.Delay(chance.Next(5, 50));
        }
    }

    private static async Task<bool> ChangeAsync(Colleague author, Colleague approver, Random chance, LibraryRepository library, ProposalBook book, ProposalDesk desk, Action<string> tell)
    {
        // Some change one document, some three that take effect together.
        var paths = Enumerable.Range(0, chance.Next(3) == 0 ? 3 : 1).Select(_ => $"d{chance.Next(Documents):00}.md").Distinct(StringComparer.Ordinal).ToList();
        var head = await library.ReadHeadAsync(CancellationToken.None);
        var files = new List<StartedFile>();
        foreach (var path in paths)
        {
            var blob = (await library.Git.ReadTextAsync(new GitCall { Arguments = ["rev-parse", $"{head}:{path}"], Repository = library.GitDirectory }, CancellationToken.None)).Trim();
            files.Add(new StartedFile(path, "# New\n"u8.ToArray()) { Base = blob, Origin = blob });
        }

        var proposal = await book.StartAsync(author, files, CancellationToken.None);
        var id = proposal.Id.ToString("N");
        for (var save = 0; save < chance.Next(1, 4); save++)
        {
            foreach (var path in paths)
            {
                var token = $"{id}-{path}-{save}";
                if ((await book.SaveAsync(proposal.Id, author, 0, path, save, Encoding.UTF8.GetBytes($"# {path}\n\n{token}\n"), CancellationToken.None)).Refusal is null)
                {
                    tell($"save {id} {token}");
                }
            }
        }

        if (await book.CommentAsync(proposal.Id, author, "token " + id, null, CancellationToken.None) is ProposalOutcome.Done)
        {
            tell($"comment {id} {id}");
        }

        await book.DescribeAsync(proposal.Id, author, (await book.FindAsync(proposal.Id, author, CancellationToken.None))!.Proposal.Stamp, new ProposalFacts { Note = "Note " + id }, CancellationToken.None);
        var step = new ApprovalStep { Order = 1, Positions = ["owner"], Need = 1, Paths = [.. paths.Select(LibraryPath.Parse)] };
        if (await desk.SendAsync(proposal.Id, author, [step], null, CancellationToken.None) is not ProposalOutcome.Done { Proposal: var sent })
        {
            return false;
        }

        tell($"sent {id} {sent.Hash}");
        switch (await desk.ApproveAsync(proposal.Id, approver, sent.Hash, "", CancellationToken.None))
        {
            case ProposalOutcome.Done { Proposal.State: ProposalState.Published, Proposal: var published }:
                tell($"approved {id} {sent.Hash}");
                tell($"published {id} {published.Published[^1]}");
                return true;
            case ProposalOutcome.Refused { Why: ProposalRefusal.Unreachable }:
                // It waits for the repository; the yes is given.
                tell($"approved {id} {sent.Hash}");
                return false;
            default:
                return false;
        }
    }

    /// <summary>git or the remote may be gone for a while, or a git be killed: then it is tried again with another change.</summary>
    private static async Task TryAsync<T>(Func<Task<T>> act)
    {
        try
        {
            await act();
        }
        catch (GitException)
        {
        }
        catch (DbUpdateException)
        {
        }
    }

    private static Colleague Of(int number, string role)
    {
        var id = Id(number, role);
        return new Colleague(id, $"{role} {number}", $"{role}{number}@riverton.example", [], new AuditActor { Reference = AuditActor.ReferenceOf(id), Name = $"{role} {number}" }) { Today = Today };
    }

    public static Guid Id(int number, string role) => new(0, 0, 0, [0x91, role == "author" ? (byte)1 : (byte)2, 0, 0, 0, 0, (byte)(number >> 8), (byte)number]);
}
