using System.CommandLine;
using System.Globalization;
using PolicyHub.Content.Git;
using PolicyHub.Web.Hosting;
using PolicyHub.Web.Packs;

namespace PolicyHub.Web.CommandLine;

/// <summary><c>policyhub pack</c>: everything in effect as a folder that works without a server.</summary>
internal static class PackCommand
{
    private static readonly Option<string> Output = new("--output", "-o") { Description = "The folder to write; one that holds a pack is replaced, any other must be empty or not there.", Required = true };

    private static readonly Option<int> Days = new("--days") { Description = "After so many days the pack covers itself with a warning (1 to 365).", DefaultValueFactory = _ => 7 };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new Command("pack", "Write everything in effect as a folder that works without a server, for when the network is down.") { Output, Days };
        LibraryOptions.AddTo(command);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetResult(Days) is { Implicit: false } && parsed.GetValue(Days) is < 1 or > 365)
            {
                parsed.AddError("--days is a number from 1 to 365.");
            }
        });
        command.SetAction((parsed, cancellation) => RunAsync(parsed, output, error, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var folder = Path.GetFullPath(parsed.GetRequiredValue(Output));
        try
        {
            // The pages are the site's own, so the site runs for as long as it takes, on a port that the system chooses.
            var settings = LibraryOptions.Settings(parsed);
            settings["urls"] = "http://127.0.0.1:0";
            if (settings.GetValueOrDefault("PolicyHub:Library") is { } library && Directory.Exists(library) && !RepositoryFolder.IsAt(library))
            {
                settings["PolicyHub:Preview"] = library;
            }

            await using var app = HubApp.Build([], builder =>
            {
                builder.Configuration.AddInMemoryCollection(settings);
                builder.Configuration.AddInMemoryCollection([new("PolicyHub:Pack:Folder", "")]);
                builder.Logging.ClearProviders();
            },
            HubPurpose.Pack);
            await app.StartAsync(cancellation);
            var files = await app.Services.GetRequiredService<SitePack>().WriteAsync(folder, parsed.GetValue(Days), cancellation);
            await app.StopAsync(cancellation);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Path.Combine(folder, "index.html")}: {files} files, not to be used after {parsed.GetValue(Days)} days."));
            return 0;
        }
        catch (Exception refused) when (refused is StartRefusedException or GitException or IOException or UnauthorizedAccessException or InvalidOperationException or HttpRequestException)
        {
            await error.WriteLineAsync("No pack written. " + refused.Message);
            return 1;
        }
    }
}
