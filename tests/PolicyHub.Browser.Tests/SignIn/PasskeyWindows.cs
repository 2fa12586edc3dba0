namespace PolicyHub.Browser.Tests.SignIn;

/// <summary>
/// Tests with passkeys run by themselves: the browser shows a window of its own for each, which may take the keyboard from the pages of other
/// tests, so that what they type goes nowhere.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PasskeyWindows
{
    public const string Name = "Passkey windows";
}
