using PolicyHub.Records.People;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Audit;
using PolicyHub.Web.Pages;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Propose;

/// <summary>Whoever asks, as changes know them.</summary>
internal static class Colleagues
{
    /// <summary>Null: nobody who has signed in by name.</summary>
    public static Colleague? Of(HttpContext http, Visit visit) => visit.Person is not { } person
        ? null
        : new Colleague(person.Id, person.Name, person.Id.ToString("D"), person.Positions, AuditTrail.Who(http, person))
        {
            Today = DateOnly.FromDateTime(visit.Dates.Local),
            IsAuditor = person.Is(Role.Auditor),
            IsAdministrator = person.Is(Role.Administrator),
        };

    /// <summary>Whether somebody may change a document: as an author of its folder or of its desk.</summary>
    /// <param name="desk">The slug of its desk; null: none.</param>
    public static bool MayChange(this SignedIn? person, string path, string? desk) =>
        person?.Grants.Any(grant => grant.Role == Role.Author && (grant.CoversPath(path) || (desk is not null && grant.CoversDesk(desk)))) == true;
}
