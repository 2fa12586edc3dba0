using System.Collections.Concurrent;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Records.Sessions;
using PolicyHub.Web.Audit;
using PolicyHub.Web.SignIn.Local;

namespace PolicyHub.Web.SignIn.Counter;

/// <summary>Knows the browsers that were enrolled as counter PCs, looked up again every few seconds: one taken out of use is refused within that time.</summary>
internal sealed class CounterPcs(CounterPcBook book, SessionBook sessions, SessionTickets tickets, SealedCookies cookies, SignInOptions options, TimeProvider time)
{
    private const string Cookie = "counter";
    private const string ActingCookie = "acting";

    /// <summary>As long as browsers keep any; every hour of use begins it anew.</summary>
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(400);

    private static readonly TimeSpan TrustedFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SeenEvery = TimeSpan.FromHours(1);
    private const int Most = 5_000;

    private readonly ConcurrentDictionary<string, (CounterPc Pc, DateTimeOffset Checked)> known = new(StringComparer.Ordinal);

    /// <summary>The counter PC that asks, with whoever acts there; null: it is none.</summary>
    public async Task<HubIdentity?> WhoAsync(HttpContext context)
    {
        if (!IsKey(context.Request.Cookies[cookies.Name(Cookie)], out var key) || await FindAsync(context, key) is not { } pc)
        {
            return null;
        }

        return new HubIdentity(pc, await ActingAsync(context, pc));
    }

    /// <summary>Makes a counter PC of the browser that asks, which forgets who was signed in on it; false: the link can't be used.</summary>
    public async Task<bool> EnrolAsync(HttpContext context, string linkKey)
    {
        if (await book.EnrolAsync(linkKey, AuditTrail.Who(context), context.RequestAborted) is not { } key)
        {
            return false;
        }

        context.Response.Cookies.Append(cookies.Name(Cookie), key, cookies.Options(context, Lasts));
        return true;
    }

    public async Task<bool> RevokeAsync(Guid id, AuditActor who, CancellationToken cancellation)
    {
        var done = await book.RevokeAsync(id, who, cancellation);
        known.Clear();
        return done;
    }

    /// <summary>Remembers for a while, at a counter PC, who said who they are.</summary>
    public async Task BeginActingAsync(HttpContext context, CounterPc pc, Person person, string method)
    {
        var (key, now) = (SessionBook.NewKey(), time.GetUtcNow());
        var told = new AuditEvent { Kind = AuditKind.SignIn, Who = AuditTrail.Who(context, person), What = method, Subject = AuditActor.ReferenceOfPc(pc.Id) };
        await sessions.BeginAsync(NewSession(SessionId(key), pc, person, method, now), told, context.RequestAborted);
        context.Response.Cookies.Append(cookies.Name(ActingCookie), key, cookies.Options(context, options.ActingFor));
    }

    /// <summary>Forgets it.</summary>
    public async Task EndActingAsync(HttpContext context)
    {
        if (IsKey(context.Request.Cookies[cookies.Name(ActingCookie)], out var key))
        {
            await sessions.EndAsync(SessionId(key), context.RequestAborted);
        }

        context.Response.Cookies.Delete(cookies.Name(ActingCookie), cookies.Options(context, TimeSpan.Zero));
    }

    /// <summary>A person for one act, of which nothing is kept.</summary>
    /// <param name="asLead">Whether they may speak for the desks that they lead.</param>
    public SignedIn ForOneAct(CounterPc pc, Person person, string method, bool asLead) =>
        SignedIn.AtCounterPc(new OpenSession(NewSession("", pc, person, method, time.GetUtcNow()), person), asLead);

    // In a name of its own: the key of one who acts opens no session of a person who signed in.
    private static string SessionId(string key) => SessionBook.IdOf("acting:" + key);

    private static bool IsKey(string? text, out string key)
    {
        key = text ?? "";
        return key.Length == 64 && key.All(char.IsAsciiHexDigitLower);
    }

    private Session NewSession(string id, CounterPc pc, Person person, string method, DateTimeOffset now) => new()
    {
        Id = id,
        PersonId = person.Id,
        Method = method,
        Begun = now,
        Seen = now,
        Ends = now + options.ActingFor,

        // It ends with the PC.
        ProviderSession = AuditActor.ReferenceOfPc(pc.Id),
    };

    private async Task<SignedIn?> ActingAsync(HttpContext context, CounterPc pc) =>
        IsKey(context.Request.Cookies[cookies.Name(ActingCookie)], out var key)
        && await sessions.FindAsync(SessionId(key), options.ActingFor, seenHere: null, context.RequestAborted) is { } open
        && open.Session.ProviderSession == AuditActor.ReferenceOfPc(pc.Id) && tickets.IsActive(open.Person)
            ? SignedIn.AtCounterPc(open)
            : null;

    private async Task<CounterPc?> FindAsync(HttpContext context, string key)
    {
        var now = time.GetUtcNow();
        if (known.TryGetValue(key, out var held) && now - held.Checked < TrustedFor)
        {
            return held.Pc;
        }

        if (await book.FindAsync(key, context.RequestAborted) is not { } pc)
        {
            known.TryRemove(key, out _);
            return null;
        }

        if (!(now - pc.Seen < SeenEvery))
        {
            await book.SeenAsync(pc.Id, context.RequestAborted);
            context.Response.Cookies.Append(cookies.Name(Cookie), key, cookies.Options(context, Lasts));
        }

        if (known.Count < Most)
        {
            known[key] = (pc, now);
        }

        return pc;
    }
}
