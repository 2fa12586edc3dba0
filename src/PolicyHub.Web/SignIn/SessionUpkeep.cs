using System.Data.Common;

namespace PolicyHub.Web.SignIn;

/// <summary>Tells the records once a minute which sessions were used.</summary>
internal sealed class SessionUpkeep(SessionTickets tickets, TimeProvider time, ILogger<SessionUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await tickets.TellAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is DbException or InvalidOperationException or TimeoutException)
            {
                log.LogWarning(failure, "Sessions could not be kept up in the records; it is tried again in a minute.");
            }
        }
    }
}
