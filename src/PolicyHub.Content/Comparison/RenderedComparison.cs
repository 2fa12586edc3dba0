using System.Collections.Immutable;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Comparison;

/// <summary>
/// Two rendered texts of one document as one page: words that went in <c>&lt;del class="diff"&gt;</c>, words that came in <c>&lt;ins class="diff"&gt;</c>. Without
/// the <c>ins</c> the text is that of the old page to the letter, without the <c>del</c> that of the new one, white space and the links of headings to
/// themselves aside.
/// </summary>
public sealed record RenderedComparison
{
    /// <summary>Characters of HTML on one side; above it no comparison is made, so that a page never takes long.</summary>
    public const int Largest = 512 * 1024;

    /// <summary>Null where a text is longer than <see cref="Largest"/>: the texts can then only be read one by one.</summary>
    public SafeHtml? Html { get; private init; }

    /// <summary>Sections of the new text with a mark in them, in order; the one above the first heading has an empty anchor.</summary>
    public ImmutableArray<ChangedSection> Sections { get; private init; } = [];

    /// <summary>Paragraphs, headings, cells and the like that changed inside.</summary>
    public int Changed { get; private init; }

    /// <summary>Paragraphs, list items, rows and the like that came.</summary>
    public int Added { get; private init; }

    public int Removed { get; private init; }

    /// <summary>Both read the same.</summary>
    public bool IsSame => Html is not null && Changed + Added + Removed == 0;

    /// <summary>Never throws. Takes time in proportion to the texts, times a bounded factor where they have little in common.</summary>
    public static RenderedComparison Of(SafeHtml old, SafeHtml fresh, Words words)
    {
        if (Math.Max(old.Value.Length, fresh.Value.Length) > Largest || HtmlTree.Read(old.Value) is not { } left || HtmlTree.Read(fresh.Value) is not { } right)
        {
            return new RenderedComparison();
        }

        var numbers = new HtmlNumbers();
        numbers.Number(left);
        numbers.Number(right);
        var writer = new ComparisonWriter(words);
        var sections = ImmutableArray.CreateBuilder<ChangedSection>();
        var current = new ChangedSection("", "");
        new BlockComparison(numbers, writer).WriteFlow(left.Children, right.Children, (element, isMarked) =>
        {
            if (element is { Id: { } id, Tag: "h2" or "h3" or "h4" or "h5" or "h6" })
            {
                current = new ChangedSection(System.Net.WebUtility.HtmlDecode(id), System.Net.WebUtility.HtmlDecode(TextOf(element)).Trim());
            }

            if (isMarked && (sections.Count == 0 || sections[^1] != current))
            {
                sections.Add(current);
            }
        });
        return new RenderedComparison
        {
            Html = new SafeHtml(writer.Html.ToString()),
            Sections = sections.ToImmutable(),
            Changed = writer.Changed,
            Added = writer.Added,
            Removed = writer.Removed,
        };
    }

    private static string TextOf(HtmlElement element) =>
        string.Concat(element.Children.Select(child => child is HtmlElement inner ? TextOf(inner) : ((HtmlText)child).Html));
}

/// <param name="Anchor">As in an address, after the #.</param>
public sealed record ChangedSection(string Anchor, string Heading);
