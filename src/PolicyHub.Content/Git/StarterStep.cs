using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PolicyHub.Content.Git;

/// <summary>What a <c>commit.yml</c> of the starter history says.</summary>
internal sealed record StarterStep(
    string Author,
    DateTimeOffset Date,
    string Message,
    ImmutableArray<(string From, string To)> Move,
    ImmutableArray<string> Delete,
    ImmutableArray<string> Today)
{
    /// <exception cref="GitException">The file is missing or wrong.</exception>
    public static StarterStep Read(string file)
    {
        try
        {
            using var reader = new StreamReader(file);
            var stream = new YamlStream();
            stream.Load(reader);
            return stream.Documents is [{ RootNode: YamlMappingNode root }]
                ? Read(root)
                : throw new FormatException("it is not a list of fields");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or YamlException or FormatException)
        {
            throw new GitException($"The starter history cannot be read: {file}: {failure.Message}", failure);
        }
    }

    private static StarterStep Read(YamlMappingNode root)
    {
        var author = Text(root, "author");
        if (!author.EndsWith('>') || !author.Contains(" <", StringComparison.Ordinal) || author.AsSpan().ContainsAny('\n', '\0'))
        {
            throw new FormatException("author is not “Name <mail>”");
        }

        return DateTimeOffset.TryParseExact(
            Text(root, "date"), ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss'Z'"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? new StarterStep(author, date, Text(root, "message"), Moves(root), Paths(root, "delete"), List(root, "today"))
            : throw new FormatException("date is not like 2026-01-05T08:00:00-06:00");
    }

    private static ImmutableArray<(string From, string To)> Moves(YamlMappingNode root) =>
    [
        .. Children(root, "move").Select(node => node is YamlMappingNode move
            ? (LibraryPath.Parse(Text(move, "from")).Value, LibraryPath.Parse(Text(move, "to")).Value)
            : throw new FormatException("move is not a list of from and to")),
    ];

    private static ImmutableArray<string> Paths(YamlMappingNode root, string key) => [.. List(root, key).Select(path => LibraryPath.Parse(path).Value)];

    private static ImmutableArray<string> List(YamlMappingNode root, string key) =>
    [
        .. Children(root, key).Select(node => node is YamlScalarNode { Value: { } value } ? value : throw new FormatException($"{key} is not a list of paths")),
    ];

    private static IEnumerable<YamlNode> Children(YamlMappingNode root, string key) =>
        !root.Children.TryGetValue(new YamlScalarNode(key), out var node) ? []
        : node is YamlSequenceNode list ? list.Children
        : throw new FormatException($"{key} is not a list");

    private static string Text(YamlMappingNode root, string key) =>
        root.Children.TryGetValue(new YamlScalarNode(key), out var node) && node is YamlScalarNode { Value.Length: > 0 } scalar
            ? scalar.Value!
            : throw new FormatException($"{key} is missing");
}
