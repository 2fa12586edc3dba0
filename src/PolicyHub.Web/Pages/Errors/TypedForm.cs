namespace PolicyHub.Web.Pages.Errors;

/// <summary>A form that somebody filled in and sent after their session had ended: what they typed, to be sent again, and where.</summary>
public sealed class TypedForm(string path, string query, IFormCollection fields)
{
    private static readonly string[] Secret = ["password", "pin", "code", "credential"];

    /// <summary>The address that it was sent to.</summary>
    public string Action => path + query;

    /// <summary>
    /// Every field but secrets. The proof of the form is among them as it was: it stays good for the person who filled the form in, and for
    /// nobody else who signs in now.
    /// </summary>
    public IEnumerable<(string Name, string Value, bool IsShown)> Fields =>
        from typed in fields
        where !Secret.Any(word => typed.Key.Contains(word, StringComparison.OrdinalIgnoreCase))
        from value in typed.Value
        select (typed.Key, value, !typed.Key.StartsWith("__", StringComparison.Ordinal));

    /// <summary>What a request brought; null where it can't be read.</summary>
    public static TypedForm? Of(HttpRequest request, string path, string query)
    {
        try
        {
            return new TypedForm(path, query, request.Form);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            return null;
        }
    }

    /// <summary>Whether it was a page of this site that was filled in: another could have people send what it typed itself.</summary>
    public static bool IsOurs(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.HasFormContentType && request.Headers["Sec-Fetch-Site"] == "same-origin";
}
