using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Retention;
using PolicyHub.Records.Storage;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.CommandLine;

/// <summary><c>policyhub records-request FILE.zip --topic WORDS --from DAY --until DAY</c>: all records about a topic or of some days, in one file.</summary>
internal static class RecordsRequestCommand
{
    private static readonly Argument<FileInfo> To = new("file") { Description = "The ZIP to write; it must not be there yet." };

    private static readonly Option<string?> Topic = new("--topic") { Description = "Only records that hold these words, whatever their case." };

    private static readonly Option<string?> From = new("--from") { Description = "Only records from this day on (2026-01-31), in UTC." };

    private static readonly Option<string?> Until = new("--until") { Description = "Only records up to this day, with it, in UTC." };

    private static readonly Option<bool> WithOwnersAlone = new("--with-personal-lists")
    {
        Description = "Also pins and pages opened lately, which are for each person alone. Only where the law asks for them.",
    };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new Command("records-request", "Write all records about a topic or of some days to a ZIP, with a list of what is in it.") { To, Topic, From, Until, WithOwnersAlone };
        LibraryOptions.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(parsed, output, error, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            var asked = new RecordsAsked
            {
                Topic = parsed.GetValue(Topic)?.Trim() ?? "",
                From = Day(parsed.GetValue(From)),
                Until = Day(parsed.GetValue(Until))?.AddDays(1),
                WithOwnersAlone = parsed.GetValue(WithOwnersAlone),
            };
            var records = await CommandRecords.OpenAsync(HubApp.ReadOptions(LibraryOptions.Settings(parsed)), cancellation);
            using var log = new AuditLog(records, TimeProvider.System);
            await log.AppendAsync(
                new AuditEvent
                {
                    Kind = AuditKind.Export,
                    Who = AuditActor.CommandLine,
                    What = "records-request",
                    Details = AuditFields.Of(("from", parsed.GetValue(From) ?? ""), ("personal-lists", asked.WithOwnersAlone ? "yes" : "no"), ("until", parsed.GetValue(Until) ?? "")),
                    Personal = AuditFields.Of(("topic", asked.Topic)),
                },
                cancellation);
            var file = parsed.GetRequiredValue(To);
            await using var stream = new FileStream(file.FullName, FileMode.CreateNew, FileAccess.ReadWrite);
            var files = await new RecordsRequest(records, TimeProvider.System).WriteAsync(stream, asked, "command line", cancellation);
            foreach (var one in files)
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{one.Rows,8}  {one.File}"));
            }

            return 0;
        }
        catch (Exception refused) when (refused is StartRefusedException or RecordsUnusableException or DbException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync("Not written. " + refused.Message);
            return 1;
        }
    }

    private static DateTimeOffset? Day(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day
        : throw new StartRefusedException($"“{text}” is no day. Write it like 2026-01-31.");
}
