using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Checking;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;
using PolicyHub.Content.Problems;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Search;

namespace PolicyHub.Content.Editions;

/// <summary>
/// The whole library as it stands at one instant: immutable, and all that pages and search read. Every call takes the
/// reader, so that no page can forget whom it serves.
/// </summary>
public sealed class Edition
{
    private static readonly LibraryPath[] Steering = [.. new[] { SynonymsReader.FileName, PinsReader.FileName, ContractsReader.FileName }.Select(LibraryPath.Parse)];

    // Asked for by every page: found once, on first use. Two threads may both find it; they find the same.
    private EditionDocument[]? notices;
    private ILookup<string, Problem>? problemsByFile;
    private LibrarySettings? settingsBefore;
    private FrozenDictionary<CommitId, ImmutableHashSet<string>>? labels;

    private readonly ImmutableArray<Problem> foundBefore;
    private readonly Lazy<ImmutableArray<Problem>> problems;
    private readonly Lazy<SearchIndex> index;
    private readonly Lazy<FrozenDictionary<LibraryPath, ImmutableArray<EditionDocument>>> backlinks;
    private readonly PerReader<StrongBox<ImmutableArray<DateTimeOffset>>> changes = new();
    private readonly Lazy<FrozenDictionary<string, DocumentHistory>> histories;
    private readonly Lazy<FrozenDictionary<string, DocumentHistory>> historiesById;
    private readonly Lazy<FrozenDictionary<string, ImmutableArray<(DocumentHistory History, DocumentVersion Version)>>> absentByTitle;

    private readonly Lazy<Edition> forPublic;

    /// <summary>What needs every body rendered is made when it is first asked for, or by <see cref="Complete"/>.</summary>
    /// <param name="foundBefore">Problems of the settings, the history, and what could not be read.</param>
    internal Edition(Func<Edition, SearchIndex> buildIndex, ImmutableArray<Problem> foundBefore)
    {
        this.foundBefore = foundBefore;
        index = new(() => buildIndex(this));
        forPublic = new(() => PublicEdition.Of(this));
        problems = new(() => IsPublic ? [] : LibraryCheck.Run(UnderCheck()));
        backlinks = new(() => EditionMaps.BacklinksOf(All, ByPath));
        histories = new(() => EditionMaps.HistoriesByPath(Catalogue!, Point.Question == DateQuestion.On ? Point.At : Point.KnownAt));
        historiesById = new(() => EditionMaps.HistoriesById(Catalogue!));
        absentByTitle = new(() => EditionMaps.AbsentByTitle(Catalogue!, All));
    }

    /// <summary>The question that it answers.</summary>
    public required PointInTime Point { get; init; }

    /// <summary>The instant at which it stands.</summary>
    public DateTimeOffset At => Point.At;

    public required LibraryCatalogue Catalogue { get; init; }

    public required LibrarySettings Settings { get; init; }

    /// <summary>The next instant at which something starts or ends by date; null when nothing is planned.</summary>
    public DateTimeOffset? NextStart { get; init; }

    /// <summary>Everything wrong with the library as it stands, files and history; found when first asked for, as no page needs it to be shown.</summary>
    public ImmutableArray<Problem> Problems => problems.Value;

    /// <summary>True for a folder shown as it is on disk.</summary>
    public bool IsPreview { get; init; }

    /// <summary>
    /// Holds only public documents, without what is for staff, and no history: no version, note, comparison, evidence or search of the past is
    /// answered from it. Made by <see cref="ForPublic"/>.
    /// </summary>
    public bool IsPublic { get; init; }

    /// <summary>The same day for everybody: made when first asked for, and kept. The public edition gives itself.</summary>
    public Edition ForPublic => IsPublic ? this : forPublic.Value;

    /// <summary>The public edition where it has been made.</summary>
    internal Edition? ForPublicIfMade => forPublic.IsValueCreated ? forPublic.Value : null;

    /// <summary>The public index of an edition before, whose words may be used again; null where nobody asked for one.</summary>
    internal SearchIndex? PublicIndexBefore { get; init; }

    /// <summary>Of a public edition, the files that its documents show.</summary>
    internal Lazy<FrozenDictionary<LibraryPath, BlobId>>? PublicFiles { get; init; }

    /// <summary>For an edition of another day, that of the day on which it is asked for, whose access rules count; null where it is today's own.</summary>
    internal Edition? Today { get; init; }

    /// <summary>What owners promise that search finds.</summary>
    public ImmutableArray<Contract> Contracts { get; init; } = [];

