using System.Data.Common;
using System.Globalization;
using PolicyHub.Content.Git;
using PolicyHub.Records.Audit;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.CommandLine;

/// <summary>
/// <c>policyhub verify --log</c>: reads the audit log as it lies in the database, without opening it for writing, and compares it with the
/// heads that git holds and those given on the command line.
/// </summary>
internal static class VerifyLog
{
    public static async Task<int> RunAsync(Dictionary<string, string?> settings, IReadOnlyList<string> heads, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            var options = HubApp.ReadOptions(settings);
            var given = heads.Select(head => AuditAnchors.TryParseLine(head) ?? throw new StartRefusedException(
                $"“{head}” is no head of the log. It is a number and a hash with a space between them, in quotes, as /audit shows it.")).ToList();
            if (CommandRecords.Find(options) is not { } records)
            {
                throw new StartRefusedException($"There are no records in {options.DataFolder()}. Name the folder of state with --data.");
            }

            var (anchors, remark) = await AnchorsAsync(options, cancellation);
            var report = await new AuditVerifier(records).VerifyAsync([.. given, .. anchors], cancellation);
            await PrintAsync(report, given.Count, anchors.Count, remark, output);
            return report.IsWhole ? 0 : 1;
        }
        catch (Exception refused) when (refused is StartRefusedException or GitException or DbException)
        {
            await error.WriteLineAsync("Not checked. " + refused.Message);
            return VerifyCommand.BadUse;
        }
    }

    /// <summary>The heads in git. Where the remote can't be reached nothing is compared with it, and that is told.</summary>
    private static async Task<(List<AuditHead> Anchors, string? Remark)> AnchorsAsync(HubOptions options, CancellationToken cancellation)
    {
        if (options.Library is not { Length: > 0 } && !Directory.Exists(Path.Combine(options.DataFolder(), "library.git")))
        {
            return ([], "There is no library beside the records, so no head of the log is in git.");
        }

        try
        {
            using var repository = await LibrarySource.OpenAsync(options.Location(), options.Git(), cancellation);
            var anchors = (await repository.ReadAnchorsAsync(cancellation)).Select(AuditAnchors.TryParseMessage).OfType<AuditHead>().ToList();
            return (anchors, repository.HasPlaceForAnchors ? null : "The library has no remote: the heads in git are on this machine only.");
        }
        catch (GitException problem)
        {
            return ([], "No head of the log could be read from git. " + problem.Message);
        }
    }

    private static async Task PrintAsync(AuditReport report, int given, int anchors, string? remark, TextWriter output)
    {
        foreach (var fault in report.Faults)
        {
            await output.WriteLineAsync("Does not match: " + fault.Sentence);
        }

        if (report.FaultCount > report.Faults.Count)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"And {report.FaultCount - report.Faults.Count} more."));
        }

        if (remark is not null)
        {
            await output.WriteLineAsync("Note: " + remark);
        }

        if (given + anchors == 0)
        {
            await output.WriteLineAsync("Note: compared with no head that was kept elsewhere, so rows cut off at the end would not be noticed.");
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{(report.IsWhole ? "Whole" : "Not whole")}: {report.Rows} rows, {report.AnchorsMet} of {given + anchors} heads met, {report.PersonalChecked} personal values checked, {report.PersonalErased} erased."));
        if (report.Head is { } head)
        {
            await output.WriteLineAsync("The log ends with: " + AuditAnchors.Line(head));
        }
    }
}
