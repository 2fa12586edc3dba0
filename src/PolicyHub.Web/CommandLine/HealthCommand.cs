using System.CommandLine;

namespace PolicyHub.Web.CommandLine;

/// <summary><c>policyhub health</c>: asks the site that runs on this machine, for a container or a monitor that has nothing else to ask with.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private static readonly Option<string> Site = new("--site") { Description = "The site.", DefaultValueFactory = _ => "http://127.0.0.1:8080" };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new Command("health", "Ask the site on this machine whether it can serve, and why not; exits 1 when it can't.") { Site };
        command.SetAction((parsed, cancellation) => AskAsync(parsed.GetRequiredValue(Site), output, error, cancellation));
        return command;
    }

    private static async Task<int> AskAsync(string site, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Patience };
            using var answer = await client.GetAsync(new Uri(new Uri(site), "/health/ready"), cancellation);
            await output.WriteLineAsync(await answer.Content.ReadAsStringAsync(cancellation));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or UriFormatException)
        {
            await error.WriteLineAsync("No answer. " + failure.Message);
            return 1;
        }
    }
}
