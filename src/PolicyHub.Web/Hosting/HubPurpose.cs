namespace PolicyHub.Web.Hosting;

/// <summary>What a site is run for.</summary>
public enum HubPurpose
{
    /// <summary>For people, who sign in.</summary>
    Serve,

    /// <summary>For whoever writes in a folder: open on this machine, and keeps nothing about anybody.</summary>
    Preview,

    /// <summary>For the pages of a pack: answers nobody but itself.</summary>
    Pack,
}
