using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Retention;

/// <summary>What a records request asks for.</summary>
public sealed record RecordsAsked
{
    /// <summary>Only records that hold these words, whatever their case; empty: all.</summary>
    public string Topic { get; init; } = "";

    /// <summary>Only records from this instant on; null: from the first.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only records before this instant; null: to the last.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether what is for its owner alone is given out too.</summary>
    public bool WithOwnersAlone { get; init; }
}

/// <summary>One file of an answer.</summary>
public sealed record RecordsFile(string File, string Kind, int Rows, string Sha256);

/// <summary>
/// Answers a records request: a ZIP of one file of JSON lines for each kind of record, with a list of what is in it and what is not
/// (<c>contents.json</c>), and checksums (<c>SHA256SUMS</c>, in the form of sha256sum).
/// </summary>
public sealed class RecordsRequest(IDbContextFactory<RecordsDb> records, TimeProvider time)
{
    public const string Contents = "contents.json";

    public const string Checksums = "SHA256SUMS";

    // Read by people and programs, never put into a page.
    private static readonly JsonSerializerOptions Lines = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>Writes the ZIP; the stream stays open.</summary>
    /// <param name="by">Who asked for it, for the list.</param>
    public async Task<ImmutableArray<RecordsFile>> WriteAsync(Stream to, RecordsAsked asked, string by, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(asked);
        await using var zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellation);
        var files = ImmutableArray.CreateBuilder<RecordsFile>();
        var sums = new StringBuilder();
        foreach (var kind in RecordKinds.All.Where(kind => IsGiven(kind, asked)))
        {
            files.Add(await WriteAsync(zip, kind, asked, cancellation));
            sums.Append(files[^1].Sha256).Append("  ").Append(files[^1].File).Append('\n');
        }

        var contents = Encoding.UTF8.GetBytes(List(asked, by, files).ToJsonString(Indented) + "\n");
        sums.Append(Convert.ToHexStringLower(SHA256.HashData(contents))).Append("  ").Append(Contents).Append('\n');
        await WriteAsync(zip, Contents, contents, cancellation);
        await WriteAsync(zip, Checksums, Encoding.UTF8.GetBytes(sums.ToString()), cancellation);
        return files.ToImmutable();
    }

    /// <summary>What is recorded about one person, in one object: for them.</summary>
    public async Task<JsonObject> OfAsync(Guid person, CancellationToken cancellation)
    {
        var own = new JsonObject { ["made"] = InstantConverter.Write(time.GetUtcNow()) };
        foreach (var kind in RecordKinds.All.Where(kind => kind is { IsPersonal: true, Rows: not null }))
        {
            await using var db = await records.CreateDbContextAsync(cancellation);
            var rows = new JsonArray();
            await foreach (var row in kind.Rows!(db, person).WithCancellation(cancellation))
            {
                rows.Add((JsonNode)row.Fields);
            }

            own[kind.Name] = rows;
        }

        return own;
    }

    private static bool IsGiven(RecordKind kind, RecordsAsked asked) => kind.Rows is not null && (!kind.IsOwnersAlone || asked.WithOwnersAlone);

    private static bool IsAsked(RecordRow row, RecordsAsked asked) =>
        (asked.From is null || row.At >= asked.From) && (asked.Until is null || row.At < asked.Until) && (asked.Topic.Length == 0 || Holds(row.Fields, asked.Topic));

    /// <summary>Whether a value, at any depth, holds the words.</summary>
    private static bool Holds(JsonNode? node, string words) => node switch
    {
        JsonObject fields => fields.Any(pair => Holds(pair.Value, words)),
        JsonArray values => values.Any(value => Holds(value, words)),
        JsonValue value => value.ToString().Contains(words, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private async Task<RecordsFile> WriteAsync(ZipArchive zip, RecordKind kind, RecordsAsked asked, CancellationToken cancellation)
    {
        var name = kind.Name + ".jsonl";
        await using var db = await records.CreateDbContextAsync(cancellation);
        await using var file = await zip.CreateEntry(name).OpenAsync(cancellation);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0;
        await foreach (var row in kind.Rows!(db, null).WithCancellation(cancellation))
        {
            if (IsAsked(row, asked))
            {
                var line = Encoding.UTF8.GetBytes(row.Fields.ToJsonString(Lines) + "\n");
                hash.AppendData(line);
                await file.WriteAsync(line, cancellation);
                count++;
            }
        }

        return new RecordsFile(name, kind.Name, count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static async Task WriteAsync(ZipArchive zip, string name, byte[] bytes, CancellationToken cancellation)
    {
        await using var file = await zip.CreateEntry(name).OpenAsync(cancellation);
        await file.WriteAsync(bytes, cancellation);
    }

    private JsonObject List(RecordsAsked asked, string by, IEnumerable<RecordsFile> files) => new()
    {
        ["made"] = InstantConverter.Write(time.GetUtcNow()),
        ["by"] = by,
        ["asked"] = new JsonObject
        {
            ["topic"] = asked.Topic,
            ["from"] = asked.From is { } from ? InstantConverter.Write(from) : null,
            ["before"] = asked.Until is { } until ? InstantConverter.Write(until) : null,
        },
        ["files"] = new JsonArray([.. files.Select(file => new JsonObject { ["file"] = file.File, ["kind"] = file.Kind, ["rows"] = file.Rows, ["sha256"] = file.Sha256 })]),
        ["leftOut"] = new JsonArray([.. RecordKinds.All.Where(kind => !IsGiven(kind, asked)).Select(kind => new JsonObject
        {
            ["kind"] = kind.Name,
            ["why"] = kind.Rows is null ? "Secrets of the program itself; they say nothing about anybody." : "For the person alone; given out only by whoever runs the server, from its command line.",
        })]),
        ["notes"] = new JsonArray("Counts of searches are given for at least five people of one day.", "Published text is not among the records: it stands in the library's own history."),
    };
}
