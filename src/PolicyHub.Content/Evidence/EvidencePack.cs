using System.Collections.Immutable;
using System.Text;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;

namespace PolicyHub.Content.Evidence;

/// <summary>A pack that can be written: what it will hold, and the edition that its pages are made from.</summary>
/// <param name="List">Everything else follows from it and the repository.</param>
/// <param name="Edition">The library as it stood at the instant of the pack, whatever the reader; it may have been built for another instant between the same two changes.</param>
public sealed record EvidencePack(PackList List, Edition Edition)
{
    /// <summary>For the file that the pack is saved as: letters, digits and dashes of ASCII.</summary>
    public string FileName
    {
        get
        {
            var (request, day) = (List.Request, TimeZoneInfo.ConvertTime(List.At, Edition.Settings.Zone).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            if (request.Document is null)
            {
                return Slug($"evidence-{Edition.Settings.ShortName}-everything-on-{request.On ?? day}");
            }

            var file = List.Documents[0];
            return Slug($"evidence-{Path.GetFileNameWithoutExtension(file.Path)}-version-{file.Version}{(request.Version is null ? $"-on-{request.On ?? day}" : "")}");
        }
    }

    private static string Slug(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var letter in text.Length > 120 ? text[..120] : text)
        {
            _ = char.IsAsciiLetterOrDigit(letter) || letter == '.' ? slug.Append(letter) : slug.Length > 0 && slug[^1] != '-' ? slug.Append('-') : slug;
        }

        return slug.ToString().Trim('-', '.') + ".zip";
    }
}

/// <summary>A document of a pack, looked up in the catalogue.</summary>
internal sealed record PackedDocument(PackFile File, DocumentHistory History, DocumentVersion Version)
{
    public LibraryPath Path => LibraryPath.Parse(File.Path);

    /// <summary>The version before it that has a text; null for the first.</summary>
    public DocumentVersion? Before => BeforeOf(History, Version);

    /// <inheritdoc cref="Before" />
    public static DocumentVersion? BeforeOf(DocumentHistory history, DocumentVersion version) =>
        history.Versions[..history.Versions.IndexOf(version)].LastOrDefault(earlier => earlier.Blob is not null);

    /// <summary>The documents that a list names; null in the place of one that the catalogue does not hold so.</summary>
    public static ImmutableArray<PackedDocument?> Find(PackList list, LibraryCatalogue catalogue)
    {
        var byBlob = catalogue.Documents
            .SelectMany(history => history.Versions.Where(version => version.Blob is not null).Select(version => (history, version)))
            .ToLookup(pair => (pair.version.Commit.Id.Hex, pair.version.Blob!.Value.Hex));
        return
        [
            .. from file in list.Documents
               let found = byBlob[(file.Commit, file.Blob)].FirstOrDefault(pair => PlaceOf(list.Folder, pair.version.Path) == file.Place)
               select found.version is null ? null : new PackedDocument(file, found.history, found.version),
        ];
    }

    /// <summary>A path of the library as one of the repository.</summary>
    public static string PlaceOf(string folder, LibraryPath path) => folder.Length == 0 ? path.Value : $"{folder}/{path}";
}
