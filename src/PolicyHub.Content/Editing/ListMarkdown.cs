using System.Collections.Immutable;
using System.Globalization;
using AngleSharp.Dom;

namespace PolicyHub.Content.Editing;

/// <summary>Writes a list. It is loose, its items parted by empty lines, where an item holds paragraphs.</summary>
internal static class ListMarkdown
{
    /// <param name="blocks">The blocks of an item, each by its lines.</param>
    /// <param name="other">Whether it takes the other mark, as it follows a list.</param>
    public static IEnumerable<string> Write(IElement list, Func<INode, IReadOnlyList<ImmutableArray<string>>> blocks, bool other)
    {
        var isOrdered = list.LocalName == "ol";
        var number = int.TryParse(list.GetAttribute("start"), NumberStyles.None, CultureInfo.InvariantCulture, out var start) && start is >= 0 and < 100_000_000 ? start : 1;
        var items = Items(list);
        var isLoose = items.Any(item => item.Children.Any(child => child.LocalName == "p"));
        var isFirst = true;
        foreach (var item in items)
        {
            var box = TaskOf(item);
            var inside = blocks(item);
            if (inside.Count == 0)
            {
                continue;
            }

            if (isLoose && !isFirst)
            {
                yield return "";
            }

            isFirst = false;
            var mark = isOrdered ? (number++).ToString(CultureInfo.InvariantCulture) + (other ? ") " : ". ") : other ? "* " : "- ";
            var indent = new string(' ', mark.Length);
            var isFirstLine = true;
            for (var index = 0; index < inside.Count; index++)
            {
                // In a tight list the paragraph and the list below it stand without an empty line.
                if (index > 0 && (isLoose || index > 1))
                {
                    yield return "";
                }

                foreach (var line in inside[index])
                {
                    yield return isFirstLine ? mark + box + line : line.Length == 0 ? "" : indent + line;
                    isFirstLine = false;
                }
            }
        }
    }

    /// <summary>Its items; a list that stands directly in a list, as some programs write it, belongs to the item before it.</summary>
    private static List<IElement> Items(IElement list)
    {
        foreach (var stray in list.Children.Where(child => child.LocalName is "ul" or "ol").ToList())
        {
            if (stray.PreviousElementSibling is { LocalName: "li" } item)
            {
                item.AppendChild(stray);
            }
            else
            {
                var made = list.Owner!.CreateElement("li");
                stray.Before(made);
                made.AppendChild(stray);
            }
        }

        return [.. list.Children.Where(child => child.LocalName == "li")];
    }

    private static string TaskOf(IElement item) =>
        item.QuerySelector("input[type=checkbox]") is { } box && box.Closest("li") == item ? box.HasAttribute("checked") ? "[x] " : "[ ] " : "";
}
