using System.Diagnostics;
using System.IO.Compression;
using PolicyHub.Testing;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.Tests.CommandLine;

/// <summary><c>dotnet publish</c> and <c>dotnet pack</c> give a program that runs anywhere with its library, themes and styles. In the long run only.</summary>
public sealed class PackageTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Publish_StartedElsewhere_ServesLibraryThemeAndStyles()
    {
        Assert.SkipUnless(LongRun.IsWanted, "Publishing takes half a minute: tests/run.sh --long.");
        await DotNetAsync("publish", Project(), "-c", "Release", "-o", folder["published"]);

        await AssertServesAsync(folder["published/policyhub.dll"]);
    }

    [Fact]
    public async Task Pack_InstalledAsATool_ServesLibraryThemeAndStyles()
    {
        Assert.SkipUnless(LongRun.IsWanted, "Packing takes half a minute: tests/run.sh --long.");
        await DotNetAsync("pack", Project(), "-c", "Release", "-o", folder["packed"]);
        var package = Assert.Single(Directory.GetFiles(folder["packed"]));
        await using (var zip = await ZipFile.OpenReadAsync(package))
        {
            var carried = zip.Entries.Count(entry => entry.FullName.StartsWith("tools/net10.0/any/content/", StringComparison.Ordinal));
            Assert.Equal(Directory.GetFiles(HubFolders.Starter, "*", SearchOption.AllDirectories).Length, carried);
        }

        folder.Write("nuget.config", $"<configuration><packageSources><clear/><add key=\"packed\" value=\"{folder["packed"]}\"/></packageSources></configuration>");
        await DotNetAsync("tool", "install", "PolicyHub", "--tool-path", folder["tools"], "--configfile", folder["nuget.config"]);

        await AssertServesAsync(Assert.Single(Directory.GetFiles(folder["tools"], "policyhub.dll", SearchOption.AllDirectories)));
    }

    public void Dispose() => folder.Dispose();

    private static string Project() => Path.Combine(HubFolders.Root, "src", "PolicyHub.Web");

    private async Task AssertServesAsync(string program)
    {
        var elsewhere = Directory.CreateDirectory(folder["elsewhere"]).FullName;
        await using var process = PolicyHubProcess.Start(["--data", folder["data"], "--urls", "http://127.0.0.1:0"], folder: elsewhere, program: program);
        using var client = new HttpClient { BaseAddress = await process.ListeningAsync() };
        using var home = await RunningSite.ParseAsync(await client.GetAsync(new Uri("/", UriKind.Relative)));
        var styles = home.QuerySelectorAll("link[rel=stylesheet]").Select(link => link.GetAttribute("href")!).ToList();

        Assert.Contains(styles, style => style.StartsWith("/theme/", StringComparison.Ordinal));
        Assert.True(styles.Count > 2);
        foreach (var address in styles.Append("/docs/facts"))
        {
            Assert.NotEqual("", await client.GetStringAsync(new Uri(address, UriKind.Relative)));
        }

        Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
    }

    private async Task DotNetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder.Path, UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // A build node that outlives the build would hold the output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, await output);
    }
}
