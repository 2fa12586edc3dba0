namespace PolicyHub.Content.Git;

/// <summary>Writes a file so that it is there whole or not at all, also after a power cut.</summary>
internal static class AtomicFile
{
    /// <summary>Writes aside, waits until the disk has it, and renames; folders are made.</summary>
    /// <exception cref="IOException">The disk is full; what stood there still stands.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; what stood there still stands.</exception>
    public static void Write(string file, Action<Stream> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var temporary = file + ".tmp";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, file, overwrite: true);
    }
}
