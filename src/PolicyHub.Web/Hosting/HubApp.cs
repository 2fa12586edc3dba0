using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Hosting;

/// <summary>The site as one object, for the command line, tests and benchmarks alike.</summary>
public static class HubApp
{
    /// <summary>Wires the site; nothing is read or listened to before it starts.</summary>
    /// <param name="args">The framework's own arguments, such as <c>--urls</c>.</param>
    /// <param name="configure">Puts settings and services in the place of others, for tests.</param>
    /// <exception cref="StartRefusedException">A setting would make the site unsafe.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(HubApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });

        // A line for each request would drown what matters; whoever wants them says so in the settings.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        configure?.Invoke(builder);
        builder.Services.AddOptions<HubOptions>().BindConfiguration(HubOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddRefresh();
        builder.Services.AddPolicyHub(SiteOptionsOf(builder.Configuration));
        builder.Host.UseDefaultServiceProvider(provider =>
        {
            provider.ValidateOnBuild = true;
            provider.ValidateScopes = true;
        });

        ListenAddresses.Check(builder.Configuration);
        var app = builder.Build();
        app.UsePolicyHub();
        return app;
    }

    private static SiteOptions SiteOptionsOf(ConfigurationManager configuration) => new()
    {
        ThemesFolder = configuration[$"{HubOptions.Section}:{nameof(HubOptions.Themes)}"] is { Length: > 0 } themes
            ? HubFolders.Absolute(themes)
            : HubFolders.Themes,
        SearchesPerSecond = configuration.GetValue($"{HubOptions.Section}:{nameof(HubOptions.SearchesPerSecond)}", new HubOptions().SearchesPerSecond),
    };
}
