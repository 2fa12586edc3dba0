using System.Text;

namespace PolicyHub.Content.Git;

/// <summary>
/// The commit that was served last, in <c>DATA/served/KEY</c>: one line with its full name. It is no cache: without it a history
/// that was rewritten while nobody looked would pass unnoticed.
/// </summary>
public static class ServedHead
{
    /// <summary>Where everything of this kind is kept; <c>accepted.jsonl</c> too.</summary>
    public static string Folder(string dataFolder) => Path.Combine(dataFolder, "served");

    /// <summary>The commit; null when nothing of this library has been served yet.</summary>
    /// <exception cref="GitException">The file cannot be read or holds something else.</exception>
    public static CommitId? Read(string dataFolder, string key)
    {
        var file = Path.Combine(Folder(dataFolder), key);
        try
        {
            var text = File.Exists(file) ? File.ReadAllText(file).TrimEnd('\n') : null;
            return text switch
            {
                null => null,
                { Length: 40 or 64 } when text.All(char.IsAsciiHexDigitLower) => new CommitId(text),
                _ => throw new GitException($"{file} should hold the commit that was served last, and does not; put it back from a backup. Without the file, whatever history is there now is taken for good."),
            };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new GitException($"{file}, which holds the commit that was served last, cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Remembers a commit; a reader sees the old one or this one.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string dataFolder, string key, CommitId head) =>
        AtomicFile.Write(Path.Combine(Folder(dataFolder), key), stream => stream.Write(Encoding.ASCII.GetBytes(head.Hex + "\n")));
}
