using Microsoft.AspNetCore.Mvc;
using PolicyHub.Web.Pages.SignIn;

namespace PolicyHub.Web.Pages.Account;

/// <summary>What decides who can sign in changes only soon after a sign-in: a browser left open does not give an account away (ASVS 7.5.1).</summary>
internal static class RecentSignIn
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    public static bool IsRecent(this Visit visit) => visit.Person is { } person && visit.Clock - person.Begun <= Lasts;

    /// <summary>To signing in again, and back.</summary>
    public static RedirectResult Ask() => new(SignInLinks.To(AccountLinks.Page));
}
