using System.Collections.Immutable;
using System.Globalization;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Editing;

/// <summary>One box of a form.</summary>
/// <param name="Name">Unique in the form, made of the field's name, the row and the column.</param>
/// <param name="Field">What it is called in its row; of a channel, the field's.</param>
/// <param name="Channel">Empty: for all, or not by channel.</param>
/// <param name="Shape">Line, Text or Lines.</param>
public sealed record KindInput(string Name, string Field, string Channel, FieldShape Shape, string Value);

/// <summary>A field with its boxes, row by row; the last row is empty where another may be added.</summary>
public sealed record KindGroup(KindField Field, ImmutableArray<ImmutableArray<KindInput>> Rows);

/// <summary>What only one kind of document has, such as the steps of a process, as a form: so that nobody needs to know how it is written.</summary>
public static class KindForm
{
    private const int MostRows = 200;

    /// <summary>The form of a file; a field that is written in a way of its own is left out, and changed in the source only.</summary>
    public static ImmutableArray<KindGroup> Read(ReadOnlySpan<byte> file, DocumentKind kind) =>
        FieldsOf(file) is not { } map ? [] : [.. KindField.Of(kind).Select(field => Group(field, map)).OfType<KindGroup>()];

    /// <summary>The file with what a form says; a field that says the same as before keeps its bytes. Null: it cannot be written in this way.</summary>
    /// <param name="inputs">By the names that <see cref="Read"/> gave; what is not there stays.</param>
    public static byte[]? Apply(ReadOnlySpan<byte> file, DocumentKind kind, Func<string, string?> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var text = file.ToArray();
        foreach (var group in Read(file, kind))
        {
            var typed = group.Rows.Select(row => row.Select(input => input with { Value = inputs(input.Name) is { } value ? Tidy(value, input.Shape) : input.Value }).ToImmutableArray()).ToImmutableArray();
            if (typed.SelectMany(row => row).SequenceEqual(group.Rows.SelectMany(row => row)))
            {
                continue;
            }

            var old = FieldsOf(text)?.Entries.FirstOrDefault(entry => entry.Key == group.Field.Name)?.Value;
            if (FrontMatterText.Put(text, group.Field.Name, Node(group.Field, typed, old)) is not { } changed)
            {
                return null;
            }

            text = changed;
        }

        return text;
    }

    private static YamlMap? FieldsOf(ReadOnlySpan<byte> file) =>
        FrontMatter.Decode(file) is { } text && FrontMatter.Split(text).Yaml is { } yaml && YamlTree.Read(yaml, 0).Root is YamlMap map ? map : null;

    private static KindGroup? Group(KindField field, YamlMap map)
    {
        var value = Value(map, field.Name);
        switch (field.Shape)
        {
            case FieldShape.Rows:
                var items = value is YamlList list ? list.Items : value is null ? [] : null;
                if (items is null || items.Count >= MostRows || items.Any(item => item is not YamlMap))
                {
                    return null;
                }

                var rows = items.Cast<YamlMap>().Append(new YamlMap(default, [])).Select((row, index) =>
                    field.Columns.Select(column => Inputs(column, Value(row, column.Name), $"{field.Name}.{index.ToString(CultureInfo.InvariantCulture)}.{column.Name}")).ToList()).ToList();
                return rows.Any(row => row.Any(cell => cell is null)) ? null : new KindGroup(field, [.. rows.Select(row => row.SelectMany(cell => cell!.Value).ToImmutableArray())]);
            case FieldShape.Pairs:
                var entries = value is YamlMap pairs ? pairs.Entries : value is null ? [] : null;
                return entries is null || entries.Count >= MostRows || entries.Any(entry => entry.Value is not YamlScalar) ? null : new KindGroup(field,
                [
                    .. entries.Select(entry => (entry.Key, ((YamlScalar)entry.Value).Text)).Append(("", "")).Select((pair, index) => ImmutableArray.Create(
                        new KindInput($"{field.Name}.{index.ToString(CultureInfo.InvariantCulture)}.name", "name", "", FieldShape.Line, pair.Item1),
                        new KindInput($"{field.Name}.{index.ToString(CultureInfo.InvariantCulture)}.value", field.Name, "", FieldShape.Line, pair.Item2))),
                ]);
            default:
                return Inputs(field, value, field.Name) is { } inputs ? new KindGroup(field, [inputs]) : null;
        }
    }

