using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Editing;

/// <summary>Whether two YAML values say the same, wherever and however they are written.</summary>
internal static class YamlSame
{
    public static bool Exactly(YamlNode one, YamlNode other) => (one, other) switch
    {
        (YamlScalar left, YamlScalar right) => left.IsNothing == right.IsNothing && (left.IsNothing || left.Text == right.Text),
        (YamlList left, YamlList right) => left.Items.Count == right.Items.Count && left.Items.Zip(right.Items).All(pair => Exactly(pair.First, pair.Second)),
        (YamlMap left, YamlMap right) => left.Entries.Count == right.Entries.Count
            && left.Entries.Zip(right.Entries).All(pair => pair.First.Key == pair.Second.Key && Exactly(pair.First.Value, pair.Second.Value)),
        _ => false,
    };

    /// <summary>Whether a value says what was given: in a map, the fields that were given, of which those given as nothing must not be there.</summary>
    public static bool AsGiven(YamlNode given, YamlNode there) => (given, there) switch
    {
        (YamlMap map, YamlMap found) => map.Entries.All(entry => found.Entries.FirstOrDefault(other => other.Key == entry.Key)?.Value is var value
            && (value is null ? entry.Value is YamlScalar { IsNothing: true } : AsGiven(entry.Value, value))),
        (YamlList list, YamlList found) => list.Items.Count == found.Items.Count && list.Items.Zip(found.Items).All(pair => AsGiven(pair.First, pair.Second)),
        // One value is a list of one.
        (YamlList { Items: [var only] }, YamlScalar scalar) => AsGiven(only, scalar),
        _ => Exactly(given, there),
    };
}
