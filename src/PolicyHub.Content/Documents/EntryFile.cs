using System.Collections.Immutable;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Documents;

/// <summary>Reads a YAML file of the library that is a list of entries with fields, such as <c>search-contracts.yml</c>.</summary>
internal static class EntryFile
{
    /// <summary>Bytes; a larger file is not read.</summary>
    public const int Largest = 512 * 1024;

    /// <summary>Never throws; what cannot be read is left out and reported with line and column.</summary>
    /// <param name="bytes">Null: the file is larger than <see cref="Largest"/>.</param>
    /// <param name="known">Every field that an entry may have.</param>
    /// <param name="read">Makes an entry, or null where it says too little, which it has then reported.</param>
    public static (ImmutableArray<T> Entries, ImmutableArray<Problem> Problems) Read<T>(
        byte[]? bytes, string file, IReadOnlyList<string> known, Func<FieldReader, T?> read)
        where T : class
    {
        if (bytes is null || bytes.Length > Largest)
        {
            return ([], [ProblemCatalogue.ListUnreadable(file, SourcePosition.None, $"it is larger than {Largest / 1024} kB")]);
        }

        if (FrontMatter.Decode(bytes) is not { } text)
        {
            return ([], [ProblemCatalogue.BadEncoding(file)]);
        }

        var (root, failure) = YamlTree.Read(text, linesBefore: 0);
        if (failure is not null)
        {
            return ([], [ProblemCatalogue.ListUnreadable(file, failure.Position, failure.Reason)]);
        }

        if (root is null or YamlScalar { IsNothing: true })
        {
            return ([], []);
        }

        if (root is not YamlList list)
        {
            return ([], [ProblemCatalogue.ListUnreadable(file, root.Position, "it is no list; each entry starts with “- ”")]);
        }

        var problems = ImmutableArray.CreateBuilder<Problem>();
        var entries = ImmutableArray.CreateBuilder<T>(list.Items.Count);
        foreach (var item in list.Items)
        {
            if (item is not YamlMap map)
            {
                problems.Add(ProblemCatalogue.WrongField(file, item.Position, "an entry", "fields with values"));
                continue;
            }

            var fields = new FieldReader(map, file, problems, new FieldPositions());
            foreach (var entry in fields.Entries.Where(entry => !known.Contains(entry.Key, StringComparer.Ordinal)))
            {
                problems.Add(ProblemCatalogue.UnknownField(file, entry.KeyPosition, entry.Key, known));
            }

            if (read(fields) is { } value)
            {
                entries.Add(value);
            }
        }

        return (entries.ToImmutable(), problems.ToImmutable());
    }
}
