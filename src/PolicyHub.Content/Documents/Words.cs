using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace PolicyHub.Content.Documents;

/// <summary>
/// All words on screen, by key, from one file (<c>words.en.yml</c>); a library replaces any of them under <c>words:</c>.
/// A line of the file is <c>key: text</c>; <c>{0}</c> stands where a value goes.
/// </summary>
public sealed class Words
{
    private readonly FrozenDictionary<string, string> words;

    /// <summary>Those that have had values put in, read once.</summary>
    private readonly ConcurrentDictionary<string, CompositeFormat> formats = new(StringComparer.Ordinal);

    private Words(IEnumerable<KeyValuePair<string, string>> words) =>
        this.words = words.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The words as PolicyHub ships them.</summary>
    public static Words English { get; } = new(ReadShipped());

    public IReadOnlyCollection<string> Keys => words.Keys;

    /// <summary>The words for a key.</summary>
    /// <exception cref="KeyNotFoundException">The file has no such key: a mistake of the program, found by a test.</exception>
    public string this[string key] =>
        words.TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"words.en.yml has no “{key}”.");

    /// <summary>The words for a key with values put in.</summary>
    public string Format(string key, params object?[] values) =>
        string.Format(CultureInfo.CurrentCulture, formats.GetOrAdd(key, static (key, words) => CompositeFormat.Parse(words[key]), this), values);

    /// <summary>Whether a text can stand for a key: its places for values, such as <c>{0}</c>, are well formed and not more than the key's own.</summary>
    public bool Takes(string key, string text) => PlacesIn(text) is { } places && (!words.TryGetValue(key, out var own) || places <= PlacesIn(own));

    /// <summary>These words with some replaced; a key that the shipped file lacks is left out.</summary>
    public Words With(IEnumerable<KeyValuePair<string, string>> replaced) =>
        new(words.Concat(replaced.Where(pair => words.ContainsKey(pair.Key)))
            .GroupBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(group => group.Last()));

    /// <summary>How many values a text takes; null where its braces are not well formed.</summary>
    private static int? PlacesIn(string text)
    {
        try
        {
            return CompositeFormat.Parse(text).MinimumArgumentCount;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static Dictionary<string, string> ReadShipped()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("words.en.yml")
            ?? throw new InvalidOperationException("words.en.yml is not embedded.");
        using var reader = new StreamReader(stream);

        // Not YamlDotNet's own deserializer: what it prepares by reflection would be a tenth of a start.
        return YamlTree.Read(reader.ReadToEnd(), linesBefore: 0).Root is YamlMap lines
            ? lines.Entries.ToDictionary(line => line.Key, line => ((YamlScalar)line.Value).Text, StringComparer.Ordinal)
            : throw new InvalidOperationException("words.en.yml is no list of words.");
    }
}
