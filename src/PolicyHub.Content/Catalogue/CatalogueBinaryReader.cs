using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Catalogue;

/// <summary>Reads what <see cref="CatalogueBinaryWriter"/> wrote.</summary>
internal sealed class CatalogueBinaryReader(Stream stream) : IDisposable
{
    private readonly BinaryReader reader = new(stream, Encoding.UTF8);
    private readonly List<string> texts = [];
    private readonly List<PublishedCommit> commits = [];
    private readonly Dictionary<string, LibraryPath> paths = new(StringComparer.Ordinal);

    /// <summary>Null when it was written for another library. What is wrong throws any exception that broken input causes.</summary>
    public LibraryCatalogue? Read(string key)
    {
        if (reader.ReadString() != key)
        {
            return null;
        }

        var head = new CommitId(RequiredText());
        var published = Instant();
        var count = Count();
        var documents = Many(Document);
        var files = Many(File);
        var ignored = Many(() => KeyValuePair.Create(RequiredText(), RequiredText())).ToImmutableSortedDictionary(StringComparer.Ordinal);
        var held = Held();
        var frozen = files.ToFrozenDictionary();
        return new LibraryCatalogue
        {
            Head = head,
            HeadPublished = published,
            CommitCount = count,
            Documents = documents,
            Files = frozen,
            Ignored = ignored,
            HeldBack = held,
            Problems = HistoryProblems.Find(documents, frozen, ignored),
        };
    }

    public void Dispose() => reader.Dispose();

    private DocumentHistory Document() => new()
    {
        Id = Text(),
        CarriedId = Text(),
        HoldsRecord = Count() == 1,
        Versions = Many(Version),
        Paths = Many(Span),
    };

    private HeldBack? Held()
    {
        var after = Text();
        var held = Many(Commit);
        var waiting = Many(() =>
        {
            var path = Path();
            var blob = Blob();
            var from = Text();
            return new HeldPath(path, blob, from is null ? null : LibraryPath.Parse(from), Many(Commit));
        });
        return after is null ? null : new HeldBack(new CommitId(after), held, waiting.ToImmutableSortedDictionary(path => path.Path, path => path));
    }

    private DocumentVersion Version() => new()
    {
        Label = new VersionLabel(Count(), Count()),
        Blob = Blob(),
        Path = Path(),
        Commit = Commit(),
        Effective = Moment(),
        Rescinded = Moment(),
        Title = Text(),
        Access = Text(),
    };

    private PathSpan Span()
    {
        var path = Path();
        var since = Instant();
        return new PathSpan(path, since, Commit());
    }

    private KeyValuePair<LibraryPath, ImmutableArray<FileVersion>> File() => KeyValuePair.Create(
        Path(),
        Many(() =>
        {
            var blob = Blob();
            var commit = Commit();
            return new FileVersion(blob, commit, Moment());
        }));

    private PublishedCommit Commit()
    {
        var number = Count();
        if (number < commits.Count)
        {
            return commits[number];
        }

        var id = new CommitId(RequiredText());
        var author = RequiredText();
        var mail = RequiredText();
        var authored = Instant();
        var published = Instant();
        var subject = RequiredText();
        var body = RequiredText();
        var commit = new PublishedCommit(
            id, author, mail, authored, published, subject, body, Many(() => new Trailer(RequiredText(), RequiredText())));
        commits.Add(commit);
        return commit;
    }

    private string? Text()
    {
        var number = Count() - 1;
        if (number < 0)
        {
            return null;
        }

        if (number == texts.Count)
        {
            texts.Add(reader.ReadString());
        }

        return texts[number];
    }

    private string RequiredText() => Text() ?? throw new FormatException("A text is missing.");

    private BlobId? Blob() => Text() is { } hex ? new BlobId(hex) : null;

    private LibraryPath Path()
    {
        var text = RequiredText();
        if (!paths.TryGetValue(text, out var path))
        {
            paths.Add(text, path = LibraryPath.Parse(text));
        }

        return path;
    }

    private DeclaredMoment? Moment()
    {
        var form = Count();
        if (form == 0)
        {
            return null;
        }

        var date = DateOnly.FromDayNumber(Count());
        TimeOnly? time = form is 2 or 4 ? new TimeOnly(reader.ReadInt64()) : null;
        TimeSpan? offset = form >= 3 ? new TimeSpan(reader.ReadInt64()) : null;
        return new DeclaredMoment(date, time, offset);
    }

    private DateTimeOffset Instant() => DateTimeOffset.FromUnixTimeSeconds(reader.ReadInt64());

    private ImmutableArray<T> Many<T>(Func<T> read)
    {
        var count = Count();
        if (count < 0 || count > reader.BaseStream.Length)
        {
            throw new FormatException("A count is wrong.");
        }

        var items = ImmutableArray.CreateBuilder<T>(count);
        for (var index = 0; index < count; index++)
        {
            items.Add(read());
        }

        return items.MoveToImmutable();
    }

    private int Count() => reader.Read7BitEncodedInt();
}
