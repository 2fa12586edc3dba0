using System.Collections.Immutable;
using PolicyHub.Content.Catalogue;

namespace PolicyHub.Content.Editions;

/// <summary>What happened to a document in one commit.</summary>
public enum DocumentEventKind
{
    Began,
    Changed,
    Minor,

    /// <summary>It got another place and kept its text.</summary>
    Moved,

    /// <summary>Its file was deleted.</summary>
    Ended,

    /// <summary>It came back after that.</summary>
    Returned,

    /// <summary>A text from before PolicyHub was brought in.</summary>
    Recorded,
}

/// <summary>One commit in the life of a document: a version, a move, or both.</summary>
public sealed record DocumentEvent
{
    public required DocumentHistory History { get; init; }

    public required DocumentEventKind Kind { get; init; }

    public required PublishedCommit Commit { get; init; }

    /// <summary>Null where it only moved.</summary>
    public DocumentVersion? Version { get; init; }

    /// <summary>The last text before, which is what changed; null for the first.</summary>
    public DocumentVersion? Before { get; init; }

    public required LibraryPath Path { get; init; }

    /// <summary>Where it stood before; null where it stayed.</summary>
    public LibraryPath? MovedFrom { get; init; }

    /// <summary>What it was called from then on; the name of its file where no text of it says.</summary>
    public required string Title { get; init; }

    /// <summary>What it was called before; null where that stayed.</summary>
    public string? RenamedFrom { get; init; }

    public DateTimeOffset Published => Commit.Published;

    /// <summary>The life of a document, newest first, as if versions that the reader may not see had never been: not even a title of theirs is told.</summary>
    /// <param name="today">Says what the reader may see.</param>
    public static ImmutableArray<DocumentEvent> Of(DocumentHistory history, Edition today, Reader reader)
    {
        var events = new List<DocumentEvent>();
        var moves = history.Paths.Skip(1).Zip(history.Paths, (span, from) => (Span: span, From: from.Path)).ToDictionary(move => move.Span.Commit.Id);
        var versions = history.Versions.RemoveAll(version => !today.MaySee(history, version, reader));
        var title = versions.FirstOrDefault(version => version.Title is not null)?.Title ?? history.Path.Name;
        DocumentVersion? text = null;
        var isGone = false;
        foreach (var version in versions)
        {
            var named = version.Title ?? title;
            LibraryPath? movedFrom = moves.Remove(version.Commit.Id, out var move) && today.MayKnow(move.From, reader) ? move.From : null;
            events.Add(new DocumentEvent
            {
                History = history,
                Kind = KindOf(version, isFirst: version.Label is { Major: 1, Minor: 0 }, isGone),
                Commit = version.Commit,
                Version = version,
                Before = version.IsRecorded ? null : text,
                Path = version.Path,
                MovedFrom = movedFrom,
                Title = named,
                RenamedFrom = text is not null && !version.IsRecorded && named != title ? title : null,
            });
            if (!version.IsRecorded)
            {
                isGone = version.Blob is null;
                text = version.Blob is null ? text : version;
                title = named;
            }
        }

        // A move told of apart is one without a new text; that of a hidden version is hidden with it.
        foreach (var (span, from) in moves.Values.Where(move => !history.Versions.Any(version => version.Commit.Id == move.Span.Commit.Id)))
        {
            events.Add(new DocumentEvent
            {
                History = history,
                Kind = DocumentEventKind.Moved,
                Commit = span.Commit,
                Path = span.Path,
                MovedFrom = today.MayKnow(from, reader) ? from : null,
                Title = events.LastOrDefault(known => known.Published <= span.Since)?.Title ?? title,
            });
        }

        // A stable sort: commits of one second stay in the order of the line.
        return [.. Enumerable.Reverse(events).OrderByDescending(PlaceOf)];
    }

    /// <summary>A text from before PolicyHub stands where it belongs in time, to the day, however late it was brought in.</summary>
    private static DateTimeOffset PlaceOf(DocumentEvent known) =>
        known.Version is { IsRecorded: true, Effective: { } day } ? day.FirstInstant(TimeZoneInfo.Utc) : known.Published;

    private static DocumentEventKind KindOf(DocumentVersion version, bool isFirst, bool isGone) =>
        version.IsRecorded ? DocumentEventKind.Recorded
        : version.Blob is null ? DocumentEventKind.Ended
        : isFirst ? DocumentEventKind.Began
        : isGone ? DocumentEventKind.Returned
        : version.Label.Minor > 0 ? DocumentEventKind.Minor
        : DocumentEventKind.Changed;
}
