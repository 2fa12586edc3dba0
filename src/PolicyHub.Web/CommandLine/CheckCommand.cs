using System.CommandLine;
using PolicyHub.Content.Checking;
using PolicyHub.Content.Problems;

namespace PolicyHub.Web.CommandLine;

/// <summary><c>policyhub check [PATH]</c>: everything that is wrong with the files of a library, search contracts that do not hold included, without git.</summary>
internal static class CheckCommand
{
    private static readonly Argument<DirectoryInfo> Folder = new("path")
    {
        Description = "The folder of the library (default: the current one).",
        DefaultValueFactory = _ => new DirectoryInfo("."),
    };

    private static readonly Option<string> Format = new("--format")
    {
        Description = "plain for people, json for programs, github for annotations on a code host.",
        DefaultValueFactory = _ => "plain",
    };

    public static Command Create(TextWriter output, TextWriter error)
    {
        Format.AcceptOnlyFromAmong("plain", "json", "github");
        var command = new Command("check", "List what is wrong with the files of a library; exits with 1 on an error.") { Folder, Format };
        command.SetAction((parsed, cancellation) =>
            RunAsync(parsed.GetRequiredValue(Folder), parsed.GetRequiredValue(Format), output, error, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        DirectoryInfo folder, string format, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (!folder.Exists)
        {
            await error.WriteLineAsync($"The folder {folder.FullName} does not exist.");
            return 1;
        }

        var edition = await LibraryReading.OfFolderAsync(folder.FullName, TimeProvider.System.GetUtcNow(), cancellation);
        var problems = LibraryCheck.InOrder(edition.Problems.Concat(edition.RunContracts(Environment.ProcessorCount, cancellation)));
        await output.WriteAsync(format switch
        {
            "json" => ProblemPrinter.Json(problems),
            "github" => ProblemPrinter.GitHub(problems),
            _ => ProblemPrinter.Plain(problems),
        });
        return ProblemPrinter.IsFailure(problems) ? 1 : 0;
    }
}
