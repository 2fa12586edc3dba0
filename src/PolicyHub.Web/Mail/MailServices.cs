using PolicyHub.Records.Mails;

namespace PolicyHub.Web.Mail;

internal static class MailServices
{
    /// <summary>What sends e-mail; only where records are kept.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services, MailOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<MailBook>();
        services.AddSingleton<MailRoundSignal>();
        services.AddSingleton<MailPost>();
        services.AddHostedService<MailRound>();
        if (options.IsOn)
        {
            services.AddHealthChecks().AddCheck<MailCheck>("mail");
        }

        return services;
    }
}
