using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace PolicyHub.Content.Documents;

/// <summary>The types of files beside documents that readers are given; all else in a repository stays in it.</summary>
public static class AttachmentTypes
{
    /// <summary>The largest attachment given, in bytes; <c>check</c> reports larger ones.</summary>
    public const int Largest = 32 * 1024 * 1024;

    private static readonly FrozenDictionary<string, AttachmentType> Types = new Dictionary<string, AttachmentType>(StringComparer.Ordinal)
    {
        [".png"] = new("image/png", true),
        [".jpg"] = new("image/jpeg", true),
        [".jpeg"] = new("image/jpeg", true),
        [".gif"] = new("image/gif", true),
        [".webp"] = new("image/webp", true),
        [".svg"] = new("image/svg+xml", true),
        // Browsers refuse to show a PDF in a sandbox, and without one it could hold a link that runs: it is saved instead.
        [".pdf"] = new("application/pdf", false),
        [".txt"] = new("text/plain; charset=utf-8", false),
        [".csv"] = new("text/csv; charset=utf-8", false),
        [".docx"] = new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", false),
        [".xlsx"] = new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false),
        [".pptx"] = new("application/vnd.openxmlformats-officedocument.presentationml.presentation", false),
        [".odt"] = new("application/vnd.oasis.opendocument.text", false),
        [".ods"] = new("application/vnd.oasis.opendocument.spreadsheet", false),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>With their dots, in lower case.</summary>
    public static ImmutableArray<string> Extensions { get; } = [.. Types.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The type of a file by its extension; false for a hidden file and one of a type that is not given.</summary>
    public static bool TryGet(LibraryPath path, [NotNullWhen(true)] out AttachmentType? type)
    {
        type = null;
        return !path.IsHidden && Types.TryGetValue(path.Extension, out type);
    }
}

/// <param name="IsImage">Shown in the browser rather than saved.</param>
public sealed record AttachmentType(string ContentType, bool IsImage);
