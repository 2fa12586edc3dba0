using System.Collections.Immutable;
using System.Globalization;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;

namespace PolicyHub.Content.Evidence;

/// <summary>The JSON beside each document of a pack. Instants carry their offset; what is not known is null.</summary>
/// <param name="Trees">From the root of the repository to the folder of the file.</param>
/// <param name="States">Of every version that was published by the instant of the pack, as known then.</param>
/// <param name="Before">The version before that has a text; null for the first.</param>
/// <param name="Attachments">Files of the pack that it links to, shows or names.</param>
public sealed record DocumentFacts(
    string? Title,
    string? Number,
    string? Kind,
    FactsPaths Path,
    FactsVersion Version,
    FactsCommit Commit,
    FactsBlob Blob,
    ImmutableArray<FactsTree> Trees,
    FactsAuthority Authority,
    ImmutableArray<FactsState> States,
    FactsBefore? Before,
    ImmutableArray<string> Attachments)
{
    internal static DocumentFacts Of(PackedDocument packed, PackText text, Proof proof, EvidencePack pack)
    {
        var (list, edition) = pack;
        var (history, version, zone) = (packed.History, packed.Version, edition.Settings.Zone);
        var (document, withheld) = (text.Document, list.LeftOut.Commits.Contains(version.Commit.Id.Hex));
        var span = Resolver.Spans(history.Versions, edition.Catalogue.HeadPublished, zone).FirstOrDefault(span => ReferenceEquals(span.Version, version));
        return new DocumentFacts(
            document?.Title ?? version.Title,
            document?.Id ?? history.Id,
            document?.Kind.Slug(),
            new FactsPaths(packed.File.Path, version.Path.Value, history.Path.Value),
            new FactsVersion(
                version.Label.ToString(),
                NameOf(Resolver.StateOf(version, history.Versions, list.At, zone)),
                NameOf(Resolver.StateOf(version, history.Versions, edition.Catalogue.HeadPublished, zone)),
                edition.All.Any(shown => ReferenceEquals(shown.History, history) && ReferenceEquals(shown.Version, version)),
                version.Effective?.ToString(),
                version.EffectiveInstant(zone),
                span?.From,
                span?.Until,
                version.Published,
                proof.Header.Committed == version.Published ? null : proof.Header.Committed,
                version.Rescinded?.ToString(),
                document?.RescindedReason,
                version.IsRecorded,
                withheld ? null : version.Commit.RecordedFrom),
            new FactsCommit(
                version.Commit.Id.Hex,
                proof.Header.Tree,
                proof.Header.Parents,
                version.Commit.Author,
                version.Commit.AuthorMail,
                version.Commit.Authored,
                withheld,
                withheld ? null : version.Commit.Subject,
                withheld ? null : version.Commit.Body,
                withheld ? null : version.Commit.Trailers),
            new FactsBlob(packed.File.Blob, text.Bytes.Length),
            [.. proof.Trees.Select(tree => new FactsTree(tree.Place, tree.Id, !list.LeftOut.Trees.Contains(tree.Id)))],
            new FactsAuthority(
                document?.LegalBasis ?? [], document?.AdoptedBy, Day(document?.Adopted), document?.Implements ?? [], document?.Replaces ?? [], document?.ReplacedBy ?? [],
                document?.Owners ?? [], Day(document?.ReviewBy)),
            [
                .. from other in history.Versions
                   let state = Resolver.StateOf(other, history.Versions, list.At, zone)
                   where state is not null
                   select new FactsState(other.Label.ToString(), NameOf(state)!, other.Published, other.EffectiveInstant(zone), other.Commit.Id.Hex, other.Blob?.Hex),
            ],
            packed.Before is { } before
                ? list.LeftOut.Diffs.Contains(packed.File.File)
                    ? new FactsBefore(before.Label.ToString(), before.Commit.Id.Hex, null, null, null)
                    : new FactsBefore(before.Label.ToString(), before.Commit.Id.Hex, PackedDocument.PlaceOf(list.Folder, before.Path), before.Blob!.Value.Hex, packed.File.File + PackContents.DiffSuffix)
                : null,
            []);
    }

    /// <summary>A state in words; null for a version that was not yet published.</summary>
    internal static string? NameOf(VersionState? state) => state switch
    {
        VersionState.InEffect => "in effect",
        VersionState.Upcoming => "upcoming",
        VersionState.Superseded => "superseded",
        VersionState.Rescinded => "rescinded",
        _ => null,
    };

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <param name="AsOf">In the library, at the instant of the pack.</param>
/// <param name="InCommit">In the library, in the commit of the version.</param>
/// <param name="Now">In the library at the head, or the last that it had.</param>
public sealed record FactsPaths(string AsOf, string InCommit, string Now);

/// <param name="State">At the instant of the pack: in effect, upcoming, superseded or rescinded.</param>
/// <param name="StateAtHead">At the publication of the newest commit.</param>
/// <param name="Shown">Whether the site showed this version at the instant of the pack; a newer text that could not be read was not shown.</param>
/// <param name="Effective">As its front matter declares it; null: at publication.</param>
/// <param name="InEffectFrom">As known at the head; null where it never was and is not planned.</param>
/// <param name="InEffectUntil">The first instant at which it was, or will be, in effect no more; null where no end is known.</param>
/// <param name="Committed">The date that the commit carries, where that is another than the publication: no commit counts as published before the one before it.</param>
/// <param name="Recorded">Brought in later as a record of a text from before PolicyHub: it was never in effect here.</param>
public sealed record FactsVersion(
    string Label,
    string? State,
    string? StateAtHead,
    bool Shown,
    string? Effective,
    DateTimeOffset EffectiveFrom,
    DateTimeOffset? InEffectFrom,
    DateTimeOffset? InEffectUntil,
    DateTimeOffset Published,
    DateTimeOffset? Committed,
    string? Rescinded,
    string? RescindedReason,
    bool Recorded,
    string? RecordedFrom);

/// <param name="Withheld">The message may name what the reader may not see; note, body and trailers are null then.</param>
/// <param name="Trailers">Such as approvals: stated in the commit, not confirmed by it.</param>
public sealed record FactsCommit(
    string Id,
    string Tree,
    ImmutableArray<string> Parents,
    string Author,
    string AuthorMail,
    DateTimeOffset Authored,
    bool Withheld,
    string? Note,
    string? Body,
    ImmutableArray<Trailer>? Trailers);

public sealed record FactsBlob(string Id, long Bytes);

/// <param name="Place">The folder, from the root of the repository; empty: the root.</param>
/// <param name="InPack">False where it names what the reader may not see.</param>
public sealed record FactsTree(string Place, string Id, bool InPack);

/// <summary>As the front matter has it.</summary>
public sealed record FactsAuthority(
    ImmutableArray<string> LegalBasis,
    string? AdoptedBy,
    string? Adopted,
    ImmutableArray<string> Implements,
    ImmutableArray<string> Replaces,
    ImmutableArray<string> ReplacedBy,
    ImmutableArray<string> Owners,
    string? ReviewBy);

/// <param name="Blob">Null where the commit deleted the file.</param>
public sealed record FactsState(string Label, string State, DateTimeOffset Published, DateTimeOffset EffectiveFrom, string Commit, string? Blob);

/// <param name="Place">Null, as are the two after it, where that version is not open to the reader.</param>
/// <param name="Diff">The file of the pack that holds what changed.</param>
public sealed record FactsBefore(string Label, string Commit, string? Place, string? Blob, string? Diff);
