using System.Net;
using System.Net.Mail;
using System.Threading.Channels;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.Mail;

/// <summary>
/// Sends e-mail behind what people do: <see cref="Send"/> takes a mail and returns at once. What can't be delivered is tried again a few times
/// and then given up with a line in the log; whatever it tells of stands in the site as well. What waits when the process ends is lost.
/// </summary>
public sealed partial class MailPost(MailOptions options, TimeProvider time, ILogger<MailPost> log) : BackgroundService
{
    /// <summary>Mails that may wait; more are let go, so that a server that is away fills no memory.</summary>
    private const int MostWaiting = 1000;

    private static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    private readonly Channel<HubMail> waiting = Channel.CreateBounded<HubMail>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    public bool IsOn => options.IsOn;

    /// <summary>An address of ours as it stands in a mail.</summary>
    public string Link(string path) => options.Site is { Length: > 0 } site ? site.TrimEnd('/') + path : path;

    /// <summary>Takes a mail to be sent; never waits and never fails. Nothing happens where no server is set.</summary>
    public void Send(HubMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (IsOn && !waiting.Writer.TryWrite(mail))
        {
            log.LogWarning("An e-mail was let go: {Count} wait for the server {Host}.", MostWaiting, options.Host);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var mail in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            await DeliverAsync(mail, stoppingToken);
        }
    }

    private async Task DeliverAsync(HubMail mail, CancellationToken cancellation)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await TryAsync(mail, cancellation);
                return;
            }
            catch (Exception failure) when (failure is SmtpException or IOException or UnauthorizedAccessException or FormatException or OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                // Neither the address nor the subject: both can be about a person.
                if (tries == Waits.Length || failure is FormatException)
                {
                    Log.GivenUp(log, options.Host, Reason(failure));
                    return;
                }

                Log.TriedAgain(log, options.Host, Reason(failure));
                await Task.Delay(Waits[tries], time, cancellation);
            }
        }
    }

    private async Task TryAsync(HubMail mail, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(LongestSend, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.Tls };
        if (options is { User: { Length: > 0 } user, PasswordFile: { Length: > 0 } file })
        {
            client.Credentials = new NetworkCredential(user, (await File.ReadAllTextAsync(HubFolders.Absolute(file), either.Token)).Trim());
        }

        using var message = new MailMessage(options.From!, mail.To, OneLine(mail.Subject), mail.Text);

        // A holiday answer would come back to a machine.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        await client.SendMailAsync(message, either.Token).WaitAsync(either.Token);
    }

    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();

    private static string Reason(Exception failure) => failure is OperationCanceledException ? "it took too long" : (failure.InnerException ?? failure).Message;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An e-mail could not be delivered to the server {Host} and is given up: {Reason}")]
        public static partial void GivenUp(ILogger logger, string? host, string reason);

        [LoggerMessage(2, LogLevel.Warning, "An e-mail could not be delivered to the server {Host} and is tried again: {Reason}")]
        public static partial void TriedAgain(ILogger logger, string? host, string reason);
    }
}
