using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.Tests.SignIn.Oidc;

/// <summary>The npm package oidc-provider on a port of this machine, in a process of its own.</summary>
internal sealed class RealProvider : IAsyncDisposable
{
    public const string ClientId = "policyhub";
    public const string Secret = "a-secret-of-the-client-for-tests-only";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Folder = Path.Combine(HubFolders.Root, "tests", "oidc-provider");

    private readonly Process process;

    private RealProvider(Process process) => this.process = process;

    /// <summary>A port that nobody uses now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <param name="site">The site that people sign in to.</param>
    /// <param name="algorithm">How ID tokens are signed; the key is new each time.</param>
    /// <param name="isThin">Whether claims are told by userinfo only.</param>
    public static async Task<RealProvider> StartAsync(int port, Uri site, string algorithm = "RS256", bool isThin = false)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            throw new InvalidOperationException("The provider is not installed. Run: npm ci --prefix tests/oidc-provider (tests/run.sh does).");
        }

        var start = new ProcessStartInfo("node") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder };
        foreach (var argument in new[] { "provider.mjs", $"{port}", site.GetLeftPart(UriPartial.Authority), algorithm, isThin ? "thin" : "" })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["CLIENT_SECRET"] = Secret;
        var started = Process.Start(start)!;
        var said = started.StandardError.ReadToEndAsync();
        if (await started.StandardOutput.ReadLineAsync().WaitAsync(Patience) != "ready")
        {
            throw new InvalidOperationException($"The provider did not start: {await said}");
        }

        _ = started.StandardOutput.ReadToEndAsync();
        return new RealProvider(started);
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.Dispose();
    }
}
