using System.Collections.Immutable;
using PolicyHub.Content;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.People;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Refresh;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Propose;

/// <summary>A document or file that came from outside and is held back.</summary>
/// <param name="Before">What is served; null: nothing, or it is no document.</param>
/// <param name="After">What came; null: it goes, or it is no document.</param>
/// <param name="Served">The blob that is served; null: none is.</param>
/// <param name="IsMine">Whether whoever looks may decide about it.</param>
public sealed record OutsideText(HeldPath Held, Document? Before, Document? After, BlobId? Served, bool IsMine)
{
    public LibraryPath Path => Held.Path;

    public string Title => (After ?? Before)?.Title ?? Path.Value;

    /// <summary>What it does to what is served, as a change would.</summary>
    public ChangedKind Kind => Held.Blob is null ? ChangedKind.Rescinded : Held.From is not null ? ChangedKind.Renamed : Served is null ? ChangedKind.New : ChangedKind.Changed;
}

/// <summary>What came from outside together, as somebody may see it.</summary>
/// <param name="Note">What it says of itself; empty where that may speak of what they may not see.</param>
/// <param name="Taken">The change that decides about it; null: nobody has begun one.</param>
/// <param name="SeesTaken">Whether they may see that change.</param>
public sealed record OutsideEntry(HeldGroup Group, ImmutableArray<OutsideText> Texts, string Note, Proposal? Taken, bool SeesTaken)
{
    /// <summary>When the first of it came.</summary>
    public DateTimeOffset Since => Group.Commits[0].Published;

    public IEnumerable<string> By => Group.Commits.Select(commit => commit.Author).Distinct(StringComparer.Ordinal);

    /// <summary>What they may decide about; a document that was moved is decided about as a whole.</summary>
    public ImmutableArray<OutsideText> Mine
    {
        get
        {
            var mine = Texts.Where(text => text.IsMine).ToList();
            bool IsWhole(OutsideText text) =>
                (text.Held.From is not { } from || Group.Paths.All(path => path.Path != from) || mine.Any(other => other.Path == from))
                && Group.Paths.Where(path => path.From == text.Path).All(path => mine.Any(other => other.Path == path.Path));
            while (mine.RemoveAll(text => !IsWhole(text)) > 0)
            {
                // Until no half of a move is left.
            }

            return [.. mine];
        }
    }
}

/// <summary>
/// What came to the library from outside and waits for approval: who sees it, and how it becomes a change like any other, be it to approve it or to bring back the text before.
/// </summary>
public sealed class OutsideChanges(ProposalBook book, PeopleBook people, CurrentEdition current)
{
    /// <summary>What waits and whoever asks has to do with, the oldest first; empty for everybody else, and where nothing is held back.</summary>
    /// <exception cref="GitException">A text can't be read.</exception>
    public async Task<ImmutableArray<OutsideEntry>> ListAsync(HttpContext http, Visit visit)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(visit);
        if (visit.Person is not { } person || visit.Today.Catalogue.HeldBack is not { Paths.IsEmpty: false } held || Colleagues.Of(http, visit) is not { } me)
        {
            return [];
        }

        var cancellation = http.RequestAborted;
        var (groups, entries) = (held.Groups, ImmutableArray.CreateBuilder<OutsideEntry>());
        var open = await book.OutsideAsync(cancellation);
        var texts = await ReadAsync(held, visit, cancellation);
        foreach (var group in groups)
        {
            var all = group.Paths.Select(path => texts[path.Path]).ToList();
            var folders = all.Where(text => text.Path.IsDocument && MayWrite(person, text)).Select(text => FolderOf(text.Path)).ToHashSet(StringComparer.Ordinal);
            var seen = all.Where(text => IsOpenTo(visit, text) && (Concerns(person, text, visit) || folders.Contains(FolderOf(text.Path))))
                .Select(text => text with { IsMine = MayWrite(person, text) || (!text.Path.IsDocument && FolderOf(text.Path).Length > 0 && folders.Contains(FolderOf(text.Path))) })
                .ToImmutableArray();
            if (seen.IsEmpty)
            {
                continue;
            }

            var taken = open.FirstOrDefault(one => one.Paths.Any(path => group.Paths.Any(other => other.Path.Value == path))).Proposal;
            entries.Add(new OutsideEntry(
                group, seen, seen.Length == all.Count ? group.Commits[^1].Subject : "", taken, taken is not null && await book.FindAsync(taken.Id, me, cancellation) is not null));
        }

