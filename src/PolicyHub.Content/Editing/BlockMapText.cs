using System.Collections.Immutable;
using PolicyHub.Content.Comparison;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Editing;

/// <summary>A YAML map whose fields stand on lines of their own, as text in which single fields can be changed. Immutable.</summary>
internal sealed class BlockMapText
{
    private readonly string yaml;
    private readonly string end;
    private readonly ImmutableArray<YamlFieldSpan> fields;
    private readonly YamlMap map;
    private readonly int indent;

    private BlockMapText(string yaml, string end, ImmutableArray<YamlFieldSpan> fields, YamlMap map)
    {
        (this.yaml, this.end, this.fields, this.map) = (yaml, end, fields, map);
        indent = fields.IsEmpty ? 0 : fields[0].KeyStart - LineStart(fields[0].KeyStart);
    }

    /// <summary>Reads a text of whole lines; null where it is no such map. A text that says nothing is a map without fields.</summary>
    /// <param name="end">How lines end that are written anew.</param>
    public static BlockMapText? Read(string yaml, string end)
    {
        var (root, failure) = YamlTree.Read(yaml, 0);
        if (failure is not null)
        {
            return null;
        }

        if (root is null)
        {
            return new BlockMapText(yaml, end, [], new YamlMap(default, []));
        }

        if (root is not YamlMap map || YamlSpans.Read(yaml) is not { } fields || fields.Length != map.Entries.Count)
        {
            return null;
        }

        var text = new BlockMapText(yaml, end, fields, map);
        return fields.All(field => field.KeyStart - text.LineStart(field.KeyStart) == text.indent
            && string.IsNullOrWhiteSpace(yaml[text.LineStart(field.KeyStart)..field.KeyStart])
            && yaml.AsSpan(field.KeyEnd).TrimStart(' ') is [':', ..]) ? text : null;
    }

    /// <summary>The text without fields.</summary>
    public string Without(string[] names) => Apply(fields.Index().Where(field => names.Contains(field.Item.Key)).Select(field => Removed(field.Index)));

    /// <summary>The text with a field set, in its place where it is there.</summary>
    /// <param name="names">The names under which it may stand, the first that is there counts; the others go.</param>
    /// <param name="order">Of fields, for one that is not there yet.</param>
    public string With(string field, string[] names, YamlNode value, string[] order)
    {
        var index = names.Select(name => fields.Select(other => other.Key).ToList().IndexOf(name)).FirstOrDefault(place => place >= 0, -1);
        if (index < 0)
        {
            var at = PlaceOf(field, order);
            return yaml[..at] + Lines(YamlText.Field(field, value, indent)) + yaml[at..];
        }

        var there = fields[index];

        // One value of a list that is written as one value stays so.
        var written = value is YamlList { Items: [YamlScalar only] } && there.Style == YamlStyle.Inline && map.Entries[index].Value is YamlScalar { IsNothing: false } ? only : value;
        var others = fields.Index().Where(other => other.Index != index && names.Contains(other.Item.Key)).Select(other => Removed(other.Index));
        var key = written is YamlList { Items.Count: > 1 } && there.Key != names[0] ? names[0] : there.Key;
        return Apply(others.Append(Changed(index, written)).Concat(key == there.Key ? [] : [(there.KeyStart, there.KeyEnd, key)]));
    }

    private (int Start, int End, string Text) Removed(int index) => (LineStart(fields[index].KeyStart), RegionEnd(index), "");

    private (int Start, int End, string Text) Changed(int index, YamlNode value)
    {
        var field = fields[index];
        var colon = yaml.IndexOf(':', field.KeyEnd) + 1;
        var isOneLine = value is YamlScalar || (value is YamlList list && list.Items.All(item => item is YamlScalar));
        if (field.Style == YamlStyle.Inline && isOneLine)
        {
            var start = field.Start == field.End ? colon : field.Start;
            var space = start == colon ? " " : "";
            return (start, Math.Max(start, field.End), space + YamlText.OneLine(value, quote: value is YamlScalar ? field.Quote : '\0'));
        }

        if (field.Style == YamlStyle.Items && value is YamlList fresh && map.Entries[index].Value is YamlList old && Items(index, old, fresh) is { } items)
        {
            return items;
        }

        var header = LineEnd(field.Style == YamlStyle.Inline ? Math.Max(colon, field.End) : colon);
        var rest = yaml[(field.Style == YamlStyle.Inline ? Math.Max(colon, field.End) : colon)..header];
        var comment = rest.IndexOf(" #", StringComparison.Ordinal) is var at and >= 0 ? rest[at..] : "";
        var lines = YamlText.Field(field.Key, value, indent).ToList();
        var first = isOneLine && lines.Count == 1 ? " " + YamlText.OneLine(value) : "";
        return (colon, RegionEnd(index), first + comment + end + Lines(lines.Skip(1)));
    }

