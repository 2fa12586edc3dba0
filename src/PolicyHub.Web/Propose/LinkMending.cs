using System.Collections.Immutable;
using PolicyHub.Content;
using PolicyHub.Content.Editing;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Pages;

namespace PolicyHub.Web.Propose;

/// <summary>Documents that lead to where a document of a change stands no more.</summary>
/// <param name="Mendable">Those that whoever writes the change may change, by path.</param>
/// <param name="Others">Titles of those that they may see and not change.</param>
/// <param name="Count">Links in those that can be mended.</param>
/// <param name="KeepsAddress">Whether more lead there than can be mended, and the earlier address is not kept yet.</param>
public sealed record LinksToMend(ImmutableArray<LibraryPath> Mendable, ImmutableArray<string> Others, int Count, bool KeepsAddress);

/// <summary>When a change gives a document another place: keeps the links of its own text, and mends those of others that lead to it in the same change.</summary>
public sealed class LinkMending(ProposalBook book, WritingDesk desk)
{
    /// <summary>The links that lead to the earlier place of a document; null: there are none.</summary>
    public static LinksToMend? Find(OpenChange change, Visit visit)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(visit);
        var moved = MovedBy(change);
        if (moved.IsEmpty)
        {
            return null;
        }

        // Of those that only others may see, nothing is said but that the address is worth keeping.
        var all = moved.Keys.SelectMany(old => LinksHere.To(visit.Today, old, Reader.Auditor)).Select(link => link.Source).DistinctBy(source => source.Path)
            .Where(source => change.Texts.All(text => text.Path != source.Path && text.File.From != source.Path.Value)).ToList();
        var standing = all.Where(source => visit.Reader.MaySee(source.Access)).ToList();
        var written = change.Texts.Where(text => LinksIn(text, moved) > 0).GroupBy(text => text.Path).ToList();
        var mendable = standing.Where(source => visit.Person?.MayWrite(source.Document) == true).ToList();
        var count = mendable.Sum(source => source.Rendered.Links.Count(link => link.Target is { } target && moved.ContainsKey(target))) + written.Sum(texts => texts.Max(text => LinksIn(text, moved)));
        ImmutableArray<string> others = [.. standing.Except(mendable).Select(source => source.Title).Order(StringComparer.CurrentCulture)];
        var keeps = all.Count > mendable.Count && change.Texts.Any(text => text.Kind == ChangedKind.Renamed && !IsKept(text));
        return count == 0 && !keeps ? null : new LinksToMend([.. mendable.Select(source => source.Path).Concat(written.Select(texts => texts.Key)).Order()], others, count, keeps);
    }

    /// <summary>Puts the documents with such links into the change, or changes them there; those in which only addresses change count as wording.</summary>
    /// <returns>Null: done; else the first that could not be mended.</returns>
    public async Task<LibraryPath?> MendAsync(OpenChange change, Colleague by, Visit visit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(visit);
        var (id, moved) = (change.Proposal.Id, MovedBy(change));
        if (Find(change, visit) is not { } links)
        {
            return null;
        }

        foreach (var path in links.Mendable)
        {
            var isThere = change.Texts.Any(text => text.Path == path);
            if (!(isThere ? await MendThereAsync(id, by, path, moved, visit, cancellation) : await AddAsync(id, by, path, moved, visit, cancellation)))
            {
                return path;
            }
        }

        foreach (var (old, path) in links.KeepsAddress ? moved : [])
        {
            foreach (var file in (await book.ReadAllAsync(id, cancellation)).Where(file => file.Path == path.Value && file.Text is not null))
            {
                if (MovedLinks.KeepAddress(file.Text, old) is not { } kept || (await book.SaveAsync(id, by, file.Step, file.Path, file.Stamp, kept, cancellation)).Refusal is not null)
                {
                    return path;
                }
            }
        }

        return null;
    }

    /// <summary>The text of a document that gets another place, with its own links kept; the text as it is where that can't be done, for the checks to name what is broken.</summary>
    public static byte[] Keep(byte[] text, LibraryPath from, LibraryPath to, Visit visit)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(visit);
        return MovedLinks.Rewrite(text, from, to, ImmutableDictionary<LibraryPath, LibraryPath>.Empty.Add(from, to), visit.Today.Settings) ?? text;
    }

    private static ImmutableDictionary<LibraryPath, LibraryPath> MovedBy(OpenChange change) => change.Texts
        .Where(text => text.Kind == ChangedKind.Renamed && LibraryPath.TryParse(text.File.From, out _))
        .ToImmutableDictionary(text => LibraryPath.Parse(text.File.From), text => text.Path);

    private static bool IsKept(ChangedFile text) => text.After?.Document.RedirectFrom.Any(address => LibraryPath.TryParse(text.File.From, out var old) && address.Trim('/') == old.WithoutExtension) == true;

    private static int LinksIn(ChangedFile text, ImmutableDictionary<LibraryPath, LibraryPath> moved) =>
        text.After?.Rendered.Links.Count(link => link.Target is { } target && moved.ContainsKey(target)) ?? 0;

    private async Task<bool> MendThereAsync(Guid id, Colleague by, LibraryPath path, ImmutableDictionary<LibraryPath, LibraryPath> moved, Visit visit, CancellationToken cancellation)
    {
        foreach (var file in (await book.ReadAllAsync(id, cancellation)).Where(file => file.Path == path.Value && file.Text is not null))
        {
            if (MovedLinks.Rewrite(file.Text, path, path, moved, visit.Today.Settings) is not { } mended
                || (await book.SaveAsync(id, by, file.Step, file.Path, file.Stamp, mended, cancellation)).Refusal is not null)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> AddAsync(Guid id, Colleague by, LibraryPath path, ImmutableDictionary<LibraryPath, LibraryPath> moved, Visit visit, CancellationToken cancellation)
    {
        if (visit.Today.Find(path, visit.Reader) is not { } found)
        {
            return false;
        }

        // What waits for its day there leads to the earlier place as well.
        foreach (var file in await desk.FilesAsync(found, StartWith.Both, visit, cancellation))
        {
            if (MovedLinks.Rewrite(file.Text!, path, path, moved, visit.Today.Settings) is not { } mended
                || (await book.AddAsync(id, by, file with { Text = mended, IsMinor = true }, cancellation)).Refusal is not null)
            {
                return false;
            }
        }

        return true;
    }
}
