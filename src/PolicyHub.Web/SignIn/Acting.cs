using PolicyHub.Web.Pages;

namespace PolicyHub.Web.SignIn;

/// <summary>
/// In whose name something personal is done. This is the one place that says so for pins, notes to owners and notices: what asks on a
/// shared PC who stands before it answers here.
/// </summary>
public static class Acting
{
    /// <summary>Null: nobody by name, so nothing is kept as theirs.</summary>
    public static SignedIn? PersonOf(Visit visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        return visit.Person;
    }
}
