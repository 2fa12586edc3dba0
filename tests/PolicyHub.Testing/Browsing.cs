using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace PolicyHub.Testing;

/// <summary>One browser without scripts: keeps cookies, follows no redirect by itself, and fills in forms as they stand on the page.</summary>
public sealed class Browsing : IDisposable
{
    private readonly SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseCookies = true, CookieContainer = new CookieContainer() };

    public Browsing(Uri site) => Client = new HttpClient(handler) { BaseAddress = site };

    public HttpClient Client { get; }

    public CookieContainer Cookies => handler.CookieContainer;

    /// <summary>A sample person of Development, signed in: reader, lead, author, approver, auditor or administrator.</summary>
    public static async Task<Browsing> AsAsync(RunningSite site, string sample)
    {
        ArgumentNullException.ThrowIfNull(site);
        var browsing = new Browsing(site.Address);
        using var answer = await browsing.SubmitAsync("/sign-in", "form.people", ("person", sample));
        return answer.StatusCode == HttpStatusCode.Redirect ? browsing : throw new InvalidOperationException($"Signing in as {sample} was answered with {answer.StatusCode}.");
    }

    public async Task<IDocument> GetAsync(string address)
    {
        using var response = await Client.GetAsync(new Uri(address, UriKind.Relative));
        return await RunningSite.ParseAsync(response);
    }

    /// <summary>Sends a form of a page, with the fields that it has, and those given in the place of theirs.</summary>
    /// <param name="form">Finds the form, or the button of it that is pressed.</param>
    public async Task<HttpResponseMessage> SubmitAsync(string address, string form, params (string Name, string Value)[] fields)
    {
        var page = await GetAsync(address);
        var pressed = page.QuerySelector(form) as IHtmlButtonElement;
        var found = pressed?.Form ?? page.QuerySelector(form) as IHtmlFormElement ?? throw new InvalidOperationException($"{address} has no {form}: {page.Title}");
        var filled = found.Elements.OfType<IHtmlInputElement>().Where(input => input.Name is { Length: > 0 } && (input.Type is not ("checkbox" or "radio") || input.IsChecked))
            .Select(input => KeyValuePair.Create(input.Name!, input.Value))
            .Concat(found.Elements.OfType<IHtmlTextAreaElement>().Where(area => area.Name is { Length: > 0 }).Select(area => KeyValuePair.Create(area.Name!, area.Value)))
            .Concat(found.Elements.OfType<IHtmlSelectElement>().Where(select => select.Name is { Length: > 0 }).Select(select => KeyValuePair.Create(select.Name!, select.Value ?? "")))
            .Concat(pressed?.Name is { Length: > 0 } button ? [KeyValuePair.Create(button, pressed.Value)] : [])
            .Where(pair => fields.All(field => field.Name != pair.Key))
            .Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        var action = pressed?.GetAttribute("formaction") is { Length: > 0 } own ? own : found.GetAttribute("action") is { Length: > 0 } named ? named : address;
        return await Client.PostAsync(new Uri(action, UriKind.Relative), new FormUrlEncodedContent(filled));
    }

    public void Dispose()
    {
        Client.Dispose();
        handler.Dispose();
    }
}