    /// <summary>The boxes of one value; null: it is written in another way than its shape.</summary>
    private static ImmutableArray<KindInput>? Inputs(KindField field, YamlNode? value, string name)
    {
        if (field.Shape == FieldShape.Channels && value is YamlMap channels)
        {
            var boxes = channels.Entries.Select(entry => Lines(entry.Value) is { } lines ? new KindInput($"{name}.{entry.Key}", field.Name, entry.Key, FieldShape.Lines, lines) : null).ToList();
            return boxes.Any(box => box is null) ? null : [.. boxes.Select(box => box!)];
        }

        return field.Shape is FieldShape.Lines or FieldShape.Channels
            ? Lines(value) is { } texts ? [new KindInput(name, field.Name, "", FieldShape.Lines, texts)] : null
            : value is null or YamlScalar ? [new KindInput(name, field.Name, "", field.Shape, value is YamlScalar scalar ? Tidy(scalar.Text, field.Shape) : "")] : null;
    }

    private static string? Lines(YamlNode? value) => value switch
    {
        null => "",
        YamlScalar scalar => Tidy(scalar.Text.ReplaceLineEndings(" "), FieldShape.Lines),
        YamlList list when list.Items.All(item => item is YamlScalar) => string.Join('\n', list.Items.Select(item => Tidy(((YamlScalar)item).Text, FieldShape.Text)).Where(line => line.Length > 0)),
        _ => null,
    };

    private static YamlNode? Node(KindField field, ImmutableArray<ImmutableArray<KindInput>> rows, YamlNode? old)
    {
        switch (field.Shape)
        {
            case FieldShape.Rows:
                var made = rows.Select((row, index) => Row(field, row, (old as YamlList)?.Items.ElementAtOrDefault(index) as YamlMap)).OfType<YamlNode>().ToArray();
                return made.Length == 0 ? null : new YamlList(default, made);
            case FieldShape.Pairs:
                var pairs = rows.Where(row => row[0].Value.Length > 0 && row[1].Value.Length > 0).DistinctBy(row => row[0].Value).Select(row => new YamlEntry(row[0].Value, default, YamlText.Text(row[1].Value))).ToArray();
                return pairs.Length == 0 ? null : new YamlMap(default, pairs);
            default:
                return One(rows[0], old);
        }
    }

    /// <summary>What a row says that is no column stays.</summary>
    private static YamlMap? Row(KindField field, ImmutableArray<KindInput> row, YamlMap? old)
    {
        if (row.All(input => input.Value.Length == 0))
        {
            return null;
        }

        var said = field.Columns.Select(column => (column.Name, Value: One([.. row.Where(input => input.Field == column.Name)], old is null ? null : Value(old, column.Name))))
            .Where(pair => pair.Value is not null).Select(pair => new YamlEntry(pair.Name, default, pair.Value!));
        return new YamlMap(default, [.. said, .. (old?.Entries ?? []).Where(entry => field.Columns.All(column => column.Name != entry.Key))]);
    }

    private static YamlNode? One(ImmutableArray<KindInput> inputs, YamlNode? old)
    {
        if (inputs.Any(input => input.Channel.Length > 0))
        {
            var channels = inputs.Where(input => input.Value.Length > 0).Select(input => new YamlEntry(input.Channel, default, One([input with { Channel = "" }], old is YamlMap map ? Value(map, input.Channel) : null)!)).ToArray();
            return channels.Length == 0 ? null : new YamlMap(default, channels);
        }

        var (shape, value) = (inputs[0].Shape, inputs[0].Value);
        if (value.Length == 0)
        {
            return null;
        }

        var lines = value.Split('\n');
        return shape == FieldShape.Lines && (lines.Length > 1 || old is YamlList)
            ? new YamlList(default, [.. lines.Select(line => (YamlNode)YamlText.Text(line))])
            : DeclaredMoment.TryParse(value, out _) ? YamlText.Plain(value) : YamlText.Text(value);
    }

    private static YamlNode? Value(YamlMap map, string name) => map.Entries.FirstOrDefault(entry => entry.Key == name)?.Value is { } value and not YamlScalar { IsNothing: true } ? value : null;

    private static string Tidy(string text, FieldShape shape) => shape == FieldShape.Lines
        ? string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(OneLine).Where(line => line.Length > 0))
        : OneLine(text);

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
