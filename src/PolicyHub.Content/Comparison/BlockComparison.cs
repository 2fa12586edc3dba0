namespace PolicyHub.Content.Comparison;

/// <summary>
/// Walks two trees side by side: blocks that are the same are written as they are, blocks that are two states of one are marked inside,
/// and the others are marked whole. What it writes is nested as what it read, so it is as valid and as safe.
/// </summary>
internal sealed class BlockComparison(HtmlNumbers numbers, ComparisonWriter writer)
{
    /// <summary>Content that may hold blocks.</summary>
    /// <param name="written">Called for each block of the new text after it was written, with whether anything in it is marked; with null for removed ones.</param>
    public void WriteFlow(IReadOnlyList<HtmlNode> old, IReadOnlyList<HtmlNode> fresh, Action<HtmlElement?, bool>? written = null)
    {
        var (left, right) = (Blocks(old), Blocks(fresh));
        var (removed, added) = (new List<HtmlNode>(), new List<HtmlNode>());
        foreach (var (oldPlace, newPlace) in Alignment.Of([.. left.Select(block => block.Part)], [.. right.Select(block => block.Part)]))
        {
            if (oldPlace >= 0 && newPlace >= 0)
            {
                WriteWhole(removed, added, written);
                var marks = writer.Marks;
                WritePair(left[oldPlace], right[newPlace]);
                written?.Invoke(right[newPlace].Element, writer.Marks > marks);
            }
            else if (oldPlace >= 0)
            {
                removed.AddRange(left[oldPlace].Nodes);
                writer.CountWhole(Mark.Removed);
            }
            else
            {
                added.AddRange(right[newPlace].Nodes);
                writer.CountWhole(Mark.Added);
            }
        }

        WriteWhole(removed, added, written);
    }

    /// <summary>What went stands before what came in its place.</summary>
    private void WriteWhole(List<HtmlNode> removed, List<HtmlNode> added, Action<HtmlElement?, bool>? written)
    {
        foreach (var (nodes, mark) in new[] { (removed, Mark.Removed), (added, Mark.Added) })
        {
            if (nodes.Count > 0)
            {
                writer.WriteWhole(nodes, mark);
                writer.Html.Append('\n');
            }

            foreach (var node in nodes)
            {
                written?.Invoke(mark == Mark.Added ? node as HtmlElement : null, true);
            }

            nodes.Clear();
        }
    }

    private void WritePair(Block old, Block fresh)
    {
        if (old.Part.Key == fresh.Part.Key)
        {
            writer.Write(fresh.Nodes);
            writer.Html.Append(fresh.Element is null ? "\n" : "");
            return;
        }

        switch (fresh.Element?.Tag)
        {
            case "ul" or "ol" or "dl":
                WriteItems(old.Element!, fresh.Element);
                break;
            case "blockquote" or "section" or "div" when fresh.Table is null:
                WriteContainer(old.Element!, fresh.Element);
                break;
            case "div":
                WriteTable(old, fresh);
                break;
            default:
                WriteLeaf(old, fresh);
                break;
        }
    }

    private void WriteLeaf(Block old, Block fresh)
    {
        if (fresh.Element is { } element)
        {
            writer.Open(element);
        }

        new InlineComparison(numbers, writer).Write(old.Content, fresh.Content, isCode: fresh.Element is { Tag: "pre" });
        if (fresh.Element is { } closed)
        {
            writer.Close(closed);
        }
        else
        {
            writer.Html.Append('\n');
        }
    }

    private void WriteContainer(HtmlElement old, HtmlElement fresh)
    {
        writer.Open(fresh);
        WriteFlow(old.Children, fresh.Children);
        writer.Close(fresh);
    }

    private void WriteTable(Block old, Block fresh)
    {
        var before = writer.Html.Length;
        writer.Open(fresh.Element!);
        if (TableComparison.TryWrite(old.Table!, fresh.Table!, numbers, writer, WriteContainer))
        {
            writer.Close(fresh.Element!);
            return;
        }

        writer.Html.Length = before;
        WriteWhole([.. old.Nodes], [.. fresh.Nodes], null);
        writer.CountWhole(Mark.Removed);
        writer.CountWhole(Mark.Added);
    }

    /// <summary>A list: its items stay its children, so a mark stands inside the item.</summary>
    private void WriteItems(HtmlElement old, HtmlElement fresh)
    {
        List<HtmlElement> left = [.. old.Children.OfType<HtmlElement>()];
        List<HtmlElement> right = [.. fresh.Children.OfType<HtmlElement>()];
        writer.Open(fresh);
        writer.Html.Append('\n');
        foreach (var (oldPlace, newPlace) in Alignment.Of([.. left.Select(ItemPart)], [.. right.Select(ItemPart)]))
        {
            if (oldPlace >= 0 && newPlace >= 0)
            {
                var (before, after) = (left[oldPlace], right[newPlace]);
                if (before.Key == after.Key)
                {
                    writer.Write([after]);
                }
                else
                {
                    WriteContainer(before, after);
                }

                continue;
            }

            var (item, mark) = oldPlace >= 0 ? (left[oldPlace], Mark.Removed) : (right[newPlace], Mark.Added);
            writer.CountWhole(mark);
            writer.Html.Append(writer.OpeningOf(item, mark == Mark.Removed));
            writer.WriteWhole(item.Children, mark, evenIfEmpty: true);
            writer.Close(item);
        }

        writer.Close(fresh);
    }

    private Alignment.Part ItemPart(HtmlElement item) => new(item.Key, numbers.KeyOf(item.Tag), numbers.WordsOf(item.Children));

    /// <summary>Blocks, and stretches of text between them as paragraphs of their own.</summary>
    private List<Block> Blocks(IReadOnlyList<HtmlNode> nodes)
    {
        var blocks = new List<Block>();
        var run = new List<HtmlNode>();
        foreach (var node in nodes.Append(null))
        {
            if (node is not null and not HtmlElement { IsBlock: true })
            {
                run.Add(node);
                continue;
            }

            if (run.Count > 0)
            {
                blocks.Add(new Block([.. run], null, new Alignment.Part(numbers.KeyOf(run), numbers.KeyOf("p"), numbers.WordsOf(run))));
                run.Clear();
            }

            if (node is HtmlElement element)
            {
                // A paragraph of a loose list and the bare text of a tight one read the same.
                var isParagraph = element.Tag == "p" && element["class"] is null;
                var shape = numbers.KeyOf(element.Tag is "p" or "pre" && element["class"] is { } named ? $"{element.Tag} {named}" : Block.TableIn(element) is null ? element.Tag : "table");
                blocks.Add(new Block([element], element, new Alignment.Part(isParagraph ? numbers.KeyOf(element.Children) : element.Key, shape, numbers.WordsOf(element.Children))));
            }
        }

        return blocks;
    }

    /// <param name="Element">Null for a stretch of text between blocks.</param>
    private sealed record Block(IReadOnlyList<HtmlNode> Nodes, HtmlElement? Element, Alignment.Part Part)
    {
        public IReadOnlyList<HtmlNode> Content => Element?.Children ?? Nodes;

        public HtmlElement? Table => Element is null ? null : TableIn(Element);

        public static HtmlElement? TableIn(HtmlElement element) => element.Tag == "div" && element.Children is [HtmlElement { Tag: "table" } table] ? table : null;
    }
}
