using Microsoft.Extensions.DependencyInjection.Extensions;
using PolicyHub.Records.Feedback;
using PolicyHub.Records.Notices;
using PolicyHub.Records.Reading;
using PolicyHub.Records.Retention;
using PolicyHub.Records.Searches;
using PolicyHub.Web.Audit;
using PolicyHub.Web.Counting;
using PolicyHub.Web.Feedback;
using PolicyHub.Web.Notices;
using PolicyHub.Web.Privacy;
using PolicyHub.Web.Propose;
using PolicyHub.Web.Reading;

namespace PolicyHub.Web.SignIn;

/// <summary>What staff get from signing in: notices, pins, pages opened lately, notes to owners, and word of what is kept of it.</summary>
internal static class StaffServices
{
    /// <summary>What pages need, whether records are kept or not.</summary>
    public static IServiceCollection AddStaff(this IServiceCollection services, SiteOptions options)
    {
        services.TryAddSingleton(new RecordsKept(false));
        services.TryAddSingleton(_ => new RetentionOptions().Rules(options.QueriesKept));
        services.AddSingleton<PostedNotices>();
        services.AddSingleton<OpenedPages>();
        services.AddSingleton<ReadingBook>();
        services.AddSingleton<MyReading>();
        services.AddSingleton<FeedbackBox>();
        services.AddSingleton<ApprovalProofs>();
        services.AddSingleton<UrgentMark>();
        services.AddSingleton<TakenBackNotes>();
        services.AddSingleton<FeedbackDesk>();
        services.AddScoped<NoticeBoard>();
        services.AddScoped<Offers>();
        return services;
    }

    /// <summary>What only makes sense with records.</summary>
    public static IServiceCollection AddStaffRecords(this IServiceCollection services)
    {
        services.AddSingleton(new RecordsKept(true));
        services.AddSingleton<NoticeBook>();
        services.AddSingleton<NoticeWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<NoticeWatch>());
        services.AddHostedService<OpenedPagesUpkeep>();
        services.AddSingleton<SeenUrgentBook>();
        services.AddHostedService<TakenBackUpkeep>();
        services.AddSingleton<QueryBook>();
        services.AddHostedService<QueryUpkeep>();
        services.AddSingleton<RecordsRequest>();
        services.AddHostedService<RetentionUpkeep>();
        return services;
    }
}
