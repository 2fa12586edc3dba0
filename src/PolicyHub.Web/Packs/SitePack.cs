using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using PolicyHub.Web.Refresh;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Packs;

/// <summary>Makes packs of a site that runs, by asking it for its pages as a reader does.</summary>
public sealed class SitePack(IServer server, CurrentEdition current, OwnRequests own, TimeProvider time)
{
    /// <summary>Writes what is in effect now to a folder.</summary>
    /// <param name="days">After so many days the pack says that it is not to be used.</param>
    /// <returns>How many files it has.</returns>
    /// <exception cref="IOException">The folder cannot be written, or holds something else.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    /// <exception cref="InvalidOperationException">A page cannot be had.</exception>
    /// <exception cref="HttpRequestException">The site does not answer.</exception>
    public async Task<int> WriteAsync(string folder, int days, CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = Own(), Timeout = TimeSpan.FromMinutes(1) };
        client.DefaultRequestHeaders.Add(OwnRequests.Header, own.Key);
        var now = time.GetUtcNow();

        // To the second, as addresses have it.
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        var maker = new PackMaker(current.Value, now, days, async address =>
        {
            using var response = await client.GetAsync(new Uri(address, UriKind.Relative), cancellation);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsByteArrayAsync(cancellation) : null;
        });
        var files = await maker.MakeAsync();
        PackFolder.Write(folder, files);
        return files.Count;
    }

    /// <summary>Where this site listens, as seen from this machine.</summary>
    private Uri Own()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? throw new InvalidOperationException("The site does not listen yet.");
        var site = new UriBuilder(address.Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal));
        site.Host = IPAddress.TryParse(site.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)) ? "localhost" : site.Host;
        return site.Uri;
    }
}
