using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Reading;

/// <summary>Looks every few seconds whether an urgent text was taken back that somebody saw, through whichever process.</summary>
internal sealed class TakenBackUpkeep(TakenBackNotes notes, CurrentEdition current, IHostApplicationLifetime host, TimeProvider time, ILogger<TakenBackUpkeep> log)
    : Upkeep(current, host, time, log)
{
    protected override TimeSpan Pause => TimeSpan.FromSeconds(5);

    protected override string Failed => "Whether an urgent text that somebody saw was taken back could not be looked up; it is tried again in a few seconds.";

    protected override Task TurnAsync(CancellationToken cancellation) => notes.LookAsync(cancellation);
}