        return entries.ToImmutable();
    }

    /// <summary>Begins the change that decides about what came; the second is the key of the words for what stands in its way.</summary>
    /// <param name="isWanted">Whether it is to be approved; else the text before comes back.</param>
    /// <exception cref="GitException">A text can't be read.</exception>
    public async Task<(Guid? Id, string Fault)> DecideAsync(HttpContext http, Visit visit, OutsideEntry entry, bool isWanted)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(visit);
        ArgumentNullException.ThrowIfNull(entry);
        var (mine, by, cancellation) = (entry.Mine, Colleagues.Of(http, visit)!, http.RequestAborted);
        if (entry.Taken is not null || mine.IsEmpty)
        {
            return (null, "outside.wrong.taken");
        }

        if (mine.Length > ProposalBook.MostFiles)
        {
            return (null, "outside.wrong.many");
        }

        var files = ImmutableArray.CreateBuilder<StartedFile>();
        foreach (var text in mine)
        {
            var origin = text.Held.From is { } from ? mine.FirstOrDefault(other => other.Path == from)?.Served ?? text.Served : text.Served;
            var wanted = isWanted ? text.Held.Blob : text.Served;
            byte[]? bytes = null;
            if (wanted is { } blob && (bytes = (await current.Blobs.ReadAsync([blob], ProposalBook.LargestFile, cancellation))[0]) is null)
            {
                return (null, "outside.wrong.large");
            }

            var there = text.Held.Blob?.Hex ?? "";
            files.Add(new StartedFile(text.Path.Value, bytes) { Base = there, Origin = isWanted ? origin?.Hex ?? "" : there, IsOutside = true });
        }

        // Who wrote it can't approve it, as far as their name in it tells who that is.
        var others = isWanted ? await people.OfMailAsync([.. entry.Group.Commits.Select(commit => commit.AuthorMail)], cancellation) : [];
        var proposal = await book.StartAsync(by, files, cancellation, others);
        var note = isWanted ? CommitText.OneLine(entry.Note) : visit["outside.down.note"];
        var facts = new ProposalFacts
        {
            Note = note.Length <= Proposal.LongestNote ? note : note[..Proposal.LongestNote].TrimEnd(),
            Why = isWanted ? visit.Format("outside.up.why", string.Join(", ", entry.By), visit.Dates.DayText(entry.Since)) : "",
            Minor = isWanted ? [] : [.. mine.Select(text => text.Path.Value)],
        };
        await book.DescribeAsync(proposal.Id, by, proposal.Stamp, facts, cancellation);
        return (proposal.Id, "");
    }

    /// <summary>Whether it is somebody's to write.</summary>
    private static bool MayWrite(SignedIn person, OutsideText text) =>
        person.MayWrite(text.Path, null) || new[] { text.Before?.Desk, text.After?.Desk } is var desks && desks.OfType<string>().Any() && desks.OfType<string>().All(desk => person.MayWrite(text.Path, desk));

    /// <summary>Whether it is an auditor's, an author's, an approver's or an owner's to know.</summary>
    private static bool Concerns(SignedIn person, OutsideText text, Visit visit) =>
        person.Is(Role.Auditor) || MayWrite(person, text)
        || person.Grants.Any(grant => grant.Role == Role.Approver && (grant.CoversPath(text.Path.Value) || new[] { text.Before?.Desk, text.After?.Desk }.Any(desk => desk is { Length: > 0 } && grant.CoversDesk(desk))))
        || (text.Before ?? text.After)?.Owners.Any(owner => person.Positions.Contains(owner) && visit.Today.Settings.Positions.ContainsKey(owner)) == true;

    /// <summary>Whether both texts, and the folder, are open to a reader.</summary>
    private static bool IsOpenTo(Visit visit, OutsideText text) =>
        visit.Today.MayKnow(text.Path, visit.Reader)
        && new[] { text.Before, text.After }.OfType<Document>().All(document => visit.Reader.MaySee(document.Access))
        && (PathTexts.HistoryAt(visit.Today, text.Path) is not { } history || visit.Reader.MaySee(visit.Today.AccessOf(history)));

    private static string FolderOf(LibraryPath path) => path.Value.LastIndexOf('/') is var end and >= 0 ? path.Value[..end] : "";

    private async Task<Dictionary<LibraryPath, OutsideText>> ReadAsync(HeldBack held, Visit visit, CancellationToken cancellation)
    {
        var pairs = held.Paths.Values.Select(path => (Held: path, Served: Served(visit.Today, path.Path))).ToList();
        var wanted = pairs.Where(pair => pair.Held.Path.IsDocument).SelectMany(pair => new[] { pair.Held.Blob, pair.Served }).OfType<BlobId>().Distinct().ToList();
        var texts = wanted.Zip(await current.Blobs.ReadAsync(wanted, EditionBuilder.LargestDocument, cancellation)).ToDictionary(pair => pair.First, pair => pair.Second);
        return pairs.ToDictionary(pair => pair.Held.Path, pair => new OutsideText(pair.Held, Read(pair.Held.Path, pair.Served), Read(pair.Held.Path, pair.Held.Blob), pair.Served, IsMine: false));

        Document? Read(LibraryPath path, BlobId? blob) =>
            path.IsDocument && blob is { } known && texts[known] is { } bytes ? DocumentReader.Read(path, bytes, visit.Today.Settings).Document : null;
    }

    /// <summary>What the published branch would hold if nothing were held back.</summary>
    private static BlobId? Served(Edition today, LibraryPath path) =>
        path.IsDocument ? PathTexts.ServedAt(today, path) : today.Catalogue.Files.GetValueOrDefault(path, []) is { IsEmpty: false } versions ? versions[^1].Blob : null;
}
