using System.Net.Http.Headers;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace PolicyHub.Web.Tests.SignIn.Oidc;

/// <summary>
/// A browser as far as signing in needs one. Cookies are carried by hand, those marked Secure over http, too, as browsers do for this machine: the
/// client of the framework would leave them out, and every attack would fail for want of its cookie.
/// </summary>
internal sealed class Browser : IDisposable
{
    private const int LongestWay = 20;

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
    private readonly Dictionary<(string Authority, string Name), string> cookies = [];

    /// <summary>Where the last answer came from.</summary>
    public Uri Address { get; private set; } = new("about:blank");

    public async Task<HttpResponseMessage> GetAsync(Uri address) => await SendAsync(new HttpRequestMessage(HttpMethod.Get, address));

    public async Task<HttpResponseMessage> PostAsync(Uri address, params (string Name, string Value)[] form) =>
        await SendAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))) });

    /// <summary>Goes where it is sent, until an answer sends it nowhere or <paramref name="stop"/> says so before it goes.</summary>
    public async Task<HttpResponseMessage> FollowAsync(Uri address, Func<Uri, bool>? stop = null)
    {
        var response = await GetAsync(address);
        for (var step = 0; step < LongestWay && Next(response) is { } next; step++)
        {
            if (stop?.Invoke(next) == true)
            {
                break;
            }

            response.Dispose();
            response = await GetAsync(next);
        }

        return response;
    }

    /// <summary>Where an answer sends the browser; null for nowhere.</summary>
    public Uri? Next(HttpResponseMessage response) => response.Headers.Location is { } location ? new Uri(Address, location) : null;

    public void ForgetCookies() => cookies.Clear();

    /// <summary>One value of the query of an address.</summary>
    public static string? Query(Uri address, string name) => QueryHelpers.ParseQuery(address.Query).TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>The same address with one value of its query changed, or taken away.</summary>
    public static Uri With(Uri address, string name, string? value)
    {
        var query = QueryHelpers.ParseQuery(address.Query);
        query.Remove(name);
        if (value is not null)
        {
            query[name] = value;
        }

        return new Uri(QueryHelpers.AddQueryString(address.GetLeftPart(UriPartial.Path), query));
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            Address = request.RequestUri!;
            var mine = cookies.Where(cookie => cookie.Key.Authority == Address.Authority).Select(cookie => $"{cookie.Key.Name}={cookie.Value}").ToList();
            if (mine.Count > 0)
            {
                request.Headers.Add(HeaderNames.Cookie, string.Join("; ", mine));
            }

            var response = await http.SendAsync(request);
            Keep(response.Headers);
            return response;
        }
    }

    private void Keep(HttpResponseHeaders headers)
    {
        if (!headers.TryGetValues(HeaderNames.SetCookie, out var set))
        {
            return;
        }

        foreach (var cookie in SetCookieHeaderValue.ParseList([.. set]))
        {
            var key = (Address.Authority, cookie.Name.ToString());
            if (cookie.Value.Length == 0 || cookie.Expires < new DateTimeOffset(1971, 1, 1, 0, 0, 0, TimeSpan.Zero))
            {
                cookies.Remove(key);
            }
            else
            {
                cookies[key] = cookie.Value.ToString();
            }
        }
    }
}
