using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PolicyHub.Content.Editing;

/// <summary>How a value is written.</summary>
internal enum YamlStyle
{
    /// <summary>On its line, or quoted over several: it ends where it says.</summary>
    Inline,

    /// <summary>Lines under a bar or an angle bracket.</summary>
    Literal,

    /// <summary>A line, or several, for each value, each after a dash.</summary>
    Items,

    /// <summary>Fields on lines of their own.</summary>
    Fields,
}

/// <summary>A field of a map and where it stands in the text.</summary>
/// <param name="Start">The offset of the value; of what follows the colon where there is none.</param>
/// <param name="End">The offset after an <see cref="YamlStyle.Inline"/> value.</param>
/// <param name="Items">The offsets at which the values of a list start.</param>
/// <param name="Quote">The quote in which the value stands; none where it has none.</param>
internal sealed record YamlFieldSpan(string Key, int KeyStart, int KeyEnd, YamlStyle Style, int Start, int End, ImmutableArray<int> Items, char Quote);

/// <summary>Where the fields of a map on lines of its own stand.</summary>
internal static class YamlSpans
{
    /// <summary>The fields in their order; null where the text is no such map. The text has been read as YAML before.</summary>
    public static ImmutableArray<YamlFieldSpan>? Read(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _) || !parser.TryConsume<MappingStart>(out var root) || root.Style == MappingStyle.Flow)
        {
            return null;
        }

        var fields = ImmutableArray.CreateBuilder<YamlFieldSpan>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var key))
            {
                return null;
            }

            fields.Add(ReadValue(parser, key));
        }

        return fields.ToImmutable();
    }

    private static YamlFieldSpan ReadValue(Parser parser, Scalar key)
    {
        var first = parser.Consume<ParsingEvent>();
        var last = first;
        var items = ImmutableArray.CreateBuilder<int>();
        for (var depth = first.NestingIncrease; depth > 0; depth += last.NestingIncrease)
        {
            last = parser.Consume<ParsingEvent>();
            if (depth == 1 && last.NestingIncrease >= 0)
            {
                items.Add(At(last.Start));
            }
        }

        var style = first switch
        {
            Scalar { Style: ScalarStyle.Literal or ScalarStyle.Folded } => YamlStyle.Literal,
            SequenceStart { Style: not SequenceStyle.Flow } => YamlStyle.Items,
            MappingStart { Style: not MappingStyle.Flow } => YamlStyle.Fields,
            _ => YamlStyle.Inline,
        };
        var quote = first is Scalar scalar ? scalar.Style switch { ScalarStyle.DoubleQuoted => '"', ScalarStyle.SingleQuoted => '\'', _ => '\0' } : '\0';

        // The parser ends brackets before the one that closes them.
        var end = At(last.End) + (last is SequenceEnd or MappingEnd ? 1 : 0);
        return new YamlFieldSpan(key.Value, At(key.Start), At(key.End), style, At(first.Start), end, style == YamlStyle.Items ? items.ToImmutable() : [], quote);
    }

    private static int At(Mark mark) => (int)mark.Index;
}
