namespace PolicyHub.Content.Git;

/// <summary>Reads as much of a repository's configuration as must be known before git may open it.</summary>
internal static class GitConfigFile
{
    /// <summary>Section and key in lower case, subsections left out; nothing where there is no readable file.</summary>
    public static IReadOnlyList<ConfigEntry> Read(string file)
    {
        var entries = new List<ConfigEntry>();
        var section = "";
        foreach (var text in ReadLines(file))
        {
            var line = text.Trim();
            if (line.StartsWith('[') && line.IndexOf(']', StringComparison.Ordinal) is var close and > 0)
            {
                section = line[1..close].Split([' ', '.', '\t'], 2)[0].ToLowerInvariant();
                line = line[(close + 1)..].Trim();
            }

            if (line.Length == 0 || line[0] is '#' or ';')
            {
                continue;
            }

            var parts = line.Split('=', 2);
            var value = parts.Length == 2 ? parts[1].Split(['#', ';'], 2)[0].Trim().Trim('"') : "true";
            entries.Add(new ConfigEntry(section, parts[0].Trim().ToLowerInvariant(), value));
        }

        return entries;
    }

    private static string[] ReadLines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

internal sealed record ConfigEntry(string Section, string Key, string Value);
