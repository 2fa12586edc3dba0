using System.Globalization;
using PolicyHub.Records.People;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.SignIn.Oidc;

/// <summary>Says what is wrong with the settings of the provider, before anybody tries to sign in.</summary>
internal static class OidcSettingsCheck
{
    public const string Section = $"{HubOptions.Section}:SignIn:Oidc";

    /// <summary>Authorities of Entra that answer for every tenant.</summary>
    private static readonly string[] ManyTenants = ["organizations", "common", "consumers"];

    /// <summary>One sentence for each; none where all can be used, or where there is no provider.</summary>
    public static IEnumerable<string> Faults(OidcSettings settings)
    {
        if (!settings.IsOn)
        {
            yield break;
        }

        if (!Uri.TryCreate(settings.Authority, UriKind.Absolute, out var authority) || !IsSafe(authority) || authority.Query.Length + authority.Fragment.Length > 0)
        {
            yield return Sentence(nameof(settings.Authority), "must be the https address of the provider, such as https://login.example.org/realms/city");
        }
        else if (authority.Segments is [_, var tenant, ..] && ManyTenants.Contains(tenant.Trim('/'), StringComparer.OrdinalIgnoreCase) && settings.AllowedTenants.Count == 0)
        {
            yield return Sentence(nameof(settings.AllowedTenants), "must list the ids of the tenants that may come, as the authority answers for all");
        }

        if (string.IsNullOrWhiteSpace(settings.ClientId))
        {
            yield return Sentence(nameof(settings.ClientId), "must say what the provider calls this site");
        }

        if (settings.ClientSecretFile is { Length: > 0 } file && !File.Exists(HubFolders.Absolute(file)))
        {
            yield return Sentence(nameof(settings.ClientSecretFile), "names a file that is not there");
        }

        if (settings.ClientSecretVariable is { Length: > 0 } variable && string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(variable)))
        {
            yield return Sentence(nameof(settings.ClientSecretVariable), "names a variable that is not set");
        }

        if (settings.CaFile is { Length: > 0 } certificates && !File.Exists(HubFolders.Absolute(certificates)))
        {
            yield return Sentence(nameof(settings.CaFile), "names a file that is not there");
        }

        if (settings.Proxy is { Length: > 0 } proxy && !Uri.TryCreate(proxy, UriKind.Absolute, out _))
        {
            yield return Sentence(nameof(settings.Proxy), "must be an address, such as http://proxy.example:3128");
        }

        foreach (var tenant in settings.AllowedTenants.Where(tenant => !Guid.TryParse(tenant, out _)))
        {
            yield return Sentence(nameof(settings.AllowedTenants), $"holds “{tenant}”, which is no tenant id (8-4-4-4-12 digits and letters a to f)");
        }

        foreach (var (value, grants) in settings.Roles)
        {
            if (!ClaimsMapping.TryReadGrants(grants, out _))
            {
                yield return Sentence($"{nameof(settings.Roles)}:{value}", $"is “{grants}”; it must be one of {string.Join(", ", Grant.RoleNames)}, where lead, author and approver may go on with :desk:SLUG, author and approver with :folder:PATH");
            }
        }
    }

    /// <summary>What goes over the network in clear can be read and changed by others; on this machine there is no network.</summary>
    public static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    private static string Sentence(string setting, string wrong) => string.Create(CultureInfo.InvariantCulture, $"The setting {Section}:{setting} {wrong}.");
}
