using System.Collections.Immutable;
using Markdig.Syntax;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Rendering;

/// <summary>What the parts of a page being written share: its headings, and what was found on the way. For one body.</summary>
internal sealed class PageState(Document document, Words words, Func<LibraryPath, bool>? leads = null, EditingMarks? editing = null)
{
    private const int MostProblems = 200;
    private const int FirstLevel = 2;
    private const int LastLevel = 6;

    private readonly Dictionary<HeadingBlock, (string Anchor, int Level)> headings = [];

    public Document Document { get; } = document;

    public Words Words { get; } = words;

    /// <summary>Null: the page is only read.</summary>
    public EditingMarks? Editing { get; } = editing;

    public ImmutableArray<DocumentLink>.Builder Links { get; } = ImmutableArray.CreateBuilder<DocumentLink>();

    public ImmutableArray<Problem>.Builder Problems { get; } = ImmutableArray.CreateBuilder<Problem>();

    /// <summary>Whether there is anything that links may not name.</summary>
    public bool HidesSome => leads is not null;

    /// <summary>False where what a link leads to may not even be named.</summary>
    public bool Leads(LinkAddress address) => leads is null || address.Target is not { } target || leads(target);

    public int Tables { get; set; }

    /// <summary>Inside a link another link would be taken apart by browsers.</summary>
    public bool InsideLink { get; set; }

    /// <summary>
    /// Gives each heading its anchor and its level on the page, where the title is the one heading of level 1: the deepest
    /// heading above it that it stands under, plus one, so that no level is skipped whatever the author's levels are.
    /// </summary>
    public void NumberHeadings(IEnumerable<HeadingBlock> inOrder)
    {
        var anchors = new Anchors();
        var above = new Stack<int>();
        foreach (var heading in inOrder)
        {
            while (above.TryPeek(out var level) && level >= heading.Level)
            {
                above.Pop();
            }

            headings[heading] = (anchors.Next(PlainText.OneLine(heading)), Math.Min(LastLevel, FirstLevel + above.Count));
            above.Push(heading.Level);
        }
    }

    /// <summary>Null for a heading inside a quote or list, which is no section.</summary>
    public string? AnchorOf(HeadingBlock heading) => headings.TryGetValue(heading, out var found) ? found.Anchor : null;

    public int LevelOf(HeadingBlock heading) =>
        headings.TryGetValue(heading, out var found) ? found.Level : Math.Clamp(heading.Level + 1, FirstLevel, LastLevel);

    /// <summary>Markdig counts lines and columns of the body from 0; people count those of the file from 1.</summary>
    public SourcePosition PositionOf(MarkdownObject markdown) =>
        new(Document.BodyLine + Math.Max(0, markdown.Line), Math.Max(0, markdown.Column) + 1);

    public void Report(Problem problem)
    {
        if (Problems.Count < MostProblems)
        {
            Problems.Add(problem);
        }
    }
}
