using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Records.Sessions;

namespace PolicyHub.Testing;

/// <summary>People beside the samples of Development: in any groups, with any roles, signed in without a page to sign in on.</summary>
public static class TestPeople
{
    /// <summary>Makes a person known to the records of a site and begins a session for them; whoever calls it disposes of the browser.</summary>
    /// <param name="groups">Groups of the library, declared there or not.</param>
    /// <param name="grants">Each as <see cref="Grant.TryParse"/> reads it, such as <c>lead desk:billing</c>.</param>
    public static async Task<Browsing> SignInAsync(RunningSite site, string name, IEnumerable<string> groups, params string[] grants)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(name);
        var id = Guid.NewGuid();
        var person = await site.Services.GetRequiredService<PeopleBook>().TakeAsync(
            new Person
            {
                Id = id,
                Name = name,
                UserName = $"{id:N}",
                NormalizedUserName = id.ToString("N").ToUpperInvariant(),
                Groups = [.. groups],
                Grants = grants.Select(grant => Grant.TryParse(grant) ?? throw new ArgumentException($"“{grant}” is no grant.", nameof(grants))),
                SecurityStamp = name,
            },
            AuditActor.CommandLine,
            CancellationToken.None);
        var (key, now) = (SessionBook.NewKey(), site.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        await site.Services.GetRequiredService<SessionBook>().BeginAsync(
            new Session { Id = SessionBook.IdOf(key), PersonId = person.Id, Method = "test", Begun = now, Seen = now, Ends = now.AddHours(12) },
            new AuditEvent { Kind = AuditKind.SignIn, Who = AuditActor.Of(person, null), What = "test" },
            CancellationToken.None);
        var browsing = new Browsing(site.Address);
        browsing.Cookies.Add(site.Address, new Cookie("policyhub", key));
        return browsing;
    }
}
