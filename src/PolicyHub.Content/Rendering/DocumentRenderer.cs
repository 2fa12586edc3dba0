using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Rendering;

/// <summary>Markdown to safe HTML, with the one pipeline. Immutable, safe for use by many threads.</summary>
public sealed class DocumentRenderer
{
    public DocumentRenderer(Words words) => Words = words;

    public Words Words { get; }

    /// <summary>Never throws; input over the caps is shown as plain text and reported.</summary>
    public RenderedBody Render(Document document) => throw new NotSupportedException();
}
