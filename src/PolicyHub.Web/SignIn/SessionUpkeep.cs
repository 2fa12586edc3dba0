using System.Data.Common;
using PolicyHub.Records.Sessions;

namespace PolicyHub.Web.SignIn;

/// <summary>Tells the records once a minute which sessions were used, and takes out old ones once an hour.</summary>
internal sealed class SessionUpkeep(SessionTickets tickets, SessionBook book, TimeProvider time, ILogger<SessionUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Long enough for whoever asks when somebody was signed in last week; the audit log knows for longer.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        for (var minute = 0L; await timer.WaitForNextTickAsync(stoppingToken); minute++)
        {
            try
            {
                await tickets.TellAsync(stoppingToken);
                if (minute % 60 == 0)
                {
                    await book.ForgetBeforeAsync(time.GetUtcNow() - Kept, stoppingToken);
                }
            }
            catch (Exception failure) when (failure is DbException or InvalidOperationException or TimeoutException)
            {
                log.LogWarning(failure, "Sessions could not be kept up in the records; it is tried again in a minute.");
            }
        }
    }
}
