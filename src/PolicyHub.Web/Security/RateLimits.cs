using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using PolicyHub.Web.Audit;

namespace PolicyHub.Web.Security;

/// <summary>How fast one address may do what costs the server much or lets a stranger guess; a person never meets a limit.</summary>
public static class RateLimits
{
    /// <summary>For pages and endpoints that take a password, a code or a key.</summary>
    public const string SignIn = "sign-in";

    /// <summary>For pages that also give files: only what asks for a <c>format</c>, or is sent by a form, counts.</summary>
    public const string Export = "export";

    /// <summary>For evidence: what names a version or a day is a file, without one it is the page to choose it on.</summary>
    public const string Evidence = "evidence";

    public static void Configure(RateLimiterOptions options, SiteOptions site)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(site);
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = static async (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
            rejected.HttpContext.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);

            // Not of what: whoever asks for ever new addresses would write a row for each.
            await rejected.HttpContext.RequestServices.GetRequiredService<AuditTrail>().RefusedAsync(rejected.HttpContext, "limit");
        };
        options.AddPolicy(SearchLimit.Policy, context => Bucket(context, site.SearchesPerSecond * 10, site.SearchesPerSecond, TimeSpan.FromSeconds(1)));

        // Looking at the page is no attempt; what it sends is.
        options.AddPolicy(SignIn, context => HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
            ? RateLimitPartition.GetNoLimiter("")
            : Bucket(context, site.SignInsPerMinute, site.SignInsPerMinute, TimeSpan.FromMinutes(1)));
        options.AddPolicy(Export, context => OfFiles(context, site, "format"));
        options.AddPolicy(Evidence, context => OfFiles(context, site, "version", "on"));
    }

    /// <param name="names">In an address, each of these asks for a file and not for a page.</param>
    private static RateLimitPartition<string> OfFiles(HttpContext context, SiteOptions site, params string[] names) =>
        HttpMethods.IsPost(context.Request.Method) || names.Any(name => !string.IsNullOrEmpty(context.Request.Query[name]))
            ? Bucket(context, site.ExportsPerMinute, site.ExportsPerMinute, TimeSpan.FromMinutes(1))
            : RateLimitPartition.GetNoLimiter("");

    private static RateLimitPartition<string> Bucket(HttpContext context, int reserve, int each, TimeSpan period) => RateLimitPartition.GetTokenBucketLimiter(
        context.Connection.RemoteIpAddress?.ToString() ?? "",
        _ => new TokenBucketRateLimiterOptions { TokenLimit = reserve, TokensPerPeriod = each, ReplenishmentPeriod = period, QueueLimit = 0 });
}
