using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PolicyHub.Web.SignIn.Oidc;

namespace PolicyHub.Web.Tests.SignIn.Oidc;

/// <summary>The smallest site that signs people in at a provider: the framework's cookies, our handler, a page that says who is there.</summary>
internal sealed class OidcSite : IAsyncDisposable
{
    private readonly WebApplication app;

    private OidcSite(WebApplication app, LogLines log)
    {
        this.app = app;
        Log = log;
        Address = new Uri(app.Urls.First());
    }

    public Uri Address { get; }

    /// <summary>All that was logged, at every level.</summary>
    public LogLines Log { get; }

    /// <summary>Who signed in, in order.</summary>
    public ConcurrentQueue<OidcSignIn> SignIns { get; } = new();

    /// <summary>What the provider told of signing out elsewhere.</summary>
    public ConcurrentQueue<OidcSignedOut> SignOuts { get; } = new();

    public ConcurrentQueue<OidcReason> Refusals { get; } = new();

    /// <summary>Persons who may not come, by name.</summary>
    public ConcurrentDictionary<string, bool> Unwelcome { get; } = new(StringComparer.Ordinal);

    public Uri Start(string returnUrl = "/me") => new(Address, OidcLinks.StartFor(returnUrl));

    public static async Task<OidcSite> StartAsync(OidcSettings settings, TimeProvider? clock = null, Uri? at = null)
    {
        var log = new LogLines();
        OidcSite? site = null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new("urls", at?.ToString() ?? "http://127.0.0.1:0")]);
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = provider.ValidateScopes = true);
        builder.Services.Replace(ServiceDescriptor.Singleton(clock ?? TimeProvider.System));
        builder.Services.AddDataProtection();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie().AddOidc(settings, options =>
        {
            options.OnSignedIn = async signIn =>
            {
                site!.SignIns.Enqueue(signIn);
                if (site.Unwelcome.ContainsKey(signIn.Identity.Name))
                {
                    return false;
                }

                await signIn.HttpContext.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim("name", signIn.Identity.Name)], "site")));
                return true;
            };
            options.OnSignedOut = (_, ended) =>
            {
                site!.SignOuts.Enqueue(ended);
                return Task.CompletedTask;
            };
            options.OnRefused = (_, reason) =>
            {
                site!.Refusals.Enqueue(reason);
                return Task.CompletedTask;
            };
        });
        var made = builder.Build();
        made.UseAuthentication();
        made.MapOidc();
        made.MapGet("/", () => "home");
        made.MapGet("/me", (HttpContext context) => context.User.FindFirstValue("name") ?? "nobody");
        made.MapGet(OidcLinks.Trouble, (HttpContext context) => $"trouble {context.Request.Query["why"]}");
        made.MapGet("/out", async (HttpContext context) =>
        {
            var leave = await OidcServices.LeaveAddressAsync(context, site!.SignIns.Last().IdToken, "/me");
            await context.SignOutAsync();
            return Results.Redirect(leave ?? "/me");
        });
        await made.StartAsync();
        return site = new OidcSite(made, log);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>Keeps what is logged.</summary>
    internal sealed class LogLines : ILoggerProvider
    {
        private readonly ConcurrentQueue<string> lines = new();

        public string Text => string.Join('\n', lines);

        public ILogger CreateLogger(string categoryName) => new Lines(categoryName, lines);

        public void Dispose()
        {
            // Nothing is held.
        }

        private sealed class Lines(string category, ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
        }
    }
}
