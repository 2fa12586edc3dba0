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
/// Whose pins, feedback, notices and signatures something is. Where a person has signed in it is theirs. At a counter PC it is whoever says,
/// in place, who they are by badge number and PIN: the partial <c>_WhoActs</c> puts both fields into the form of the act, and
/// <see cref="TakeAsync"/> reads them there. They are forgotten with the answer, or after <see cref="SignInOptions.ActingFor"/> where the box
/// for that was ticked. A page that shows something personal asks with <c>[Authorize(Policies.Acting)]</c> and reads <c>Visit.Acting</c>.
/// </summary>
internal sealed class ActingPerson(CounterPcs pcs, Tries tries, SignInLimits limits, SessionTickets tickets, AuditTrail trail)
{
    /// <summary>The names of the fields.</summary>
    public const string Badge = "badge";
    public const string Pin = "pin";
    public const string Stay = "stay";

    /// <summary>Whether a form must ask: at a counter PC where nobody has said who they are.</summary>
    public static bool Asks(HttpContext context) => HubIdentity.Of(context) is { CounterPc: not null, Acting: null };

    /// <summary>The person who acts by sending a form; reads the form where it must.</summary>
    public async Task<ActingAnswer> TakeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (HubIdentity.Of(context) is not { Acting: null, CounterPc: { } pc })
        {
            return new ActingAnswer(HubIdentity.Of(context)?.Acting, null);
        }

        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        var (badge, pin) = (form[Badge].ToString(), form[Pin].ToString());
        if (badge.Length is 0 or > 40 || pin.Length is 0 or > PasswordRules.LongestPin)
        {
            return new ActingAnswer(null, "who.wrong");
        }

        if (!limits.Allows(context, "badge " + badge))
        {
            return new ActingAnswer(null, "sign-in.too-fast");
        }

        if (await FindAsync(context, badge, pin) is not { } person)
        {
            return new ActingAnswer(null, "who.wrong");
        }

        if (form[Stay] == "on")
        {
            await BeginAsync(context, pc, person, "badge");
        }
        else
        {
            await trail.TellAsync(context, AuditKind.SignIn, "badge", AuditActor.ReferenceOf(person.Id));
        }

        return new ActingAnswer(pcs.ForOneAct(pc, person, "badge"), null);
    }

    /// <summary>Remembers for a while who said who they are, by a passkey perhaps.</summary>
    public Task BeginAsync(HttpContext context, CounterPc pc, Person person, string method) => pcs.BeginActingAsync(context, pc, person, method);

    /// <summary>Forgets who acts, before the time is over.</summary>
    public Task ForgetAsync(HttpContext context) => pcs.EndActingAsync(context);

    private async Task<Person?> FindAsync(HttpContext context, string badge, string pin)
    {
        var cancellation = context.RequestAborted;
        var person = await tries.CountPinAsync(badge, cancellation);
        var isRight = Passwords.Verify(person?.PinHash, pin);
        if (person is null || !isRight || tries.IsPinLocked(person) || !tickets.IsActive(person))
        {
            await tries.PinFailedAsync(isRight ? null : person, cancellation);
            await trail.RefusedAsync(context, "badge", person is null ? "" : AuditActor.ReferenceOf(person.Id));
            return null;
        }

        await tries.PinSucceededAsync(person, cancellation);
        return person;
    }
}
