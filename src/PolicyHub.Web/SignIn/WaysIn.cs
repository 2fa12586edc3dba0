using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.SignIn;

/// <summary>Whether there is a safe way for people to come in, before anything is served.</summary>
internal static class WaysIn
{
    /// <exception cref="StartRefusedException">Nobody could sign in, or everybody would get in; the message says what to set.</exception>
    public static void Check(SignInOptions options, HubPurpose purpose, bool isDevelopment)
    {
        if (purpose != HubPurpose.Serve)
        {
            return;
        }

        if (options.Open && !isDevelopment)
        {
            throw new StartRefusedException(
                "PolicyHub:SignIn:Open lets everybody in, so it is for Development only (ASPNETCORE_ENVIRONMENT=Development). Take it out, and set a way to sign in.");
        }

        if (!isDevelopment && options.Local && string.IsNullOrWhiteSpace(options.Domain))
        {
            throw new StartRefusedException(
                "Accounts kept here may have passkeys, and those hold for one name of the site: set PolicyHub:SignIn:Domain to the name that people type, such as policies.riverton.example.");
        }

        if (!isDevelopment && !options.Local && !options.Oidc.IsOn)
        {
            throw new StartRefusedException(
                "There is no way to sign in. Set PolicyHub:SignIn:Oidc:Authority and ClientId for the city's own sign-in, or PolicyHub:SignIn:Local=true and PolicyHub:SignIn:Domain for accounts kept here (policyhub users adds the first administrator). "
                + "To try PolicyHub on this machine with sample people, set ASPNETCORE_ENVIRONMENT=Development.");
        }
    }
}
