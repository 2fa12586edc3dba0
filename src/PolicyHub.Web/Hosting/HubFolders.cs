namespace PolicyHub.Web.Hosting;

/// <summary>Where things are on disk.</summary>
public static class HubFolders
{
    /// <summary>The folder that holds <c>PolicyHub.sln</c>, else that of the program: relative settings count from here.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The starter library that comes with the program.</summary>
    public static string Starter => Path.Combine(Root, "content");

    /// <summary>The themes that come with the program.</summary>
    public static string Themes => Path.Combine(Root, "themes");

    /// <summary>An absolute path for one from the settings.</summary>
    public static string Absolute(string path) => Path.GetFullPath(path, Root);

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PolicyHub.sln")))
            {
                return folder.FullName;
            }
        }

        return start;
    }
}
