using System.Net.Mail;
using System.Security.Cryptography;
using PolicyHub.Records.Mails;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.Mail;

/// <summary>
/// Delivers e-mail that waits among the records. Each is held by one process at a time. What can't be delivered is tried again after growing pauses, for two days, and then given up
/// with a line in the log and a row of the audit log; whatever it tells of stands in the site as well. A mail can come twice where a process was killed between the server's yes and ours:
/// both have the same Message-ID.
/// </summary>
internal sealed partial class MailRound(MailOptions options, MailBook book, MailRoundSignal signal, IHostApplicationLifetime host, TimeProvider time, ILogger<MailRound> log) : BackgroundService
{
    /// <summary>What other processes took in, and what is due again, is looked for this often.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(30);

    /// <summary>Mails of one turn; the others come with the next.</summary>
    private const int MostOfOneTurn = 200;

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6),
        TimeSpan.FromHours(12), TimeSpan.FromHours(24),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.IsOn)
        {
            return;
        }

        // What serves the first pages goes before.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = host.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        for (; ; await signal.WaitAsync(Look, time, stoppingToken))
        {
            try
            {
                await TurnAsync(stoppingToken);
            }
            catch (Exception away) when (away is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                Log.NotLookedAt(log, away.Message);
            }
        }
    }

    private async Task TurnAsync(CancellationToken cancellation)
    {
        for (var count = 0; count < MostOfOneTurn && await book.TakeAsync(cancellation) is { } mail; count++)
        {
            if (await TryAsync(mail, cancellation) is not { } failure)
            {
                signal.Failure = null;
                await book.DeliveredAsync(mail, CancellationToken.None);
            }
            else if (!await AfterAsync(mail, failure, cancellation))
            {
                return;
            }
        }
    }

    /// <returns>Whether another mail is worth a try.</returns>
    private async Task<bool> AfterAsync(WaitingMail mail, MailFailure failure, CancellationToken cancellation)
    {
        signal.Failure = failure.Fault == MailFault.Server ? $"E-mail can't be delivered to the server {options.Host}: {failure.Message}" : null;
        if (failure.Fault == MailFault.Never || mail.Tries > Pauses.Length)
        {
            Log.GivenUp(log, options.Host, failure.Message);
            await book.GiveUpAsync(mail, failure.Message, cancellation);
        }
        else
        {
            Log.TriedAgain(log, options.Host, failure.Message);
            await book.PutOffAsync(mail, Pauses[mail.Tries - 1], cancellation);
        }

        return failure.Fault != MailFault.Server;
    }

    /// <returns>Null: it is delivered.</returns>
    private async Task<MailFailure?> TryAsync(WaitingMail mail, CancellationToken cancellation)
    {
        if (!MailText.IsAddress(mail.Address))
        {
            return new MailFailure(MailFault.Never, "it is to something that is no address");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(LongestSend);
        try
        {
            var from = new MailAddress(options.From!);
            var password = options.PasswordFile is { Length: > 0 } file ? (await File.ReadAllTextAsync(HubFolders.Absolute(file), limit.Token)).Trim() : null;
            await SmtpTalk.DeliverAsync(options, password, from.Address, mail.Address, MailText.Of(mail.Id, from, mail.Address, mail.Subject, mail.Text, mail.Made), limit.Token);
            return null;
        }
        catch (CryptographicException unreadable)
        {
            return new MailFailure($"PolicyHub:Mail:CaFile holds no certificate that can be read: {unreadable.Message}", unreadable);
        }
        catch (Exception problem) when (MailFailure.Of(problem, cancellation.IsCancellationRequested) is { } failure)
        {
            return failure;
        }
    }

    private static partial class Log
    {
        // Neither the address nor the subject: both can be about a person.
        [LoggerMessage(1, LogLevel.Warning, "An e-mail could not be delivered to the server {Host} and is given up: {Reason}")]
        public static partial void GivenUp(ILogger logger, string? host, string reason);

        [LoggerMessage(2, LogLevel.Warning, "An e-mail could not be delivered to the server {Host} and is tried again: {Reason}")]
        public static partial void TriedAgain(ILogger logger, string? host, string reason);

        [LoggerMessage(3, LogLevel.Warning, "E-mail that waits could not be looked at; it is tried again in a few seconds: {Reason}")]
        public static partial void NotLookedAt(ILogger logger, string reason);
    }
}
