using System.CommandLine;

namespace PolicyHub.Web.CommandLine;

/// <summary>The command <c>policyhub</c>: alone it serves; its subcommands preview, check, search, import, library, evidence, pack, verify, users, backup, restore, health and records-request.</summary>
public static class PolicyHubCommand
{
    /// <summary>Runs one command line; the exit code is 0 for success, 1 for errors found in content, a search that finds nothing or a start refused, and more for a wrong command line.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("PolicyHub serves a library of policies from git.")
        {
            PreviewCommand.Create(error),
            CheckCommand.Create(output, error),
            SearchCommand.Create(output, error),
            ImportCommand.Create(output, error),
            LibraryCommand.Create(output, error),
            EvidenceCommand.Create(output, error),
            PackCommand.Create(output, error),
            VerifyCommand.Create(output, error),
            UsersCommand.Create(output, error),
            BackupCommand.Create(output, error),
            BackupCommand.CreateRestore(output, error),
            HealthCommand.Create(output, error),
            RecordsRequestCommand.Create(output, error),
        };
        ServeCommand.AddTo(root, error);
        var parsed = root.Parse(args);
        var exit = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return VerifyCommand.IsMisused(parsed) ? VerifyCommand.BadUse : exit;
    }
}
