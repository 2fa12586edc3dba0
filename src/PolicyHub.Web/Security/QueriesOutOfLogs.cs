using Microsoft.Extensions.Options;

namespace PolicyHub.Web.Security;

/// <summary>
/// Keeps what people search out of every log, whatever the settings ask for. The framework's loggers named here write addresses with
/// their query (a line for each request) or the arguments of a page (traces); below a warning they are silent, at every provider. A reverse
/// proxy has a log of its own: <c>src/settings.md</c> says how to keep queries out of that.
/// </summary>
public sealed class QueriesOutOfLogs : IPostConfigureOptions<LoggerFilterOptions>
{
    /// <summary>Loggers that write queries below the level of a warning.</summary>
    public static readonly string[] Loggers = ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.HttpLogging", "Microsoft.AspNetCore.Server.Kestrel.BadRequests"];

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        // The rule that counts is the one for the provider, then the one with the longest name: ours stand for every provider that has
        // rules of its own, and what is longer than ours goes.
        var providers = options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct(StringComparer.Ordinal).ToList();
        foreach (var rule in options.Rules.Where(rule => Loggers.Any(logger => rule.CategoryName?.StartsWith(logger, StringComparison.OrdinalIgnoreCase) == true)).ToList())
        {
            options.Rules.Remove(rule);
        }

        foreach (var (provider, logger) in providers.SelectMany(provider => Loggers.Select(logger => (provider, logger))))
        {
            options.Rules.Add(new LoggerFilterRule(provider, logger, LogLevel.Warning, null));
        }
    }
}
