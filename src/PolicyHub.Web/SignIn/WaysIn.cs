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

        if (!isDevelopment && !options.Local && !options.Oidc.IsOn)
        {
            throw new StartRefusedException(
                "There is no way to sign in. Set PolicyHub:SignIn:Oidc:Authority and ClientId for the city's own sign-in, or PolicyHub:SignIn:Local=true for accounts kept here (policyhub users adds the first administrator). "
                + "To try PolicyHub on this machine with sample people, set ASPNETCORE_ENVIRONMENT=Development.");
        }
    }
}
