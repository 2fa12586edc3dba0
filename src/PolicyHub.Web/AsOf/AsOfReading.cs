using Microsoft.AspNetCore.Authorization;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Pages.Errors;
using PolicyHub.Web.Pages.History;
using PolicyHub.Web.Refresh;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.AsOf;

/// <summary>
/// Answers a request that asks about another day from that day's edition, whatever page or endpoint it is for, and lets every link of
/// the answer keep the day. No page knows of it, so none can forget it.
/// </summary>
public sealed class AsOfReading(RequestDelegate next, CurrentEdition current, PastEditions past, TimeProvider time)
{
    /// <summary>A form without script names the day here…</summary>
    public const string Day = "asof-day";

    /// <summary>…and the question here; it is led on to the address that says both in one.</summary>
    public const string Ask = "asof-ask";

    public async Task InvokeAsync(HttpContext context, Visit visit)
    {
        var query = context.Request.Query;
        if (query.ContainsKey(Day))
        {
            var question = query[Ask] == AsOfDate.For ? DateQuestion.For : DateQuestion.On;
            var others = QueryString.Create(query.Where(pair => pair.Key is not (Day or Ask or AsOfDate.On or AsOfDate.For)));
            var (path, day) = (visit.Path + others.ToUriComponent(), query[Day].ToString());
            context.Response.Redirect(day.Length == 0 ? path : AsOfDate.Put(path, question, day));
            return;
        }

        // Evidence names its day itself, and is sent as it is made, however large.
        if (visit.AsOf is null && !context.Request.Path.StartsWithSegments(EvidenceLinks.Page) && (query.ContainsKey(AsOfDate.On) || query.ContainsKey(AsOfDate.For)))
        {
            var (on, applies) = (query[AsOfDate.On].ToString(), query[AsOfDate.For].ToString());
            if (Parse(on, applies) is not { } asked)
            {
                if (on.Length > 0 || applies.Length > 0)
                {
                    FailureReason.Set(context, visit[on.Length > 0 && applies.Length > 0 ? "asof.wrong.both" : "asof.wrong.date"]);
                    context.Response.StatusCode = StatusCodes.Status400BadRequest;
                    return;
                }
            }
            else if (await OpenAsync(asked.Question, asked.Moment, context.RequestAborted) is var (date, edition))
            {
                visit.Read(date, edition);
            }
        }

        if (query[KeptAddress.As].ToString() is { Length: > 0 } way && visit.IsStaff)
        {
            if (way != KeptAddress.Public)
            {
                FailureReason.Set(context, visit["public.wrong"]);
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            // First of all: what tells of the refusal must not show more than the page would have.
            visit.ReadAsPublic();
            if (IsForStaffAlone(context))
            {
                FailureReason.Set(context, visit["public.none"]);
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
        }

        if (visit.Kept is { } kept)
        {
            await DatedLinks.WriteAsync(context, kept, next);
        }
        else
        {
            await next(context);
        }
    }

    /// <summary>Whether what was asked for is no page of the public's: it names another policy than that of whoever reads, or none at all.</summary>
    private static bool IsForStaffAlone(HttpContext context) =>
        context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
        && (endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>() is var asked) && (asked.Count == 0 || asked.Any(one => one.Policy != Policies.Reading));

    private static (DateQuestion Question, DeclaredMoment Moment)? Parse(string on, string applies) =>
        (on.Length > 0) != (applies.Length > 0) && DeclaredMoment.TryParse(on + applies, out var moment)
            ? (on.Length > 0 ? DateQuestion.On : DateQuestion.For, moment)
            : null;

    /// <summary>Null for today: that is the library as it is.</summary>
    private async Task<(AsOfDate Date, Edition Edition)?> OpenAsync(DateQuestion question, DeclaredMoment moment, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var today = current.Value;
        if (moment == new DeclaredMoment(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, today.Settings.Zone).DateTime)))
        {
            return null;
        }

        var at = moment.LastInstant(today.Settings.Zone);
        var edition = await AtAsync(at);
        if (!edition.Settings.Zone.Equals(today.Settings.Zone))
        {
            // The organisation's day was another then.
            at = moment.LastInstant(edition.Settings.Zone);
            edition = await AtAsync(at);
        }

        return (new AsOfDate(question, moment, at), edition);

        Task<Edition> AtAsync(DateTimeOffset instant) =>
            past.AtAsync(today, current.Blobs, question == DateQuestion.On ? PointInTime.On(instant) : PointInTime.For(instant, now), cancellation);
    }
}