    /// <summary>What owners put first in search, ended ones included.</summary>
    internal ImmutableArray<Pin> Pins { get; init; } = [];

    /// <summary>Those that count at its instant.</summary>
    internal IReadOnlyList<Pin> PinsNow => [.. Pins.Where(pin => At <= pin.Until.LastInstant(Settings.Zone))];

    /// <summary>What owners say that callers' words mean.</summary>
    internal SynonymSet Synonyms { get; init; } = SynonymSet.Empty;

    /// <summary>The rules that folders had; of today's edition, as all that is asked of the past is asked of it.</summary>
    internal FolderRules FolderRules { get; init; } = FolderRules.None;

    /// <summary>The blob of <c>library.yml</c>; null where there is none.</summary>
    internal BlobId? SettingsBlob { get; init; }

    internal ImmutableArray<Problem> SettingsProblems { get; init; } = [];

    /// <summary>For days on which the library had no settings yet: the defaults, in the time zone of today.</summary>
    internal LibrarySettings SettingsBefore => settingsBefore ??=
        Settings.Zone.Equals(LibrarySettings.Default.Zone) ? LibrarySettings.Default : LibrarySettings.Default with { Zone = Settings.Zone };

    /// <summary>Sizes in bytes of the files that are no documents.</summary>
    internal FrozenDictionary<BlobId, long> Sizes { get; init; } = FrozenDictionary<BlobId, long>.Empty;

    internal ImmutableArray<EditionDocument> All { get; init; } = [];

    internal FrozenDictionary<LibraryPath, EditionDocument> ByPath { get; init; } = FrozenDictionary<LibraryPath, EditionDocument>.Empty;

    internal FrozenDictionary<string, EditionDocument> ById { get; init; } = FrozenDictionary<string, EditionDocument>.Empty;

    /// <summary>Old paths (without extension) and <c>redirect_from</c>, trimmed of slashes.</summary>
    internal FrozenDictionary<string, EditionDocument> Redirects { get; init; } = FrozenDictionary<string, EditionDocument>.Empty;

    internal FrozenDictionary<LibraryPath, BlobId> Files { get; init; } = FrozenDictionary<LibraryPath, BlobId>.Empty;

    /// <summary>Every text that it was read from.</summary>
    public IReadOnlySet<BlobId> Texts => All.Select(document => document.Version.Blob)
        .Append(SettingsBlob)
        .Concat(Steering.Select(path => FindFile(path)))
        .OfType<BlobId>().ToHashSet();

    internal SearchIndex Index => index.Value;

    /// <summary>Whether its index has been made.</summary>
    internal bool HasIndex => index.IsValueCreated;

    public CommitId Head => Catalogue.Head;

    /// <summary>What is in effect, in the order of titles.</summary>
    public IEnumerable<EditionDocument> Documents(Reader reader) => All.Where(document => reader.MaySee(document.Access));

    public EditionDocument? Find(LibraryPath path, Reader reader) => Visible(ByPath.GetValueOrDefault(path), reader);

    /// <summary>By number, whatever its case.</summary>
    public EditionDocument? FindById(string id, Reader reader) => Visible(ById.GetValueOrDefault(id), reader);

    /// <summary>The document that an old address leads to: an earlier path of it, or one of its <c>redirect_from</c>.</summary>
    public EditionDocument? FindRedirect(string address, Reader reader) =>
        Visible(Redirects.GetValueOrDefault(address.Trim('/')), reader);

    /// <summary>
    /// A document that is, was or will be at an address: the one that has a path, else the one that had it last, with or without its
    /// extension; null where there never was one that the reader may see.
    /// </summary>
    public DocumentHistory? FindHistory(string address, Reader reader) =>
        histories.Value.GetValueOrDefault(LibraryPath.TryParse(address, out var path) && path.IsDocument ? path.WithoutExtension : address.Trim('/')) is { } found && reader.MaySee(AccessOf(found)) ? found : null;

    /// <summary>A document that has, had or will have a number, whatever its case; null where the reader may see none.</summary>
    public DocumentHistory? FindHistoryById(string id, Reader reader) =>
        historiesById.Value.GetValueOrDefault(id) is { } found && reader.MaySee(AccessOf(found)) ? found : null;

    /// <summary>A document that is not in effect, by a title that it had or will have, whatever its case; null where there is none that the reader may see.</summary>
    public DocumentHistory? FindAbsentByTitle(string title, Reader reader) => absentByTitle.Value.GetValueOrDefault(title, [])
        .Where(held => MaySee(held.History, held.Version, reader)).Select(held => held.History).LastOrDefault();

