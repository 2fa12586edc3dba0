using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
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

    /// <summary>What the document at a path is called; where none is in effect there, the name of its file.</summary>
    public static string TitleAt(this Visit visit, LibraryPath path)
    {
        ArgumentNullException.ThrowIfNull(visit);
        return visit.Today.Find(path, visit.Reader)?.Title ?? path.Name;
    }

    /// <summary>A document that they may change, by its number, its place or its name; null: there is none, or several have the name.</summary>
    public static EditionDocument? MayWriteNamed(this Visit visit, string name)
    {
        ArgumentNullException.ThrowIfNull(visit);
        ArgumentNullException.ThrowIfNull(name);
        var found = visit.Today.FindById(name, visit.Reader)
            ?? (LibraryPath.TryParse(name.EndsWith(".md", StringComparison.Ordinal) ? name : name + ".md", out var path) ? visit.Today.Find(path, visit.Reader) : null)
            ?? (visit.Today.Documents(visit.Reader).Where(document => string.Equals(document.Title, name, StringComparison.OrdinalIgnoreCase)).Take(2).ToList() is [var only] ? only : null);
        return found is not null && visit.Person?.MayWrite(found.Document) == true ? found : null;
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
