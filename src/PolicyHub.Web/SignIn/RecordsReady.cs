using PolicyHub.Records.Storage;

namespace PolicyHub.Web.SignIn;

/// <summary>Waits, before the site listens, until the records are in the form that this program knows; they begin to be made so while the host is wired.</summary>
internal sealed class RecordsReady(Task opening) : IHostedService
{
    public static Task Begin(RecordsLocation location) => Task.Run(() => RecordsOpening.OpenAsync(location, CancellationToken.None));

    public Task StartAsync(CancellationToken cancellationToken) => opening.WaitAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
