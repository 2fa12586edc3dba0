using System.Collections.Immutable;
using System.Globalization;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Documents;

/// <summary>
/// Reads named fields of one YAML map. What does not fit is left out and reported with its place; what is harmless
/// (one value for a list, a number for a text) is taken as meant.
/// </summary>
internal sealed class FieldReader
{
    private readonly YamlMap map;
    private readonly Dictionary<string, YamlEntry> entries = new(StringComparer.Ordinal);
    private readonly string file;
    private readonly string prefix;
    private readonly ImmutableArray<Problem>.Builder problems;
    private readonly FieldPositions positions;

    public FieldReader(YamlMap map, string file, ImmutableArray<Problem>.Builder problems, FieldPositions positions, string prefix = "")
    {
        (this.map, this.file, this.problems, this.positions, this.prefix) = (map, file, problems, positions, prefix);
        Position = map.Position;
        foreach (var entry in map.Entries)
        {
            if (!entries.TryAdd(entry.Key, entry))
            {
                problems.Add(ProblemCatalogue.FieldTwice(file, entry.KeyPosition, prefix + entry.Key));
            }
        }
    }

    /// <summary>Where the map starts.</summary>
    public SourcePosition Position { get; }

    public IEnumerable<YamlEntry> Entries => entries.Values;

    public string File => file;

    /// <summary>A text, trimmed; null where the field is missing, empty or no single value.</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        if (Find(names) is not { } entry)
        {
            return null;
        }

        var value = entry.Value is YamlList { Items: [var only] } ? only : entry.Value;
        if (value is YamlScalar scalar)
        {
            return scalar.IsNothing || string.IsNullOrWhiteSpace(scalar.Text) ? null : scalar.Text.Trim();
        }

        if (value is not YamlList { Items: [] })
        {
            Report(ProblemCatalogue.WrongField(file, value.Position, prefix + entry.Key, "one value"));
        }

