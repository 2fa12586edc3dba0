using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace PolicyHub.Records.Audit;

/// <summary>
/// What makes the database itself refuse to change the log: triggers, made anew after every migration and compared at each opening, text by
/// text. Whoever owns the tables can drop them, as they could grant back a right that was revoked; then the chain tells, and the next opening.
/// Beside the chain, values can be taken out (retention) but never changed.
/// </summary>
internal static class AuditGuard
{
    public const string Entries = "AuditEntries";
    public const string Personal = "AuditPersonal";

    private const string Refusal = "The audit log is append-only.";

    // REPLACE takes a row out without asking the triggers for DELETE: so it is caught before it goes in.
    private static readonly (string Name, string Sql)[] OfFile =
    [
        Trigger("policyhub_audit_delete", $"BEFORE DELETE ON \"{Entries}\""),
        Trigger("policyhub_audit_personal_replace", $"BEFORE INSERT ON \"{Personal}\" WHEN EXISTS (SELECT 1 FROM \"{Personal}\" WHERE \"Entry\" = NEW.\"Entry\" AND \"Field\" = NEW.\"Field\")"),
        Trigger("policyhub_audit_personal_update", $"BEFORE UPDATE ON \"{Personal}\""),
        Trigger("policyhub_audit_replace", $"BEFORE INSERT ON \"{Entries}\" WHEN EXISTS (SELECT 1 FROM \"{Entries}\" WHERE \"Number\" = NEW.\"Number\")"),
        Trigger("policyhub_audit_update", $"BEFORE UPDATE ON \"{Entries}\""),
    ];

    // The last column is pg_trigger.tgtype: 1 for each row, 2 before, 8 DELETE, 16 UPDATE, 32 TRUNCATE.
    private static readonly (string Name, string Table, string When, int Type)[] OfServer =
    [
        ("policyhub_audit_change", Entries, "BEFORE UPDATE OR DELETE ON \"{0}\" FOR EACH ROW", 1 + 2 + 8 + 16),
        ("policyhub_audit_personal_change", Personal, "BEFORE UPDATE ON \"{0}\" FOR EACH ROW", 1 + 2 + 16),
        ("policyhub_audit_personal_truncate", Personal, "BEFORE TRUNCATE ON \"{0}\" FOR EACH STATEMENT", 2 + 32),
        ("policyhub_audit_truncate", Entries, "BEFORE TRUNCATE ON \"{0}\" FOR EACH STATEMENT", 2 + 32),
    ];

    private const string Body = $"BEGIN RAISE EXCEPTION '{Refusal}'; END";

    /// <summary>Whether every trigger stands, as it should be and switched on: one query.</summary>
    public static async Task<bool> StandsAsync(DbConnection connection, CancellationToken cancellation)
    {
        var isFile = connection is SqliteConnection;
        await using var command = connection.CreateCommand();
        command.CommandText = isFile
            ? "SELECT name || ' ' || sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'policyhub_audit%' ORDER BY name;"
            : """
              SELECT t.tgname || ' ' || c.relname || ' ' || t.tgtype || ' ' || t.tgenabled::text || ' ' || (t.tgqual IS NULL)::text || ' ' || p.prosrc
              FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
              WHERE NOT t.tgisinternal AND t.tgname LIKE 'policyhub_audit%' AND c.relnamespace = current_schema()::regnamespace
              ORDER BY t.tgname COLLATE "C";
              """;
        var found = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(reader.GetString(0));
        }

        return found.SequenceEqual(isFile
            ? OfFile.Select(trigger => $"{trigger.Name} {trigger.Sql}")
            : OfServer.Select(trigger => FormattableString.Invariant($"{trigger.Name} {trigger.Table} {trigger.Type} A true {Body}")), StringComparer.Ordinal);
    }

    /// <summary>Makes every trigger anew. In a transaction of the caller's: at no moment is the log without them.</summary>
    public static async Task MakeAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = connection is SqliteConnection
            ? string.Join('\n', OfFile.Select(trigger => $"DROP TRIGGER IF EXISTS {trigger.Name};\n{trigger.Sql};"))
            : $"CREATE OR REPLACE FUNCTION policyhub_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $${Body}$$;\n"
                + string.Join('\n', OfServer.Select(trigger =>
                    $"DROP TRIGGER IF EXISTS {trigger.Name} ON \"{trigger.Table}\";\n"
                    + $"CREATE TRIGGER {trigger.Name} {trigger.When.Replace("{0}", trigger.Table, StringComparison.Ordinal)} EXECUTE FUNCTION policyhub_audit_refuse();\n"
                    + $"ALTER TABLE \"{trigger.Table}\" ENABLE ALWAYS TRIGGER {trigger.Name};"));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static (string, string) Trigger(string name, string when) => (name, $"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{Refusal}'); END");
}
