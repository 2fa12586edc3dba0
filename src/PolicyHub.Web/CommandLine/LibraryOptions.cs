using System.CommandLine;

namespace PolicyHub.Web.CommandLine;

/// <summary>The options that say which library and where its state is, the same for every command that opens one.</summary>
internal static class LibraryOptions
{
    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Folder of all state (default: data beside PolicyHub.sln, else beside the program).",
    };

    private static readonly Option<string?> Library = new("--library")
    {
        Description = "Another library than our own: a local repository, a bundle, or the address of a remote (https, ssh).",
    };

    private static readonly Option<string?> Branch = new("--branch")
    {
        Description = "The published branch (default: HEAD, else main, master or the only branch).",
    };

    private static readonly Option<string?> Folder = new("--folder")
    {
        Description = "The folder of the repository that is the library (default: all of it).",
    };

    public static void AddTo(Command command)
    {
        foreach (var option in new[] { Data, Library, Branch, Folder })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was typed, as settings; what was not typed is not in it.</summary>
    public static Dictionary<string, string?> Settings(ParseResult parsed)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PolicyHub:Data"] = parsed.GetValue(Data) is { Length: > 0 } data ? Path.GetFullPath(data) : null,
            ["PolicyHub:Library"] = LocalOrAddress(parsed.GetValue(Library)),
            ["PolicyHub:Branch"] = parsed.GetValue(Branch),
            ["PolicyHub:Folder"] = parsed.GetValue(Folder),
        };
        return settings.Where(pair => pair.Value is not null).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>The branch, as it was typed; null: none was.</summary>
    public static string? BranchOf(ParseResult parsed) => parsed.GetValue(Branch);

    /// <summary>A path typed on a command line counts from where it was typed.</summary>
    private static string? LocalOrAddress(string? library) =>
        library is not null && (Directory.Exists(library) || File.Exists(library)) ? Path.GetFullPath(library) : library;
}
