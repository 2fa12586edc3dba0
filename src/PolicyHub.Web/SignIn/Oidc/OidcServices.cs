using System.Net;
using System.Net.Security;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using PolicyHub.Web.Pages.SignIn;
using PolicyHub.Web.Security;

namespace PolicyHub.Web.SignIn.Oidc;

/// <summary>Puts sign-in at a provider into the site.</summary>
public static class OidcServices
{
    /// <summary>The scheme's name.</summary>
    public const string Scheme = "oidc";

    /// <summary>So long one question to the provider may take.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Adds the scheme; <paramref name="configure"/> sets the hooks, the scheme of the session and what a test replaces.</summary>
    public static AuthenticationBuilder AddOidc(this AuthenticationBuilder builder, OidcSettings settings, Action<OidcOptions> configure)
    {
        builder.AddOAuth<OidcOptions, OidcHandler>(Scheme, settings.DisplayName ?? Scheme, options =>
        {
            options.Settings = settings;
            options.ClientId = settings.ClientId ?? "";
            options.CallbackPath = OidcLinks.Callback;
            options.UsePkce = true;

            // Never asked: the provider names its own.
            options.AuthorizationEndpoint = "https://provider.invalid/";
            options.CorrelationCookie.SameSite = SameSiteMode.Lax;
            options.BackchannelTimeout = LongestWait;
            foreach (var scope in $"openid {settings.Scopes}".Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal))
            {
                options.Scope.Add(scope);
            }

            options.Events.OnRemoteFailure = async context =>
            {
                await OidcTrouble.ShowAsync(context.HttpContext, options, Log(context.HttpContext), context.Failure!, context.Properties?.RedirectUri);
                context.HandleResponse();
            };
            options.Events.OnTicketReceived = context => FinishAsync(context, options);
            configure(options);
            options.BackchannelHttpHandler ??= MakeHandler(settings);
        });
        builder.Services.AddSingleton<IPostConfigureOptions<OidcOptions>, DiscoverySetup>();
        return builder;
    }

    /// <summary>Where a sign-in begins.</summary>
    public static void MapOidc(this IEndpointRouteBuilder routes) => routes.MapGet(OidcLinks.Start, ([FromQuery(Name = SignInLinks.Return)] string? returnUrl) =>
        Results.Challenge(new AuthenticationProperties { RedirectUri = OidcLinks.Local(returnUrl) }, [Scheme])).AllowAnonymous();

    /// <summary>
    /// Where a browser goes to end the session at the provider, too, and then comes back to <paramref name="returnUrl"/>; null where there is no such
    /// place. To be followed by a link or a Refresh header: a form may lead to this site only, also by redirects.
    /// </summary>
    public static async Task<string?> LeaveAddressAsync(HttpContext context, string? idToken, string returnUrl) =>
        await context.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>().GetHandlerAsync(context, Scheme) is OidcHandler handler
            ? await handler.LeaveAddressAsync(idToken, returnUrl)
            : null;

    private static async Task FinishAsync(TicketReceivedContext context, OidcOptions options)
    {
        var claims = context.Principal!;
        var signIn = new OidcSignIn
        {
            HttpContext = context.HttpContext,
            Identity = ClaimsMapping.Read(claims, options.Settings, Scheme),
            Issuer = claims.FindFirstValue("iss") ?? "",
            SessionId = claims.FindFirstValue("sid"),
            IdToken = context.Properties!.GetTokenValue(OidcHandler.IdToken)!,
            ReturnUrl = OidcLinks.Local(context.ReturnUri),
        };
        context.HandleResponse();
        if (await options.OnSignedIn(signIn))
        {
            context.Response.Redirect(signIn.ReturnUrl);
        }
        else
        {
            await OidcTrouble.ShowAsync(context.HttpContext, options, Log(context.HttpContext), new OidcFailedException(OidcReason.PersonRefused), signIn.ReturnUrl);
        }
    }

    private static ILogger Log(HttpContext context) => context.RequestServices.GetRequiredService<ILogger<OidcHandler>>();

    private static SocketsHttpHandler MakeHandler(OidcSettings settings)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !new Uri(settings.Authority!).IsLoopback,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = LongestWait,
        };
        if (settings.Proxy is { Length: > 0 } proxy)
        {
            handler.Proxy = new WebProxy(proxy);
        }

        if (settings.CaFile is { Length: > 0 } file)
        {
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = TrustedAuthorities.Of(file) };
        }

        return handler;
    }

    /// <summary>Runs after the framework has made the back channel.</summary>
    private sealed class DiscoverySetup(TimeProvider time) : IPostConfigureOptions<OidcOptions>
    {
        private const int LargestAnswer = 1024 * 1024;

        public void PostConfigure(string? name, OidcOptions options)
        {
            options.Backchannel.MaxResponseContentBufferSize = LargestAnswer;
            options.Discovery ??= new OidcDiscovery(options.Backchannel, options.Settings.Authority!, time);
        }
    }
}
