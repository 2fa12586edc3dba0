using PolicyHub.Content;
using PolicyHub.Content.Rendering;
using PolicyHub.Web.Pages.Read;

namespace PolicyHub.Web.Pages.Find;

/// <summary>One section of a document, read beside the results.</summary>
public sealed class SectionView
{
    private const int LongestWhole = 60_000;

    private SectionView(DocumentView document, int section)
    {
        Document = document;
        Section = section;
    }

    public DocumentView Document { get; }

    /// <summary>Which section; 0 is the text above the first heading.</summary>
    public int Section { get; }

    public string Anchor => Document.Found.Rendered.Sections[Section].Anchor;

    /// <summary>The whole text, so that what comes before and after is at hand; of a very long one the section alone.</summary>
    public SafeHtml Html => ShowsWhole ? Document.Body : Document.Section(Section);

    /// <summary>Whether answers and the fields of its kind stand above the text.</summary>
    public bool ShowsTop => Section == 0 || ShowsWhole;

    private bool ShowsWhole => Document.Found.Rendered.Html.Value.Length <= LongestWhole;

    /// <summary>The section that a key of <see cref="FindLinks.ReadKey"/> names; null when there is none. An unknown anchor is the top.</summary>
    public static SectionView? Of(string? key, string searched, Visit visit)
    {
        var (path, anchor) = (key ?? "").Split('#', 2) is [var before, var after] ? (before, after) : (key ?? "", "");
        foreach (var extension in new[] { ".md", ".markdown" })
        {
            if (LibraryPath.TryParse(path + extension, out var parsed) && visit.Edition.Find(parsed, visit.Reader) is { } found)
            {
                var section = 0;
                for (var index = 0; index < found.Rendered.Sections.Length; index++)
                {
                    if (found.Rendered.Sections[index].Anchor == anchor)
                    {
                        section = index;
                        break;
                    }
                }

                return new SectionView(new DocumentView(found, visit, searched.Length == 0 ? null : searched), section);
            }
        }

        return null;
    }
}