    /// <summary>A list anew, in which the values that stay keep their lines, and a changed one the comments above it; null: it is not written a value after the other.</summary>
    private (int Start, int End, string Text)? Items(int index, YamlList old, YamlList fresh)
    {
        var starts = fields[index].Items.Select(LineStart).ToList();
        if (starts.Count != old.Items.Count || starts.Count == 0
            || fields[index].Items.Zip(starts).Any(item => yaml[item.Second..item.First].Trim() != "-"))
        {
            return null;
        }

        var dash = yaml.IndexOf('-', starts[0]) - starts[0];
        var ends = starts.Select((_, place) => place + 1 < starts.Count ? Trimmed(LineEnd(starts[place]), starts[place + 1], dash) : RegionEnd(index)).ToList();
        var first = Next(LineEnd(yaml.IndexOf(':', fields[index].KeyEnd)));
        if (first > starts[0])
        {
            return null;
        }

        string Lead(int place) => yaml[(place == 0 ? first : ends[place - 1])..starts[place]];
        string Chunk(int place) => yaml[starts[place]..ends[place]];
        var text = "";
        foreach (var (from, to) in Pairs(old, fresh))
        {
            text += (from, to) switch
            {
                (_, < 0) => "",
                ( < 0, _) => Lines(YamlText.Item(fresh.Items[to], dash)),
                _ when YamlSame.AsGiven(fresh.Items[to], old.Items[from]) => Lead(from) + Chunk(from),
                _ => Lead(from) + ChangedItem(Chunk(from), old.Items[from], fresh.Items[to], dash),
            };
        }

        return (first, RegionEnd(index), text);
    }

    /// <summary>A value of a list that is a map, with only those fields written anew that changed.</summary>
    private string ChangedItem(string chunk, YamlNode old, YamlNode fresh, int dash)
    {
        if (old is not YamlMap before || fresh is not YamlMap after)
        {
            return Lines(YamlText.Item(fresh, dash));
        }

        var names = after.Entries.Select(entry => entry.Key).ToArray();
        var inside = string.Concat(chunk.AsSpan(0, dash), " ", chunk.AsSpan(dash + 1));
        foreach (var entry in after.Entries)
        {
            if (Read(inside, end) is not { } fields)
            {
                // Written in brackets: what is not ours is carried over.
                var others = before.Entries.Where(other => !names.Contains(other.Key));
                return Lines(YamlText.Item(new YamlMap(default, [.. after.Entries, .. others]), dash));
            }

            var there = fields.map.Entries.FirstOrDefault(other => other.Key == entry.Key)?.Value;
            inside = entry.Value is YamlScalar { IsNothing: true } ? fields.Without([entry.Key])
                : there is not null && YamlSame.AsGiven(entry.Value, there) ? inside
                : fields.With(entry.Key, [entry.Key], entry.Value, names);
        }

        return string.Concat(inside.AsSpan(0, dash), "-", inside.AsSpan(dash + 1));
    }

    /// <summary>The places of values in the old and the new list, in the order of the new; -1 where there is none.</summary>
    private static IEnumerable<(int Old, int New)> Pairs(YamlList old, YamlList fresh)
    {
        int Name(YamlNode item) => fresh.Items.ToList().FindIndex(other => YamlSame.AsGiven(other, item));
        var same = SequenceDiff.Match([.. old.Items.Select((item, index) => Name(item) is var name && name < 0 ? -1 - index : name)], [.. fresh.Items.Select(Name)]);
        var (from, to) = (0, 0);
        foreach (var (oldEnd, newEnd) in same.Append((old.Items.Count, fresh.Items.Count)))
        {
            for (; from < oldEnd || to < newEnd; from++, to++)
            {
                yield return (from < oldEnd ? from : -1, to < newEnd ? to : -1);
            }

            (from, to) = (oldEnd + 1, newEnd + 1);
            if (oldEnd < old.Items.Count)
            {
                yield return (oldEnd, newEnd);
            }
        }
    }

    /// <summary>Where a new field is written: after the last of those that come before it.</summary>
    private int PlaceOf(string field, string[] order)
    {
        var place = Array.IndexOf(order, field);
        var before = fields.Index().LastOrDefault(other => place < 0 || (Array.IndexOf(order, other.Item.Key) is >= 0 and var rank && rank < place), (-1, null!)).Item1;
        return before >= 0 ? RegionEnd(before) : fields.IsEmpty ? yaml.Length : 0;
    }

    /// <summary>The end of the lines of a field: empty lines and comments after it belong to what follows.</summary>
    private int RegionEnd(int index)
    {
        var field = fields[index];
        var next = index + 1 < fields.Length ? LineStart(fields[index + 1].KeyStart) : yaml.Length;
        return Trimmed(LineEnd(field.Style == YamlStyle.Inline ? Math.Max(field.KeyEnd, field.End) : field.KeyEnd), next, indent);
    }

    /// <summary>The end of what stands between two places without its last lines that are empty, or comments no deeper than a column.</summary>
    private int Trimmed(int from, int to, int column)
    {
        var least = Next(from);
        while (to > least)
        {
            var start = LineStart(to - (yaml[to - 1] == '\n' && to > 1 && yaml[to - 2] == '\r' ? 2 : 1));
            var line = yaml.AsSpan(start, to - start);
            var content = line.TrimStart();
            if (!(content.IsEmpty || (content[0] == '#' && line.Length - content.Length <= column)) || start < least)
            {
                break;
            }

            to = start;
        }

        return to;
    }

    private string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + end));

    private string Apply(IEnumerable<(int Start, int End, string Text)> edits) =>
        edits.OrderByDescending(edit => edit.Start).Aggregate(yaml, (text, edit) => text[..edit.Start] + edit.Text + text[edit.End..]);

    private int LineStart(int at) => at == 0 ? 0 : yaml.AsSpan(0, at).LastIndexOfAny('\r', '\n') + 1;

    /// <summary>The end of the line that holds a place, before its line end.</summary>
    private int LineEnd(int at) => yaml.AsSpan(at).IndexOfAny('\r', '\n') is var length and >= 0 ? at + length : yaml.Length;

    /// <summary>The start of the next line.</summary>
    private int Next(int lineEnd) => lineEnd >= yaml.Length ? yaml.Length : lineEnd + (yaml.AsSpan(lineEnd).StartsWith("\r\n") ? 2 : 1);
}
