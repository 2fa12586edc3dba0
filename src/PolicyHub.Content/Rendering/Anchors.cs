using System.Globalization;
using System.Text;

namespace PolicyHub.Content.Rendering;

/// <summary>Anchors of headings as code hosts make them, so that a link works in both places; unique in a page.</summary>
internal sealed class Anchors
{
    private const int Longest = 120;

    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>The next anchor for a heading of these words; a second one of the same words ends in <c>-1</c>.</summary>
    public string Next(string heading)
    {
        var slug = Slug(heading);
        var anchor = slug;
        while (!taken.Add(anchor))
        {
            var count = counts[slug] = counts.GetValueOrDefault(slug) + 1;
            anchor = string.Create(CultureInfo.InvariantCulture, $"{slug}-{count}");
        }

        return anchor;
    }

    /// <summary>Lower case, letters, digits, dashes and underscores kept, each space a dash, all else dropped.</summary>
    private static string Slug(string heading)
    {
        var slug = new StringBuilder(heading.Length);
        foreach (var rune in heading.Trim().EnumerateRunes())
        {
            if (slug.Length >= Longest)
            {
                break;
            }

            if (rune.Value is ' ')
            {
                slug.Append('-');
            }
            else if (rune.Value is '-' or '_' || Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                slug.Append(Rune.ToLowerInvariant(rune).ToString());
            }
        }

        return slug.Length == 0 ? "section" : slug.ToString();
    }
}
