using System.CommandLine;

namespace PolicyHub.Web.CommandLine;

/// <summary><c>policyhub preview FOLDER</c>: a plain folder as it is on disk, refreshed on save.</summary>
internal static class PreviewCommand
{
    private static readonly Argument<DirectoryInfo> Folder = new("folder") { Description = "The folder to show." };

    private static readonly Option<string?> Urls = new("--urls") { Description = "Where to listen; loopback only." };

    public static Command Create(TextWriter error)
    {
        var command = new Command("preview", "Show a plain folder as it is on disk, refreshed on save and marked as a preview.") { Folder, Urls };
        command.SetAction((parsed, cancellation) => ServeCommand.RunAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["PolicyHub:Preview"] = parsed.GetRequiredValue(Folder).FullName,
                ["urls"] = parsed.GetValue(Urls),
            },
            error,
            cancellation));
        return command;
    }
}
