using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.Refresh;

internal static class RefreshServices
{
    /// <summary>The current edition and what keeps it current.</summary>
    public static IServiceCollection AddRefresh(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CurrentEdition>();
        services.AddSingleton<RefreshStatus>();
        services.AddSingleton<ILibraryFeed>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<HubOptions>>().Value;
            return options.Preview is { Length: > 0 } folder
                ? new FolderFeed(HubFolders.Absolute(folder))
                : new GitFeed(options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<GitFeed>>());
        });
        services.AddHostedService<EditionRefresher>();
        return services;
    }
}
