using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using PolicyHub.Content;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Evidence;
using PolicyHub.Content.Git;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Storage;
using PolicyHub.Web.Hosting;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.CommandLine;

/// <summary><c>policyhub evidence [PATH]</c>: writes a pack that proves what a document, or all that was in effect, said on a date.</summary>
internal static class EvidenceCommand
{
    private static readonly Argument<string?> Document = new("path")
    {
        Description = "The document: its path, with or without .md, or its number (default: everything in effect).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Version = new("--version") { Description = "A version of the document by its label, such as 2 or 2.1." };

    private static readonly Option<DeclaredMoment?> On = new("--on")
    {
        Description = "As it stood on a date, such as 2026-03-03 (default: now).",
        CustomParser = result =>
        {
            if (DeclaredMoment.TryParse(result.Tokens.Single().Value, out var moment))
            {
                return moment;
            }

            result.AddError($"“{result.Tokens.Single().Value}” is no date; write it as 2026-03-03.");
            return null;
        },
    };

    private static readonly Option<FileInfo?> Output = new("--output", "-o") { Description = "The file to write (default: one named after what is in it, here)." };

    private static readonly Option<string[]> Access = new("--access")
    {
        Description = "An access label; the pack then also holds what carries it (default: only what everybody may read). May be given several times.",
        DefaultValueFactory = _ => [],
    };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new Command("evidence", "Write a ZIP file that proves what a document, or everything in effect, said on a date.") { Document, Version, On, Output, Access };
        LibraryOptions.AddTo(command);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(Version) is not null && (parsed.GetValue(Document) is null || parsed.GetResult(On) is not null))
            {
                parsed.AddError("--version goes with a document, and not with --on.");
            }
        });
        command.SetAction((parsed, cancellation) => RunAsync(parsed, output, error, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            var options = HubApp.ReadOptions(LibraryOptions.Settings(parsed));
            if (options.Library is { Length: > 0 } folder && Directory.Exists(folder) && !RepositoryFolder.IsAt(folder))
            {
                throw new StartRefusedException($"{folder} is a plain folder: it has no history that could prove anything.");
            }

            var now = TimeProvider.System.GetUtcNow();
            using var repository = await LibrarySource.OpenAsync(options.Location(), options.Git(), cancellation);
            var reading = await new ServedCatalogue(repository, options.DataFolder(), HoldBackRule.Of(options, repository)).ReadAsync(previous: null, now, cancellation);
            var builder = new EditionBuilder(repository.Blobs);
            var today = await builder.BuildAsync(reading.Catalogue, now, previous: null, isPreview: false, cancellation);
            var planner = new EvidencePlanner(
                repository,
                today,
                (instant, token) => builder.BuildAsync(today, PointInTime.On(instant), [today], token),
                new Reader(parsed.GetValue(Access) ?? []),
                now);
            var answer = await planner.PlanAsync(new EvidenceRequest(parsed.GetValue(Document), parsed.GetValue(Version), parsed.GetValue(On)), cancellation);
            if (answer is EvidenceAnswer.Refused refused)
            {
                await error.WriteLineAsync("No evidence written. " + Sentence(refused, parsed.GetValue(Document), parsed.GetValue(Version), today));
                return 1;
            }

            var pack = ((EvidenceAnswer.Planned)answer).Pack;
            var file = parsed.GetValue(Output)?.FullName ?? Path.GetFullPath(pack.FileName);
            await TellAsync(options, parsed.GetValue(Document) ?? "", today.Head.Hex, pack.FileName, parsed.GetValue(Access) ?? [], cancellation);
            await WriteAsync(pack, repository, file, cancellation);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{file}: {Count(pack.List.Documents.Length, "document")}, {Count(pack.List.Attachments.Length, "attachment")}, as of {TimeZoneInfo.ConvertTime(pack.List.At, pack.Edition.Settings.Zone):yyyy-MM-dd HH:mm:ss zzz}, head {pack.List.Head.Commit}."));
            return 0;
        }
        catch (Exception refused) when (refused is StartRefusedException or GitException or RecordsUnusableException or DbException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync("No evidence written. " + refused.Message);
            return 1;
        }
    }

    /// <summary>Tells the audit log, where there is one, before anything is written; a copy of a library with no records of a site has none to tell.</summary>
    private static async Task TellAsync(HubOptions options, string document, string commit, string file, string[] access, CancellationToken cancellation)
    {
        if (CommandRecords.Find(options) is null)
        {
            return;
        }

        using var log = new AuditLog(await CommandRecords.OpenAsync(options, cancellation), TimeProvider.System);
        await log.AppendAsync(
            new AuditEvent
            {
                Kind = AuditKind.Evidence,
                Who = AuditActor.CommandLine with { Name = Environment.UserName },
                What = "pack",
                Subject = document,
                Commit = commit,
                Details = AuditFields.Of(access.Length == 0 ? [("file", file)] : [("access", string.Join(", ", access)), ("file", file)]),
            },
            cancellation);
    }

    /// <summary>Aside and renamed, so that a pack is there whole or not at all.</summary>
    private static async Task WriteAsync(EvidencePack pack, LibraryRepository repository, string file, CancellationToken cancellation)
    {
        var temporary = file + ".tmp";
        try
        {
            await using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await PackWriter.WriteAsync(pack, repository, stream, cancellation);
            }

            File.Move(temporary, file, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static string Sentence(EvidenceAnswer.Refused refused, string? document, string? version, Edition today) => refused.Reason switch
    {
        EvidenceRefusal.NoDocument => $"There is no document “{document}” in the history of the library. Give its path, as in the repository, or its number.",
        EvidenceRefusal.NoVersion => $"“{refused.Title}” has no version {version}.",
        EvidenceRefusal.NoText => $"Version {version} of “{refused.Title}” says that it was withdrawn: it has no text. Ask for the version before.",
        EvidenceRefusal.NotThen when refused.Starts is { } starts =>
            string.Create(CultureInfo.InvariantCulture, $"“{refused.Title}” was not in effect then; it began on {TimeZoneInfo.ConvertTime(starts, today.Settings.Zone):yyyy-MM-dd HH:mm zzz}."),
        EvidenceRefusal.NotThen => $"“{refused.Title}” was not in effect then. Ask for another date, or for a version with --version.",
        _ => "Nothing was in effect then.",
    };

    private static string Count(int count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");
}
