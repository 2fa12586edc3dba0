using System.Text.Json;
using System.Text.Unicode;

namespace PolicyHub.Content.Evidence;

/// <summary>Says where two JSON texts differ.</summary>
internal static class JsonDifference
{
    private const int MostTold = 10;
    private const int LongestValue = 120;

    /// <summary>A clause for each field that differs, at most ten; null where the first text is no JSON. Empty where only the spelling differs.</summary>
    /// <param name="said">From anybody.</param>
    /// <param name="expected">Ours.</param>
    public static IReadOnlyList<string>? Of(byte[] said, byte[] expected)
    {
        // The parser looks at the bytes of a text only when somebody asks for it.
        if (!Utf8.IsValid(said))
        {
            return null;
        }

        try
        {
            using var first = JsonDocument.Parse(said);
            using var second = JsonDocument.Parse(expected);
            var found = new List<string>();
            Compare("", first.RootElement, second.RootElement, found);
            return found;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Compare(string path, JsonElement said, JsonElement expected, List<string> found)
    {
        if (found.Count >= MostTold)
        {
            return;
        }

        if (said.ValueKind == JsonValueKind.Object && expected.ValueKind == JsonValueKind.Object)
        {
            var names = said.EnumerateObject().Concat(expected.EnumerateObject()).Select(property => property.Name).Distinct(StringComparer.Ordinal);
            foreach (var name in names)
            {
                var inner = path.Length == 0 ? name : $"{path}.{name}";
                var (isSaid, isExpected) = (said.TryGetProperty(name, out var left), expected.TryGetProperty(name, out var right));
                if (isSaid && isExpected)
                {
                    Compare(inner, left, right, found);
                }
                else
                {
                    found.Add(isSaid ? $"{inner} should not be there" : $"{inner} is missing");
                }
            }
        }
        else if (said.ValueKind == JsonValueKind.Array && expected.ValueKind == JsonValueKind.Array && said.GetArrayLength() == expected.GetArrayLength())
        {
            for (var index = 0; index < said.GetArrayLength(); index++)
            {
                Compare($"{path}[{index}]", said[index], expected[index], found);
            }
        }
        else if (!JsonElement.DeepEquals(said, expected))
        {
            found.Add($"{path} is {Short(said)} and should be {Short(expected)}");
        }
    }

    private static string Short(JsonElement value)
    {
        var text = value.GetRawText().ReplaceLineEndings(" ");
        return text.Length > LongestValue ? text[..LongestValue] + "…" : text;
    }
}
