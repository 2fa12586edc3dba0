using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace PolicyHub.Web.Telemetry;

/// <summary>
/// Takes out of a trace, before it leaves, all that is not on a short list: an address holds what people search, the name of a document
/// or of a person; a header may hold anything.
/// </summary>
internal sealed class TraceScrub : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> Kept = FrozenSet.Create(
        StringComparer.Ordinal,
        "http.request.method", "http.response.status_code", "http.route", "url.scheme", "network.protocol.version", "error.type");

    public override void OnEnd(Activity data)
    {
        foreach (var (key, _) in data.TagObjects.ToList())
        {
            if (!Kept.Contains(key))
            {
                data.SetTag(key, null);
            }
        }

        data.DisplayName = $"{data.GetTagItem("http.request.method")} {data.GetTagItem("http.route")}".Trim();
        data.TraceStateString = null;
        data.SetStatus(data.Status);

        // What happened on the way can't be taken out of an activity: one that says so (the text of an exception) stays here.
        if (data.Events.Any())
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