    /// <summary>Documents in effect that say that they replace one: by its number, or by a path that it had.</summary>
    public IEnumerable<EditionDocument> ReplacersOf(DocumentHistory history, Reader reader) =>
        from document in Documents(reader)
        where document.Document.Replaces.Any(written => Names(written, document.Path, history))
        select document;

    /// <summary>The desk that a document names; null when it names none or none that exists.</summary>
    public EditionDocument? DeskOf(EditionDocument document, Reader reader) =>
        document.Document.Desk is { } slug ? FindDesk(slug, reader) : null;

    public EditionDocument? FindDesk(string slug, Reader reader) => Visible(Desks.GetValueOrDefault(slug), reader);

    /// <summary>Notices that run at an instant, the latest first.</summary>
    public IEnumerable<EditionDocument> NoticesAt(DateTimeOffset instant, Reader reader) =>
        Notices(reader).Where(notice => notice.From <= instant && instant < notice.Until).OrderByDescending(notice => notice.From).Select(notice => notice.Document);

    /// <summary>Notices that are still to come, the next first.</summary>
    public IEnumerable<EditionDocument> NoticesAfter(DateTimeOffset instant, Reader reader) =>
        Notices(reader).Where(notice => notice.From > instant).OrderBy(notice => notice.From).Select(notice => notice.Document);

    /// <summary>The blob of an attachment in effect; null when there is none at the path.</summary>
    public BlobId? FindFile(LibraryPath path) => (PublicFiles?.Value ?? Files).TryGetValue(path, out var blob) ? blob : null;

    /// <summary>Whether a file is one of those by which owners steer the site: it is no attachment.</summary>
    internal static bool Steers(LibraryPath path) => path.Value == SettingsReader.FileName || Steering.Contains(path);

    /// <summary>Documents that link to this one.</summary>
    public IEnumerable<EditionDocument> LinksTo(EditionDocument document, Reader reader) =>
        backlinks.Value.GetValueOrDefault(document.Path, []).Where(source => reader.MaySee(source.Access));

    /// <summary>The label that a reader must hold for a document as it is now; of one that is gone, for the last text it had.</summary>
    public string AccessOf(DocumentHistory history) =>
        Today is not null ? Today.AccessOf(history)
        : ByPath.GetValueOrDefault(history.Path) is { } there && ReferenceEquals(there.History, history)
            ? there.Access
            : history.Versions.LastOrDefault(version => version.Blob is not null)?.Access ?? Settings.AccessOf(history.Path);

    /// <summary>
    /// Whether a reader may see a version of a document: under the rules that it stands under today, and under the label that it carried
    /// itself, else a rule that its folder had before the next version came, unless it is what is read today.
    /// </summary>
    public bool MaySee(DocumentHistory history, DocumentVersion version, Reader reader) => Today is not null
        ? Today.MaySee(history, version, reader)
        : reader.MaySee(AccessOf(history))
            && ((version.Access is { } own ? reader.MaySee(own) : FolderRules.Admitted(version.Path, version.Published, NextAfter(history, version), reader) && MayKnow(version.Path, reader))
                || (ByPath.GetValueOrDefault(history.Path) is { } there && ReferenceEquals(there.History, history) && there.Version.Blob == version.Blob));

    /// <summary>Whether a reader may know that something stands, or stood, at a path, by the rule of its folder today.</summary>
    public bool MayKnow(LibraryPath path, Reader reader) => reader.MaySee((Today ?? this).Settings.AccessOf(path));

    /// <summary>Every instant at which something that the reader may see starts or ends, in the order of time, those to come included.</summary>
    public ImmutableArray<DateTimeOffset> ChangesFor(Reader reader) => changes.Of(reader, one => new(FindChanges(one))).Value!;

    /// <summary>Whether the document at a path, or the folder it would stand in, carries a label that the reader does not hold.</summary>
    public bool IsRestricted(LibraryPath path, Reader reader) =>
        !reader.MaySee(ByPath.GetValueOrDefault(path)?.Access ?? Settings.AccessOf(path)) || Today?.IsRestricted(path, reader) == true;

