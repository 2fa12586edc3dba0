using Microsoft.AspNetCore.Authorization;
using PolicyHub.Records.People;

namespace PolicyHub.Web.SignIn;

/// <summary>Who may ask for what. A page folder or endpoint names one; whatever names none is for staff.</summary>
public static class Policies
{
    /// <summary>Whoever reads: staff, and everybody where public documents are open.</summary>
    public const string Reading = nameof(Reading);

    /// <summary>Staff, named or not.</summary>
    public const string Staff = nameof(Staff);

    /// <summary>Staff who have said who they are.</summary>
    public const string Person = nameof(Person);

    /// <summary>Whoever personal things are of: a person who has signed in, or has just said at a counter PC who they are (who has not is asked).</summary>
    public const string Acting = nameof(Acting);

    /// <summary>As <see cref="Acting"/>, but at a counter PC the page is shown to whoever stands there: its form asks who they are.</summary>
    public const string AskedInPlace = nameof(AskedInPlace);

    /// <summary>Leads, and whoever stands at a counter PC, as <see cref="AskedInPlace"/>: only the form tells whether they lead a desk.</summary>
    public const string LeadInPlace = nameof(LeadInPlace);

    public const string Lead = nameof(Role.Lead);

    public const string Author = nameof(Role.Author);

    public const string Auditor = nameof(Role.Auditor);

    public const string Administrator = nameof(Role.Administrator);

    internal static void Configure(AuthorizationOptions authorization, SignInOptions options)
    {
        authorization.AddPolicy(Staff, policy => policy.RequireAssertion(asked => IsStaff(asked)));
        authorization.AddPolicy(Reading, policy => policy.RequireAssertion(asked => options.Public || IsStaff(asked)));
        authorization.AddPolicy(Person, policy => policy.RequireAssertion(asked => PersonOf(asked) is not null));
        authorization.AddPolicy(Acting, policy => policy.RequireAssertion(asked => (asked.User.Identity as HubIdentity)?.Acting is not null));
        authorization.AddPolicy(AskedInPlace, policy => policy.RequireAssertion(asked => IsAtCounterPc(asked) || PersonOf(asked) is not null));
        authorization.AddPolicy(LeadInPlace, policy => policy.RequireAssertion(asked => IsAtCounterPc(asked) || PersonOf(asked)?.Is(Role.Lead) == true));
        foreach (var role in Enum.GetValues<Role>())
        {
            authorization.AddPolicy(role.ToString(), policy => policy.RequireAssertion(asked => PersonOf(asked)?.Is(role) == true));
        }

        authorization.DefaultPolicy = authorization.FallbackPolicy = authorization.GetPolicy(Staff)!;
    }

    private static bool IsStaff(AuthorizationHandlerContext asked) => asked.User.Identity is HubIdentity;

    private static bool IsAtCounterPc(AuthorizationHandlerContext asked) => asked.User.Identity is HubIdentity { CounterPc: not null };

    private static SignedIn? PersonOf(AuthorizationHandlerContext asked) => (asked.User.Identity as HubIdentity)?.Person;
}
