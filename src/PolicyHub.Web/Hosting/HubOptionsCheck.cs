using System.Globalization;
using PolicyHub.Content.Catalogue;
using PolicyHub.Web.Mail;
using PolicyHub.Web.SignIn.Oidc;

namespace PolicyHub.Web.Hosting;

/// <summary>Says what is wrong with the settings by the names that whoever set them knows. By hand: attributes and what reads them would be felt at the start.</summary>
internal static class HubOptionsCheck
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestWait = Day - Second;

    /// <summary>One sentence for each; none where all can be used.</summary>
    public static IEnumerable<string> Faults(HubOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Data))
        {
            yield return Sentence(nameof(options.Data), "must name a folder");
        }

        if (options.HoldBackAfter?.Trim() is { Length: > 0 } after && (after.Length is < HoldBack.FewestDigits or > 64 || !after.All(char.IsAsciiHexDigit)))
        {
            yield return Sentence(nameof(options.HoldBackAfter), "must be the name of a commit, or its first ten digits or more, as “git rev-parse main” prints it");
        }

        if (options.GitTimeout < Second || options.GitTimeout > LongestWait)
        {
            yield return Sentence(nameof(options.GitTimeout), WithinADay);
        }

        if (options.SearchesPerSecond is < 1 or > 100_000)
        {
            yield return Sentence(nameof(options.SearchesPerSecond), "must be between 1 and 100000");
        }

        if (options.QueriesKept < Day || options.QueriesKept > 3650 * Day)
        {
            yield return Sentence(nameof(options.QueriesKept), "must be a time between 1.00:00:00 and 3650.00:00:00 (days.hours:minutes:seconds; 90.00:00:00 is 90 days)");
        }

        if (options.NotCheckedAfter < 10 * Second || options.NotCheckedAfter > Day / 24)
        {
            yield return Sentence(nameof(options.NotCheckedAfter), "must be a time between 00:00:10 and 01:00:00 (hours:minutes:seconds)");
        }

        if (options.PastMegabytes is < 1 or > 1_000_000)
        {
            yield return Sentence(nameof(options.PastMegabytes), "must be between 1 and 1000000");
        }

        if (options.ExportsPerMinute is < 1 or > 100_000)
        {
            yield return Sentence(nameof(options.ExportsPerMinute), "must be between 1 and 100000");
        }

        if (options.SignInsPerMinute is < 1 or > 100_000)
        {
            yield return Sentence(nameof(options.SignInsPerMinute), "must be between 1 and 100000");
        }

        if (FrontDoor.Networks(options.Proxies) is null)
        {
            yield return Sentence(nameof(options.Proxies), "must be addresses or networks such as 10.0.0.5, 10.1.0.0/16, separated by commas");
        }

        if (options.Logs is not (FrontDoor.TextLogs or FrontDoor.JsonLogs))
        {
            yield return Sentence(nameof(options.Logs), "must be text or json");
        }

        if (options.Telemetry.Endpoint is { Length: > 0 } endpoint && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var collector) && collector.Scheme is "http" or "https"))
        {
            yield return Sentence($"{nameof(options.Telemetry)}:{nameof(options.Telemetry.Endpoint)}", "must be an address such as http://127.0.0.1:4318");
        }

        if (options.Telemetry.Every < Second || options.Telemetry.Every > LongestWait)
        {
            yield return Sentence($"{nameof(options.Telemetry)}:{nameof(options.Telemetry.Every)}", WithinADay);
        }

        if (options.Telemetry.TracesPercent is < 0 or > 100)
        {
            yield return Sentence($"{nameof(options.Telemetry)}:{nameof(options.Telemetry.TracesPercent)}", "must be between 0 and 100");
        }

        if (options.SignIn.Idle < TimeSpan.FromMinutes(1) || options.SignIn.Idle > 30 * Day)
        {
            yield return Sentence($"{nameof(options.SignIn)}:{nameof(options.SignIn.Idle)}", "must be a time between 00:01:00 and 30.00:00:00 (days.hours:minutes:seconds)");
        }

        foreach (var fault in OidcSettingsCheck.Faults(options.SignIn.Oidc))
        {
            yield return fault;
        }

        if (options.Audit.AnchorEvery < TimeSpan.FromSeconds(1) || options.Audit.AnchorEvery > 30 * Day)
        {
            yield return Sentence($"{nameof(options.Audit)}:{nameof(options.Audit.AnchorEvery)}", "must be a time between 00:00:01 and 30.00:00:00 (days.hours:minutes:seconds)");
        }

        if (options.Audit.VerifyEvery < TimeSpan.FromMinutes(1) || options.Audit.VerifyEvery > 30 * Day)
        {
            yield return Sentence($"{nameof(options.Audit)}:{nameof(options.Audit.VerifyEvery)}", "must be a time between 00:01:00 and 30.00:00:00 (days.hours:minutes:seconds)");
        }

        if (options.SignIn.Longest < TimeSpan.FromMinutes(1) || options.SignIn.Longest > 30 * Day)
        {
            yield return Sentence($"{nameof(options.SignIn)}:{nameof(options.SignIn.Longest)}", "must be a time between 00:01:00 and 30.00:00:00 (days.hours:minutes:seconds)");
        }

        if (options.SignIn.TriesPerMinute is < 1 or > 100_000)
        {
            yield return Sentence($"{nameof(options.SignIn)}:{nameof(options.SignIn.TriesPerMinute)}", "must be between 1 and 100000");
        }

        if (options.SignIn.ActingFor < 10 * Second || options.SignIn.ActingFor > TimeSpan.FromMinutes(15))
        {
            yield return Sentence($"{nameof(options.SignIn)}:{nameof(options.SignIn.ActingFor)}", "must be a time between 00:00:10 and 00:15:00 (hours:minutes:seconds)");
        }

        if (options.SignIn.Domain is { Length: > 0 } domain && (Uri.CheckHostName(domain) != UriHostNameType.Dns || domain.Any(char.IsUpper)))
        {
            yield return Sentence($"{nameof(options.SignIn)}:{nameof(options.SignIn.Domain)}", "must be the name of the site alone, in small letters, such as policies.riverton.example");
        }

        if (options.Pack.Every < TimeSpan.FromMinutes(1) || options.Pack.Every > 30 * Day)
        {
            yield return Sentence($"{nameof(options.Pack)}:{nameof(options.Pack.Every)}", "must be a time between 00:01:00 and 30.00:00:00 (days.hours:minutes:seconds)");
        }

        if (options.Pack.Days is < 1 or > 365)
        {
            yield return Sentence($"{nameof(options.Pack)}:{nameof(options.Pack.Days)}", "must be between 1 and 365");
        }

        foreach (var (name, rule) in options.Retention.Kinds.Where(kind => kind.Rule.Kept < Day || kind.Rule.Kept > 36500 * Day))
        {
            yield return Sentence($"{nameof(options.Retention)}:{name}:{nameof(rule.Kept)}", "must be a time between 1.00:00:00 and 36500.00:00:00 (days.hours:minutes:seconds; 365.00:00:00 is a year)");
        }

        foreach (var (name, wrong) in MailSettingsCheck.Faults(options.Mail))
        {
            yield return Sentence($"{nameof(options.Mail)}:{name}", wrong);
        }

        if (options.Remote.Interval < Second || options.Remote.Interval > LongestWait)
        {
            yield return Sentence($"{nameof(options.Remote)}:{nameof(options.Remote.Interval)}", WithinADay);
        }
    }

    private const string WithinADay = "must be a time between 00:00:01 and 23:59:59 (hours:minutes:seconds; 00:00:30 is half a minute)";

    private static string Sentence(string setting, string wrong) =>
        string.Create(CultureInfo.InvariantCulture, $"The setting {HubOptions.Section}:{setting} {wrong}.");
}
