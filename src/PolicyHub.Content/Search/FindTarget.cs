using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Search;

/// <summary>What a search should find, as a contract or a pin names it: <c>PATH-or-ID#anchor</c>.</summary>
/// <param name="Document">The path from the root of the library, with or without extension, or the id.</param>
/// <param name="Anchor">The section; null: any of the document.</param>
/// <param name="At">Where it is written.</param>
public sealed record FindTarget(string Document, string? Anchor, SourcePosition At)
{
    /// <summary>Whether this is the path or the id of a document.</summary>
    public bool Names(Documents.Document document) =>
        Document.Equals(document.Path.Value, StringComparison.Ordinal) || Document.Equals(document.Path.WithoutExtension, StringComparison.Ordinal)
        || Document.Equals(document.Id, StringComparison.OrdinalIgnoreCase);

    public static FindTarget Parse(string written, SourcePosition at)
    {
        var hash = written.IndexOf('#', StringComparison.Ordinal);
        return hash < 0
            ? new FindTarget(written, null, at)
            : new FindTarget(written[..hash].TrimEnd(), written[(hash + 1)..].Trim() is { Length: > 0 } anchor ? anchor : null, at);
    }
}
