using System.Collections.Immutable;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Content;
using PolicyHub.Content.Approvals;
using PolicyHub.Content.Git;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Publishing;
using PolicyHub.Records.Storage;
using PolicyHub.Records.Tests.Audit;
using PolicyHub.Testing;

namespace PolicyHub.Records.Tests.Proposals;

/// <summary>A small city: a real repository, records, an author, two approvers and their deputies.</summary>
internal sealed class Riverton : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private Action? beforeOpening;

    private Riverton(TestRecords records, TestRepository? remote, LibraryRepository library)
    {
        (Records, Remote, Library) = (records, remote, library);
        Log = new AuditLog(records, Clock);
        Book = new ProposalBook(records, Log, Clock);
        Approvals = new ApprovalBook(records, Log, Clock);
        Desk = new ProposalDesk(records, Log, Clock, () =>
        {
            beforeOpening?.Invoke();
            return Library;
        });
    }

    /// <summary>Has another process do something at the moment at which the desk opens the repository.</summary>
    /// <param name="after">How often it has opened it before.</param>
    /// <returns>What came of it.</returns>
    public Task<T> BeforeDeskOpensOnce<T>(Func<ProposalDesk, Task<T>> act, int after = 0)
    {
        var done = new TaskCompletionSource<T>();
        beforeOpening = () =>
        {
            if (after-- == 0)
            {
                using var log = new AuditLog(Records, Clock);
                using var another = new ProposalDesk(Records, log, Clock, () => Library);
                done.SetResult(Task.Run(() => act(another)).GetAwaiter().GetResult());
            }
        };
        return done.Task;
    }

    /// <summary>What the log tells, oldest first.</summary>
    public async Task<IEnumerable<string>> LoggedAsync()
    {
        await using var db = Records.CreateDbContext();
        return await db.Set<AuditEntry>().OrderBy(row => row.Number).Select(row => row.What).ToListAsync(CancellationToken.None);
    }

    public TestClock Clock { get; } = new(AuditSample.Morning);

    public TestRecords Records { get; }

    public TestRepository? Remote { get; }

    public LibraryRepository Library { get; }

    public AuditLog Log { get; }

    public ProposalBook Book { get; }

    public ApprovalBook Approvals { get; }

    public ProposalDesk Desk { get; }

    public static Colleague Maria { get; } = Of(1, "Maria Lopez", "billing-lead");

    public static Colleague Priya { get; } = Of(2, "Priya Nair", "finance-director");

    public static Colleague Ruth { get; } = Of(3, "Ruth Alvarez", "city-manager");

    public static Colleague Sam { get; } = Of(4, "Sam Rivera");

    public static Colleague Owen { get; } = Of(5, "Owen Price") with { IsAdministrator = true };

    public static Colleague Ben { get; } = Of(6, "Ben Sato") with { IsAuditor = true };

    public static async Task<Riverton> OpenAsync(RecordsProvider provider, bool hasRemote = false)
    {
        var records = await TestRecords.OpenAsync(provider);
        var remote = hasRemote ? new TestRepository().Commit("One", commit => commit.Write("a.md", "# A\n").Write("b.md", "# B\n")).Flush() : null;
        var starter = records.Folder.Write("starter/library.yml", "name: Test\n").Write("starter/a.md", "# A\n").Write("starter/b.md", "# B\n")["starter"];
        var library = await LibrarySource.OpenAsync(
            new LibraryLocation { DataFolder = records.Folder["data"], Library = remote is null ? null : new Uri(remote.Folder).AbsoluteUri, StarterFolder = starter }, GitSettings.Default, CancellationToken.None);
        var city = new Riverton(records, remote, library);
        await using var db = records.CreateDbContext();
        foreach (var one in new[] { Maria, Priya, Ruth, Sam, Owen, Ben })
        {
            db.Users.Add(new Person { Id = one.Id, Name = one.Name, UserName = one.Name, NormalizedUserName = one.Name.ToUpperInvariant(), Positions = one.Positions, SecurityStamp = "x" });
        }

        await db.SaveChangesAsync();
        return city;
    }

    /// <summary>The route of one question to one position, or of several in order.</summary>
    public static ImmutableArray<ApprovalStep> Route(params string[] positions) =>
        [.. positions.Select((position, index) => new ApprovalStep { Order = index + 1, Positions = [position], Need = 1, Paths = [LibraryPath.Parse("a.md")] })];

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A proposal of Maria's that changes a.md, with its note.</summary>
    public async Task<Proposal> WriteAsync(string text = "# A now\n", Colleague? by = null)
    {
        var proposal = await Book.StartAsync(by ?? Maria, [new StartedFile("a.md", Text(text)) { Base = await BlobAsync("a.md") }], CancellationToken.None);
        var facts = new ProposalFacts { Note = "Ask for the account number first", Why = "The board asked for it." };
        Assert.Null((await Book.DescribeAsync(proposal.Id, by ?? Maria, proposal.Stamp, facts, CancellationToken.None)).Refusal);
        return proposal;
    }

    public async Task<Proposal> SentAsync(string text = "# A now\n", params string[] positions)
    {
        var proposal = await WriteAsync(text);
        return Done(await Desk.SendAsync(proposal.Id, Maria, Route(positions is [] ? ["finance-director"] : positions), null, CancellationToken.None));
    }

    public static Proposal Done(ProposalOutcome outcome) => Assert.IsType<ProposalOutcome.Done>(outcome).Proposal;

    public static ProposalRefusal Refused(ProposalOutcome outcome) => Assert.IsType<ProposalOutcome.Refused>(outcome).Why;

    public async Task<Proposal> FindAsync(Guid id) => (await Book.FindAsync(id, Ben, CancellationToken.None))!.Proposal;

    /// <summary>What the published branch holds at a path.</summary>
    public string Published(string path) => Git("show", $"{Library.BranchRef}:{path}");

    public string Git(params string[] arguments) => TestRepository.RunGit(null, ["--git-dir=" + Library.GitDirectory, .. arguments]);

    public Task<string> BlobAsync(string path) => Task.FromResult(Git("rev-parse", $"{Library.BranchRef}:{path}").Trim());

    public void Dispose()
    {
        Desk.Dispose();
        Log.Dispose();
        Library.Dispose();
        Records.Dispose();
        Remote?.Dispose();
        folder.Dispose();
    }

    private static Colleague Of(byte number, string name, params string[] positions)
    {
        var id = new Guid(0, 0, 0, [0x90, 0, 0, 0, 0, 0, 0, number]);
        return new Colleague(id, name, name.Replace(' ', '.') + "@riverton.example", [.. positions], new AuditActor { Reference = AuditActor.ReferenceOf(id), Name = name }) { Today = new DateOnly(2026, 11, 23) };
    }
}
