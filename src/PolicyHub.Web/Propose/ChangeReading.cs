using System.Collections.Immutable;
using System.Text;
using PolicyHub.Content;
using PolicyHub.Content.Approvals;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Content.Rendering;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Propose;

/// <summary>Reads the documents of a change as they were and as they become. Who may see the change is decided before.</summary>
public sealed class ChangeReading(ProposalBook book, CurrentEdition current)
{
    /// <summary>A change with its documents; null: there is none that they may see.</summary>
    /// <exception cref="GitException">The repository cannot be read.</exception>
    public async Task<OpenChange?> FindAsync(Guid id, Colleague by, Visit visit, CancellationToken cancellation)
    {
        if (await book.FindAsync(id, by, cancellation) is not { } view)
        {
            return null;
        }

        return !OpenChange.IsLimitedFor(view) ? new OpenChange(view, await ReadAsync(view, visit, cancellation))
            : view.May(ProposalAct.Reassign) ? new OpenChange(view, [])
            : null;
    }

    /// <summary>In the order in which they are published, then by path. Files that are no documents are named and not read.</summary>
    /// <exception cref="GitException">The repository cannot be read.</exception>
    public async Task<ImmutableArray<ChangedFile>> ReadAsync(ProposalView view, Visit visit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(visit);
        var settings = visit.Today.Settings;
        var texts = ImmutableArray.CreateBuilder<ChangedFile>();
        foreach (var file in view.Files)
        {
            if (LibraryPath.TryParse(file.Path, out var path))
            {
                texts.Add(path.IsDocument ? await ReadAsync(file, path, settings, cancellation) : new ChangedFile { File = file, Path = path });
            }
        }

        return texts.ToImmutable();
    }

    /// <summary>Who has to say yes to it.</summary>
    public static ApprovalRoute RouteOf(IEnumerable<ChangedFile> texts, Visit visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        return ApprovalRoute.Of(texts.Select(text => new RoutedPath(text.Path, text.Before?.Document, text.After?.Document)
        {
            Sections = ChangedSections.Of(text.Before is { } before ? (before.Document, before.Rendered) : null, text.After is { } after ? (after.Document, after.Rendered) : null),
        }), visit.Today.Settings);
    }

    private async Task<ChangedFile> ReadAsync(ProposalFile file, LibraryPath path, LibrarySettings settings, CancellationToken cancellation)
    {
        var written = file.IsRescinded ? null : (await book.ReadAsync(file.ProposalId, file.Step, file.Path, cancellation))?.Text;
        var origin = file.IsOutside || file.Origin.Length > 0 ? file.Origin : file.Base;
        var before = origin.Length == 0 ? null : (await current.Blobs.ReadAsync([new BlobId(origin)], EditionBuilder.LargestDocument, cancellation))[0];
        return new ChangedFile
        {
            File = file,
            Path = path,
            Before = Text(LibraryPath.TryParse(file.From, out var from) ? from : path, before, settings),
            After = Text(path, written, settings),
            SourceBefore = Source(before),
            SourceAfter = Source(written),
        };
    }

    private static VersionText? Text(LibraryPath path, byte[]? bytes, LibrarySettings settings) =>
        bytes is { Length: <= EditionBuilder.LargestDocument } && DocumentReader.Read(path, bytes, settings).Document is { } document
            ? new VersionText(document, new DocumentRenderer(settings.Words).Render(document))
            : null;

    private static string Source(byte[]? bytes) => bytes is { Length: <= EditionBuilder.LargestDocument } ? Encoding.UTF8.GetString(bytes) : "";
}
