using System.CommandLine;
using System.Globalization;
using PolicyHub.Content.Evidence;
using PolicyHub.Content.Git;

namespace PolicyHub.Web.CommandLine;

/// <summary>
/// <c>policyhub verify FILE.zip --against REPO</c>: checks an evidence pack against a copy of the repository. <c>policyhub verify --log</c>: checks
/// the audit log against itself and against the heads of it that were kept elsewhere. <c>policyhub verify --approvals</c>: checks what was published
/// against what was approved. Exits with 1 where something does not match, and with 2
/// where nothing could be checked.
/// </summary>
internal static class VerifyCommand
{
    /// <summary>The exit code of a wrong command line, or of a file or copy that cannot be read.</summary>
    public const int BadUse = 2;

    private const string Name = "verify";

    private static readonly Argument<FileInfo?> Pack = new("file") { Description = "The evidence pack, a ZIP file.", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<string?> Against = new("--against")
    {
        Description = "A copy of the repository to compare with, best one that PolicyHub did not make: a folder or a bundle.",
    };

    private static readonly Option<bool> Log = new("--log") { Description = "Check the audit log: finds any row that was changed, removed, put in or moved, and says which." };

    private static readonly Option<bool> Approvals = new("--approvals") { Description = "Check every publication: whether what was approved is what was published, byte for byte, and whether the log confirms it." };

    private static readonly Option<string[]> Head = new("--head")
    {
        Description = "With --log: a head of the log that was kept elsewhere, as /audit shows it (number and hash); may be given again.",
    };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new Command(Name, "Check an evidence pack against a copy of the repository, the audit log, or the approvals; exits with 1 where something does not match.") { Pack, Against, Log, Approvals, Head };
        LibraryOptions.AddTo(command);
        command.Validators.Add(parsed =>
        {
            var (isLog, isApprovals, isPack) = (parsed.GetValue(Log), parsed.GetValue(Approvals), parsed.GetValue(Pack) is not null || parsed.GetValue(Against) is not null);
            if (new[] { isLog, isApprovals, isPack }.Count(asked => asked) != 1)
            {
                parsed.AddError("Say what to check: an evidence pack (FILE.zip --against REPO), the audit log (--log), or the approvals (--approvals).");
            }
            else if (isPack && (parsed.GetValue(Pack) is null || parsed.GetValue(Against) is null))
            {
                parsed.AddError("An evidence pack is checked against a copy of the repository: FILE.zip --against REPO.");
            }
        });
        command.SetAction((parsed, cancellation) => parsed.GetValue(Approvals)
            ? VerifyApprovals.RunAsync(LibraryOptions.Settings(parsed), output, error, cancellation)
            : parsed.GetValue(Log)
            ? VerifyLog.RunAsync(LibraryOptions.Settings(parsed), parsed.GetValue(Head) ?? [], output, error, cancellation)
            : RunAsync(parsed.GetValue(Pack)!, parsed.GetValue(Against)!, LibraryOptions.BranchOf(parsed), output, error, cancellation));
        return command;
    }

    /// <summary>Whether this command was called wrongly.</summary>
    public static bool IsMisused(ParseResult parsed) => parsed.Errors.Count > 0 && parsed.CommandResult.Command.Name == Name;

    private static async Task<int> RunAsync(
        FileInfo file, string against, string? branch, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        // Only a bundle is unpacked there; the pack itself never touches the disk.
        var scratch = Directory.CreateTempSubdirectory("policyhub-verify-");
        LibraryRepository? copy = null;
        try
        {
            await using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read);
            var report = await PackVerifier.VerifyAsync(
                stream,
                async (folder, token) => copy = await LibrarySource.OpenCopyAsync(against, branch, folder, scratch.FullName, GitSettings.Default, token),
                cancellation);
            await PrintAsync(report, file, against, output);
            return report.IsProved ? 0 : 1;
        }
        catch (Exception refused) when (refused is GitException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync("Not checked. " + refused.Message);
            return BadUse;
        }
        finally
        {
            copy?.Dispose();
            scratch.Delete(recursive: true);
        }
    }

    private static async Task PrintAsync(VerifyReport report, FileInfo file, string against, TextWriter output)
    {
        foreach (var mismatch in report.Mismatches)
        {
            await output.WriteLineAsync("Does not match: " + mismatch);
        }

        foreach (var remark in report.Remarks)
        {
            await output.WriteLineAsync("Note: " + remark);
        }

        if (report is { IsProved: true, List: { } list })
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"Proved: {list.Documents.Length} documents and {list.Attachments.Length} attachments of {file.Name}, as of {list.At:yyyy-MM-dd HH:mm:ss zzz}, are those of {against}."));
            await output.WriteLineAsync($"The head of the pack, {list.Head.Commit}, is on its published line.");
        }
        else
        {
            await output.WriteLineAsync($"Not proved: {file.Name} is not what {against} says.");
        }
    }
}
