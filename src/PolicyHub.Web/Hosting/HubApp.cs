using PolicyHub.Web.Audit;
using PolicyHub.Web.Mail;
using PolicyHub.Web.Propose;
using PolicyHub.Web.Refresh;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Hosting;

/// <summary>The site as one object, for the command line, tests and benchmarks alike.</summary>
public static class HubApp
{
    /// <summary>Requests under way when the site is told to stop may take this long; whoever stops it waits two seconds.</summary>
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(1.5);

    /// <summary>Wires the site, while it begins to read the library; nothing is listened to before it starts.</summary>
    /// <param name="args">The framework's own arguments, such as <c>--urls</c>.</param>
    /// <param name="configure">Puts settings and services in the place of others, for tests.</param>
    /// <param name="purpose">What it is run for.</param>
    /// <exception cref="StartRefusedException">A setting is wrong or would make the site unsafe.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null, HubPurpose purpose = HubPurpose.Serve)
    {
        var builder = CreateBuilder(args);

        // A line for each request would drown what matters; whoever wants them says so in the settings.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // In Development the framework would look all registrations over at each start; the tests do that.
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = provider.ValidateScopes = false);
        configure?.Invoke(builder);
        var options = ReadOptions(builder.Configuration);
        if (options.Preview is { Length: > 0 } && purpose == HubPurpose.Serve)
        {
            purpose = HubPurpose.Preview;
        }

        var isDevelopment = builder.Environment.IsDevelopment();
        WaysIn.Check(options.SignIn, purpose, isDevelopment);
        var isOfThisMachine = isDevelopment || purpose != HubPurpose.Serve;
        if (isOfThisMachine)
        {
            ListenAddresses.Check(builder.Configuration);
        }

        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestFarewell);

        // Every query would be a line; one that fails still is.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);

        // That the keys in the records are not sealed once more is no news: who reads the database can sign anything.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.None);
        FrontDoor.Add(builder, options);
        var location = purpose == HubPurpose.Serve ? RecordsPlace.Of(options) : null;
        var records = location is null ? null : RecordsReady.Begin(location);
        builder.Services.AddRefresh(options, location, records ?? Task.CompletedTask);
        if (location is null)
        {
            builder.Services.AddNoRecords();
        }
        else
        {
            // First of all that start with the site: nothing touches the records before they are as they should be.
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(new RecordsReady(records!)));
            builder.Services.AddRecords(location);
            builder.Services.AddAudit(options.Audit);
            builder.Services.AddProposals(options);
            builder.Services.AddNewsBell(location, options);
            builder.Services.AddMail(options.Mail);
        }

        builder.Services.AddSingleton(options.Retention.Rules(options.QueriesKept));
        builder.Services.AddPolicyHub(SiteOptionsOf(options) with
        {
            IsOpen = purpose == HubPurpose.Preview || (isDevelopment && options.SignIn.Open),
            SignIn = options.SignIn,
            IsDevelopment = isDevelopment,
            LoopbackOnly = isOfThisMachine,
        });
        var app = builder.Build();

        // Made now, so that the reading that has begun ends with the site, however early that is.
        _ = app.Services.GetRequiredService<ILibraryFeed>();
        app.UsePolicyHub();
        return app;
    }

    /// <summary>The settings alone, for a command that serves nothing.</summary>
    /// <exception cref="StartRefusedException">A setting is wrong; the message names it.</exception>
    public static HubOptions ReadOptions(IEnumerable<KeyValuePair<string, string?>> commandLine)
    {
        var builder = CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(commandLine);
        return ReadOptions(builder.Configuration);
    }

    private static WebApplicationBuilder CreateBuilder(string[] args) => WebApplication.CreateBuilder(new WebApplicationOptions
    {
        // Settings are read once: the framework would watch every folder under that of the program for changes that nobody looks at.
        Args = [.. args, "--hostBuilder:reloadConfigOnChange=false"],
        ApplicationName = typeof(HubApp).Assembly.GetName().Name,
        ContentRootPath = AppContext.BaseDirectory,
    });

    private static HubOptions ReadOptions(ConfigurationManager configuration)
    {
        HubOptions options;
        try
        {
            options = configuration.GetSection(HubOptions.Section).Get<HubOptions>() ?? new HubOptions();
        }
        catch (InvalidOperationException unreadable)
        {
            // The binder names the setting and its value in one sentence.
            throw new StartRefusedException(unreadable.Message, unreadable);
        }

        var faults = string.Join(' ', HubOptionsCheck.Faults(options));
        return faults.Length > 0 ? throw new StartRefusedException(faults) : options;
    }

    private static SiteOptions SiteOptionsOf(HubOptions options) => new()
    {
        ThemesFolder = options.Themes is { Length: > 0 } themes
            ? HubFolders.Absolute(themes)
            : HubFolders.Themes,
        SearchesPerSecond = options.SearchesPerSecond,
        ExportsPerMinute = options.ExportsPerMinute,
        SignInsPerMinute = options.SignInsPerMinute,
        QueriesKept = options.QueriesKept,
        NotCheckedAfter = options.NotCheckedAfter,
        PastBytes = options.PastMegabytes * 1024L * 1024,
    };
}
