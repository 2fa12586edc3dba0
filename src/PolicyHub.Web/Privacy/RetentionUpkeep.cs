using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Retention;
using PolicyHub.Records.Storage;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Privacy;

/// <summary>Takes out once a day what is past its time, some minutes after the start first.</summary>
internal sealed class RetentionUpkeep(
    RetentionRules rules, IDbContextFactory<RecordsDb> records, AuditLog audit, CurrentEdition current, IHostApplicationLifetime host, TimeProvider time, ILogger<RetentionUpkeep> log)
    : Upkeep(current, host, time, log)
{
    protected override TimeSpan Pause => TimeSpan.FromDays(1);

    protected override TimeSpan UntilFirst => TimeSpan.FromMinutes(5);

    protected override string Failed => "Records that are past their time could not be taken out; it is tried again tomorrow.";

    protected override Task TurnAsync(CancellationToken cancellation) => rules.RunAsync(records, audit, Time, cancellation);
}
