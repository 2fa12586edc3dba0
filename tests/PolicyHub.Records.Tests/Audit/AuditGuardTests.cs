using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Storage;
using PolicyHub.Testing;

namespace PolicyHub.Records.Tests.Audit;

public sealed class AuditGuardTests
{
    private const string AnotherRow = """
        "AuditEntries" ("Number", "At", "Kind", "Actor", "Position", "What", "Subject", "Commit", "Details", "Count", "Personal", "Form", "Previous", "Hash")
        SELECT 1, "At", "Kind", 'someone else', "Position", "What", "Subject", "Commit", "Details", "Count", "Personal", "Form", "Previous", "Hash" FROM "AuditEntries" WHERE "Number" = 2
        """;

    private const string AnotherValue = """
        "AuditPersonal" ("Entry", "Field", "Value", "Salt") SELECT "Entry", "Field", 'Someone Else', "Salt" FROM "AuditPersonal" WHERE "Entry" = 1 AND "Field" = 'name'
        """;

    public static TheoryData<RecordsProvider, string> Changes() => new()
    {
        { RecordsProvider.Sqlite, "UPDATE \"AuditEntries\" SET \"What\" = 'x' WHERE \"Number\" = 1;" },
        { RecordsProvider.Sqlite, "UPDATE OR REPLACE \"AuditEntries\" SET \"Number\" = 1 WHERE \"Number\" = 2;" },
        { RecordsProvider.Sqlite, "DELETE FROM \"AuditEntries\" WHERE \"Number\" = 3;" },
        { RecordsProvider.Sqlite, "PRAGMA foreign_keys = OFF; DELETE FROM \"AuditEntries\";" },
        { RecordsProvider.Sqlite, $"INSERT OR REPLACE INTO {AnotherRow};" },
        { RecordsProvider.Sqlite, $"REPLACE INTO {AnotherRow};" },
        { RecordsProvider.Sqlite, $"INSERT INTO {AnotherRow} ON CONFLICT (\"Number\") DO UPDATE SET \"What\" = 'x';" },
        { RecordsProvider.Sqlite, "UPDATE \"AuditPersonal\" SET \"Value\" = 'x';" },
        { RecordsProvider.Sqlite, $"INSERT OR REPLACE INTO {AnotherValue};" },
        { RecordsProvider.PostgreSql, "UPDATE \"AuditEntries\" SET \"What\" = 'x' WHERE \"Number\" = 1;" },
        { RecordsProvider.PostgreSql, "DELETE FROM \"AuditEntries\" WHERE \"Number\" = 3;" },
        { RecordsProvider.PostgreSql, "TRUNCATE \"AuditEntries\" CASCADE;" },
        { RecordsProvider.PostgreSql, "TRUNCATE \"AuditPersonal\";" },
        { RecordsProvider.PostgreSql, $"INSERT INTO {AnotherRow} ON CONFLICT (\"Number\") DO UPDATE SET \"What\" = 'x';" },
        { RecordsProvider.PostgreSql, "MERGE INTO \"AuditEntries\" t USING (SELECT 1) s ON t.\"Number\" = 1 WHEN MATCHED THEN DELETE;" },
        { RecordsProvider.PostgreSql, "UPDATE \"AuditPersonal\" SET \"Value\" = 'x';" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Database_AskedToChangeTheLog_Refuses(RecordsProvider provider, string sql)
    {
        using var records = await AuditSample.OfAsync(provider, 3);
        var refused = await Assert.ThrowsAnyAsync<DbException>(() => records.ExecuteAsync(sql));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);

        var report = await AuditSample.VerifyAsync(records);
        Assert.Equal((true, 3L, 9L), (report.IsWhole, report.Rows, report.PersonalChecked));

        // The very same goes through where nothing stands in its way: it was the guard that refused it.
        await AuditSample.UnguardAsync(records);
        await records.ExecuteAsync(sql.Contains("\"AuditPersonal\"", StringComparison.Ordinal) ? sql : "DELETE FROM \"AuditPersonal\"; " + sql);
    }

    public static TheoryData<RecordsProvider, string> Weakenings() => new()
    {
        { RecordsProvider.Sqlite, "DROP TRIGGER policyhub_audit_update;" },
        { RecordsProvider.Sqlite, "DROP TRIGGER policyhub_audit_delete; CREATE TRIGGER policyhub_audit_delete BEFORE DELETE ON \"AuditEntries\" BEGIN SELECT 1; END;" },
        { RecordsProvider.PostgreSql, "DROP TRIGGER policyhub_audit_change ON \"AuditEntries\";" },
        { RecordsProvider.PostgreSql, "ALTER TABLE \"AuditEntries\" DISABLE TRIGGER policyhub_audit_change;" },
        { RecordsProvider.PostgreSql, "ALTER TABLE \"AuditEntries\" ENABLE TRIGGER policyhub_audit_truncate;" },
        { RecordsProvider.PostgreSql, "CREATE OR REPLACE FUNCTION policyhub_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN OLD; END$$;" },
        { RecordsProvider.PostgreSql, "DROP TRIGGER policyhub_audit_change ON \"AuditEntries\"; CREATE TRIGGER policyhub_audit_change BEFORE UPDATE OR DELETE ON \"AuditEntries\" FOR EACH ROW WHEN (false) EXECUTE FUNCTION policyhub_audit_refuse(); ALTER TABLE \"AuditEntries\" ENABLE ALWAYS TRIGGER policyhub_audit_change;" },
    };

    [Theory]
    [MemberData(nameof(Weakenings))]
    public async Task Open_GuardWasWeakened_MakesItAnewAndTheLogSaysSo(RecordsProvider provider, string sql)
    {
        using var records = await AuditSample.OfAsync(provider, 3);
        await records.ExecuteAsync(sql);
        await RecordsOpening.OpenAsync(records.Location, new TestClock(AuditSample.Morning), CancellationToken.None);

        await Assert.ThrowsAnyAsync<DbException>(() => records.ExecuteAsync("UPDATE \"AuditEntries\" SET \"What\" = 'x';"));
        await using var db = records.CreateDbContext();
        var told = await db.Set<AuditEntry>().OrderBy(entry => entry.Number).LastAsync();
        Assert.Equal((4, "problem", "guard-missing"), (told.Number, told.Kind, told.What));

        await RecordsOpening.OpenAsync(records.Location, CancellationToken.None);
        Assert.Equal(4, (await AuditSample.VerifyAsync(records)).Rows);
    }
}
