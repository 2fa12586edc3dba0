namespace PolicyHub.Web.Pages.Account;

/// <summary>The addresses of one's own account.</summary>
public static class AccountLinks
{
    public const string Page = "/account";
    public const string Password = "/account?handler=Password";
    public const string Pin = "/account?handler=Pin";
    public const string EndOthers = "/account?handler=EndOthers";
    public const string AddPasskey = "/account?handler=AddPasskey";
    public const string PasskeyOptions = "/account?handler=PasskeyOptions";
    public const string RenamePasskey = "/account?handler=RenamePasskey";
    public const string RemovePasskey = "/account?handler=RemovePasskey";

    /// <summary>Where an authenticator is set up and taken away, and recovery codes are made anew.</summary>
    public const string Authenticator = "/account/authenticator";
    public const string RemoveAuthenticator = "/account/authenticator?handler=Remove";
    public const string RecoveryCodes = "/account/authenticator?handler=RecoveryCodes";

    /// <summary>The picture that an authenticator reads.</summary>
    public const string AuthenticatorPicture = "/account/authenticator.svg";
}
