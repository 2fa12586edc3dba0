using System.Collections.Immutable;
using PolicyHub.Content;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Propose;

/// <summary>Why a text of a change has something to take in.</summary>
public enum TakeInReason
{
    /// <summary>Somebody else has published a text at its path since it was begun.</summary>
    Moved,

    /// <summary>It is the text to come, and the correction of today's text is not in it.</summary>
    Carried,
}

/// <summary>A text of a change that has something to take in.</summary>
/// <param name="Tip">What stands on the published branch now; null: nothing.</param>
/// <param name="Theirs">The published text to take in; null: none, as only what is replaced is another, or as it comes from the change itself.</param>
public sealed record TakeIn(ChangedFile File, TakeInReason Reason, BlobId? Tip, BlobId? Theirs);

/// <summary>
/// Finds what a change has to take in before it can be sent, and puts it together with what its author wrote. Nothing is decided here where two wrote at one
/// place, and nobody's text is dropped: its author sees both.
/// </summary>
public sealed class ChangeMoves(ProposalBook book, CurrentEdition current)
{
    /// <summary>All of a change, in the order of its texts.</summary>
    public static ImmutableArray<TakeIn> Of(ImmutableArray<ChangedFile> files, Visit visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        return [.. files.Select(file => MovedOf(file, visit) ?? (file.IsUpcoming && IsLeftBehind(file, files) ? new TakeIn(file, TakeInReason.Carried, null, null) : null)).OfType<TakeIn>()];
    }

    /// <summary>The two texts as one. Null: one of them is no text; then only one of the two can be taken.</summary>
    /// <exception cref="GitException">The repository cannot be read.</exception>
    public async Task<(TextMerge Merge, Func<IReadOnlyList<string>, byte[]> Choose)?> MergeAsync(TakeIn taken, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(taken);
        var file = taken.File.File;
        var mine = (await book.ReadAsync(file.ProposalId, file.Step, file.Path, cancellation))?.Text;
        if (mine is null)
        {
            return null;
        }

        if (taken.Reason == TakeInReason.Carried)
        {
            return await book.ReadAsync(file.ProposalId, 0, file.Path, cancellation) is { Text: { } corrected } first
                && await ReadAsync(first.Origin, cancellation) is { } today && CarriedText.Of(today, corrected, mine) is { } carried
                ? (carried.Merge, carried.Choose)
                : null;
        }

        var before = await ReadAsync(OriginOf(file), cancellation) ?? [];
        var theirs = taken.Theirs is { } blob ? await ReadAsync(blob.Hex, cancellation) : before;
        return theirs is not null && TextMerge.Of(before, mine, theirs) is { } merge ? (merge, merge.Choose) : null;
    }

    /// <summary>The bytes of what others published; null: none.</summary>
    public async Task<byte[]?> TheirsAsync(TakeIn taken, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(taken);
        return taken.Theirs is { } blob ? await ReadAsync(blob.Hex, cancellation) : null;
    }

    private static string OriginOf(ProposalFile file) => file.Origin.Length > 0 ? file.Origin : file.Base;

    /// <summary>Null: what it replaces still stands.</summary>
    private static TakeIn? MovedOf(ChangedFile file, Visit visit)
    {
        var path = LibraryPath.TryParse(file.File.From, out var from) ? from : file.Path;
        if (!path.IsDocument)
        {
            var there = visit.Today.FindFile(path);
            return (there?.Hex ?? "") == file.File.Base ? null : new TakeIn(file, TakeInReason.Moved, there, there);
        }

        // A path that another document has left is free.
        var history = visit.Today.FindHistory(path.Value, visit.Reader) is { } found && found.Path == path ? found : null;
        var tip = history?.Versions[^1].Blob;
        if ((tip?.Hex ?? "") == file.File.Base)
        {
            return null;
        }

        var origin = OriginOf(file.File);
        var zone = visit.Today.Settings.Zone;
        var wasUpcoming = history?.Versions.LastOrDefault(version => version.Blob?.Hex == origin)?.EffectiveInstant(zone) > visit.Clock;
        var theirs = wasUpcoming ? tip : (visit.Today.Find(path, visit.Reader)?.Version.Blob ?? tip);
        return new TakeIn(file, TakeInReason.Moved, tip, theirs?.Hex == origin ? null : theirs);
    }

    /// <summary>Nobody has touched the text to come, and today's is corrected.</summary>
    private static bool IsLeftBehind(ChangedFile file, ImmutableArray<ChangedFile> files) =>
        file.SourceBefore == file.SourceAfter && files.Any(other => !other.IsUpcoming && other.File.Path == file.File.Path && other.SourceBefore != other.SourceAfter);

    private async Task<byte[]?> ReadAsync(string blob, CancellationToken cancellation) =>
        blob.Length == 0 ? null : (await current.Blobs.ReadAsync([new BlobId(blob)], EditionBuilder.LargestDocument, cancellation))[0];
}
