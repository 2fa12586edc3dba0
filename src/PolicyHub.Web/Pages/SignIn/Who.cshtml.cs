using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Web.SignIn;
using PolicyHub.Web.SignIn.Counter;
using PolicyHub.Web.SignIn.Local;

namespace PolicyHub.Web.Pages.SignIn;

/// <summary>At a counter PC: who you are, for something personal, by badge and PIN or by a passkey; and that you are done.</summary>
[Authorize(Policies.Staff)]
public sealed class WhoModel(Visit visit, IServiceProvider services) : HubPage(visit)
{
    private readonly ActingPerson acting = services.GetRequiredService<ActingPerson>();

    [BindProperty(SupportsGet = true, Name = SignInLinks.Return)]
    public string? ReturnTo { get; set; }

    public string Back => SignInLinks.IsOurs(ReturnTo) ? ReturnTo! : "/";

    /// <summary>Whoever says so here is remembered for a while: there is nothing else to do here.</summary>
    public WhoActs Who { get; private set; } = new() { OffersStay = false };

    public IActionResult OnGet() => Visit.CounterPc is not null ? Page() : LocalRedirect(SignInLinks.To(Back));

    public async Task<IActionResult> OnPostAsync()
    {
        if (Visit.CounterPc is null)
        {
            return NotFound();
        }

        var answer = await acting.TakeAsync(HttpContext);
        if (answer.Person is not null)
        {
            return LocalRedirect(Back);
        }

        Who = Who.Again(HttpContext, answer.Fault);
        return this.AskAgain(answer.Fault!);
    }

    public async Task<IActionResult> OnPostPasskeyOptionsAsync() =>
        Visit.CounterPc is not null && ActingPerson.TakesPasskeys(HttpContext) ? Content(await services.GetRequiredService<Passkeys>().BeginAsync(HttpContext), "application/json") : NotFound();

    public async Task<IActionResult> OnPostDoneAsync()
    {
        await acting.ForgetAsync(HttpContext);
        return LocalRedirect("/");
    }
}
