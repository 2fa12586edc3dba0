using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PolicyHub.Content.Evidence;

/// <summary>
/// <c>pack.json</c>: what a pack holds, and all that is needed to make every other byte of it again from the repository. No clock and
/// no name of who asked stands in it.
/// </summary>
/// <param name="Format">1; another number for another layout.</param>
/// <param name="Program">The version of PolicyHub that made it.</param>
/// <param name="At">The instant as of which it speaks.</param>
/// <param name="TimeZone">Of the organisation, as of then.</param>
/// <param name="ObjectFormat"><c>sha1</c> or <c>sha256</c>.</param>
/// <param name="Folder">The folder of the repository that is the library; empty: all of it.</param>
/// <param name="LeftOut">Objects of the proof that name what the reader may not see.</param>
public sealed record PackList(
    int Format,
    string Program,
    string Library,
    PackRequest Request,
    DateTimeOffset At,
    string TimeZone,
    PackHead Head,
    string ObjectFormat,
    string Folder,
    ImmutableArray<PackFile> Documents,
    ImmutableArray<PackFile> Attachments,
    PackLeftOut LeftOut)
{
    public const int CurrentFormat = 1;

    /// <summary>Commits of the line that were not served, as no approval was on record for them: as if they had not been made. Null: all were.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PackHeld? Held { get; init; }

    public const string Name = "pack.json";

    public const string ProofName = "proof.tsv";

    public const string SumsName = "SHA256SUMS";

    public const string VerifyName = "VERIFY.md";

    public const string DocumentsFolder = "documents/";

    public const string AttachmentsFolder = "attachments/";

    public const string ObjectsFolder = "objects/";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Never put into HTML; people read it.
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = 16,
    };

    /// <summary>The version of this program, as packs name it.</summary>
    public static string ThisProgram { get; } = typeof(PackList).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>As it stands in the pack: UTF-8, two spaces of indent, a line break at the end.</summary>
    public static byte[] Write<T>(T value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, Options), (byte)'\n'];

    /// <summary>Reads a <c>pack.json</c> from anybody; null, and why, where it is none.</summary>
    public static PackList? Read(ReadOnlySpan<byte> bytes, out string? why)
    {
        try
        {
            var list = JsonSerializer.Deserialize<PackList>(bytes, Options);
            why = list is null ? "it is empty" : list.Documents.IsDefault || list.Attachments.IsDefault || list.LeftOut.Commits.IsDefault || list.LeftOut.Trees.IsDefault || list.LeftOut.Diffs.IsDefault || list.Held?.Commits.IsDefault == true ? "a list is missing" : null;
            return why is null ? list : null;
        }
        catch (Exception wrong) when (wrong is JsonException or NotSupportedException or InvalidOperationException)
        {
            why = wrong.Message;
            return null;
        }
    }
}

/// <summary>What was asked for, as it was asked.</summary>
public sealed record PackRequest(string? Document, string? Version, string? On);

/// <param name="Commit">The newest commit of the published line when the pack was made: what to compare with an independent copy.</param>
public sealed record PackHead(string Commit, DateTimeOffset Published);

/// <param name="After">The commit after which commits needed an approval.</param>
/// <param name="Commits">Those that had none, up to the head, oldest first.</param>
public sealed record PackHeld(string After, ImmutableArray<string> Commits);

/// <summary>A document or attachment of a pack, and where it stands in the repository.</summary>
/// <param name="File">In the pack.</param>
/// <param name="Path">In the library, as of the instant.</param>
/// <param name="Version">The label; null for an attachment.</param>
/// <param name="Place">The path in that commit, from the root of the repository.</param>
/// <param name="Complete">Whether the pack holds every object that leads from the commit to the blob.</param>
public sealed record PackFile(string File, string Path, string? Version, string Commit, string Place, string Blob, bool Complete);

/// <param name="Commits">Commits whose message may name what the reader may not see.</param>
/// <param name="Trees">Trees that name files which the reader may not see.</param>
/// <param name="Diffs">Documents, as files of the pack, of which the version before is not open to the reader.</param>
public sealed record PackLeftOut(ImmutableArray<string> Commits, ImmutableArray<string> Trees, ImmutableArray<string> Diffs);
