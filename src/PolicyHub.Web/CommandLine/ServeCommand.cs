using System.CommandLine;
using System.Net.Sockets;
using PolicyHub.Content.Git;
using PolicyHub.Records.Storage;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.CommandLine;

/// <summary>What <c>policyhub</c> does alone: serve the library.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> Urls = new("--urls")
    {
        Description = "Where to listen (default: http://localhost:5000).",
    };

    public static void AddTo(RootCommand root, TextWriter error)
    {
        LibraryOptions.AddTo(root);
        root.Options.Add(Urls);
        root.SetAction((parsed, cancellation) =>
        {
            var settings = LibraryOptions.Settings(parsed);
            settings["urls"] = parsed.GetValue(Urls);
            return RunAsync(settings, error, cancellation);
        });
    }

    /// <summary>Starts the site with settings from a command line and runs it until it is told to stop.</summary>
    public static async Task<int> RunAsync(Dictionary<string, string?> settings, TextWriter error, CancellationToken cancellation)
    {
        // The command line waits for an end in good order only once it holds this task.
        await Task.Yield();
        var started = false;
        try
        {
            await using var app = HubApp.Build([], builder =>
            {
                builder.Configuration.AddInMemoryCollection(settings.Where(pair => pair.Value is not null));

                // Why a start failed is told once, below, and not before that as a stack trace by the framework.
                builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => started && level >= LogLevel.Information);
                builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", level => started && level >= LogLevel.Warning);
            });
            await app.StartAsync(cancellation);
            started = true;
            await app.WaitForShutdownAsync(cancellation);
            return 0;
        }
        catch (OperationCanceledException) when (!started)
        {
            // Told to stop while the library was still being read.
            return 0;
        }
        catch (Exception refused) when (!started && IsReason(refused))
        {
            await error.WriteLineAsync("PolicyHub did not start. " + refused.Message);
            return 1;
        }
    }

    /// <summary>Whether the message of a failure says all there is to say; any other is a defect, and its stack trace is needed.</summary>
    private static bool IsReason(Exception failure) =>
        failure is StartRefusedException or RecordsUnusableException or GitException or IOException or UnauthorizedAccessException or SocketException
        || failure.Source?.StartsWith("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal) == true;
}
