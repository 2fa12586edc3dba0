using System.CommandLine;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Git;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Storage;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.CommandLine;

/// <summary><c>policyhub library accept COMMIT --reason TEXT</c>: takes a history that was rewritten.</summary>
internal static class LibraryCommand
{
    private static readonly Argument<string> Commit = new("commit")
    {
        Description = "The commit that the branch stands at, as you have seen it: its name, or the first ten digits of it.",
    };

    private static readonly Option<string> Reason = new("--reason")
    {
        Description = "Why; it is kept in served/accepted.jsonl of the data folder.",
        Required = true,
    };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var accept = new Command("accept", "Take a history that was rewritten: the next start serves it. Without this, what was served before stays.") { Commit, Reason };
        LibraryOptions.AddTo(accept);
        accept.SetAction((parsed, cancellation) => AcceptAsync(
            LibraryOptions.Settings(parsed), parsed.GetRequiredValue(Commit), parsed.GetRequiredValue(Reason), output, error, cancellation));
        return new Command("library", "Look after the library that is served.") { accept };
    }

    private static async Task<int> AcceptAsync(
        Dictionary<string, string?> settings, string commit, string reason, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            var options = HubApp.ReadOptions(settings);

            // First, so that nothing is accepted of which the log could not tell.
            var records = await CommandRecords.OpenAsync(options, cancellation);
            using var repository = await LibrarySource.OpenAsync(options.Location(), options.Git(), cancellation);
            var (from, to) = await AcceptedHistory.AcceptAsync(
                repository, options.DataFolder(), commit, reason, TimeProvider.System.GetUtcNow(), cancellation);
            await TellAsync(records, from.Hex, to.Hex, reason, cancellation);
            await output.WriteLineAsync($"Accepted: {to} takes the place of {from} from the next start on.");
            return 0;
        }
        catch (Exception refused) when (refused is StartRefusedException or GitException or RecordsUnusableException)
        {
            await error.WriteLineAsync("Not accepted. " + refused.Message);
            return 1;
        }
    }

    private static async Task TellAsync(RecordsFactory records, string from, string to, string reason, CancellationToken cancellation)
    {
        using var log = new AuditLog(records, TimeProvider.System);
        await log.AppendAsync(
            new AuditEvent
            {
                Kind = AuditKind.RewrittenHistory,
                Who = AuditActor.CommandLine with { Name = Environment.UserName },
                What = "accepted",
                Commit = to,
                Details = AuditFields.Of(("from", from)),
                Personal = AuditFields.Of((AuditFields.Reason, reason)),
            },
            cancellation);
    }
}
