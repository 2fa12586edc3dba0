using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Records.Sessions;
using PolicyHub.Web.Audit;

namespace PolicyHub.Web.SignIn.Local;

/// <summary>Passkeys of accounts kept here: the framework checks what they sign, this keeps the challenge between the two steps.</summary>
internal sealed class Passkeys(
    IPasskeyHandler<Person> handler, UserManager<Person> users, PasskeyBook book, UsedOnceBook used, SealedCookies cookies, SessionTickets tickets, SignInLimits limits, AuditTrail trail,
    IOptions<IdentityPasskeyOptions> passkeyOptions, TimeProvider time)
{
    public const int LongestName = 60;

    /// <summary>Longer than what any authenticator signs.</summary>
    private const int LongestCredential = 16_000;

    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(5);

    /// <summary>Whether they are set up.</summary>
    public bool AreOn => passkeyOptions.Value.ServerDomain is { Length: > 0 };

    /// <summary>They hold for one name of the site, say who they are of by themselves, and are opened by a finger, a face or a PIN: two factors in one.</summary>
    public static void Configure(IdentityPasskeyOptions options, string? domain)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ServerDomain = domain;
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";

        // What was signed names the address of the page; the framework would compare it with a header that our forms, which tell nobody where they stand, send empty.
        options.ValidateOrigin = told => ValueTask.FromResult(
            !told.CrossOrigin && Uri.TryCreate(told.Origin, UriKind.Absolute, out var origin)
            && (origin.Scheme == Uri.UriSchemeHttps || origin.Host == "localhost")
            && origin.Host == told.HttpContext.Request.Host.Host
            && (origin.Host == domain || origin.Host.EndsWith("." + domain, StringComparison.Ordinal)));
    }

    /// <summary>How a passkey is written in a form.</summary>
    public static string IdOf(UserPasskeyInfo passkey) => Base64Url.EncodeToString(passkey.CredentialId);

    /// <summary>What the browser is asked to make a passkey for.</summary>
    public async Task<string> BeginEnrolAsync(HttpContext context, Person person)
    {
        var made = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = person.Id.ToString(), Name = person.UserName ?? person.Name, DisplayName = person.Name }, context);
        cookies.Set(context, SealedCookies.Challenge, $"enrol {person.Id} {made.AttestationState}", Wait);
        return made.CreationOptionsJson;
    }

    /// <summary>Takes the passkey that the browser made; null: it can't be taken.</summary>
    public async Task<UserPasskeyInfo?> FinishEnrolAsync(HttpContext context, Person person, string credential, string name)
    {
        if (await ChallengeAsync(context, "enrol " + person.Id) is not { } state || credential.Length is 0 or > LongestCredential)
        {
            return null;
        }

        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = credential, AttestationState = state });
        if (!result.Succeeded || result.UserEntity.Id != person.Id.ToString())
        {
            return null;
        }

        result.Passkey.Name = NameOf(name);
        return result.Passkey;
    }

    public async Task<IList<UserPasskeyInfo>> ListAsync(Guid person) =>
        await users.FindByIdAsync(person.ToString()) is { } known ? await users.GetPasskeysAsync(known) : [];

    public async Task<bool> RenameAsync(Guid person, string id, string name)
    {
        if (await FindAsync(person, id) is not var (known, passkey))
        {
            return false;
        }

        passkey.Name = NameOf(name);
        return (await users.AddOrUpdatePasskeyAsync(known, passkey)).Succeeded;
    }

    public async Task<bool> RemoveAsync(HttpContext context, Guid person, string id) =>
        await FindAsync(person, id) is var (_, passkey) && await book.RemoveAsync(person, passkey.CredentialId, AuditTrail.Who(context), context.RequestAborted);

    /// <summary>What any passkey of this site is asked to sign.</summary>
    public async Task<string> BeginAsync(HttpContext context)
    {
        var made = await handler.MakeRequestOptionsAsync(user: null, context);
        cookies.Set(context, SealedCookies.Challenge, "sign-in - " + made.AssertionState, Wait);
        return made.RequestOptionsJson;
    }

    /// <summary>Whose passkey signed; null: nobody's who may sign in now.</summary>
    public async Task<Person?> WhoAsync(HttpContext context, string credential)
    {
        if (!limits.Allows(context, account: null) || await ChallengeAsync(context, "sign-in -") is not { } state || credential.Length is 0 or > LongestCredential)
        {
            await trail.RefusedAsync(context, "passkey");
            return null;
        }

        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = credential, AssertionState = state });
        if (!result.Succeeded || result.User.Source != PersonSource.Local || !tickets.IsActive(result.User))
        {
            await trail.RefusedAsync(context, "passkey", result.Succeeded ? AuditActor.ReferenceOf(result.User.Id) : "");
            return null;
        }

        await users.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        return result.User;
    }

    /// <summary>What was kept when a browser was asked; good once, whoever holds a copy of the cookie and of the answer.</summary>
    private async Task<string?> ChallengeAsync(HttpContext context, string purpose) =>
        cookies.Take(context, SealedCookies.Challenge) is { } held
        && held.StartsWith(purpose + " ", StringComparison.Ordinal)
        && await used.TakeAsync("passkey", held, time.GetUtcNow() + (2 * Wait), context.RequestAborted)
            ? held[(purpose.Length + 1)..]
            : null;

    private async Task<(Person Person, UserPasskeyInfo Passkey)?> FindAsync(Guid person, string id)
    {
        if (!Base64Url.IsValid(Encoding.UTF8.GetBytes(id)) || await users.FindByIdAsync(person.ToString()) is not { } known)
        {
            return null;
        }

        return await users.GetPasskeyAsync(known, Base64Url.DecodeFromChars(id)) is { } passkey ? (known, passkey) : null;
    }

    private static string NameOf(string name)
    {
        var clean = new string([.. name.Where(letter => !char.IsControl(letter))]).Trim();
        return clean.Length > LongestName ? clean[..LongestName] : clean;
    }
}
