using PolicyHub.Content;
using PolicyHub.Content.Rendering;
using PolicyHub.Web.Pages.Read;

namespace PolicyHub.Web.Pages.Find;

/// <summary>One section of a document, read beside the results.</summary>
public sealed class SectionView
{
    private SectionView(DocumentView document, int section)
    {
        Document = document;
        Section = section;
    }

    public DocumentView Document { get; }

    /// <summary>Which section; 0 is the text above the first heading.</summary>
    public int Section { get; }

    public string Anchor => Document.Found.Rendered.Sections[Section].Anchor;

    public SafeHtml Html => Document.Section(Section);

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
