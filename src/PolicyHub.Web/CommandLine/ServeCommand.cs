using System.CommandLine;
using Microsoft.Extensions.Options;
using PolicyHub.Content.Git;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.CommandLine;

/// <summary>What <c>policyhub</c> does alone: serve the library.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Folder of all state (default: data beside PolicyHub.sln, else beside the program).",
    };

    private static readonly Option<string?> Library = new("--library")
    {
        Description = "Serve another library: a local repository, a bundle, or the address of a remote (https, ssh).",
    };

    private static readonly Option<string?> Branch = new("--branch")
    {
        Description = "The published branch (default: HEAD, else main, master or the only branch).",
    };

    private static readonly Option<string?> Folder = new("--folder")
    {
        Description = "The folder of the repository that is the library (default: all of it).",
    };

    private static readonly Option<string?> Urls = new("--urls")
    {
        Description = "Where to listen (default: http://127.0.0.1:5000). Loopback only until sign-in exists.",
    };

    public static void AddTo(RootCommand root, TextWriter error)
    {
        foreach (var option in new[] { Data, Library, Branch, Folder, Urls })
        {
            root.Options.Add(option);
        }

        root.SetAction((parsed, cancellation) => RunAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["PolicyHub:Data"] = AbsoluteIfGiven(parsed.GetValue(Data)),
                ["PolicyHub:Library"] = LocalOrAddress(parsed.GetValue(Library)),
                ["PolicyHub:Branch"] = parsed.GetValue(Branch),
                ["PolicyHub:Folder"] = parsed.GetValue(Folder),
                ["urls"] = parsed.GetValue(Urls),
            },
            error,
            cancellation));
    }

    /// <summary>Starts the site with settings from a command line and runs it until it is told to stop.</summary>
    public static async Task<int> RunAsync(Dictionary<string, string?> settings, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            await using var app = HubApp.Build([], builder => builder.Configuration.AddInMemoryCollection(
                settings.Where(pair => pair.Value is not null)));
            await app.StartAsync(cancellation);
            await app.WaitForShutdownAsync(cancellation);
            return 0;
        }
        catch (Exception refused) when (refused is StartRefusedException or GitException or OptionsValidationException or DirectoryNotFoundException or IOException)
        {
            await error.WriteLineAsync("PolicyHub did not start. " + refused.Message);
            return 1;
        }
    }

    /// <summary>A path typed on a command line counts from where it was typed.</summary>
    private static string? AbsoluteIfGiven(string? path) => path is null ? null : Path.GetFullPath(path);

    private static string? LocalOrAddress(string? library) =>
        library is not null && (Directory.Exists(library) || File.Exists(library)) ? Path.GetFullPath(library) : library;
}
