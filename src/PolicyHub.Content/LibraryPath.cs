using System.Diagnostics.CodeAnalysis;

namespace PolicyHub.Content;

/// <summary>
/// A path inside the library: relative, forward slashes, no empty, <c>.</c> or <c>..</c> segment, no control character.
/// Parsed at the edge and trusted inside; compared by ordinal value, so two paths that differ in case are two paths.
/// </summary>
public readonly record struct LibraryPath : IComparable<LibraryPath>
{
    private const int LongestPath = 1024;

    private LibraryPath(string value) => Value = value;

    public string Value { get; }

    /// <summary>The last segment, with its extension.</summary>
    public string Name => Value[(Value.LastIndexOf('/') + 1)..];

    /// <summary>The folder without a closing slash; empty at the root.</summary>
    public string Folder => Value.LastIndexOf('/') is var slash and > 0 ? Value[..slash] : "";

    /// <summary>The extension in lower case with its dot; empty when there is none.</summary>
    public string Extension => Path.GetExtension(Name).ToLowerInvariant();

    /// <summary>The path as it stands in addresses of documents: without <c>.md</c>.</summary>
    public string WithoutExtension => Value[..^Path.GetExtension(Value.AsSpan()).Length];

    /// <summary>Markdown that is not in a hidden folder and not hidden itself.</summary>
    public bool IsDocument => Extension is ".md" or ".markdown" && !IsHidden;

    public bool IsHidden => Value.StartsWith('.') || Value.Contains("/.", StringComparison.Ordinal);

    /// <summary>Parses a path as git or a front matter field gives it; false when it could leave the library.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out LibraryPath path)
    {
        path = default;
        if (string.IsNullOrEmpty(text) || text.Length > LongestPath || text.Contains('\\'))
        {
            return false;
        }

        foreach (var segment in text.AsSpan().Split('/'))
        {
            var part = text.AsSpan(segment);
            if (part.IsEmpty || part is "." or ".." || part.Equals(".git", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        foreach (var letter in text)
        {
            if (char.IsControl(letter))
            {
                return false;
            }
        }

        path = new LibraryPath(text);
        return true;
    }

    /// <exception cref="FormatException">The text is no path inside a library.</exception>
    public static LibraryPath Parse(string text) =>
        TryParse(text, out var path) ? path : throw new FormatException($"“{text}” is not a path inside the library.");

    /// <summary>
    /// Resolves a relative link (already percent-decoded, without query and anchor) against the folder of this path;
    /// a link that starts with a slash counts from the root. False when it leaves the library.
    /// </summary>
    public bool TryResolve(string link, out LibraryPath target)
    {
        target = default;
        var segments = new List<string>();
        if (!link.StartsWith('/'))
        {
            segments.AddRange(Folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        }

        foreach (var segment in link.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (segment)
            {
                case ".":
                    break;
                case "..":
                    if (segments.Count == 0)
                    {
                        return false;
                    }

                    segments.RemoveAt(segments.Count - 1);
                    break;
                default:
                    segments.Add(segment);
                    break;
            }
        }

        return TryParse(string.Join('/', segments), out target);
    }

    public int CompareTo(LibraryPath other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;

    public static bool operator <(LibraryPath left, LibraryPath right) => left.CompareTo(right) < 0;

    public static bool operator >(LibraryPath left, LibraryPath right) => left.CompareTo(right) > 0;

    public static bool operator <=(LibraryPath left, LibraryPath right) => left.CompareTo(right) <= 0;

    public static bool operator >=(LibraryPath left, LibraryPath right) => left.CompareTo(right) >= 0;
}
