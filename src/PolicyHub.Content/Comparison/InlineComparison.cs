namespace PolicyHub.Content.Comparison;

/// <summary>Marks words inside one paragraph, cell, heading or piece of code. Marks stand inside links and emphasis, never around them.</summary>
internal sealed class InlineComparison(HtmlNumbers numbers, ComparisonWriter writer)
{
    /// <summary>What counts as long enough to part two changes: a picture or a box is never swallowed by them.</summary>
    private const int LengthOfAtom = 1000;

    private readonly List<OpenElement> open = [];

    public void Write(IReadOnlyList<HtmlNode> old, IReadOnlyList<HtmlNode> fresh, bool isCode)
    {
        var (left, right) = (new List<Token>(), new List<Token>());
        Flatten(old, null, isCode, left);
        Flatten(fresh, null, isCode, right);
        var steps = WordDiff.Run([.. left.Select(token => token.Key)], [.. right.Select(token => token.Key)], i => left[i].Length, i => right[i].Length);
        writer.Changed += steps.Exists(step => step.Mark != Mark.Kept) ? 1 : 0;

        var marked = Mark.Kept;
        var before = Mark.Kept;
        foreach (var (mark, place) in steps)
        {
            var token = mark == Mark.Removed ? left[place] : right[place];
            var shared = SharedWith(token, mark);
            if (marked != Mark.Kept && (marked != mark || shared < open.Count || shared < token.Path.Length))
            {
                writer.CloseMark(marked);
                marked = Mark.Kept;
            }

            Enter(token, mark, shared);
            if (mark != Mark.Kept && marked == Mark.Kept)
            {
                writer.OpenMark(mark, isFirst: before != mark);
                marked = mark;
            }

            writer.Html.Append(token.Atom is { } atom ? writer.OpeningOf(atom, mark == Mark.Removed) : token.Html);
            before = mark;
        }

        if (marked != Mark.Kept)
        {
            writer.CloseMark(marked);
        }

        Leave(0);
    }

    /// <summary>How many of the open elements the token stands in as well.</summary>
    private int SharedWith(Token token, Mark mark)
    {
        var shared = 0;
        while (shared < open.Count && shared < token.Path.Length && open[shared].Takes(token.Path[shared], mark))
        {
            shared++;
        }

        return shared;
    }

    private void Enter(Token token, Mark mark, int shared)
    {
        Leave(shared);
        for (var i = 0; i < shared; i++)
        {
            open[i].Take(token.Path[i], mark);
        }

        for (var i = shared; i < token.Path.Length; i++)
        {
            var entered = new OpenElement(token.Path[i], mark);
            writer.Html.Append(writer.OpeningOf(token.Path[i].Element, mark == Mark.Removed));
            open.Add(entered);
        }
    }

    private void Leave(int depth)
    {
        for (; open.Count > depth; open.RemoveAt(open.Count - 1))
        {
            writer.Html.Append(open[^1].Close);
        }
    }

    private void Flatten(IEnumerable<HtmlNode> nodes, Context? around, bool isCode, List<Token> tokens)
    {
        foreach (var node in nodes)
        {
            if (node is HtmlElement { IsVoid: true } atom)
            {
                tokens.Add(new Token("", atom, numbers.KeyOf($"v{around?.Key} {atom.Identity}"), LengthOfAtom, around?.Path ?? []));
            }
            else if (node is HtmlElement element)
            {
                Flatten(element.Children, new Context(element, numbers.KeyOf($"c{around?.Key} {element.Identity}"), around), isCode || element.Tag == "pre", tokens);
            }
            else
            {
                FlattenText(((HtmlText)node).Html, around, isCode, tokens);
            }
        }
    }

    private void FlattenText(string html, Context? around, bool isCode, List<Token> tokens)
    {
        for (var at = 0; at < html.Length;)
        {
            var length = TextWords.LengthAt(html.AsSpan(at), isHtml: true);
            var word = html.Substring(at, length);
            tokens.Add(new Token(word, null, numbers.KeyOf($"w{around?.Key} {HtmlNumbers.Shown(word, isCode)}"), length, around?.Path ?? []));
            at += length;
        }
    }

    /// <summary>A word, a stretch of white space, a sign, or an element without content.</summary>
    private sealed record Token(string Html, HtmlElement? Atom, int Key, int Length, Context[] Path);

    /// <summary>An inline element, such as a link, and those around it.</summary>
    private sealed class Context
    {
        public Context(HtmlElement element, int key, Context? around) => (Element, Key, Path) = (element, key, [.. around?.Path ?? [], this]);

        public HtmlElement Element { get; }

        /// <summary>Equal for elements that are the same to a reader, in the same surroundings.</summary>
        public int Key { get; }

        public Context[] Path { get; }
    }

    /// <summary>An element that is open in what is written; it may stand for one of the old text and one of the new at once.</summary>
    private sealed class OpenElement
    {
        private readonly int key;
        private readonly bool isForRemovedOnly;
        private Context? old;
        private Context? fresh;

        public OpenElement(Context context, Mark mark)
        {
            key = context.Key;
            Close = context.Element.Close;
            isForRemovedOnly = mark == Mark.Removed && context.Element.DiffersWhenRemoved;
            Take(context, mark);
        }

        public string Close { get; }

        public bool Takes(Context context, Mark mark) =>
            key == context.Key && (mark == Mark.Removed ? old is null || old == context : !isForRemovedOnly && (fresh is null || fresh == context));

        public void Take(Context context, Mark mark)
        {
            if (mark == Mark.Removed)
            {
                old = context;
            }
            else
            {
                fresh = context;
            }
        }
    }
}
