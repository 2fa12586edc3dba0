using System.Collections.Immutable;
using System.Text;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Editing;

/// <summary>
/// Sets or takes out one field of a file's front matter. Every byte that is not of that field stays: comments, order, quotes, line ends, byte order mark,
/// body. What counts is how the result reads: every other field as before, this one as given; else there is no result.
/// </summary>
public static class FrontMatterText
{
    private const string Fence = "---";

    /// <summary>The order in which fields are written where a document does not have them yet; what is not named here comes last.</summary>
    private static readonly string[] Order =
    [
        "title", "summary", "id", "kind", "desk", "owner", "owners", "section-owners", "audience", "access", "public-shows", "must-read", "tags", "also-known-as", "effective", "review-by",
        "rescinded", "reason", "replaces", "replaced-by", "legal-basis", "adopted-by", "adopted", "implements", "answers",
    ];

    /// <summary>
    /// Sets a text; an empty one takes the field out. Null: the file can't be edited in this way, as its front matter can't be read, is written in
    /// brackets, or would grow larger than is read; its source still can.
    /// </summary>
    public static byte[]? Set(ReadOnlySpan<byte> file, string field, string? text) => Put(file, field, string.IsNullOrWhiteSpace(text) ? null : YamlText.Text(text));

    /// <summary>Sets a date, or a date and time; null takes the field out. Null is answered as for a text.</summary>
    public static byte[]? Set(ReadOnlySpan<byte> file, string field, DeclaredMoment? moment) => Put(file, field, moment is { } set ? YamlText.Plain(set.ToString()) : null);

    /// <summary>Sets a list of texts; an empty list takes the field out. Null is answered as for a text.</summary>
    public static byte[]? Set(ReadOnlySpan<byte> file, string field, ImmutableArray<string> texts) =>
        Put(file, field, texts.Where(text => !string.IsNullOrWhiteSpace(text)).Select(YamlText.Text).ToArray<YamlNode>() is { Length: > 0 } values ? new YamlList(default, values) : null);

    /// <summary>
    /// Sets the direct answers; none takes the field out. Where an answer says more than PolicyHub knows of, that stays as well. Null is answered as for a text.
    /// </summary>
    public static byte[]? Set(ReadOnlySpan<byte> file, ImmutableArray<DirectAnswer> answers) =>
        Put(file, "answers", answers.IsEmpty ? null : new YamlList(default, [.. answers.Select(Answer)]));

    /// <summary>Sets who answers for sections; none takes the field out. Null is answered as for a text.</summary>
    public static byte[]? SetSectionOwners(ReadOnlySpan<byte> file, ImmutableArray<SectionOwner> owners) => Put(
        file, "section-owners",
        owners.IsEmpty ? null : new YamlMap(default, [.. owners.Select(owned => new YamlEntry(owned.Anchor, default, owned.Positions is [var only] ? YamlText.Text(only) : new YamlList(default, [.. owned.Positions.Select(YamlText.Text)])))]));

    /// <summary>Takes a field out. Null is answered as for a text.</summary>
    public static byte[]? Remove(ReadOnlySpan<byte> file, string field) => Put(file, field, null);

    private static YamlMap Answer(DirectAnswer answer)
    {
        var fields = new[] { ("ask", answer.Ask), ("say", answer.Say), ("only-if", answer.OnlyIf), ("section", answer.Section) };
        return new YamlMap(default, [.. fields.Select(field => new YamlEntry(field.Item1, default, string.IsNullOrWhiteSpace(field.Item2) ? YamlText.Plain("") : YamlText.Text(field.Item2)))]);
    }

    /// <summary>Sets any value; null takes the field out. Null is answered as for a text.</summary>
    internal static byte[]? Put(ReadOnlySpan<byte> file, string field, YamlNode? value)
    {
        if (FrontMatter.Decode(file) is not { } text || FrontMatter.Split(text) is not { IsUnclosed: false } matter)
        {
            return null;
        }

        var end = EndOf(text);
        var (root, failure) = matter.Yaml is null ? (null, null) : YamlTree.Read(matter.Yaml, 0);
        if (failure is not null)
        {
            return null;
        }

        string? changed;
        if (matter.Yaml is not { } yaml || root is not (null or YamlMap or YamlScalar { IsNothing: true }))
        {
            // Two rules across the page with text between them are no front matter, and all is body.
            changed = value is null ? text : $"{Fence}{end}{Lines(YamlText.Field(field, value, 0), end)}{Fence}{end}{text}";
            return Reads(changed, field, value, root: null, body: text) ? Bytes(changed, file) : null;
        }

        var start = text.AsSpan().IndexOfAny('\r', '\n') is var line && text.AsSpan(line).StartsWith("\r\n") ? line + 2 : line + 1;
        changed = Edit(yaml, field, value, end) is { } edited ? text[..start] + edited + text[(start + yaml.Length)..] : null;
        return changed is not null && Reads(changed, field, value, root as YamlMap, matter.Body) ? Bytes(changed, file) : null;
    }

    private static string? Edit(string yaml, string field, YamlNode? value, string end) =>
        BlockMapText.Read(yaml, end) is not { } map ? null
        : value is null ? map.Without(NamesOf(field))
        : map.With(field, NamesOf(field), value, Order);

    /// <summary>A field that may stand under another name as well.</summary>
    private static string[] NamesOf(string field) => field is "owners" or "owner" ? ["owners", "owner"] : [field];

    /// <summary>Whether a changed text says what it should, and all else as before.</summary>
    private static bool Reads(string changed, string field, YamlNode? value, YamlMap? root, string body)
    {
        var matter = FrontMatter.Split(changed);
        if (matter.IsUnclosed || matter.Body != body || matter.Yaml?.Length > DocumentReader.LargestFrontMatter)
        {
            return false;
        }

        var (now, failure) = matter.Yaml is null ? (null, null) : YamlTree.Read(matter.Yaml, 0);
        var names = NamesOf(field);
        var before = (root?.Entries ?? []).Where(entry => !names.Contains(entry.Key)).ToList();
        var after = ((now as YamlMap)?.Entries ?? []).Where(entry => !names.Contains(entry.Key)).ToList();
        var there = ((now as YamlMap)?.Entries ?? []).Where(entry => names.Contains(entry.Key)).ToList();
        return failure is null
            && before.Count == after.Count && before.Zip(after).All(pair => pair.First.Key == pair.Second.Key && YamlSame.Exactly(pair.First.Value, pair.Second.Value))
            && (value is null ? there.Count == 0 : there is [var only] && YamlSame.AsGiven(value, only.Value));
    }

    private static string EndOf(string text) =>
        text.AsSpan().IndexOfAny('\r', '\n') is var at && at < 0 ? "\n" : text[at] == '\n' ? "\n" : text.AsSpan(at).StartsWith("\r\n") ? "\r\n" : "\r";

    private static string Lines(IEnumerable<string> lines, string end) => string.Concat(lines.Select(line => line + end));

    private static byte[] Bytes(string text, ReadOnlySpan<byte> file) => Encoding.UTF8.GetBytes((file.StartsWith("\uFEFF"u8) ? "\uFEFF" : "") + text);
}
