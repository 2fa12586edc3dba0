using System.Collections.Immutable;
using PolicyHub.Content.Approvals;
using PolicyHub.Content.Documents;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.People;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Propose;

/// <summary>The people around a change: who can approve it, who can go on with it, who can stand for whom.</summary>
public sealed class ChangeTeam(ApprovalBook approvals, AccountBook accounts, SiteOptions options)
{
    /// <summary>People that a list of a form offers.</summary>
    private const int MostOffered = 2000;

    /// <summary>The route of a change with the people of today.</summary>
    public async Task<RoutePlan> PlanAsync(ApprovalRoute route, Proposal proposal, Colleague by, LibrarySettings settings, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(route);
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(settings);
        var positions = route.Steps.SelectMany(step => step.Positions).Concat(settings.Positions.Keys).Distinct(StringComparer.Ordinal).ToList();
        var held = await approvals.HoldersAsync(positions, by.Today, cancellation);
        var people = held.SelectMany(group => group).Concat(Samples).DistinctBy(person => person.Id).ToList();
        return RoutePlan.Of(route, settings, people, [by.Id, .. proposal.Writers.Select(writer => Guid.TryParse(writer, out var id) ? id : Guid.Empty)]);
    }

    /// <summary>Who could go on writing a change in the place of its author: authors of every document of it.</summary>
    public async Task<ImmutableArray<Person>> AuthorsAsync(ImmutableArray<ChangedFile> texts, Colleague but, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(but);
        return
        [
            .. (await PeopleAsync(but.Today, cancellation)).Where(person => person.Id != but.Id && texts.All(text => person.Grants.Any(grant =>
                grant.Role == Role.Author && (grant.CoversPath(text.Path.Value) || (text.Document?.Desk is { } desk && grant.CoversDesk(desk)))))),
        ];
    }

    /// <summary>Everybody who may sign in, by name.</summary>
    public async Task<ImmutableArray<Person>> PeopleAsync(DateOnly day, CancellationToken cancellation)
    {
        var (people, _) = await accounts.ListAsync("", 0, MostOffered, cancellation);
        return [.. people.Where(person => person.IsActiveOn(day)).OrderBy(person => person.Name, StringComparer.CurrentCulture)];
    }

    /// <summary>Sample people can sign in at any moment, and are in the records from then on.</summary>
    private IEnumerable<Person> Samples => options.IsDevelopment ? SamplePeople.All.Select(sample => sample.Person) : [];
}
