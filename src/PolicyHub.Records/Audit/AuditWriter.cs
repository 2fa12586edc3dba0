using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Audit;

/// <summary>
/// Adds rows, as the last statements of a transaction. Under one lock, which the end of the transaction lets go: on SQLite the transaction
/// itself (immediate, and the disk is waited for), on PostgreSQL an advisory lock. The last number and hash are read under it.
/// </summary>
internal static class AuditWriter
{
    public const int ShortText = 200;
    public const int LongText = 1000;

    /// <summary>Names our lock among all that share the server: "audit" in ASCII.</summary>
    private const string Lock = "SELECT pg_advisory_xact_lock(418581342580);";

    private const string Last = $"SELECT \"Number\", \"Hash\" FROM \"{AuditGuard.Entries}\" ORDER BY \"Number\" DESC LIMIT 1;";

    private const string Insert = $"""
        INSERT INTO "{AuditGuard.Entries}" ("Number", "At", "Kind", "Actor", "Position", "What", "Subject", "Commit", "Details", "Count", "Personal", "Form", "Previous", "Hash")
        VALUES (@number, @at, @kind, @actor, @position, @what, @subject, @commit, @details, @count, @personal, @form, @previous, @hash);
        """;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<IReadOnlyList<AuditHead>> WriteAsync(
        DbConnection connection, DbTransaction transaction, IReadOnlyCollection<AuditEvent> told, TimeProvider time, CancellationToken cancellation)
    {
        var last = await LockAndReadLastAsync(connection, transaction, cancellation);
        var heads = new List<AuditHead>(told.Count);
        foreach (var what in told)
        {
            heads.Add(last = await InsertAsync(connection, transaction, last, what, time, cancellation));
        }

        return heads;
    }

    private static async Task<AuditHead> InsertAsync(
        DbConnection connection, DbTransaction transaction, AuditHead last, AuditEvent what, TimeProvider time, CancellationToken cancellation)
    {
        var personal = what.AllPersonal().Select(field => new AuditPersonal
        {
            Entry = last.Number + 1,
            Field = Clean(field.Key, 40),
            Value = Clean(field.Value, LongText),
            Salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
        }).ToList();
        var entry = Row(last, what, personal, InstantConverter.Read(InstantConverter.Write(time.GetUtcNow())));
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Insert;
        Fill(command, entry, AuditHash.Of(entry)!);
        for (var index = 0; index < personal.Count; index++)
        {
            var suffix = index.ToString(CultureInfo.InvariantCulture);
            command.CommandText += $"\nINSERT INTO \"{AuditGuard.Personal}\" (\"Entry\", \"Field\", \"Value\", \"Salt\") VALUES (@number, @field{suffix}, @value{suffix}, @salt{suffix});";
            Add(command, "field" + suffix, personal[index].Field);
            Add(command, "value" + suffix, personal[index].Value);
            Add(command, "salt" + suffix, personal[index].Salt);
        }

        // A trigger of someone's that swallows rows would otherwise pass for success.
        return await command.ExecuteNonQueryAsync(cancellation) == 1 + personal.Count
            ? new AuditHead(entry.Number, AuditHash.Of(entry)!, entry.At)
            : throw new InvalidOperationException("The database did not take the row of the audit log.");
    }

    private static AuditEntry Row(AuditHead last, AuditEvent what, List<AuditPersonal> personal, DateTimeOffset at) => new()
    {
        Number = last.Number + 1,
        At = at,
        Kind = what.Kind.Slug(),
        Actor = Clean(what.Who.Reference, ShortText),
        Position = Clean(what.Who.Position, ShortText),
        What = Clean(what.What, ShortText),
        Subject = Clean(what.Subject, LongText),
        Commit = Clean(what.Commit, 64),
        Details = Write(what.Details.ToImmutableSortedDictionary(field => Clean(field.Key, ShortText), field => Clean(field.Value, LongText), StringComparer.Ordinal)),
        Count = what.Count,
        Personal = Write(personal.ToImmutableSortedDictionary(field => field.Field, field => AuditHash.OfPersonal(field.Salt, field.Field, field.Value), StringComparer.Ordinal)),
        Form = AuditHash.Form,
        Previous = last.Hash,
        Hash = "",
    };

    private static async Task<AuditHead> LockAndReadLastAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        var isFile = connection is SqliteConnection;

        // Each statement of PostgreSQL sees what was there when it began: the second, what stood once we had the lock.
        command.CommandText = (isFile ? "PRAGMA synchronous;" : Lock) + Last;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        if (isFile && reader.GetInt64(0) < 2)
        {
            throw new InvalidOperationException("A row of the audit log must reach the disk: this connection to SQLite has synchronous below FULL.");
        }

        await reader.NextResultAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? new AuditHead(reader.GetInt64(0), reader.GetString(1), default) : new AuditHead(0, AuditHash.BeforeFirst, default);
    }

    private static void Fill(DbCommand command, AuditEntry entry, string hash)
    {
        Add(command, "number", entry.Number);
        Add(command, "at", InstantConverter.Write(entry.At));
        Add(command, "kind", entry.Kind);
        Add(command, "actor", entry.Actor);
        Add(command, "position", entry.Position);
        Add(command, "what", entry.What);
        Add(command, "subject", entry.Subject);
        Add(command, "commit", entry.Commit);
        Add(command, "details", entry.Details);
        Add(command, "count", entry.Count);
        Add(command, "personal", entry.Personal);
        Add(command, "form", entry.Form);
        Add(command, "previous", entry.Previous);
        Add(command, "hash", hash);
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    private static string Write(ImmutableSortedDictionary<string, string> fields) => JsonSerializer.Serialize(fields, Json);

    /// <summary>What both databases keep as it is, byte by byte: no control character, no half of a letter, no more than fits.</summary>
    private static string Clean(string text, int longest)
    {
        var clean = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > longest)
            {
                break;
            }

            clean.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return clean.ToString();
    }
}