    /// <summary>
    /// Whether a reader may be told of a problem: its sentence may quote its file, and name another. A file that is no document in effect has
    /// the label of its folder; a path of which there is only history, that of its document.
    /// </summary>
    public bool MayBeTold(Problem problem, Reader reader)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return (!LibraryPath.TryParse(problem.File, out var path) || !IsRestricted(path, reader))
            && (!LibraryPath.TryParse(problem.Other, out var other)
                || (!IsRestricted(other, reader) && (ByPath.ContainsKey(other) || Files.ContainsKey(other) || FindHistory(other.Value, reader) is not null)));
    }

    /// <summary>Whether anything worse than a remark is wrong with the file of a document, as far as the reader may know; of another day nobody mends it any more, so it is not said.</summary>
    public bool HasProblems(EditionDocument document, Reader reader)
    {
        if (Today is not null || IsPublic)
        {
            return false;
        }

        problemsByFile ??= Problems.Where(problem => problem.Severity > Severity.Info).ToLookup(problem => problem.File, StringComparer.Ordinal);
        return problemsByFile[document.Path.Value].Any(problem => MayBeTold(problem, reader));
    }

    /// <summary>
    /// Makes now what would else be made when first asked for: bodies, index, links back, problems. At the start the first pages are
    /// served meanwhile; a later edition is completed before it takes the place of the one before.
    /// </summary>
    public void Complete()
    {
        // One core is left to whoever asks for a page meanwhile.
        var cores = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount - 1) };
        Parallel.ForEach(All, cores, document => _ = document.Rendered);
        _ = Index;
        _ = backlinks.Value;
        _ = Problems;
        if (PublicIndexBefore is not null)
        {
            // It was asked for before, and will be again.
            ForPublic.Complete();
        }
    }

    /// <summary>
    /// The change note of a version; empty where its commit also wrote something that carries a label which the reader does not
    /// hold, as a note may name all that a commit did.
    /// </summary>
    public string NoteOf(DocumentVersion version, Reader reader) => NoteOf(version.Commit, reader);

    /// <summary>The same for a commit that moved a document.</summary>
    public string NoteOf(PublishedCommit commit, Reader reader)
    {
        if (IsPublic)
        {
            return "";
        }

        if (Today is not null)
        {
            return Today.NoteOf(commit, reader);
        }

        return MayTellOf(commit, reader) ? commit.Subject : "";
    }

    /// <summary>Whether all that a commit wrote is open to the reader, by the rules of its time and by today's; asked of today's edition.</summary>
    internal bool MayTellOf(PublishedCommit commit, Reader reader) =>
        !(labels ??= LabelsOfCommits()).TryGetValue(commit.Id, out var held) || held.All(reader.MaySee);

    /// <summary>A problem for every search contract that does not hold; not among <see cref="Problems"/>, as each is a search.</summary>
    /// <param name="threads">How many contracts are asked at once.</param>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public ImmutableArray<Problem> RunContracts(int threads, CancellationToken cancellation) =>
        LibraryCheck.RunContracts(UnderCheck(), query => Search(query, Reader.Anyone), threads, cancellation);

    public SearchResults Search(SearchQuery query, Reader reader) => Index.Search(query, reader);

    /// <summary>Why a search of this edition found a hit, word by word.</summary>
    public Explanation Explain(SearchQuery query, Reader reader, SearchHit hit) => Index.Explain(query, reader, hit);

    /// <summary>Marks in rendered HTML what a query matches, every form of it, in text only.</summary>
    public SafeHtml Mark(SafeHtml html, string queryText, Reader reader) => Index.Mark(html, queryText, reader);

    internal FrozenDictionary<string, EditionDocument> Desks { get; init; } = FrozenDictionary<string, EditionDocument>.Empty;

    private ImmutableArray<DateTimeOffset> FindChanges(Reader reader) =>
    [
        .. Catalogue.Documents.Where(history => reader.MaySee(AccessOf(history)))
            .SelectMany(history => Resolver.Boundaries(history, Settings.Zone))
            .Distinct()
            .Order(),
    ];

    private IEnumerable<(DateTimeOffset From, DateTimeOffset Until, EditionDocument Document)> Notices(Reader reader) =>
        from document in notices ??= [.. All.Where(document => document.Document.Details is NoticeDetails)]
        where reader.MaySee(document.Access)
        let notice = (NoticeDetails)document.Document.Details!
        select (notice.From.FirstInstant(Settings.Zone), notice.Until.LastInstant(Settings.Zone), document);

    /// <summary>What is checked of it.</summary>
    internal LibraryUnderCheck UnderCheck() => new()
    {
        Documents = [.. All.Select(document => new CheckedDocument(document.Document, document.Rendered, document.Problems))],
        Settings = Settings,
        Files = Files.ToDictionary(file => file.Key, file => Sizes.GetValueOrDefault(file.Value))
            .Concat(All.Select(document => KeyValuePair.Create(document.Path, (long)document.Document.Body.Length)))
            .ToDictionary(),
        Contracts = Contracts,
        Pins = Pins,
        FoundBefore = foundBefore,
        KnownBefore = Catalogue.Documents
            .SelectMany(history => history.Paths.Select(span => span.Path.WithoutExtension).Append(history.Id ?? ""))
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase),
        Today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(At, Settings.Zone).DateTime),
    };

    private FrozenDictionary<CommitId, ImmutableHashSet<string>> LabelsOfCommits()
    {
        var documents =
            from history in Catalogue.Documents
            let label = AccessOf(history)
            from change in history.Versions.Select(version => (Commit: version.Commit.Id, Access: version.Access ?? Reader.Both(Settings.AccessOf(version.Path), FolderRules.At(version.Path, version.Published)))).Concat(history.Paths.Select(span => (Commit: span.Commit.Id, Access: Settings.AccessOf(span.Path))))
            let both = Reader.Both(label, change.Access)
            where both.Length > 0
            select (change.Commit, Label: both);
        var files =
            from file in Catalogue.Files
            let label = Settings.AccessOf(file.Key)
            where label.Length > 0
            from version in file.Value
            select (Commit: version.Commit.Id, Label: label);
        return documents.Concat(files).GroupBy(pair => pair.Commit, pair => pair.Label)
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableHashSet(StringComparer.Ordinal));
    }

    private static DateTimeOffset? NextAfter(DocumentHistory history, DocumentVersion version) =>
        history.Versions.IndexOf(version) + 1 is var next && next < history.Versions.Length ? history.Versions[next].Published : null;

    /// <summary>Whether a number or path of front matter is a document's: its number, or a path that it has or had.</summary>
    private static bool Names(string written, LibraryPath from, DocumentHistory history) =>
        string.Equals(written, history.Id, StringComparison.OrdinalIgnoreCase)
        || (from.TryResolve(written, out var path) && history.Paths.Any(span => span.Path == path))
        || (LibraryPath.TryParse(written.TrimStart('/'), out var fromRoot) && history.Paths.Any(span => span.Path == fromRoot));

    private static EditionDocument? Visible(EditionDocument? document, Reader reader) =>
        document is not null && reader.MaySee(document.Access) ? document : null;
}

