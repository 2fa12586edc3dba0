using System.CommandLine;
using PolicyHub.Content.Git;
using PolicyHub.Records.Storage;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.CommandLine;

/// <summary>
/// <c>policyhub backup FOLDER</c> and <c>policyhub restore FOLDER</c>: all state in three steps, in this order: the records, what is
/// remembered of what was served, git. So no row of the records names a commit that the copy lacks; a commit that came in between is
/// in the copy and in no row, which is the same as a push that nobody has read yet.
/// </summary>
internal static class BackupCommand
{
    private const string RecordsFile = "records.db";
    private const string BundleFile = "library.bundle";
    private const string ServedFolder = "served";

    private static readonly Argument<string> To = new("folder") { Description = "Where to write; it must be empty or not there." };

    private static readonly Argument<string> From = new("folder") { Description = "What “policyhub backup” wrote." };

    private static readonly Option<bool> WithoutRecords = new("--without-records")
    {
        Description = "The records are in PostgreSQL and were copied just before this with pg_dump.",
    };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new Command("backup", "Copy all state while the site goes on: the records first, git last.") { To, WithoutRecords };
        LibraryOptions.AddTo(command);
        command.SetAction((parsed, cancellation) => TellAsync(
            "No backup made.", error, () => BackUpAsync(LibraryOptions.Settings(parsed), Path.GetFullPath(parsed.GetRequiredValue(To)), parsed.GetValue(WithoutRecords), output, cancellation)));
        return command;
    }

    public static Command CreateRestore(TextWriter output, TextWriter error)
    {
        var command = new Command("restore", "Put a backup into a data folder that holds nothing yet.") { From };
        LibraryOptions.AddTo(command);
        command.SetAction((parsed, cancellation) => TellAsync(
            "Nothing restored.", error, () => RestoreAsync(LibraryOptions.Settings(parsed), Path.GetFullPath(parsed.GetRequiredValue(From)), output, cancellation)));
        return command;
    }

    private static async Task BackUpAsync(Dictionary<string, string?> settings, string folder, bool withoutRecords, TextWriter output, CancellationToken cancellation)
    {
        var options = HubApp.ReadOptions(settings);
        var records = RecordsPlace.Of(options);
        if (records.Provider == RecordsProvider.PostgreSql && !withoutRecords)
        {
            throw new StartRefusedException("The records are in PostgreSQL: copy them first with “pg_dump --format=custom --file=records.dump DATABASE”, then run this with --without-records.");
        }

        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new StartRefusedException($"{folder} is not empty.");
        }

        // Records are about people: the copy is its owner's alone.
        MakeFolder(folder);
        if (!withoutRecords)
        {
            await RecordsBackup.WriteAsync(records, Path.Combine(folder, RecordsFile), cancellation);
        }

        CopyFolder(Path.Combine(options.DataFolder(), ServedFolder), Path.Combine(folder, ServedFolder));
        using var repository = await LibrarySource.OpenAsync(options.Location(), options.Git(), cancellation);
        await RepositoryBackup.WriteAsync(repository, Path.Combine(folder, BundleFile), cancellation);
        await output.WriteLineAsync($"{folder}: {(withoutRecords ? "" : "records, ")}library at {await repository.ReadHeadAsync(cancellation)}. Check it with “policyhub restore” into an empty --data folder.");
    }

    private static async Task RestoreAsync(Dictionary<string, string?> settings, string folder, TextWriter output, CancellationToken cancellation)
    {
        var options = HubApp.ReadOptions(settings);
        var data = options.DataFolder();
        var (copied, records) = (Path.Combine(folder, RecordsFile), Path.Combine(data, RecordsPlace.FileName));
        if (!File.Exists(Path.Combine(folder, BundleFile)))
        {
            throw new StartRefusedException($"{folder} holds no {BundleFile}.");
        }

        if (File.Exists(records))
        {
            throw new StartRefusedException($"{records} is there already; restore into a folder that holds no records.");
        }

        if (File.Exists(copied))
        {
            await RecordsBackup.CheckAsync(copied, cancellation);
        }

        await RepositoryBackup.RestoreAsync(Path.Combine(folder, BundleFile), data, options.Git(), cancellation);
        CopyFolder(Path.Combine(folder, ServedFolder), Path.Combine(data, ServedFolder));
        if (File.Exists(copied))
        {
            File.Copy(copied, records);
        }

        await output.WriteLineAsync($"{data}: library{(File.Exists(copied) ? " and records" : "; the records are for pg_restore")}. Start PolicyHub with it.");
    }

    private static async Task<int> TellAsync(string failed, TextWriter error, Func<Task> act)
    {
        try
        {
            await act();
            return 0;
        }
        catch (Exception refused) when (refused is StartRefusedException or GitException or RecordsUnusableException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"{failed} {refused.Message}");
            return 1;
        }
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static void CopyFolder(string from, string to)
    {
        if (Directory.Exists(from))
        {
            MakeFolder(to);
            foreach (var file in Directory.EnumerateFiles(from))
            {
                File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
            }
        }
    }
}
