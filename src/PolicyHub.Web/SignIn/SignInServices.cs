using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Records.Sessions;
using PolicyHub.Records.Storage;
using PolicyHub.Web.Audit;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Pages.SignIn;
using PolicyHub.Web.SignIn.Counter;
using PolicyHub.Web.SignIn.Local;
using PolicyHub.Web.SignIn.Oidc;

namespace PolicyHub.Web.SignIn;

/// <summary>Sign-in and the records that it stands on.</summary>
internal static class SignInServices
{
    public static IServiceCollection AddSignIn(this IServiceCollection services, SignInOptions options, bool isDevelopment)
    {
        services.AddSingleton(options);
        services.AddSingleton<OwnRequests>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<SessionBook>();
        services.AddSingleton<SessionTickets>();
        services.AddSingleton<SignInService>();
        services.AddSingleton<PeopleBook>();
        services.AddLocalAccounts(options, isDevelopment);
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<SessionTickets>((cookie, tickets) =>
            {
                cookie.Cookie.Name = isDevelopment ? "policyhub" : "__Host-policyhub";
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Lax;

                // In Development the site is on this machine alone, and not every browser sends a secure cookie over plain HTTP even there.
                cookie.Cookie.SecurePolicy = isDevelopment ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
                cookie.Cookie.Path = "/";
                cookie.ExpireTimeSpan = options.Longest;
                cookie.SlidingExpiration = false;
                cookie.SessionStore = tickets;
                cookie.TicketDataFormat = new SessionKeyFormat(CookieAuthenticationDefaults.AuthenticationScheme);
                cookie.Events.OnRedirectToLogin = SignInLinks.AskAsync;
                cookie.Events.OnRedirectToAccessDenied = refused =>
                {
                    if (SignInLinks.AskAtCounter(refused))
                    {
                        return Task.CompletedTask;
                    }

                    refused.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return refused.HttpContext.RequestServices.GetRequiredService<AuditTrail>().RefusedAsync(refused.HttpContext, "page", refused.Request.Path);
                };
            });
        if (options.Oidc.IsOn)
        {
            services.AddSingleton<OidcSessions>();
            services.AddAuthentication().AddOidc(options.Oidc, oidc =>
            {
                oidc.OnSignedIn = OidcSessions.BeginAsync;
                oidc.OnSignedOut = OidcSessions.EndAsync;
                oidc.OnRefused = OidcSessions.RefusedAsync;
                oidc.CorrelationCookie.SecurePolicy = isDevelopment ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            });
        }

        services.AddAuthorization(authorization => Policies.Configure(authorization, options));

        // Whoever hosts the site names the database; where nobody did, nobody can sign in.
        services.AddDbContextFactory<RecordsDb>();
        return services;
    }

    /// <summary>The records, made ready before the site listens, and what only makes sense with them.</summary>
    public static IServiceCollection AddRecords(this IServiceCollection services, RecordsLocation location)
    {
        services.AddSingleton(location);
        services.AddSingleton<IDbContextFactory<RecordsDb>>(provider => new RecordsFactory(location, provider));
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new KeyRing(new KeyStore(location)));
        services.AddDataProtection().SetApplicationName("PolicyHub");
        services.AddHostedService<SessionUpkeep>();
        return services.AddStaffRecords();
    }

    /// <summary>For a site that keeps nothing about anybody: a preview, the pages of a pack.</summary>
    public static IServiceCollection AddNoRecords(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("PolicyHub").UseEphemeralDataProtectionProvider();
        return services;
    }

    /// <summary>Says who asks: by their session; else staff with no name, for what the site asks of itself and where it is open on this machine; else, where that is set, the public.</summary>
    public static IApplicationBuilder UseSignIn(this IApplicationBuilder app, bool isOpen, bool isPublic)
    {
        var own = app.ApplicationServices.GetRequiredService<OwnRequests>();

        app.UseAuthentication();

        // Without records there is no counter PC, whatever cookie another site of this machine may have set.
        var counterPcs = app.ApplicationServices.GetService<RecordsLocation>() is null ? null : app.ApplicationServices.GetRequiredService<CounterPcs>();

        app.Use(async (context, next) =>
        {
            if (HubIdentity.Of(context) is null)
            {
                if (counterPcs is not null && await counterPcs.WhoAsync(context) is { } pc)
                {
                    context.User = new System.Security.Claims.ClaimsPrincipal(pc);
                }
                else if (isOpen || own.IsOwn(context.Request))
                {
                    context.User = HubIdentity.Staff;
                }
            }

            if (isPublic && HubIdentity.Of(context) is null)
            {
                context.RequestServices.GetRequiredService<Visit>().ReadAsPublic();
            }

            await next(context);
        });
        return app.UseAuthorization();
    }
}
