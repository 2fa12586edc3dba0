using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Records.People;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Audit;
using PolicyHub.Web.Pages;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Propose;

/// <summary>Who asks, as proposals know them, and what they may write.</summary>
public static class Colleagues
{
    /// <summary>Null: nobody who has signed in by name.</summary>
    public static Colleague? Of(HttpContext context, Visit visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        return visit.Person is not { } person ? null : new Colleague(person.Id, person.Name, $"{person.Id:D}@policyhub", person.Positions, AuditTrail.Who(context, person))
        {
            Today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(visit.Clock, visit.Settings.Zone).DateTime),
            IsAuditor = person.Is(Role.Auditor),
            IsAdministrator = person.Is(Role.Administrator),
        };
    }

    /// <summary>Whether somebody may change a document.</summary>
    public static bool MayWrite(this SignedIn person, Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return person.MayWrite(document.Path, document.Desk);
    }

    /// <summary>Whether somebody may write what stands, or will stand, at a path.</summary>
    /// <param name="desk">The slug of its desk; null or empty: none.</param>
    public static bool MayWrite(this SignedIn person, LibraryPath path, string? desk)
    {
        ArgumentNullException.ThrowIfNull(person);
        return person.Grants.Any(grant => grant.Role == Role.Author && (grant.CoversPath(path.Value) || (desk is { Length: > 0 } && grant.CoversDesk(desk))));
    }
}
