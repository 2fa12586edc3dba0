using PolicyHub.Content.Git;

namespace PolicyHub.Web.Hosting;

/// <summary>What the settings say about the library, as <c>PolicyHub.Content</c> takes it.</summary>
internal static class HubLibrary
{
    public static string DataFolder(this HubOptions options) => HubFolders.Absolute(options.Data);

    public static LibraryLocation Location(this HubOptions options) => new()
    {
        DataFolder = options.DataFolder(),
        Library = options.Library,
        Branch = options.Branch,
        Folder = options.Folder,
        StarterFolder = HubFolders.Starter,
    };

    public static GitSettings Git(this HubOptions options) => new()
    {
        TimeLimit = options.GitTimeout,
        Remote = new RemoteSettings
        {
            Proxy = options.Remote.Proxy,
            CaFile = AbsoluteIfGiven(options.Remote.CaFile),
            TokenFile = AbsoluteIfGiven(options.Remote.TokenFile),
            TokenVariable = options.Remote.TokenVariable,
            TokenUser = options.Remote.TokenUser,
            SshKey = AbsoluteIfGiven(options.Remote.SshKeyFile),
            SshKnownHosts = AbsoluteIfGiven(options.Remote.KnownHostsFile),
        },
    };

    private static string? AbsoluteIfGiven(string? path) => string.IsNullOrWhiteSpace(path) ? null : HubFolders.Absolute(path);
}
