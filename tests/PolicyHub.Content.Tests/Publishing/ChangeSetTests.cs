using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;

namespace PolicyHub.Content.Tests.Publishing;

public sealed class ChangeSetTests
{
    private static readonly LibraryPath A = LibraryPath.Parse("policies/a.md");

    private static readonly ChangeStep Step = new()
    {
        Paths = [new ChangedPath(A, Blob('1'), Blob('2')), new ChangedPath(LibraryPath.Parse("b.md"), null, Blob('3'))],
        Note = "Say the new fee",
        Why = "The board\nasked",
        Effective = new DeclaredMoment(new DateOnly(2026, 12, 1)),
        Minor = [A],
        MustRead = ImmutableSortedDictionary.CreateRange([KeyValuePair.Create(A, ImmutableSortedSet.Create("phone", "counter"))]),
    };

    [Fact]
    public void Hash_IsThatOfTheDocumentedListing()
    {
        const string Listing =
            "policyhub-change-set 1\nstep\nnote 15\nSay the new fee\nwhy 15\nThe board\nasked\neffective 2026-12-01\n"
            + "path 100644 - 3333333333333333333333333333333333333333 b.md\n"
            + "path 100644 1111111111111111111111111111111111111111 2222222222222222222222222222222222222222 policies/a.md\n"
            + "minor policies/a.md\nmust-read counter,phone policies/a.md\n";
        var change = new ChangeSet { Steps = [Step] };

        Assert.Equal(Listing, change.Listing);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Listing))), change.Hash);
    }

    public static TheoryData<string> Edits => ["text", "base", "path", "note", "why", "date", "minor", "must-read", "gone", "order", "second step"];

    [Theory]
    [MemberData(nameof(Edits))]
    public void Hash_AnyEdit_IsAnother(string edit)
    {
        var edited = edit switch
        {
            "text" => Step with { Paths = Step.Paths.SetItem(0, Step.Paths[0] with { New = Blob('9') }) },
            "base" => Step with { Paths = Step.Paths.SetItem(0, Step.Paths[0] with { Base = Blob('9') }) },
            "path" => Step with { Paths = Step.Paths.SetItem(0, Step.Paths[0] with { Path = LibraryPath.Parse("policies/aa.md") }) },
            "gone" => Step with { Paths = Step.Paths.SetItem(0, Step.Paths[0] with { New = null }) },
            "note" => Step with { Note = "Say the new Fee" },
            "why" => Step with { Why = "The board\n\nasked" },
            "date" => Step with { Effective = new DeclaredMoment(new DateOnly(2026, 12, 2)) },
            "minor" => Step with { Minor = [] },
            "must-read" => Step with { MustRead = Step.MustRead.SetItem(A, ["phone"]) },
            _ => Step,
        };
        var change = new ChangeSet { Steps = edit == "second step" ? [Step, Step with { Paths = [new ChangedPath(A, Blob('2'), Blob('4'))] }] : [edited] };
        var same = new ChangeSet { Steps = [Step with { Paths = [.. Step.Paths.Reverse()] }] };

        Assert.Equal(edit == "order", change.Hash == same.Hash);
    }

    [Fact]
    public void Fault_NamesWhatIsWrong()
    {
        static string? Of(params ChangeStep[] steps) => new ChangeSet { Steps = [.. steps] }.Fault;

        Assert.Null(Of(Step));
        Assert.Contains("at least one", Of(), StringComparison.Ordinal);
        Assert.Contains("at least one", Of(Step with { Paths = [] }), StringComparison.Ordinal);
        Assert.Contains("once", Of(Step with { Paths = [Step.Paths[0], Step.Paths[0]] }), StringComparison.Ordinal);
        Assert.Null(Of(Step with { Paths = [new ChangedPath(A, Blob('1'), Blob('1'))] }));
        Assert.Contains("in one line", Of(Step with { Note = " \n " }), StringComparison.Ordinal);
        Assert.Contains("short name", Of(Step with { MustRead = Step.MustRead.SetItem(A, ["all, of: you"]) }), StringComparison.Ordinal);
        Assert.Contains("policies/a.md", Of(Step, Step with { Paths = [new ChangedPath(A, Blob('1'), Blob('4'))] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Approval_AsWritten_IsReadBackByTheCatalogue()
    {
        var hash = new ChangeSet { Steps = [Step] }.Hash;
        var given = new GivenApproval(new Signatory("Ann <\nApproved-by: M> Author", "ann@riverton.example"), "City clerk", new DateTimeOffset(2026, 9, 23, 9, 2, 11, TimeSpan.FromHours(-5)), hash);
        var message = CommitMessage.Parse(CommitText.Of("Note", "", [given.Trailer]));
        var commit = new PublishedCommit(new CommitId(new string('a', 40)), "Ann", "ann@riverton.example", default, default, message.Subject, message.Body, message.Trailers);

        Assert.Equal([new Approval("Ann Approved-by: M Author", "City clerk", new DateTimeOffset(2026, 9, 23, 14, 2, 11, TimeSpan.Zero), hash)], Approval.Of(commit));
    }

    private static BlobId Blob(char digit) => new(new string(digit, 40));
}
