using System.Threading.RateLimiting;
using PolicyHub.Records.People;

namespace PolicyHub.Web.SignIn.Local;

/// <summary>How fast one address, and whoever wants into one account, may try to sign in; known and unknown names alike.</summary>
internal sealed class SignInLimits(SignInOptions options) : IDisposable
{
    private const int OfAccount = 20;

    private readonly PartitionedRateLimiter<string> addresses = PartitionedRateLimiter.Create<string, string>(address => Bucket(address, options.TriesPerMinute));

    private readonly PartitionedRateLimiter<string> accounts = PartitionedRateLimiter.Create<string, string>(name => Bucket(name, OfAccount));

    /// <summary>Whether one more try may be made.</summary>
    /// <param name="account">The name or badge that was typed; null: none was.</param>
    public bool Allows(HttpContext context, string? account)
    {
        using var ofAddress = addresses.AttemptAcquire(context.Connection.RemoteIpAddress?.ToString() ?? "");
        if (!ofAddress.IsAcquired || account is null)
        {
            return ofAddress.IsAcquired;
        }

        using var ofAccount = accounts.AttemptAcquire(AccountBook.Normal(account.Length > 100 ? account[..100] : account));
        return ofAccount.IsAcquired;
    }

    public void Dispose()
    {
        addresses.Dispose();
        accounts.Dispose();
    }

    private static RateLimitPartition<string> Bucket(string key, int perMinute) => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = perMinute,
        TokensPerPeriod = Math.Max(1, perMinute / 6),
        ReplenishmentPeriod = TimeSpan.FromSeconds(10),
        QueueLimit = 0,
    });
}
