using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Records.Sessions;
using PolicyHub.Web.Audit;

namespace PolicyHub.Web.SignIn;

/// <summary>Begins and ends sessions; whoever has made sure who somebody is comes here.</summary>
internal sealed class SignInService(SessionBook book, SessionTickets tickets, SignInOptions options, TimeProvider time)
{
    /// <summary>Begins a session of a person in the browser that asks, and ends the one that it had.</summary>
    /// <param name="method">How they made sure who they are; see <see cref="Session.Method"/>.</param>
    /// <param name="providerSession">The provider's name for the session.</param>
    /// <param name="signOutHint">What the provider asks for at sign-out, sealed.</param>
    public async Task SignInAsync(HttpContext context, Person person, string method, string? providerSession = null, string? signOutHint = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(person);
        if (HubIdentity.Of(context)?.Person is { } before)
        {
            await book.EndAsync(before.SessionId, context.RequestAborted);
            tickets.Forget();
        }

        var key = SessionBook.NewKey();
        var now = time.GetUtcNow();
        var session = new Session
        {
            Id = SessionBook.IdOf(key),
            PersonId = person.Id,
            Method = method,
            Begun = now,
            Seen = now,
            Ends = now + options.Longest,
            ProviderSession = providerSession,
            SignOutHint = signOutHint,
        };
        var told = new AuditEvent { Kind = AuditKind.SignIn, Who = AuditTrail.Who(context, person), What = method };
        await book.BeginAsync(session, told, context.RequestAborted);
        var properties = new AuthenticationProperties { ExpiresUtc = session.Ends };
        properties.Items[SessionTickets.NewSession] = key;
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(new HubIdentity(new SignedIn(new OpenSession(session, person)))), properties);
    }

    /// <summary>Ends the session of the browser that asks.</summary>
    public static async Task SignOutAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (HubIdentity.Of(context)?.Person is { } person)
        {
            await context.RequestServices.GetRequiredService<AuditTrail>().TellAsync(context, AuditKind.SignOut, person.Method);
        }

        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    /// <summary>Lets a change of people count with the next request of this process.</summary>
    public void Refresh() => tickets.Forget();
}
