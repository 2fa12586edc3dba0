using Markdig.Extensions.Tables;
using Markdig.Syntax;
using PolicyHub.Content.Comparison;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Editing;

/// <summary>
/// Of a list, a table or a quote in which one item was changed, the lines of all the others: the block was edited as one, and only what was touched is
/// written anew.
/// </summary>
public static class KeptLines
{
    /// <summary>The new Markdown of a block with the lines of the old wherever an item means the same.</summary>
    /// <param name="source">The block as it is written.</param>
    /// <param name="markdown">What it is to become.</param>
    /// <param name="normal">Markdown as this editor would write it, of any Markdown: shown and turned back.</param>
    /// <returns>Markdown that means the same as <paramref name="markdown"/>; that itself where nothing could be kept.</returns>
    public static string Merge(string source, string markdown, Func<string, string> normal)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(markdown);
        ArgumentNullException.ThrowIfNull(normal);
        var before = normal(source);
        if (before == markdown)
        {
            return source;
        }

        if (ItemsOf(source) is not { } kept || ItemsOf(before) is not { } old || ItemsOf(markdown) is not { } fresh || old.Count != kept.Count || old.Kind != fresh.Kind)
        {
            return markdown;
        }

        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int Number(string item) => numbers.TryGetValue(item, out var number) ? number : numbers[item] = numbers.Count;
        var matched = SequenceDiff.Match([.. old.Select((item, index) => Number(Bare(item, index)))], [.. fresh.Select((item, index) => Number(Bare(item, index)))]).ToDictionary(pair => pair.New, pair => pair.Old);
        var written = fresh.Select((item, index) => matched.TryGetValue(index, out var same) ? kept[same] : Marked(item, kept[0]));
        var merged = string.Join(fresh.IsLoose ? "\n\n" : "\n", written);
        return normal(merged) == normal(markdown) ? merged : markdown;
    }

    /// <summary>An item without its number, which says nothing about it but for the first.</summary>
    private static string Bare(string item, int index)
    {
        var digits = item.TakeWhile(char.IsAsciiDigit).Count();
        return index > 0 && digits > 0 && digits < item.Length && item[digits] is '.' or ')' ? item[digits..] : item;
    }

    /// <summary>An item with the mark that the list has in its source: another one would begin another list.</summary>
    private static string Marked(string item, string first)
    {
        if (item[0] is '-' or '*' or '+' && first[0] is '-' or '*' or '+')
        {
            return first[0] + item[1..];
        }

        var (digits, sign) = (item.TakeWhile(char.IsAsciiDigit).Count(), first.SkipWhile(char.IsAsciiDigit).FirstOrDefault());
        return digits > 0 && digits < item.Length && item[digits] is '.' or ')' && sign is '.' or ')' ? item[..digits] + sign + item[(digits + 1)..] : item;
    }

    /// <summary>The items of the one list, table or quote that a Markdown is; null: it is something else.</summary>
    private static Items? ItemsOf(string markdown)
    {
        if (MarkdownBody.Parse(markdown) is not [ContainerBlock block] || block is not (ListBlock or Table or QuoteBlock))
        {
            return null;
        }

        var lines = markdown.Split('\n');
        var starts = block.Select(item => item.Line).Distinct().Order().ToList();
        if (starts.Count == 0 || starts[0] != 0 || starts[^1] >= lines.Length || MarkdownBody.Prepare(markdown) != markdown)
        {
            return null;
        }

        var items = new Items(block.GetType().Name, block is ListBlock { IsLoose: true });
        for (var index = 0; index < starts.Count; index++)
        {
            var end = index + 1 < starts.Count ? starts[index + 1] : lines.Length;
            items.Add(string.Join('\n', lines[starts[index]..end]).TrimEnd('\n', ' '));
        }

        return items;
    }

    private sealed class Items(string kind, bool isLoose) : List<string>
    {
        public string Kind => kind;

        public bool IsLoose => isLoose;
    }
}
