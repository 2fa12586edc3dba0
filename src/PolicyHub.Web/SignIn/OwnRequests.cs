using System.Security.Cryptography;
using System.Text;
using PolicyHub.Records.Sessions;

namespace PolicyHub.Web.SignIn;

/// <summary>
/// Requests that the site makes of itself, for the pages of a pack: they carry a key that lives in this process alone, and are answered as
/// for staff with no group.
/// </summary>
public sealed class OwnRequests
{
    public const string Header = "X-PolicyHub-Own";

    private readonly byte[] key = Encoding.ASCII.GetBytes(SessionBook.NewKey());

    public string Key => Encoding.ASCII.GetString(key);

    internal bool IsOwn(HttpRequest request) =>
        request.Headers.TryGetValue(Header, out var sent) && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent.ToString()), key);
}
