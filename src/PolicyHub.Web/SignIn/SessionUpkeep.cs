using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.SignIn;

/// <summary>Tells the records once a minute which sessions were used.</summary>
internal sealed class SessionUpkeep(SessionTickets tickets, CurrentEdition current, IHostApplicationLifetime host, TimeProvider time, ILogger<SessionUpkeep> log)
    : Upkeep(current, host, time, log)
{
    protected override TimeSpan Pause => TimeSpan.FromMinutes(1);

    protected override string Failed => "Sessions could not be kept up in the records; it is tried again in a minute.";

    protected override Task TurnAsync(CancellationToken cancellation) => tickets.TellAsync(cancellation);
}
