namespace PolicyHub.Web.Packs;

/// <summary>Puts a pack where people open it: written beside and renamed, so that nobody opens half of one and an old good one stays when writing fails.</summary>
public static class PackFolder
{
    /// <summary>By this file a folder is known to be a pack; no other folder is ever replaced.</summary>
    public const string Mark = "assets/pack.js";

    /// <exception cref="IOException">The folder holds something else than a pack, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string folder, IReadOnlyDictionary<string, byte[]> files)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any() && !File.Exists(Path.Combine(target, Mark)))
        {
            throw new IOException($"{target} holds something else than a pack; name a folder that is empty or not there yet.");
        }

        var (fresh, old) = (target + ".new", target + ".old");
        if (Directory.Exists(old) && !Directory.Exists(target))
        {
            // Whoever wrote last was stopped between two renames.
            Directory.Move(old, target);
        }

        try
        {
            Delete(fresh);
            Delete(old);
            foreach (var (path, bytes) in files)
            {
                var file = Path.Combine(fresh, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, bytes);
            }

            if (Directory.Exists(target))
            {
                Directory.Move(target, old);
            }

            Directory.Move(fresh, target);
        }
        catch when (Directory.Exists(old) && !Directory.Exists(target))
        {
            Directory.Move(old, target);
            throw;
        }
        finally
        {
            Delete(fresh);
            Delete(old);
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
