using Microsoft.AspNetCore.DataProtection;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Web.Audit;

namespace PolicyHub.Web.SignIn.Local;

/// <summary>What came of a try to sign in.</summary>
internal enum TryOutcome
{
    SignedIn,

    /// <summary>The password is right, and a code is needed.</summary>
    NeedsCode,

    /// <summary>Wrong, unknown, resting, disabled or over: the answer does not say which.</summary>
    Refused,

    /// <summary>Too many tries in a short time.</summary>
    TooFast,
}

/// <summary>
/// Signs people in by what they know: a password, and the code of an authenticator where they use one. A name that nobody has costs the
/// same work and gets the same answer as a wrong password.
/// </summary>
internal sealed class LocalSignIn(
    Tries tries, PeopleBook people, SignInLimits limits, SignInService signIn, SessionTickets tickets, SealedCookies cookies, AuditTrail trail,
    IDataProtectionProvider protection, SignInOptions options, TimeProvider time)
{
    private static readonly TimeSpan CodeWait = TimeSpan.FromMinutes(5);

    private readonly IDataProtector keys = protection.CreateProtector("PolicyHub.Authenticator");

    public bool IsOn => options.Local;

    /// <summary>The key of an authenticator as it is kept.</summary>
    public string Seal(string key) => keys.Protect(key);

    public async Task<TryOutcome> TryPasswordAsync(HttpContext context, string name, string password)
    {
        if (!limits.Allows(context, name))
        {
            await trail.RefusedAsync(context, "sign-in-too-fast");
            return TryOutcome.TooFast;
        }

        var cancellation = context.RequestAborted;
        var person = name.Length <= 100 ? await tries.CountAsync(name, cancellation) : null;
        var isRight = Passwords.Verify(person?.PasswordHash, password.Length <= PasswordRules.Longest ? password : "");
        if (person is null || !isRight || person.Source != PersonSource.Local || tries.IsLocked(person) || !tickets.IsActive(person))
        {
            await tries.FailedAsync(isRight ? null : person, cancellation);
            await trail.RefusedAsync(context, "password", person is null ? "" : AuditActor.ReferenceOf(person.Id));
            return TryOutcome.Refused;
        }

        if (person is { TwoFactorEnabled: true, AuthenticatorKey: not null })
        {
            cookies.Set(context, SealedCookies.Step, $"{person.Id} {person.SecurityStamp}", CodeWait);
            return TryOutcome.NeedsCode;
        }

        await tries.SucceededAsync(person, cancellation);
        await signIn.SignInAsync(context, person, "password");
        return TryOutcome.SignedIn;
    }

    /// <summary>Whose password was right a moment ago; null: nobody's, or too long ago.</summary>
    public async Task<Person?> HalfwayAsync(HttpContext context) =>
        cookies.Read(context, SealedCookies.Step)?.Split(' ') is [var id, var stamp]
        && await people.FindAsync(Guid.Parse(id), context.RequestAborted) is { } person && person.SecurityStamp == stamp
            ? person
            : null;

    /// <summary>The second step: a code of the authenticator, or a recovery code, each once.</summary>
    public async Task<TryOutcome> TryCodeAsync(HttpContext context, string code)
    {
        if (await HalfwayAsync(context) is not { } halfway)
        {
            return TryOutcome.Refused;
        }

        if (!limits.Allows(context, halfway.UserName))
        {
            await trail.RefusedAsync(context, "sign-in-too-fast");
            return TryOutcome.TooFast;
        }

        var cancellation = context.RequestAborted;
        var person = await tries.CountAsync(halfway.UserName!, cancellation);
        if (person is null || tries.IsLocked(person) || !tickets.IsActive(person) || await MethodAsync(person, code, cancellation) is not { } method)
        {
            await tries.FailedAsync(person, cancellation);
            await trail.RefusedAsync(context, "code", AuditActor.ReferenceOf(halfway.Id));
            return TryOutcome.Refused;
        }

        await tries.SucceededAsync(person, cancellation);
        cookies.Delete(context, SealedCookies.Step);
        await signIn.SignInAsync(context, person, method);
        return TryOutcome.SignedIn;
    }

    /// <summary>Whether a code is the authenticator's, whose key is not kept yet; the step of time that is used up with it, null: it is not.</summary>
    public long? StepOf(string key, string code) => Totp.FindStep(key, code, time.GetUtcNow(), last: 0);

    private async Task<string?> MethodAsync(Person person, string code, CancellationToken cancellation)
    {
        if (person.AuthenticatorKey is { } sealedKey && Totp.FindStep(keys.Unprotect(sealedKey), code, time.GetUtcNow(), person.LastCodeStep) is { } step)
        {
            return await tries.TakeStepAsync(person.Id, step, cancellation) ? "code" : null;
        }

        return await people.TakeRecoveryCodeAsync(person.Id, Totp.RecoveryHash(code), cancellation) ? "recovery-code" : null;
    }
}
