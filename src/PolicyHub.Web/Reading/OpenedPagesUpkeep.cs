using PolicyHub.Records.Reading;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Reading;

/// <summary>Tells the records every few seconds, and at the end, which pages people opened.</summary>
internal sealed class OpenedPagesUpkeep(OpenedPages opened, ReadingBook book, CurrentEdition current, IHostApplicationLifetime host, TimeProvider time, ILogger<OpenedPagesUpkeep> log)
    : Upkeep(current, host, time, log)
{
    protected override TimeSpan Pause => TimeSpan.FromSeconds(5);

    protected override string Failed => "Pages opened lately could not be noted in the records; it is tried again in a few seconds.";

    protected override async Task TurnAsync(CancellationToken cancellation)
    {
        if (opened.All() is { IsEmpty: false } pages)
        {
            await book.OpenedAsync(pages, cancellation);
            opened.Told(pages);
        }
    }

    protected override Task LastTurnAsync(CancellationToken cancellation) => TurnAsync(cancellation);
}
