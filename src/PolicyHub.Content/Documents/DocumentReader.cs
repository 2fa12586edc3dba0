using System.Collections.Immutable;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Documents;

/// <summary>Reads a document from its bytes.</summary>
public static partial class DocumentReader
{
    /// <summary>
    /// Reads front matter and body. Never throws for any input. <see cref="ReadDocument.Document"/> is null only when the text
    /// cannot be taken for a document at all (front matter that does not parse, bytes that are no text): then the last good version stays.
    /// Wrong single fields are left out and reported.
    /// </summary>
    public static ReadDocument Read(LibraryPath path, ReadOnlySpan<byte> bytes, LibrarySettings settings) =>
        FrontMatter.Decode(bytes) is { } text
            ? ReadText(path, text, settings)
            : new ReadDocument(null, [ProblemCatalogue.BadEncoding(path.Value)]);
}

public sealed record ReadDocument(Document? Document, ImmutableArray<Problem> Problems);
