using PolicyHub.Records.Audit;
using PolicyHub.Records.Storage;
using PolicyHub.Testing;

namespace PolicyHub.Records.Tests.Audit;

/// <summary>Logs for the tests.</summary>
internal static class AuditSample
{
    public static DateTimeOffset Morning { get; } = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static AuditActor Ann { get; } = new()
    {
        Reference = "person:5d1d5f1e-0d7a-4a61-9b0a-2f3ad0a7f001",
        Position = "auditor",
        Name = "Ann Auditor",
        Mail = "ann@riverton.example",
        Address = "10.1.2.3",
    };

    public static AuditEvent SignIn { get; } = new() { Kind = AuditKind.SignIn, Who = Ann, What = "password" };

    public static AuditLog Log(TestRecords records, TimeProvider? clock = null) => new(records, clock ?? new TestClock(Morning));

    /// <summary>A log of so many rows of several kinds, each with fields beside it.</summary>
    public static async Task<TestRecords> OfAsync(RecordsProvider provider, int rows)
    {
        var records = await TestRecords.OpenAsync(provider);
        var clock = new TestClock(Morning);
        using var log = Log(records, clock);
        for (var row = 0; row < rows; row++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await log.AppendAsync(
                SignIn with { Kind = AuditKinds.All[row % AuditKinds.All.Length], Subject = $"policies/{row}.md", Details = AuditFields.Of(("row", $"{row}")) },
                CancellationToken.None);
        }

        return records;
    }

    public static Task<AuditReport> VerifyAsync(TestRecords records, params AuditHead[] anchors) =>
        new AuditVerifier(records).VerifyAsync(anchors, CancellationToken.None);

    /// <summary>From then on the database takes no row.</summary>
    public static string FullLog(RecordsProvider provider) => provider == RecordsProvider.Sqlite
        ? "CREATE TRIGGER full_log BEFORE INSERT ON \"AuditEntries\" BEGIN SELECT RAISE(ABORT, 'full'); END;"
        : "CREATE FUNCTION full_log() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'full'; END $$; CREATE TRIGGER full_log BEFORE INSERT ON \"AuditEntries\" EXECUTE FUNCTION full_log();";

    /// <summary>From then on it does again.</summary>
    public static string RoomInTheLog(RecordsProvider provider) => provider == RecordsProvider.Sqlite ? "DROP TRIGGER full_log;" : "DROP FUNCTION full_log() CASCADE;";

    /// <summary>Takes away what makes the database refuse changes, as only its owner can.</summary>
    public static Task UnguardAsync(TestRecords records) => records.ExecuteAsync(records.Location.Provider == RecordsProvider.Sqlite
        ? """
          DROP TRIGGER policyhub_audit_delete; DROP TRIGGER policyhub_audit_update; DROP TRIGGER policyhub_audit_replace;
          DROP TRIGGER policyhub_audit_personal_update; DROP TRIGGER policyhub_audit_personal_replace;
          """
        : "DROP FUNCTION policyhub_audit_refuse() CASCADE;");
}
