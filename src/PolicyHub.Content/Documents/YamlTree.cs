using PolicyHub.Content.Problems;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PolicyHub.Content.Documents;

/// <summary>A node of a YAML text and where it starts in the file. Immutable; an alias is the node that it names.</summary>
internal abstract record YamlNode(SourcePosition Position)
{
    /// <summary>Nodes in all, aliases counted as often as they are used.</summary>
    public virtual int Size => 1;
}

internal sealed record YamlScalar(SourcePosition Position, string Text, bool IsPlain) : YamlNode(Position)
{
    /// <summary>Nothing was written, or the YAML word for nothing.</summary>
    public bool IsNothing => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";
}

internal sealed record YamlList(SourcePosition Position, IReadOnlyList<YamlNode> Items) : YamlNode(Position)
{
    public override int Size { get; } = 1 + Items.Sum(item => item.Size);
}

internal sealed record YamlMap(SourcePosition Position, IReadOnlyList<YamlEntry> Entries) : YamlNode(Position)
{
    public override int Size { get; } = 1 + Entries.Sum(entry => entry.Value.Size);
}

internal sealed record YamlEntry(string Key, SourcePosition KeyPosition, YamlNode Value);

/// <summary>What stopped the reading of a YAML text.</summary>
internal sealed record YamlFailure(SourcePosition Position, string Reason);

/// <summary>
/// Builds a tree from YamlDotNet's events. YamlDotNet's own tree is not used because it compares whole subtrees as keys,
/// throws on a key that stands twice and puts no bound on aliases; this one is bounded before anything is built.
/// </summary>
internal sealed class YamlTree
{
    private const int DeepestNesting = 32;
    private const int MostNodes = 20_000;

    /// <summary>The end of a sentence, where the parser has no words of its own.</summary>
    private const string Unfinished = "a list, quote or escape in it is not finished";

    private readonly Dictionary<string, YamlNode> anchors = new(StringComparer.Ordinal);
    private readonly IParser parser;
    private readonly int linesBefore;
    private int nodes;

    private YamlTree(IParser parser, int linesBefore) => (this.parser, this.linesBefore) = (parser, linesBefore);

    /// <summary>Reads the first document of a YAML text; both answers are null where the text is empty. Never throws.</summary>
    /// <param name="linesBefore">Lines of the file that stand before the text, for positions.</param>
    public static (YamlNode? Root, YamlFailure? Failure) Read(string yaml, int linesBefore)
    {
        try
        {
            var events = new Parser(new StringReader(yaml));
            events.Consume<StreamStart>();
            return (events.TryConsume<DocumentStart>(out _) ? new YamlTree(events, linesBefore).ReadNode(0) : null, null);
        }
        catch (YamlException exception)
        {
            return (null, new YamlFailure(PositionOf(exception.Start, linesBefore), Reason(exception)));
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The scanner throws these on broken escapes and on brackets left open; to the author they are all one thing.
            return (null, new YamlFailure(new SourcePosition(linesBefore + 1, 1), Unfinished));
        }
    }

    private YamlNode ReadNode(int depth)
    {
        if (depth > DeepestNesting)
        {
            throw new YamlException(parser.Current!.Start, parser.Current.End, "it is nested too deeply");
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return anchors.TryGetValue(alias.Value.Value, out var target)
                ? Counted(target, target.Size, alias)
                : throw new YamlException(alias.Start, alias.End, $"it names an anchor “{alias.Value.Value}” that is not there");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return Anchored(scalar, Counted(new YamlScalar(At(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain), 1, scalar));
        }

        if (parser.TryConsume<SequenceStart>(out var listStart))
        {
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(ReadNode(depth + 1));
            }

            return Anchored(listStart, Counted(new YamlList(At(listStart), items), 1, listStart));
        }

        var mapStart = parser.Consume<MappingStart>();
        var entries = new List<YamlEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            // A key that is itself a list or map names no field of ours; its value is read and dropped.
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is YamlScalar name)
            {
                entries.Add(new YamlEntry(name.Text, name.Position, value));
            }
        }

        return Anchored(mapStart, Counted(new YamlMap(At(mapStart), entries), 1, mapStart));
    }

    private YamlNode Counted(YamlNode node, int size, ParsingEvent at)
    {
        nodes += size;
        return nodes <= MostNodes ? node : throw new YamlException(at.Start, at.End, "it holds too many values");
    }

    private YamlNode Anchored(NodeEvent at, YamlNode node)
    {
        if (!at.Anchor.IsEmpty)
        {
            anchors[at.Anchor.Value] = node;
        }

        return node;
    }

    private SourcePosition At(ParsingEvent at) => PositionOf(at.Start, linesBefore);

    private static SourcePosition PositionOf(Mark mark, int linesBefore) =>
        new((int)Math.Max(1, mark.Line) + linesBefore, (int)Math.Max(1, mark.Column));

    /// <summary>The parser's own words, without the positions that it repeats, as the end of a sentence.</summary>
    private static string Reason(YamlException exception)
    {
        var reason = exception.Message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        return reason.Length == 0 ? Unfinished : char.ToLowerInvariant(reason[0]) + reason[1..];
    }
}
