using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using PolicyHub.Records.People;
using PolicyHub.Records.Sessions;
using PolicyHub.Records.Storage;
using PolicyHub.Web.Api;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.SignIn;

/// <summary>
/// The sessions of this process, looked up in the records again every few seconds: what is ended or changed there, by whichever process,
/// counts within that time, and a page costs no query.
/// </summary>
internal sealed class SessionTickets(SessionBook book, RecordsKept records, SignInOptions options, CurrentEdition current, TimeProvider time) : ITicketStore
{
    /// <summary>The property of a ticket under which a new session stands until it is stored.</summary>
    public const string NewSession = ".session";

    private static readonly TimeSpan TrustedFor = TimeSpan.FromSeconds(5);

    /// <summary>How long a session that was good goes on when the records can't be asked.</summary>
    private static readonly TimeSpan TrustedInAnOutage = TimeSpan.FromMinutes(10);

    /// <summary>More sessions than this are looked up each time.</summary>
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);

    /// <summary>Takes the key of the session that <see cref="SignInService"/> began.</summary>
    public Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        var key = ticket.Properties.Items[NewSession]!;
        ticket.Properties.Items.Remove(NewSession);
        return Task.FromResult(key);
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket) => Task.CompletedTask;

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => RetrieveAsync(key, isUse: true);

    /// <summary>A page that lies open and asks for news is not somebody who works.</summary>
    public Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken) =>
        RetrieveAsync(key, !httpContext.Request.Path.Equals(OpenPagesEndpoint.Address, StringComparison.Ordinal));

    private async Task<AuthenticationTicket?> RetrieveAsync(string key, bool isUse)
    {
        // Where nothing is kept there is no session, whatever cookie another site of this machine may have set.
        if (!records.Are)
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (known.TryGetValue(key, out var held) && now - held.Checked < TrustedFor)
        {
            held.Used = isUse ? now : held.Used;
            return held.Ticket;
        }

        OpenSession? open;
        try
        {
            open = await book.FindAsync(SessionBook.IdOf(key), options.Idle, held?.Used, CancellationToken.None);
        }
        catch (Exception failure) when (held is not null && now - held.Checked < TrustedInAnOutage && RecordsOutage.Is(failure))
        {
            // Whoever has a caller on the line reads on while the database is away.
            return held.Ticket;
        }

        if (open is null || !IsActive(open.Person))
        {
            known.TryRemove(key, out _);
            return null;
        }

        var ticket = new AuthenticationTicket(
            new ClaimsPrincipal(new HubIdentity(new SignedIn(open))),
            new AuthenticationProperties { ExpiresUtc = open.Session.Ends },
            CookieAuthenticationDefaults.AuthenticationScheme);
        if (known.Count < Most || held is not null)
        {
            known[key] = new Known(ticket, now) { Used = isUse ? now : held?.Used ?? open.Session.Seen };
        }

        return ticket;
    }

    public async Task RemoveAsync(string key)
    {
        known.TryRemove(key, out _);
        await book.EndAsync(SessionBook.IdOf(key), CancellationToken.None);
    }

    /// <summary>Forgets what it knows, so that a change counts with the next request: a session ended, a role given.</summary>
    public void Forget() => known.Clear();

    /// <summary>Tells the records which sessions were used since it last did, and drops those that lie unused.</summary>
    public async Task TellAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var used = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var (key, held) in known)
        {
            if (held.Used > held.Told)
            {
                used[SessionBook.IdOf(key)] = held.Told = held.Used;
            }
            else if (now - held.Used > TimeSpan.FromMinutes(10))
            {
                known.TryRemove(key, out _);
            }
        }

        if (used.Count > 0)
        {
            await book.SeenAsync(used, cancellation);
        }
    }

    /// <summary>Whether a person may sign in, or stay signed in, today.</summary>
    public bool IsActive(Person person) => person.IsActiveOn(Today(time.GetUtcNow()));

    /// <summary>The day in the organisation's zone; before the library is read, in UTC.</summary>
    private DateOnly Today(DateTimeOffset now) =>
        DateOnly.FromDateTime(current.IsReady ? TimeZoneInfo.ConvertTime(now, current.Value.Settings.Zone).DateTime : now.UtcDateTime);

    private sealed class Known(AuthenticationTicket ticket, DateTimeOffset at)
    {
        public AuthenticationTicket Ticket { get; } = ticket;

        public DateTimeOffset Checked { get; } = at;

        public DateTimeOffset Used { get; set; }

        public DateTimeOffset Told { get; set; } = at;
    }
}
