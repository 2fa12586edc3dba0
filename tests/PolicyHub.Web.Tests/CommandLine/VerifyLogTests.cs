using PolicyHub.Records.Audit;
using PolicyHub.Records.Storage;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.CommandLine;

/// <summary><c>policyhub verify --log</c>, on both databases: as the user calls it, with anchors in git and with a head that was kept elsewhere.</summary>
public sealed class VerifyLogTests : IAsyncLifetime
{
    private readonly TestRepository remote = new TestRepository().Commit("First", "fees.md", "# Fees\n\nTen dollars.\n").Flush();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        remote.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(RecordsProvider.Sqlite)]
    [InlineData(RecordsProvider.PostgreSql)]
    public async Task Verify_AfterASiteRan_IsWholeAndMeetsTheAnchorOfTheRemote(RecordsProvider provider)
    {
        using var records = await TestRecords.OpenAsync(provider);
        await ServeAsync(records);

        var (exit, output, error) = await VerifyAsync(records);
        Assert.True(exit == 0, output + error);
        Assert.Contains("1 of 1 heads met", output, StringComparison.Ordinal);
        Assert.StartsWith("The audit log ends with row ", remote.Git("log", "-1", "--format=%s", "refs/policyhub/audit"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RecordsProvider.Sqlite)]
    [InlineData(RecordsProvider.PostgreSql)]
    public async Task Verify_RowsCutOffOrChanged_NamesThemAndExitsWith1(RecordsProvider provider)
    {
        using var records = await TestRecords.OpenAsync(provider);
        await ServeAsync(records);
        await records.ExecuteAsync(provider == RecordsProvider.Sqlite
            ? "DROP TRIGGER policyhub_audit_delete; DROP TRIGGER policyhub_audit_update;"
            : "DROP FUNCTION policyhub_audit_refuse() CASCADE;");
        await records.ExecuteAsync("DELETE FROM \"AuditEntries\" WHERE \"Number\" = 4; UPDATE \"AuditEntries\" SET \"What\" = 'nothing' WHERE \"Number\" = 2;");

        var (exit, output, _) = await VerifyAsync(records);
        Assert.Equal(1, exit);
        Assert.Contains("Does not match: Row 2 was changed", output, StringComparison.Ordinal);
        Assert.Contains("Does not match: Rows 4 to 4 were removed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_HeadKeptElsewhere_IsCompared()
    {
        using var records = await TestRecords.OpenAsync(RecordsProvider.Sqlite);
        using var log = new AuditLog(records, new TestClock(DateTimeOffset.UnixEpoch));
        var head = await log.AppendAsync(new AuditEvent { Kind = AuditKind.Problem, Who = AuditActor.Hub, What = "test" }, CancellationToken.None);

        var (met, metOutput, metError) = await PolicyHubProcess.RunAsync(["verify", "--log", "--data", records.Folder.Path, "--head", AuditAnchors.Line(head)]);
        var (not, notOutput, _) = await PolicyHubProcess.RunAsync(["verify", "--log", "--data", records.Folder.Path, "--head", $"1 {new string('a', 64)}"]);

        Assert.True(met == 0, metOutput + metError);
        Assert.Contains("1 of 1 heads met", metOutput, StringComparison.Ordinal);
        Assert.Equal(1, not);
        Assert.Contains("Row 1 is not the one that was anchored", notOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("verify", "--log", "x.zip")]
    [InlineData("verify", "x.zip")]
    [InlineData("verify", "--against", "x")]
    [InlineData("verify", "--log", "--data", "/nonexistent/data")]
    [InlineData("verify", "--log", "--head", "nonsense")]
    public async Task Verify_CalledWrongly_ExitsWith2(params string[] arguments)
    {
        var (exit, _, error) = await PolicyHubProcess.RunAsync(arguments);
        Assert.Equal(2, exit);
        Assert.NotEmpty(error);
    }

    private string Url => new Uri(remote.Folder).AbsoluteUri;

    /// <summary>A site that runs until it has anchored four rows.</summary>
    private async Task ServeAsync(TestRecords records)
    {
        using (var log = new AuditLog(records, TimeProvider.System))
        {
            for (var row = 0; row < 3; row++)
            {
                await log.AppendAsync(new AuditEvent { Kind = AuditKind.Notice, Who = AuditActor.Hub, What = "posted" }, CancellationToken.None);
            }
        }

        await using var site = await RunningSite.StartAsync(null, [("PolicyHub:Library", Url), ("PolicyHub:Data", records.Folder.Path), .. Database(records)]);
        await site.UntilAsync("/health/ready", _ => remote.Git("for-each-ref", "--format=%(subject)", "refs/policyhub/audit").Trim() == "The audit log ends with row 4", TimeSpan.FromSeconds(60));
        Assert.StartsWith("{\"status\":\"Healthy\"", await site.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative)), StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Error)> VerifyAsync(TestRecords records) => PolicyHubProcess.RunAsync(
        ["verify", "--log", "--data", records.Folder.Path, "--library", Url],
        Database(records).ToDictionary(pair => pair.Key.Replace(":", "__", StringComparison.Ordinal), pair => pair.Value!));

    private static (string Key, string? Value)[] Database(TestRecords records) =>
        records.Location.Provider == RecordsProvider.Sqlite ? [] : [("PolicyHub:Database", records.Location.Connection)];
}
