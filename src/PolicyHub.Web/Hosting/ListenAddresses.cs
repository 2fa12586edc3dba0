using System.Net;

namespace PolicyHub.Web.Hosting;

/// <summary>A site that lets everybody in, or anybody choose who they are, may be reached from this machine only.</summary>
public static class ListenAddresses
{
    private static readonly string[] AddressKeys = ["urls", "http_ports", "https_ports"];

    /// <exception cref="StartRefusedException">An address to listen on can be reached from other machines.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var key in AddressKeys[1..])
        {
            if (!string.IsNullOrWhiteSpace(configuration[key]))
            {
                throw Refused($"{key}={configuration[key]}");
            }
        }

        var urls = (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? ""));
        foreach (var url in urls)
        {
            if (!IsLoopback(url))
            {
                throw Refused(url);
            }
        }
    }

    /// <summary>Whether an address to listen on is of this machine alone; <c>http://*:80</c> and a name that is not <c>localhost</c> are not.</summary>
    public static bool IsLoopback(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            return false;
        }

        return string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }

    private static StartRefusedException Refused(string address) => new(
        $"PolicyHub does not listen on {address}: in Development and in a preview it serves this machine only. Use --urls http://127.0.0.1:5000 or another loopback address.");
}

/// <summary>The program does not start, for a reason that whoever runs it can mend; the message says how.</summary>
public sealed class StartRefusedException : Exception
{
    public StartRefusedException(string message)
        : base(message)
    {
    }

    public StartRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public StartRefusedException()
    {
    }
}
