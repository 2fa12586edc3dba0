using Microsoft.AspNetCore.Mvc;
using PolicyHub.Web.Security;

namespace PolicyHub.Web.Pages.About;

/// <summary>Keyboard shortcuts: what they are, and how this browser has them otherwise or not at all.</summary>
[IgnoreAntiforgeryToken] // A preference of this browser and nothing else.
public sealed class KeysModel(Visit visit, Shortcuts keys) : HubPage(visit)
{
    public Shortcuts Keys { get; private set; } = keys;

    public bool IsSaved { get; private set; }

    /// <summary>A key that was chosen for two things; null when all is well.</summary>
    public string? Twice { get; private set; }

    public void OnGet(string? saved) => IsSaved = saved == "1";

    public async Task<IActionResult> OnPostAsync()
    {
        if (await ReadableForms.ReadAsync(Request, HttpContext.RequestAborted) is not { } form)
        {
            return BadRequest();
        }

        var on = form["on"] == "on";
        var wanted = Shortcuts.All.Where(known => form.ContainsKey(known.Action))
            .ToDictionary(known => known.Action, known => form[known.Action].ToString(), StringComparer.Ordinal);
        Twice = Shortcuts.Twice(wanted).FirstOrDefault();
        if (Twice is not null)
        {
            Keys = Shortcuts.Of(on, wanted);
            return Page();
        }

        Response.Cookies.Append(Shortcuts.Cookie, Shortcuts.Value(on, wanted), new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Lax,
            Secure = Request.IsHttps,
            IsEssential = true,
        });
        return LocalRedirect(AboutLinks.Keys + "?saved=1");
    }
}