        return null;
    }

    /// <summary>A list of texts; a single value is a list of one.</summary>
    public ImmutableArray<string> List(params ReadOnlySpan<string> names) =>
        Find(names) is { } entry ? Texts(entry.Value, prefix + entry.Key) : [];

    public DateOnly? Date(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (DeclaredMoment.TryParse(text, out var moment))
        {
            return moment.Date;
        }

        Report(ProblemCatalogue.WrongDate(file, At(name), prefix + name, text));
        return null;
    }

    public DeclaredMoment? Moment(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (DeclaredMoment.TryParse(text, out var moment))
        {
            return moment;
        }

        Report(ProblemCatalogue.WrongDate(file, At(name), prefix + name, text));
        return null;
    }

    /// <summary>
    /// What is read from each map of a list of maps; a single map is a list of one. What reads as null is left out, and positions
    /// count without it, so that they go with the answer.
    /// </summary>
    public ImmutableArray<T> Maps<T>(string name, Func<FieldReader, T?> read)
        where T : class => Items(name, null, read);

    /// <summary>Like <see cref="Maps{T}"/>, for a list whose values may also be plain texts.</summary>
    public ImmutableArray<T> MapsOrTexts<T>(string name, Func<string, SourcePosition, T?> readText, Func<FieldReader, T?> readMap)
        where T : class => Items(name, readText, readMap);

    private ImmutableArray<T> Items<T>(string name, Func<string, SourcePosition, T?>? readText, Func<FieldReader, T?> readMap)
        where T : class
    {
        if (Find(name) is not { } entry || entry.Value is YamlScalar { IsNothing: true })
        {
            return [];
        }

        var values = ImmutableArray.CreateBuilder<T>();
        foreach (var item in entry.Value is YamlList list ? list.Items : [entry.Value])
        {
            var field = Indexed(prefix + name, values.Count);
            positions.Set(field, item.Position);
            T? value = null;
            switch (item)
            {
                case YamlMap map:
                    value = readMap(new FieldReader(map, file, problems, positions, field + "."));
                    break;
                case YamlScalar scalar when readText is not null:
                    value = readText(scalar.Text.Trim(), scalar.Position);
                    break;
                default:
                    Report(ProblemCatalogue.WrongField(file, item.Position, field, "fields with values"));
                    break;
            }

            if (value is not null)
            {
                values.Add(value);
            }
        }

        return values.ToImmutable();
    }

    /// <summary>The entries of a map, in the order written; reported and empty where the field is something else.</summary>
    public IEnumerable<YamlEntry> Map(string name)
    {
        if (Find(name) is not { } entry || entry.Value is YamlScalar { IsNothing: true })
        {
            return [];
        }

        if (entry.Value is YamlMap map)
        {
            var inside = Inside(map, prefix + name + ".");
            foreach (var inner in inside.Entries)
            {
                positions.Set($"{prefix}{name}.{inner.Key}", inner.Value.Position);
            }

            return inside.Entries;
        }

        Report(ProblemCatalogue.WrongField(file, entry.Value.Position, prefix + name, "fields with values"));
        return [];
    }

    /// <summary>The fields of a map; null where there is none, reported where the field is something else.</summary>
    public FieldReader? Nested(string name)
    {
        if (Find(name) is not { } entry || entry.Value is YamlScalar { IsNothing: true })
        {
            return null;
        }

        if (entry.Value is YamlMap map)
        {
            return Inside(map, $"{prefix}{name}.");
        }

        Report(ProblemCatalogue.WrongField(file, entry.Value.Position, prefix + name, "fields with values"));
        return null;
    }

    /// <summary>Lines by channel: a map of channel to lines, or lines for all channels.</summary>
    public ImmutableArray<ChannelLines> Channels(string name) => Find(name)?.Value switch
    {
        null => [],
        YamlMap => [.. Map(name).Select(entry => new ChannelLines(entry.Key, Texts(entry.Value, $"{prefix}{name}.{entry.Key}")))],
        _ => List(name) is { IsEmpty: false } lines ? [new ChannelLines("", lines)] : [],
    };

    /// <summary>A field as often as it was written, though only the first counts elsewhere.</summary>
    public IEnumerable<YamlEntry> Every(string name) => map.Entries.Where(entry => entry.Key == name);

    /// <summary>The fields of a map that was found as a value.</summary>
    public FieldReader Inside(YamlMap map, string mapPrefix) => new(map, file, problems, positions, mapPrefix);

    public bool Holds<T>(string name)
        where T : YamlNode => entries.TryGetValue(name, out var entry) && entry.Value is T;

    public bool Has(string name) => entries.ContainsKey(name);

    /// <summary>Whether a field is written without a value.</summary>
    public bool IsEmpty(string name) => entries.TryGetValue(name, out var entry) && entry.Value is YamlScalar { IsNothing: true };

    /// <summary>Where a field's value stands; where the map starts when it has none.</summary>
    public SourcePosition At(string name) => entries.TryGetValue(name, out var entry) ? entry.Value.Position : Position;

    /// <summary>Where one value of a list stands, once it has been read.</summary>
    public SourcePosition At(string name, int index) => positions.Of(prefix + name, index);

    /// <summary>Where a field anywhere in the file stands, by its whole name, once it has been read.</summary>
    public SourcePosition PositionOf(string field) => positions.Of(field);

    public void Report(Problem problem) => problems.Add(problem);

    /// <summary>A text that must be there: null and reported where it is not.</summary>
    public string? Required(string name)
    {
        var text = Text(name);
        if (text is null)
        {
            ReportMissing(name);
        }

        return text;
    }

    /// <summary>Reports a field that this map must have and has not.</summary>
    public void ReportMissing(string name) => Report(ProblemCatalogue.MissingField(file, Position, prefix + name));

    /// <summary>The texts of a value; what is no text is reported and left out.</summary>
    public ImmutableArray<string> Texts(YamlNode value, string field)
    {
        var items = value is YamlList list ? list.Items : [value];
        var texts = ImmutableArray.CreateBuilder<string>(items.Count);
        foreach (var item in items)
        {
            if (item is not YamlScalar scalar)
            {
                Report(ProblemCatalogue.WrongField(file, item.Position, field, "a list of single values"));
            }
            else if (!scalar.IsNothing && !string.IsNullOrWhiteSpace(scalar.Text))
            {
                positions.Set(Indexed(field, texts.Count), item.Position);
                texts.Add(scalar.Text.Trim());
            }
        }

        return texts.ToImmutable();
    }

    private YamlEntry? Find(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (entries.TryGetValue(name, out var entry))
            {
                positions.Set(prefix + name, entry.Value.Position);
                return entry;
            }
        }

        return null;
    }

    private static string Indexed(string field, int index) => string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]");
}
