using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Records.Sessions;
using PolicyHub.Web.Audit;
using PolicyHub.Web.Pages;

namespace PolicyHub.Web.SignIn.Oidc;

/// <summary>Between the provider and the records: who the provider's people are here, and their sessions.</summary>
internal sealed class OidcSessions(PeopleBook people, SessionBook book, SignInService signIns, SignInOptions options, IDataProtectionProvider protection)
{
    public const string Method = "provider";

    /// <summary>The length of the column of <see cref="Session.ProviderSession"/>.</summary>
    private const int LongestName = 200;

    private readonly IDataProtector seal = protection.CreateProtector("PolicyHub.SignIn.Oidc.SignOutHint");

    /// <summary>Makes the person known, or brings them up to date, and begins their session; false where they may not come.</summary>
    public static Task<bool> BeginAsync(OidcSignIn signIn) => signIn.HttpContext.RequestServices.GetRequiredService<OidcSessions>().TakeAsync(signIn);

    /// <summary>Tells the audit log of a sign-in that was refused; a provider that is down refuses nobody.</summary>
    public static Task RefusedAsync(HttpContext context, OidcReason reason) => OidcTrouble.WhyOf(reason) == OidcTrouble.Down
        ? Task.CompletedTask
        : context.RequestServices.GetRequiredService<AuditTrail>().RefusedAsync(context, Method, $"{reason}");

    /// <summary>Ends the session that the provider names, else all of the person.</summary>
    /// <exception cref="OidcFailedException">A token said so that had said it before.</exception>
    public static async Task EndAsync(HttpContext context, OidcSignedOut ended)
    {
        var (book, signIns) = (context.RequestServices.GetRequiredService<SessionBook>(), context.RequestServices.GetRequiredService<SignInService>());
        var (name, person) = (ended.SessionId is { } session ? NameOf(session) : null, ended.Subject is { } subject ? ClaimsMapping.PersonOf(subject) : Guid.Empty);
        if (ended.Token is not { } token)
        {
            await book.EndProviderSessionAsync(name ?? "", context.RequestAborted);
        }
        else if (!await book.EndOnceAsync($"{ended.Issuer} {token.Id}", token.Until, one => name == null ? one.PersonId == person : one.ProviderSession == name, context.RequestAborted))
        {
            throw new OidcFailedException(OidcReason.Replayed);
        }

        signIns.Refresh();
    }

    /// <summary>Where the browser goes on to, to end the provider's session, too; null where this session did not come from there, or can't end there.</summary>
    public async Task<string?> LeaveAddressAsync(HttpContext context, string returnUrl)
    {
        if (HubIdentity.Of(context)?.Person is not { Method: Method } person
            || await book.FindAsync(person.SessionId, options.Idle, null, context.RequestAborted) is not { Session.SignOutHint: var hint })
        {
            return null;
        }

        return await OidcServices.LeaveAddressAsync(context, Open(hint), returnUrl);
    }

    private async Task<bool> TakeAsync(OidcSignIn signIn)
    {
        var (told, cancellation) = (signIn.Identity, signIn.HttpContext.RequestAborted);
        var id = ClaimsMapping.PersonOf(told.Subject);
        var known = await people.FindAsync(id, cancellation);
        var today = DateOnly.FromDateTime(signIn.HttpContext.RequestServices.GetRequiredService<Visit>().Dates.Local);
        if (known?.IsActiveOn(today) == false)
        {
            return false;
        }

        // What the settings say nothing about is the administrator's to give, and stays as it was given.
        var settings = options.Oidc;
        var person = await people.TakeAsync(
            new Person
            {
                Id = id,
                Name = told.Name,
                UserName = $"{Method}-{id:N}",
                NormalizedUserName = $"{Method}-{id:N}".ToUpperInvariant(),
                SecurityStamp = Guid.NewGuid().ToString("N"),
                Source = PersonSource.Provider,
                Made = signIn.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(),
                Desk = settings.DeskClaim is { Length: > 0 } ? told.Desk ?? "" : known?.Desk ?? "",
                Audience = settings.AudienceClaim is { Length: > 0 } ? told.Audience ?? "" : known?.Audience ?? "",
                Groups = settings.Groups.Count > 0 ? [.. told.Groups] : known?.Groups ?? [],
                Positions = settings.Positions.Count > 0 ? [.. told.Positions] : known?.Positions ?? [],
                Grants = settings.Roles.Count > 0 ? told.Roles : known?.Grants ?? [],
            },
            AuditActor.Hub with { Reference = "provider" },
            cancellation);
        await signIns.SignInAsync(signIn.HttpContext, person, Method, signIn.SessionId is { } session ? NameOf(session) : null, seal.Protect(signIn.IdToken));

        // Other sessions of the person, too, go by what the provider says now.
        signIns.Refresh();
        return true;
    }

    private string? Open(string? hint)
    {
        try
        {
            return hint is null ? null : seal.Unprotect(hint);
        }
        catch (CryptographicException)
        {
            // Sealed with a key that is gone: the provider asks the person then.
            return null;
        }
    }

    /// <summary>A provider may name a session at any length.</summary>
    private static string NameOf(string session) => session.Length <= LongestName ? session : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(session)));
}
