using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Web.Audit;
using PolicyHub.Web.SignIn.Local;

namespace PolicyHub.Web.SignIn.Counter;

/// <summary>Who does something personal, or why that is not known.</summary>
/// <param name="Person">Null: nobody whom we know.</param>
/// <param name="Fault">The key of the words that say why; null: all is well, or nobody was asked for.</param>
public sealed record ActingAnswer(SignedIn? Person, string? Fault);

/// <summary>
/// Whose pins, notes, notices and signatures something is. Where a person has signed in it is theirs. At a counter PC it is whoever says,
/// in the form of the act, who they are, by badge number and PIN or by a passkey: the partial <c>_WhoActs</c> puts the fields there, and
/// <see cref="TakeAsync"/> or <see cref="TakeAfreshAsync"/> reads them. They are forgotten with the answer, or after
/// <see cref="SignInOptions.ActingFor"/> where the box for that was ticked. Whoever acts has none of their roles and groups (see
/// <see cref="SignedIn.AtCounterPc"/>), but that a lead speaks for their desk in the one form in which they said who they are: a PC that
/// remembers somebody, with nobody before it, says nothing in the name of a desk. A page whose forms ask is under
/// <see cref="Policies.AskedInPlace"/>; one that shows something personal, under <see cref="Policies.Acting"/>.
/// </summary>
internal sealed class ActingPerson(CounterPcs pcs, Tries tries, SignInLimits limits, SessionTickets tickets, AuditTrail trail)
{
    /// <summary>The names of the fields.</summary>
    public const string Badge = "badge";
    public const string Pin = "pin";
    public const string Stay = "stay";
    public const string Credential = "credential";

    public const int LongestBadge = 40;

    /// <summary>What is said to whoever tries too fast.</summary>
    public const string TooFast = "sign-in.too-fast";

    /// <summary>Whether a form must ask: at a counter PC where nobody has said who they are.</summary>
    public static bool Asks(HttpContext context) => HubIdentity.Of(context) is { CounterPc: not null, Acting: null };

    /// <summary>Whether a form in the name of a desk must ask: at every counter PC.</summary>
    public static bool AsksAfresh(HttpContext context) => HubIdentity.Of(context)?.CounterPc is not null;

    /// <summary>Whether a passkey says who somebody is.</summary>
    public static bool TakesPasskeys(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.RequestServices.GetRequiredService<LocalSignIn>().IsOn && context.RequestServices.GetRequiredService<Passkeys>().AreOn;
    }

    /// <summary>The badge number in a form that was read, to be shown again.</summary>
    public static string BadgeOf(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var typed = context.Request.HasFormContentType ? context.Request.Form[Badge].ToString() : "";
        return typed.Length > LongestBadge ? typed[..LongestBadge] : typed;
    }

    /// <summary>The person who acts by sending a form; reads the form where it must.</summary>
    /// <param name="mayBeNobody">Whether a form that names nobody is no fault.</param>
    public async Task<ActingAnswer> TakeAsync(HttpContext context, bool mayBeNobody = false)
    {
        ArgumentNullException.ThrowIfNull(context);
        return HubIdentity.Of(context) is { Acting: null, CounterPc: { } pc }
            ? await ReadAsync(context, pc, isAfresh: false, mayBeNobody)
            : new ActingAnswer(HubIdentity.Of(context)?.Acting, null);
    }

    /// <summary>The person who speaks for a desk by sending a form, with the desks that they lead: whoever a counter PC remembers does not count.</summary>
    public async Task<ActingAnswer> TakeAfreshAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return HubIdentity.Of(context) is { CounterPc: { } pc }
            ? await ReadAsync(context, pc, isAfresh: true, mayBeNobody: false)
            : new ActingAnswer(HubIdentity.Of(context)?.Person, null);
    }

    /// <summary>Forgets who acts, before the time is over.</summary>
    public Task ForgetAsync(HttpContext context) => pcs.EndActingAsync(context);

    private async Task<ActingAnswer> ReadAsync(HttpContext context, CounterPc pc, bool isAfresh, bool mayBeNobody)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        var (badge, pin, credential) = (form[Badge].ToString(), form[Pin].ToString(), form[Credential].ToString());
        if (mayBeNobody && badge.Length + pin.Length + credential.Length == 0)
        {
            return new ActingAnswer(null, null);
        }

        var method = credential.Length > 0 ? "passkey" : "badge";
        var (person, fault) = credential.Length > 0 ? await ByPasskeyAsync(context, credential) : await ByBadgeAsync(context, badge, pin);
        if (person is null)
        {
            return new ActingAnswer(null, fault);
        }

        if (!isAfresh && form[Stay] == "on")
        {
            await pcs.BeginActingAsync(context, pc, person, method);
        }
        else
        {
            await trail.TellAsync(context, AuditKind.SignIn, method, AuditActor.ReferenceOfPc(pc.Id), who: AuditTrail.Who(context, person));
        }

        return new ActingAnswer(pcs.ForOneAct(pc, person, method, asLead: isAfresh), null);
    }

    private static async Task<(Person? Person, string Fault)> ByPasskeyAsync(HttpContext context, string credential) =>
        (TakesPasskeys(context) ? await context.RequestServices.GetRequiredService<Passkeys>().WhoAsync(context, credential) : null, "who.passkey.wrong");

    private async Task<(Person? Person, string Fault)> ByBadgeAsync(HttpContext context, string badge, string pin)
    {
        if (badge.Length is 0 or > LongestBadge || pin.Length is 0 or > PasswordRules.LongestPin)
        {
            return (null, "who.wrong");
        }

        if (!limits.Allows(context, "badge " + badge))
        {
            await trail.RefusedAsync(context, "sign-in-too-fast");
            return (null, TooFast);
        }

        var cancellation = context.RequestAborted;
        var person = await tries.CountPinAsync(badge, cancellation);
        var isRight = Passwords.Verify(person?.PinHash, pin);
        if (person is null || !isRight || tries.IsPinLocked(person) || !tickets.IsActive(person))
        {
            await tries.PinFailedAsync(isRight ? null : person, cancellation);
            await trail.RefusedAsync(context, "badge", person is null ? "" : AuditActor.ReferenceOf(person.Id));
            return (null, "who.wrong");
        }

        await tries.PinSucceededAsync(person, cancellation);
        return (person, "");
    }
}
