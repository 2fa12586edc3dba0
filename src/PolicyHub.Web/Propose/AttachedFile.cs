using System.Text;
using PolicyHub.Content;
using PolicyHub.Content.Documents;

namespace PolicyHub.Web.Propose;

/// <summary>A picture or file that somebody puts beside a document.</summary>
internal static class AttachedFile
{
    private const int LongestName = 80;

    private const int MostOfOneName = 50;

    /// <summary>Where it goes: beside the document, under a name that an address can have; null: it is of no type that readers are given.</summary>
    public static LibraryPath? PathFor(LibraryPath document, string name)
    {
        var bare = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var extension = Path.GetExtension(bare).ToLowerInvariant();
        var slug = new StringBuilder();
        foreach (var letter in Path.GetFileNameWithoutExtension(bare).ToLowerInvariant().Normalize(NormalizationForm.FormC))
        {
            if (char.IsLetterOrDigit(letter))
            {
                slug.Append(letter);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var stem = slug.ToString().Trim('-');
        stem = stem.Length == 0 ? "file" : stem.Length > LongestName ? stem[..LongestName] : stem;
        var folder = document.Folder.Length == 0 ? "" : document.Folder + "/";
        return LibraryPath.TryParse($"{folder}{stem}{extension}", out var path) && AttachmentTypes.TryGet(path, out _) ? path : null;
    }

    /// <summary>The path, and others of the same name with a number.</summary>
    public static IEnumerable<LibraryPath> Numbered(LibraryPath path) =>
        Enumerable.Range(1, MostOfOneName).Select(number => number == 1 ? path : LibraryPath.Parse($"{path.WithoutExtension}-{number}{path.Extension}"));

    /// <summary>Whether the bytes begin as those of its type do; of types of plain text, whether they are text.</summary>
    public static bool IsWhatItSays(LibraryPath path, ReadOnlySpan<byte> bytes) => path.Extension switch
    {
        ".png" => bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']),
        ".jpg" or ".jpeg" => bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]),
        ".gif" => bytes.StartsWith("GIF8"u8),
        ".webp" => bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8),
        ".pdf" => bytes.StartsWith("%PDF"u8),
        ".docx" or ".xlsx" or ".pptx" or ".odt" or ".ods" => bytes.StartsWith("PK"u8),
        _ => !bytes.IsEmpty && !bytes.Contains((byte)0),
    };
}
