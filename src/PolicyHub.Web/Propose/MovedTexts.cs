using System.Collections.Immutable;
using PolicyHub.Content;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Propose;

/// <summary>Why two texts have to be put together.</summary>
public enum MoveKind
{
    /// <summary>The library has another text by now than the one that the change was begun with.</summary>
    Library,

    /// <summary>The correction of today's text is not in the text to come.</summary>
    Carry,

    /// <summary>A text that came from outside stands there and is held back.</summary>
    Outside,
}

/// <summary>A text of a change that has to be put together with another one before it is sent.</summary>
/// <param name="Merge">“Mine” is the text of the change, “theirs” the other; null: they can't be put together line by line, one of them is taken whole.</param>
/// <param name="Mine">The text of the change as it is.</param>
/// <param name="Base">What it replaces on the published branch afterwards; empty: nothing stands there.</param>
/// <param name="Origin">The published text that it goes on from afterwards.</param>
public sealed record MovedText(MoveKind Kind, ProposalFile File, LibraryPath Path, TextMerge? Merge, byte[] Mine, byte[] Theirs, string Base, string Origin)
{
    /// <summary>Texts to come that were published since, and that the change has to carry along from now on, in the order of their days.</summary>
    public ImmutableArray<BlobId> ToCarry { get; init; } = [];

    /// <summary>Whether it is today's text, of which a correction goes into what waits; else what waits behind it stays as it is.</summary>
    public bool IsToday { get; init; }

    /// <summary>The save of today's text that is taken into account with it.</summary>
    public int? Carried { get; init; }

    public bool HasConflict => Merge is null || Merge.Conflicts.Any();
}

/// <summary>Finds the texts of a change whose ground has moved, and puts them together: without a conflict as an offer, with one as its author chooses.</summary>
public sealed class MovedTexts(ProposalBook book, CurrentEdition current)
{
    /// <summary>Those that are to be put together, by step and path; none while nothing has moved.</summary>
    /// <exception cref="GitException">The repository can't be read.</exception>
    public async Task<ImmutableArray<MovedText>> FindAsync(ProposalView view, Visit visit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(visit);
        var found = ImmutableArray.CreateBuilder<MovedText>();
        var files = await book.ReadAllAsync(view.Proposal.Id, cancellation);
        foreach (var file in files)
        {
            if (file.Text is { } text && LibraryPath.TryParse(file.Path, out var path) && path.IsDocument
                && await FindAsync(file, path, text, files, visit, cancellation) is { } moved)
            {
                found.Add(moved);
            }
        }

        return found.ToImmutable();
    }

    /// <summary>Saves a text that was put together.</summary>
    /// <param name="text">The merged text, or the one that was taken whole.</param>
    public async Task<SaveOutcome> TakeAsync(ProposalView view, Colleague by, MovedText moved, byte[] text, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(moved);
        var (id, file) = (view.Proposal.Id, moved.File);
        if (moved.Kind == MoveKind.Carry)
        {
            return await book.SaveAsync(id, by, file.Step, file.Path, file.Stamp, text, cancellation, moved.Carried);
        }

        var saved = await book.RebaseAsync(id, by, file.Step, file.Path, file.Stamp, text, moved.Base, moved.Origin, cancellation);
        foreach (var (index, upcoming) in saved.Refusal is null ? moved.ToCarry.Index() : [])
        {
            if (await ReadAsync(upcoming.Hex, cancellation) is { } later)
            {
                // Where the two meet, its author is asked next.
                var carried = moved.IsToday ? CarriedText.Of(moved.Theirs, text, later)?.Text ?? later : later;
                await book.AddAsync(id, by, new StartedFile(file.Path, carried) { Step = index + 1, Base = moved.Base, Origin = upcoming.Hex }, cancellation);
            }
        }

        return saved;
    }

    /// <summary>Puts what was just typed into today's text into each text to come as well, where that meets nothing else; where it does, its author is asked before it is sent.</summary>
    /// <param name="corrected">Today's text; what is typed into one that waits itself stays there.</param>
    /// <param name="steps">Where the texts to come stand in the change.</param>
    /// <param name="stamp">The save of today's text that was typed on.</param>
    /// <param name="saved">The one that it became.</param>
    public async Task CarryAsync(Guid id, Colleague by, ProposalFile corrected, IEnumerable<int> steps, byte[] before, int stamp, byte[] after, int saved, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(corrected);
        ArgumentNullException.ThrowIfNull(steps);
        var path = corrected.Path;
        if (LibraryPath.TryParse(corrected.From.Length > 0 ? corrected.From : path, out var stands) && IsWaiting(corrected, PathTexts.Of(current.Value, stands, current.Value.At)))
        {
            return;
        }

        foreach (var step in steps)
        {
            if (await book.ReadAsync(id, step, path, cancellation) is { Text: { } upcoming } file && file.Carried == stamp && CarriedText.Of(before, after, upcoming)?.Text is { } carried)
            {
                await book.SaveAsync(id, by, step, path, file.Stamp, carried, cancellation, saved);
            }
        }
    }

