using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Web.SignIn.Local;

namespace PolicyHub.Web.Pages.SignIn;

/// <summary>The second step of signing in: the code of an authenticator, or a recovery code.</summary>
[AllowAnonymous]
public sealed class CodeModel(Visit visit, IServiceProvider services) : HubPage(visit)
{
    private const int LongestCode = 60;

    private readonly LocalSignIn local = services.GetRequiredService<LocalSignIn>();

    /// <summary>The address of ours to come back to.</summary>
    [BindProperty(SupportsGet = true, Name = SignInLinks.Return)]
    public string? ReturnTo { get; set; }

    public string Back => SignInLinks.IsOurs(ReturnTo) ? ReturnTo! : "/";

    public string? Fault { get; private set; }

    public async Task<IActionResult> OnGetAsync() =>
        local.IsOn && await local.HalfwayAsync(HttpContext) is not null ? Page() : LocalRedirect(SignInLinks.To(Back));

    public async Task<IActionResult> OnPostAsync(string? code)
    {
        if (!local.IsOn || await local.HalfwayAsync(HttpContext) is null)
        {
            return LocalRedirect(SignInLinks.To(Back));
        }

        var outcome = code is { Length: > 0 and <= LongestCode } ? await local.TryCodeAsync(HttpContext, code) : TryOutcome.Refused;
        if (outcome == TryOutcome.SignedIn)
        {
            return LocalRedirect(Back);
        }

        Fault = outcome == TryOutcome.TooFast ? "sign-in.too-fast" : "sign-in.code.wrong";
        return this.PageOf(outcome);
    }
}
