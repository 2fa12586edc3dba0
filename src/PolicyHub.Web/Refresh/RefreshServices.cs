using Microsoft.Extensions.DependencyInjection.Extensions;
using PolicyHub.Content.Editions;
using PolicyHub.Records.Publishing;
using PolicyHub.Records.Storage;
using PolicyHub.Web.Evidence;
using PolicyHub.Web.Hosting;
using PolicyHub.Web.Packs;

namespace PolicyHub.Web.Refresh;

internal static class RefreshServices
{
    /// <summary>Wakes other processes on the same database, where it is one that several share.</summary>
    public static IServiceCollection AddNewsBell(this IServiceCollection services, RecordsLocation location, HubOptions options)
    {
        if (PublicationBell.IsOn(location) && !string.IsNullOrEmpty(options.Library))
        {
            services.AddSingleton<PublicationBell>();
            services.AddSingleton<NewsBell>();
            services.AddHostedService(provider => provider.GetRequiredService<NewsBell>());
        }

        return services;
    }

    /// <summary>The current edition and what keeps it current. The library begins to be read at once, while the host is wired.</summary>
    /// <param name="records">They tell what was approved; null: there are none.</param>
    public static IServiceCollection AddRefresh(this IServiceCollection services, HubOptions options, RecordsLocation? records, Task recordsReady)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CurrentEdition>();
        services.AddSingleton<RefreshStatus>();
        services.AddSingleton<ContractWatch>();
        services.AddSingleton<HistoryWatch>();
        services.AddSingleton(options);
        if (options.Preview is { Length: > 0 } folder)
        {
            services.AddSingleton<ILibraryFeed>(_ => new FolderFeed(HubFolders.Absolute(folder)));
        }
        else
        {
            var time = services.Last(service => service.ServiceType == typeof(TimeProvider)).ImplementationInstance as TimeProvider ?? TimeProvider.System;
            var opening = LibraryOpening.Begin(options, HoldBackRule.Of(options, records, recordsReady), time.GetUtcNow());
            services.AddSingleton<ILibraryFeed>(provider => new GitFeed(opening, options.Remote.Interval, provider.GetService<NewsBell>(), time, provider.GetRequiredService<ILogger<GitFeed>>()));
        }

        services.AddSingleton(provider => new EvidenceService(provider.GetRequiredService<ILibraryFeed>(), provider.GetRequiredService<PastEditions>()));
        services.AddHostedService<EditionRefresher>();
        services.AddSingleton<SitePack>();
        services.AddHostedService<PackSchedule>();
        return services;
    }
}
