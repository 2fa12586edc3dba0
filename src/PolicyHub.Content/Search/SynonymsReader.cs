using System.Collections.Immutable;
using PolicyHub.Content.Problems;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PolicyHub.Content.Search;

/// <summary>
/// Reads <c>synonyms.yml</c>: a list, each entry <c>{words: [...], means: [...], one-way: true}</c>. A wrong entry is left out and
/// reported; a file that is no such list gives no synonyms and one problem. Never throws for any text.
/// </summary>
public static class SynonymsReader
{
    public const string FileName = "synonyms.yml";

    public static (SynonymSet Synonyms, ImmutableArray<Problem> Problems) Read(string yaml, string file = FileName)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException exception)
        {
            return (SynonymSet.Empty, [ProblemCatalogue.BadSynonyms(file, At(exception.Start), "The file is not valid YAML.")]);
        }

        if (stream.Documents.Count == 0)
        {
            return (SynonymSet.Empty, []);
        }

        if (stream.Documents[0].RootNode is not YamlSequenceNode list)
        {
            return (SynonymSet.Empty, [ProblemCatalogue.BadSynonyms(file, At(stream.Documents[0].RootNode.Start), "The file is not a list.")]);
        }

        var entries = ImmutableArray.CreateBuilder<SynonymEntry>();
        var problems = ImmutableArray.CreateBuilder<Problem>();
        foreach (var node in list.Children)
        {
            if (ReadEntry(node) is { } entry)
            {
                entries.Add(entry);
            }
            else
            {
                problems.Add(ProblemCatalogue.BadSynonyms(file, At(node.Start), "The entry does not say which words mean which."));
            }
        }

        return (new SynonymSet(entries.ToImmutable()), problems.ToImmutable());
    }

    private static SynonymEntry? ReadEntry(YamlNode node)
    {
        if (node is not YamlMappingNode mapping || Texts(mapping, "words") is not { Length: > 0 } words || Texts(mapping, "means") is not { Length: > 0 } means)
        {
            return null;
        }

        var oneWay = Value(mapping, "one-way");
        return oneWay is null or YamlScalarNode { Value: "true" or "false" }
            ? new SynonymEntry(words, means, oneWay is YamlScalarNode { Value: "true" })
            : null;
    }

    /// <summary>A list of texts, or one text; empty where it is neither.</summary>
    private static ImmutableArray<string> Texts(YamlMappingNode mapping, string field) => Value(mapping, field) switch
    {
        YamlScalarNode { Value: { Length: > 0 } text } => [text],
        YamlSequenceNode list when list.Children.All(child => child is YamlScalarNode { Value.Length: > 0 }) =>
            [.. list.Children.Select(child => ((YamlScalarNode)child).Value!)],
        _ => [],
    };

    private static YamlNode? Value(YamlMappingNode mapping, string field) =>
        mapping.Children.TryGetValue(new YamlScalarNode(field), out var value) ? value : null;

    private static SourcePosition At(Mark mark) => new((int)mark.Line, (int)mark.Column);
}
