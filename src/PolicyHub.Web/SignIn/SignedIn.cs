using System.Collections.Immutable;
using System.Security.Claims;
using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Records.People;
using PolicyHub.Records.Sessions;

namespace PolicyHub.Web.SignIn;

/// <summary>A person as a request knows them: what they may do, as it stood when their session was last looked up, seconds ago.</summary>
public sealed class SignedIn
{
    private (LibrarySettings Settings, Reader Reader)? reader;

    public SignedIn(OpenSession open)
        : this(open ?? throw new ArgumentNullException(nameof(open)), open.Person.Groups, [.. open.Person.Grants])
    {
    }

    private SignedIn(OpenSession open, ImmutableArray<string> groups, ImmutableArray<Grant> grants)
    {
        (Id, Name, Desk, Audience, Positions) = (open.Person.Id, open.Person.Name, open.Person.Desk, open.Person.Audience, open.Person.Positions);
        (Groups, Grants) = (groups, grants);
        (SessionId, Method, Begun) = (open.Session.Id, open.Session.Method, open.Session.Begun);
    }

    public Guid Id { get; }

    public string Name { get; }

    /// <summary>The slug of their desk; empty: none.</summary>
    public string Desk { get; }

    /// <summary>The slug of their audience; empty: none.</summary>
    public string Audience { get; }

    public ImmutableArray<string> Groups { get; }

    /// <summary>Slugs of the positions that they hold.</summary>
    public ImmutableArray<string> Positions { get; }

    public ImmutableArray<Grant> Grants { get; }

    public string SessionId { get; }

    /// <summary>How they signed in.</summary>
    public string Method { get; }

    /// <summary>When they signed in.</summary>
    public DateTimeOffset Begun { get; }

    /// <summary>Somebody who acts at a counter PC: what they may read and do elsewhere is left out, but for the desks that they lead where <paramref name="asLead"/>.</summary>
    public static SignedIn AtCounterPc(OpenSession open, bool asLead = false)
    {
        ArgumentNullException.ThrowIfNull(open);
        return new SignedIn(open, [], asLead ? [.. open.Person.Grants.Where(grant => grant.Role == Role.Lead)] : []);
    }

    /// <summary>Whether they hold a role, wherever it holds.</summary>
    public bool Is(Role role) => Grants.Any(grant => grant.Role == role);

    /// <summary>Whether they may post notices of a desk.</summary>
    public bool Leads(string desk) => Grants.Any(grant => grant.Role == Role.Lead && grant.CoversDesk(desk));

    /// <summary>What they may see, under the groups that the library knows today.</summary>
    public Reader ReaderIn(LibrarySettings settings)
    {
        if (reader is not { } known || !ReferenceEquals(known.Settings, settings))
        {
            reader = known = (settings, Is(Role.Auditor) ? Reader.Auditor : new Reader(settings.LabelsOf(Groups)));
        }

        return known.Reader;
    }
}

/// <summary>Who asks: a person, or staff of whom no more is known (a site open on this machine, a counter PC, the site itself).</summary>
public sealed class HubIdentity : ClaimsIdentity
{
    private const string Scheme = "PolicyHub";
    private readonly SignedIn? acting;

    public HubIdentity(SignedIn person)
        : base([new Claim(ClaimTypes.NameIdentifier, (person ?? throw new ArgumentNullException(nameof(person))).Id.ToString())], Scheme) => Person = person;

    /// <summary>A counter PC, and who has just said there who they are.</summary>
    public HubIdentity(CounterPc pc, SignedIn? acting)
        : this() => (CounterPc, this.acting) = (pc, acting);

    private HubIdentity()
        : base([new Claim(ClaimTypes.NameIdentifier, "staff")], Scheme)
    {
    }

    /// <summary>Staff who signed in with no name; sees what is open to all staff.</summary>
    public static ClaimsPrincipal Staff { get; } = new(new HubIdentity());

    /// <summary>Null: staff with no name.</summary>
    public SignedIn? Person { get; }

    /// <summary>The counter PC that asks; null: it is none, or a person has signed in on it.</summary>
    public CounterPc? CounterPc { get; }

    /// <summary>
    /// Whose are pins, feedback and notices: the person who has signed in, or who has just said at a counter PC who they are. That opens
    /// nothing else to them: what may be read and done beside stays that of the counter PC.
    /// </summary>
    public SignedIn? Acting => Person ?? acting;

    /// <summary>Who makes a request; null: somebody who has not signed in.</summary>
    public static HubIdentity? Of(HttpContext? context) => context?.User.Identity as HubIdentity;
}
