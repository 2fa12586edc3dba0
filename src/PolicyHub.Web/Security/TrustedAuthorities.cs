using System.Security.Cryptography.X509Certificates;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.Security;

/// <summary>Certificates that a city names itself, to be trusted in the place of the system's.</summary>
internal static class TrustedAuthorities
{
    /// <param name="file">Certificates in PEM; a relative name as in every setting.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It holds none that can be read.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static X509ChainPolicy Of(string file)
    {
        // An authority of one's own seldom says where its revocations are.
        var trusted = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trusted.CustomTrustStore.ImportFromPemFile(HubFolders.Absolute(file));
        return trusted;
    }
}
