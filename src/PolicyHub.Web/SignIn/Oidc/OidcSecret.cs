using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.SignIn.Oidc;

/// <summary>The client's secret, read when it is needed and kept nowhere.</summary>
internal static class OidcSecret
{
    /// <summary>Null where the client has none.</summary>
    /// <exception cref="OidcFailedException">There should be one, but it can't be read.</exception>
    public static string? Read(OidcSettings settings)
    {
        if (settings.ClientSecretFile is { Length: > 0 } file)
        {
            try
            {
                return File.ReadAllText(HubFolders.Absolute(file)).Trim() is { Length: > 0 } secret ? secret : throw new OidcFailedException(OidcReason.ProviderMisconfigured, "secret_file");
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                throw new OidcFailedException(OidcReason.ProviderMisconfigured, "secret_file");
            }
        }

        return settings.ClientSecretVariable is { Length: > 0 } variable
            ? Environment.GetEnvironmentVariable(variable) ?? throw new OidcFailedException(OidcReason.ProviderMisconfigured, "secret_variable")
            : null;
    }
}
