using PolicyHub.Records.Approvals;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Publishing;
using PolicyHub.Web.Hosting;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Propose;

internal static class ProposalServices
{
    /// <summary>What writes, approves and publishes changes; only where records are kept.</summary>
    public static IServiceCollection AddProposals(this IServiceCollection services, HubOptions options)
    {
        services.AddSingleton<ProposalBook>();
        services.AddSingleton<ApprovalBook>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ProposalDesk>(provider, (Func<Content.Git.LibraryRepository>)(() =>
            provider.GetRequiredService<ILibraryFeed>().Repository is { CanPublish: true } repository
                ? repository
                : throw new Content.Git.GitException("This library is only read here: nothing can be published to it."))));
        services.AddSingleton<ChangeReading>();
        services.AddSingleton<ChangeChecks>();
        services.AddSingleton<ChangeSending>();
        services.AddSingleton<MovedTexts>();
        services.AddSingleton<SpecialChanges>();
        services.AddSingleton<OutsideChanges>();
        services.AddSingleton<ChangeTeam>();
        services.AddSingleton<WorkList>();
        services.AddSingleton<ChangeMail>();
        services.AddSingleton<ChangeNews>();
        services.AddSingleton<LostPlans>();
        services.AddSingleton<LinkMending>();
        services.AddSingleton<ProposalUpkeep>();
        services.AddHostedService(provider => provider.GetRequiredService<ProposalUpkeep>());
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(new OneWriter(options)));
        return services;
    }
}
