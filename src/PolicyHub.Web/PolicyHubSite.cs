using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using PolicyHub.Content.Editions;
using PolicyHub.Web.Api;
using PolicyHub.Web.AsOf;
using PolicyHub.Web.Audit;
using PolicyHub.Web.Counting;
using PolicyHub.Web.Hosting;
using PolicyHub.Web.Packs;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Pages.Account;
using PolicyHub.Web.Pages.Errors;
using PolicyHub.Web.Pages.History;
using PolicyHub.Web.Pages.Read;
using PolicyHub.Web.Propose;
using PolicyHub.Web.Refresh;
using PolicyHub.Web.Security;
using PolicyHub.Web.SignIn;
using PolicyHub.Web.SignIn.Oidc;
using PolicyHub.Web.Themes;

namespace PolicyHub.Web;

/// <summary>The whole wiring of the site, read top to bottom.</summary>
public static class PolicyHubSite
{
    private static readonly string[] Reads = ["GET", "HEAD"];

    /// <summary>What the pages need. Who hosts them registers <see cref="CurrentEdition"/> and keeps it fresh.</summary>
    public static IServiceCollection AddPolicyHub(this IServiceCollection services, SiteOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CurrentEdition>();
        services.AddSingleton<ThemeStore>();
        services.AddHttpContextAccessor();
        services.AddSingleton<Fragments>();
        services.AddSingleton(_ => new PastEditions(options.PastBytes));
        services.AddSingleton<VersionTexts>();
        services.AddSingleton<PackStatus>();
        services.AddSingleton(new QueryCounts(options.QueriesKept));
        services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, QueriesOutOfLogs>();
        services.AddSingleton<AuditTrail>();
        services.AddSignIn(options.SignIn, options.IsDevelopment);
        services.AddStaff(options);
        services.AddSingleton<WritingDesk>();
        services.AddScoped<Visit>();
        services.AddScoped<Look>();
        services.AddScoped<Shortcuts>();
        // No page of ours sends names in the form of jQuery, and a name that merely looks like one would fail there.
        services.PostConfigure<MvcOptions>(mvc =>
        {
            mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
            mvc.ValueProviderFactories.RemoveType<JQueryQueryStringValueProviderFactory>();
            mvc.Filters.Add<FormTokenRefusals>();
        });
        services.AddRazorPages(pages =>
        {
            pages.Conventions.AuthorizeFolder("/Find", Policies.Reading);
            pages.Conventions.AuthorizeFolder("/Read", Policies.Reading);
            pages.Conventions.AuthorizeFolder("/Audit", Policies.Auditor);
            pages.Conventions.AuthorizePage("/Find/Gaps", Policies.Staff);
            pages.Conventions.AuthorizePage("/Find/HistorySearch", Policies.Staff);
            pages.Conventions.AllowAnonymousToFolder("/About");
            pages.Conventions.AllowAnonymousToFolder("/Errors");
        }).ConfigureApplicationPartManager(parts =>
        {
            // There are no controllers, and to look for them would load every type of the program at each start.
            foreach (var controllers in parts.FeatureProviders.OfType<ControllerFeatureProvider>().ToList())
            {
                parts.FeatureProviders.Remove(controllers);
            }
        });
        services.AddRateLimiter(limits => RateLimits.Configure(limits, options));
        services.AddHubHealth();

        // Letters of any script stand as themselves; what matters to HTML is encoded all the same.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.Configure<RouteOptions>(routes => routes.LowercaseUrls = true);
        services.Configure<KestrelServerOptions>(ConfigureKestrel);
        services.Configure<ExceptionHandlerOptions>(errors =>
        {
            errors.ExceptionHandlingPath = ErrorLinks.Failure;
            errors.StatusCodeSelector = failure => failure switch
            {
                EditionNotReadyException => StatusCodes.Status503ServiceUnavailable,
                Microsoft.AspNetCore.Http.BadHttpRequestException bad => bad.StatusCode,
                _ => StatusCodes.Status500InternalServerError,
            };
        });
        return services;
    }

    /// <summary>The way of a request: headers, errors, who may come, which words and dates, then pages and endpoints.</summary>
    public static WebApplication UsePolicyHub(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<SiteOptions>();
        FindStaticFiles(app.Environment, app.Configuration);
        app.UseMiddleware<SecurityHeaders>();
        FrontDoor.Use(app);
        app.UseExceptionHandler();
        app.UseStatusCodePagesWithReExecute(ErrorLinks.Pattern);
        app.UseMiddleware<ReadableForms>();
        app.UseMiddleware<LibraryCulture>();
        if (options.LoopbackOnly)
        {
            app.UseMiddleware<LoopbackOnly>();
        }

        app.UseRouting();
        app.UseRateLimiter();
        app.UseSignIn(options.IsOpen, options.SignIn.Public);
        app.UseMiddleware<AsOfReading>();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets();
        app.MapSearch();
        app.MapCounting();
        app.MapDocuments();
        app.MapMine();
        app.MapOpenPages();
        app.MapFiles();
        app.MapChangeFiles();
        app.MapThemes();
        app.MapAuthenticatorPicture();
        app.MapChangesFeed();
        app.MapHealth();
        if (app.Services.GetRequiredService<SignInOptions>().Oidc.IsOn)
        {
            app.MapOidc();
        }

        // Not MapFallback: generated request delegates give that a pattern of their own, which knows no address and no dot.
        app.MapMethods("{**address}", Reads, FollowOldAddress).RequireAuthorization(Policies.Reading).WithOrder(int.MaxValue);
        return app;
    }

    private static void ConfigureKestrel(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestBodySize = 64 * 1024;
        server.Limits.MaxRequestLineSize = 8 * 1024;
        server.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        server.Limits.MaxRequestHeaderCount = 64;
        server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
    }

    /// <summary>Our own styles and scripts: from the build that runs, else from beside the program, wherever it was started.</summary>
    private static void FindStaticFiles(IWebHostEnvironment environment, IConfiguration configuration)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (Directory.Exists(beside))
        {
            environment.WebRootFileProvider = new PhysicalFileProvider(beside);
        }
        else
        {
            StaticWebAssetsLoader.UseStaticWebAssets(environment, configuration);
        }
    }

    /// <summary>An address of an earlier site, or of a document that has moved, leads on; any other is not found.</summary>
    private static IResult FollowOldAddress(string? address, Visit visit) =>
        address is not null && visit.Edition.FindRedirect(address, visit.Reader) is { } found
            ? Results.Redirect(ReadLinks.Document(found), permanent: true)
            : Results.NotFound();
}
