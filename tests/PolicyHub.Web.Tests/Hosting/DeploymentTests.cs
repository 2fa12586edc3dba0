using System.Diagnostics;
using PolicyHub.Testing;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.Tests.Hosting;

/// <summary>What stands in <c>src/deploy</c> fits the program: by what the files say and, where it is installed, by systemd's own judgement.</summary>
public sealed class DeploymentTests
{
    private static readonly string Deploy = Path.Combine(HubFolders.Root, "src", "deploy");

    [Fact]
    public void Service_HasTheHardeningSwitches()
    {
        var settings = File.ReadLines(Path.Combine(Deploy, "policyhub.service")).Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#')).ToList();

        Assert.Superset(
            new HashSet<string>
            {
                "DynamicUser=yes", "StateDirectory=policyhub", "StateDirectoryMode=0700", "UMask=0077", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "ProtectSystem=strict", "ProtectHome=yes",
                "PrivateTmp=yes", "PrivateDevices=yes", "ProtectKernelModules=yes", "RestrictNamespaces=yes", "RestrictSUIDSGID=yes", "LockPersonality=yes", "SystemCallFilter=@system-service",
            },
            settings.ToHashSet());
        Assert.DoesNotContain(settings, line => line.StartsWith("User=", StringComparison.Ordinal) || line.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Service_BySystemdItself_IsValidAndLittleExposed()
    {
        if (!File.Exists("/usr/bin/systemd-analyze"))
        {
            Assert.Skip("systemd-analyze is not installed; what the file says is tested above.");
        }

        using var folder = new TemporaryFolder();
        var unit = (await File.ReadAllTextAsync(Path.Combine(Deploy, "policyhub.service"), TestContext.Current.CancellationToken)).Replace("/usr/bin/dotnet /opt/policyhub/policyhub.dll", "/bin/true", StringComparison.Ordinal);
        folder.Write("policyhub.service", unit);

        Assert.Equal((0, ""), await RunAsync("verify", folder["policyhub.service"]));

        // Of 100: the lower the better. The runtime writes code as it runs, and the site is reached over the network.
        var (exit, told) = await RunAsync("security", "--offline=yes", "--threshold=20", folder["policyhub.service"]);
        Assert.True(exit == 0, told);
    }

    [Fact]
    public void Dockerfile_BuildsWhatIsThereAndRunsAsNobody()
    {
        var lines = File.ReadAllLines(Path.Combine(Deploy, "Dockerfile"));
        var last = Array.FindLastIndex(lines, line => line.StartsWith("FROM ", StringComparison.Ordinal));

        Assert.All(lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)), line => Assert.StartsWith("FROM mcr.microsoft.com/dotnet/", line, StringComparison.Ordinal));
        Assert.Equal("USER $APP_UID", Assert.Single(lines[last..], line => line.StartsWith("USER ", StringComparison.Ordinal)));
        Assert.Contains("VOLUME /data", lines[last..]);
        Assert.DoesNotContain(lines, line => line.StartsWith("ADD ", StringComparison.Ordinal));
        var copied = lines[..last].Where(line => line.StartsWith("COPY ", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')[1..^1]).ToList();
        Assert.All(copied, path => Assert.True(Path.Exists(Path.Combine(HubFolders.Root, path)), path));

        // The restore sees every project that the site is made of.
        var projects = Directory.EnumerateFiles(Path.Combine(HubFolders.Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(HubFolders.Root, file));
        Assert.Superset(projects.ToHashSet(), copied.ToHashSet());
    }

    private static async Task<(int Exit, string Told)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/systemd-analyze") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, await error + (process.ExitCode == 0 ? "" : await output));
    }
}
