using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace PolicyHub.Content.Editing;

/// <summary>
/// Reads a <c>.docx</c> file (Office Open XML, ECMA-376) into Markdown: headings, paragraphs, bold and italic, links, lists, tables, footnotes, pictures. Nothing in it is run, and nothing that it
/// names is fetched. Never throws for any input.
/// </summary>
public static class DocxImport
{
    /// <summary>Bytes of the file.</summary>
    public const int Largest = 20 * 1024 * 1024;

    /// <summary>Bytes of all that is packed in it.</summary>
    private const long LargestUnpacked = 200L * 1024 * 1024;

    private const long LargestPart = 30L * 1024 * 1024;

    private const int MostParts = 2000;

    /// <summary>Reads a file.</summary>
    /// <param name="name">What its pictures are named after, such as the file name of the document to be, without extension.</param>
    public static ImportOutcome Read(byte[] file, string name)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(name);
        if (file.Length > Largest)
        {
            return new ImportOutcome(null, "too-large");
        }

        try
        {
            if (!IsBounded(file))
            {
                return new ImportOutcome(null, "too-much");
            }

            // A copy: what can't be read of its links is mended in it.
            using var stream = new MemoryStream();
            stream.Write(file);
            stream.Position = 0;
            var settings = new OpenSettings
            {
                AutoSave = false,
                MaxCharactersInPart = LargestPart,
                RelationshipErrorHandlerFactory = RelationshipErrorHandler.CreateRewriterFactory((_, _, _) => DocxInlines.BadLink),
            };
            using var package = WordprocessingDocument.Open(stream, isEditable: true, settings);
            return package.MainDocumentPart?.Document?.Body is { } body
                ? new DocxReader(package.MainDocumentPart, NewDocument.Slug(name) is { Length: > 0 } slug ? slug : "import").Read(body) is { } document ? new ImportOutcome(document, null) : new ImportOutcome(null, "too-much")
                : new ImportOutcome(null, "no-document");
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or XmlException or OpenXmlPackageException or FormatException or ArgumentException or InvalidOperationException
            or NotSupportedException or KeyNotFoundException or NullReferenceException or IndexOutOfRangeException)
        {
            // The last few would be bugs of the reader of packages; no file may end a request of the site.
            return new ImportOutcome(null, "no-document");
        }
    }

    /// <summary>Unpacks everything once, into nothing, as what a package says of its sizes need not be so.</summary>
    private static bool IsBounded(byte[] file)
    {
        using var package = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        if (package.Entries.Count > MostParts)
        {
            return false;
        }

        var buffer = new byte[64 * 1024];
        var whole = 0L;
        foreach (var entry in package.Entries)
        {
            using var stream = entry.Open();
            var part = 0L;
            while (stream.Read(buffer) is var count and > 0)
            {
                part += count;
                whole += count;
                if (part > LargestPart || whole > LargestUnpacked)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
