using System.Collections.Immutable;
using System.Globalization;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Documents;

/// <summary>Reads <c>library.yml</c>.</summary>
public static class SettingsReader
{
    /// <summary>The file's name, at the root of the library.</summary>
    public const string FileName = "library.yml";

    private const int LargestFile = 512 * 1024;
    private const int LongestCycle = 120;

    /// <summary>Every setting there is; <c>library.schema.json</c> names the same, which a test holds.</summary>
    public static IReadOnlyList<string> Keys { get; } =
    [
        "name", "short-name", "timezone", "language", "theme", "emergency", "review-cycle", "kinds", "areas", "audiences", "positions", "holidays", "groups", "access", "approvals", "words",
    ];

    /// <summary>Never throws; what cannot be read keeps its default and is reported with line and column.</summary>
    public static (LibrarySettings Settings, ImmutableArray<Problem> Problems) Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LargestFile)
        {
            return (LibrarySettings.Default, [ProblemCatalogue.SettingsUnreadable(FileName, SourcePosition.None, $"it is larger than {LargestFile / 1024} kB")]);
        }

        if (FrontMatter.Decode(bytes) is not { } text)
        {
            return (LibrarySettings.Default, [ProblemCatalogue.BadEncoding(FileName)]);
        }

        var (root, failure) = YamlTree.Read(text, linesBefore: 0);
        if (failure is not null)
        {
            return (LibrarySettings.Default, [ProblemCatalogue.SettingsUnreadable(FileName, failure.Position, failure.Reason)]);
        }

        switch (root)
        {
            case null or YamlScalar { IsNothing: true }:
                return (LibrarySettings.Default, []);
            case YamlMap map:
                var problems = ImmutableArray.CreateBuilder<Problem>();
                var positions = new FieldPositions();
                var settings = ReadFields(new FieldReader(map, FileName, problems, positions));
                return (settings with { WrittenAt = positions }, problems.ToImmutable());
            default:
                return (LibrarySettings.Default, [ProblemCatalogue.SettingsUnreadable(FileName, root.Position, "it holds no settings")]);
        }
    }

    private static LibrarySettings ReadFields(FieldReader fields)
    {
        foreach (var entry in fields.Entries.Where(entry => !Keys.Contains(entry.Key, StringComparer.Ordinal)))
        {
            fields.Report(ProblemCatalogue.UnknownSetting(FileName, entry.KeyPosition, entry.Key, Keys));
        }

        var defaults = LibrarySettings.Default;
        var name = fields.Text("name") ?? defaults.Name;
        var positions = ReadPositions(fields);
        return new LibrarySettings
        {
            Name = name,
            ShortName = fields.Text("short-name") ?? name,
            Zone = ReadZone(fields) ?? defaults.Zone,
            Language = ReadLanguage(fields) ?? defaults.Language,
            Theme = fields.Text("theme") ?? defaults.Theme,
            Emergency = ReadEmergency(fields),
            ReviewCycleMonths = ReadCycle(fields) ?? defaults.ReviewCycleMonths,
            Kinds = [.. ReadKinds(fields)],
            Areas = [.. ReadTexts(fields, "areas").Select(pair => KeyValuePair.Create(Folder(pair.Key), pair.Value))],
            Audiences = ReadAudiences(fields),
            Positions = positions,
            Holidays = fields.Maps("holidays", ReadHoliday),
            Groups = ReadGroups(fields),
            Access = [.. ReadAccess(fields)],
            Approvals = ApprovalRulesReader.Read(fields, positions),
            Words = ReadWords(fields),
        };
    }

    private static TimeZoneInfo? ReadZone(FieldReader fields)
    {
        if (fields.Text("timezone") is not { } id)
        {
            return null;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
        {
            return zone;
        }

        fields.Report(ProblemCatalogue.UnknownTimeZone(FileName, fields.At("timezone"), id));
        return null;
    }

    private static string? ReadLanguage(FieldReader fields)
    {
        if (fields.Text("language") is not { } tag)
        {
            return null;
        }

        try
        {
            return CultureInfo.GetCultureInfo(tag, predefinedOnly: true).Name;
        }
        catch (CultureNotFoundException)
        {
            fields.Report(ProblemCatalogue.UnknownLanguage(FileName, fields.At("language"), tag));
            return null;
        }
    }

    private static LibraryPath? ReadEmergency(FieldReader fields)
    {
        if (fields.Text("emergency") is not { } written)
        {
            return null;
        }

        if (LibraryPath.TryParse(written.TrimStart('/'), out var path))
        {
            return path;
        }

        fields.Report(ProblemCatalogue.WrongPath(FileName, fields.At("emergency"), written));
        return null;
    }

    /// <summary><c>12 months</c>, <c>1 year</c> or a bare number of months.</summary>
    private static int? ReadCycle(FieldReader fields)
    {
        if (fields.Text("review-cycle") is not { } written)
        {
            return null;
        }

        var parts = written.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var factor = parts is [_] or [_, "month" or "months"] ? 1 : parts is [_, "year" or "years"] ? 12 : 0;
        if (factor > 0 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= LongestCycle && count * factor <= LongestCycle)
        {
            return count * factor;
        }

        fields.Report(ProblemCatalogue.WrongSetting(FileName, fields.At("review-cycle"), "review-cycle", written, "12 months"));
        return null;
    }

    private static IEnumerable<KeyValuePair<string, DocumentKind>> ReadKinds(FieldReader fields)
    {
        foreach (var entry in fields.Map("kinds"))
        {
            foreach (var written in fields.Texts(entry.Value, $"kinds.{entry.Key}").Take(1))
            {
                if (DocumentKinds.TryParse(written.ToLowerInvariant(), out var kind))
                {
                    yield return KeyValuePair.Create(Folder(entry.Key), kind);
                }
                else
                {
                    fields.Report(ProblemCatalogue.UnknownKind(FileName, entry.Value.Position, written, DocumentKinds.Slugs));
                }
            }
        }
    }

    /// <summary>Slug to label; a list of slugs stands for labels made of them.</summary>
    private static ImmutableDictionary<string, string> ReadAudiences(FieldReader fields) => fields.Holds<YamlList>("audiences")
        ? fields.List("audiences").Distinct(StringComparer.Ordinal).ToImmutableDictionary(slug => slug, Humanised)
        : ReadTexts(fields, "audiences").ToImmutableDictionary();

    /// <summary>Slug to name; a list of slugs stands for names made of them. What a label cannot be is no group.</summary>
    private static ImmutableDictionary<string, string> ReadGroups(FieldReader fields)
    {
        var groups = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (slug, name, at) in fields.Holds<YamlList>("groups")
            ? fields.List("groups").Select(slug => (slug, Humanised(slug), fields.At("groups")))
            : fields.Map("groups").SelectMany(entry => fields.Texts(entry.Value, $"groups.{entry.Key}").Take(1).DefaultIfEmpty(Humanised(entry.Key)).Select(name => (entry.Key.Trim(), name, entry.KeyPosition))))
        {
            if (slug is Reader.Public or "" || slug.Any(char.IsControl))
            {
                fields.Report(ProblemCatalogue.NoGroup(FileName, at, slug));
            }
            else
            {
                groups[slug] = name;
            }
        }

        return groups.ToImmutable();
    }

    /// <summary>A rule that cannot be read closes its folder to all but auditors.</summary>
    private static IEnumerable<KeyValuePair<string, string>> ReadAccess(FieldReader fields)
    {
        foreach (var entry in fields.Map("access"))
        {
            // Reports what is no text.
            fields.Texts(entry.Value, $"access.{entry.Key}");
            if (AccessField.Of(entry.Value, fields, $"access.{entry.Key}") is { } label)
            {
                yield return KeyValuePair.Create(Folder(entry.Key), label);
            }
        }
    }

    private static ImmutableDictionary<string, Position> ReadPositions(FieldReader fields)
    {
        var positions = ImmutableDictionary.CreateBuilder<string, Position>();
        foreach (var entry in fields.Map("positions"))
        {
            switch (entry.Value)
            {
                case YamlMap map:
                    var position = fields.Inside(map, $"positions.{entry.Key}.");
                    positions[entry.Key] = new Position(entry.Key, position.Text("title") ?? Humanised(entry.Key), position.List("held-by")) { Above = position.Text("above") };
                    break;
                default:
                    var title = fields.Texts(entry.Value, $"positions.{entry.Key}");
                    positions[entry.Key] = new Position(entry.Key, title.IsEmpty ? Humanised(entry.Key) : title[0], []);
                    break;
            }
        }

        foreach (var position in positions.Values.Where(position => position.Above is not null).ToList())
        {
            if (AboveFault(fields, positions, position) is { } fault)
            {
                fields.Report(fault);
                positions[position.Slug] = position with { Above = null };
            }
        }

        return positions.ToImmutable();
    }

    /// <summary>A position above that does not exist, or that leads back to where it started; null: nothing is wrong.</summary>
    private static Problem? AboveFault(FieldReader fields, ImmutableDictionary<string, Position>.Builder positions, Position position)
    {
        var at = fields.PositionOf($"positions.{position.Slug}.above");
        if (!positions.ContainsKey(position.Above!))
        {
            return ProblemCatalogue.UnknownPosition(FileName, at, position.Above!, positions.Keys);
        }

        var passed = new HashSet<string>(StringComparer.Ordinal);
        for (var above = position.Above; above is not null && passed.Add(above); above = positions.TryGetValue(above, out var next) ? next.Above : null)
        {
            if (above == position.Slug)
            {
                return ProblemCatalogue.AboveItself(FileName, at, position.Title);
            }
        }

        return null;
    }

    private static Holiday? ReadHoliday(FieldReader fields)
    {
        if (fields.Required("date") is null || fields.Date("date") is not { } date)
        {
            return null;
        }

        return new Holiday(date, fields.Text("name") ?? "");
    }

    private static Words ReadWords(FieldReader fields)
    {
        var words = new List<KeyValuePair<string, string>>();
        foreach (var entry in fields.Map("words"))
        {
            if (!Words.English.Keys.Contains(entry.Key, StringComparer.Ordinal))
            {
                fields.Report(ProblemCatalogue.UnknownWord(FileName, entry.KeyPosition, entry.Key, Words.English.Keys));
            }

            foreach (var text in fields.Texts(entry.Value, $"words.{entry.Key}").Take(1))
            {
                if (Words.English.Takes(entry.Key, text))
                {
                    words.Add(KeyValuePair.Create(entry.Key, text));
                }
                else
                {
                    fields.Report(ProblemCatalogue.WrongWord(FileName, entry.Value.Position, entry.Key));
                }
            }
        }

        return words.Count == 0 ? Words.English : Words.English.With(words);
    }

    /// <summary>A map of texts, in the order written.</summary>
    private static IEnumerable<KeyValuePair<string, string>> ReadTexts(FieldReader fields, string name) =>
        from entry in fields.Map(name)
        let texts = fields.Texts(entry.Value, $"{name}.{entry.Key}")
        where !texts.IsEmpty
        select KeyValuePair.Create(entry.Key, texts[0]);

    /// <summary>A folder as written, without slashes around it; a dot or a slash alone is the root.</summary>
    internal static string Folder(string written) => written.Trim().Trim('/') is var folder and not "." ? folder : "";

    private static string Humanised(string slug)
    {
        var words = slug.Replace('-', ' ').Replace('_', ' ').Trim();
        return words.Length == 0 ? slug : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