    private async Task<MovedText?> FindAsync(ProposalFile file, LibraryPath path, byte[] text, ImmutableArray<ProposalFile> files, Visit visit, CancellationToken cancellation)
    {
        var stands = LibraryPath.TryParse(file.From, out var from) ? from : path;
        var texts = PathTexts.Of(visit.Today, stands, visit.Clock);
        var tip = texts.Tip?.Hex ?? "";
        if ((file.Base.Length > 0 || !file.IsNew) && tip.Length > 0 && file.Base != tip)
        {
            if (texts.Held is not null)
            {
                // It goes on from what is read, so that whoever approves sees all that is new to staff.
                return await OfAsync(file, path, text, texts.Tip, tip, cancellation, file.IsOutside ? file.Base : file.Origin) is { } outside
                    ? outside with { Kind = MoveKind.Outside, Origin = file.Origin }
                    : null;
            }

            var theirs = Waiting(file, texts) ?? (file.Step > 0 ? texts.Tip
                : files.Any(other => other.Step > 0 && other.Path == file.Path) || file.Origin == texts.Today?.Hex ? texts.Today
                : texts.Tip);
            var isAlone = file.Step == 0 && !files.Any(other => other.Step > 0 && other.Path == file.Path);
            var own = texts.Upcoming.FirstOrDefault(upcoming => upcoming.Blob == theirs);
            return await OfAsync(file, path, text, theirs, tip, cancellation) is { } moved
                ? moved with
                {
                    IsToday = theirs == texts.Today,
                    ToCarry = isAlone && (own is not null || theirs == texts.Today) ? [.. texts.Upcoming.Where(upcoming => own is null || upcoming.At > own.At).Select(upcoming => upcoming.Blob)] : [],
                }
                : null;
        }

        if (file.Step > 0 && files.FirstOrDefault(other => other.Step == 0 && other.Path == file.Path) is { Text: { } today } corrected && corrected.Stamp != file.Carried && !IsWaiting(corrected, texts)
            && await ReadAsync(corrected.Origin, cancellation) is { } before && CarriedText.Of(before, today, text) is { } carried
            && (carried.Text is not { } whole || !whole.AsSpan().SequenceEqual(text)))
        {
            return new MovedText(MoveKind.Carry, file, path, carried.Merge, text, today, file.Base, file.Origin) { Carried = corrected.Stamp };
        }

        return null;
    }

    private static bool IsWaiting(ProposalFile file, PathTexts texts) => texts.Upcoming.Any(upcoming => upcoming.Blob.Hex == file.Origin);

    /// <summary>The text that waits by now where the one waited that a text of a change goes on from: the very same, else the one of its place among them. Null: it is about today's.</summary>
    private static BlobId? Waiting(ProposalFile file, PathTexts texts)
    {
        var same = texts.Upcoming.FirstOrDefault(upcoming => upcoming.Blob.Hex == file.Origin);
        return same is not null ? same.Blob : file.Step == 0 || texts.Upcoming.IsEmpty ? null : texts.Upcoming[Math.Min(file.Step, texts.Upcoming.Length) - 1].Blob;
    }

    private async Task<MovedText?> OfAsync(ProposalFile file, LibraryPath path, byte[] mine, BlobId? theirs, string tip, CancellationToken cancellation, string? common = null)
    {
        if (theirs is not { } blob || await ReadAsync(blob.Hex, cancellation) is not { } other)
        {
            return null;
        }

        var before = await ReadAsync(common ?? file.Origin, cancellation);
        return new MovedText(MoveKind.Library, file, path, before is null ? null : TextMerge.Of(before, mine, other), mine, other, tip, blob.Hex);
    }

    private async Task<byte[]?> ReadAsync(string blob, CancellationToken cancellation) =>
        blob.Length == 0 ? null : (await current.Blobs.ReadAsync([new BlobId(blob)], EditionBuilder.LargestDocument, cancellation))[0];
}