/// <summary>A document as an edition holds it: the version in effect, rendered.</summary>
public sealed record EditionDocument
{
    private readonly Lazy<RenderedBody> body;

    internal EditionDocument(Lazy<RenderedBody> body) => this.body = body;

    public required LibraryPath Path { get; init; }

    public required Document Document { get; init; }

    public required DocumentHistory History { get; init; }

    public required DocumentVersion Version { get; init; }

    /// <summary>The body; rendered when first asked for, once for all editions that hold the same text at the same path.</summary>
    public RenderedBody Rendered => body.Value;

    public required DateTimeOffset InEffectSince { get; init; }

    /// <summary>The label that a reader must hold: the document's own, else its folder's; empty, and <see cref="Reader.Public"/>: all of staff.</summary>
    public required string Access { get; init; }

    /// <summary>Open without sign-in, where the site has any such reader, in its public form (<see cref="Edition.ForPublic"/>).</summary>
    public bool IsPublic => Access == Reader.Public;

    /// <summary>The version that will take its place, and when; null when none is planned.</summary>
    public (DocumentVersion Version, DateTimeOffset At)? Upcoming { get; init; }

    /// <summary>A newer version is on the branch but can't be read; this is the last good one.</summary>
    public bool NewerIsUnreadable { get; init; }

    /// <summary>It will be, or was, rescinded by a date in its front matter.</summary>
    public DateTimeOffset? RescindedAt { get; init; }

    /// <summary>Characters of its source, for what it takes in memory.</summary>
    internal int Length
    {
        get => field > 0 ? field : Document.Body.Length;
        init;
    }

    /// <summary>What was wrong in reading this text; with all else they stand in <see cref="Edition.Problems"/>.</summary>
    internal ImmutableArray<Problem> Problems { get; init; } = [];

    public DocumentKind Kind => Document.Kind;

    internal SearchableDocument Searchable => new()
    {
        // A public form of one blob may show more, or less, than another.
        Key = $"{Version.Blob}\0{Path}\0{string.Join(',', Document.PublicShows)}",
        Document = Document,
        Access = Access,
        Sections = Rendered.Sections,
        InEffectSince = InEffectSince,
    };

    public string Title => Document.Title;
}
