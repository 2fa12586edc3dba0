using System.Globalization;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.Tests.Hosting;

/// <summary><c>src/settings.md</c> lists what can be set, all of it, as it is.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void Settings_ListedAndThere_AreTheSameWithTheSameDefaults()
    {
        var listed = Rows().Where(row => row.Name.StartsWith("PolicyHub:", StringComparison.Ordinal)).ToDictionary(row => row.Name, row => row.Default, StringComparer.Ordinal);

        Assert.Equal(Options(new HubOptions(), HubOptions.Section).OrderBy(pair => pair.Key, StringComparer.Ordinal), listed.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Settings_EveryRow_SaysWhatItDoes() => Assert.All(Rows(), row => Assert.EndsWith(".", row.Meaning, StringComparison.Ordinal));

    private static Dictionary<string, string> Options(object options, string section) => options.GetType().GetProperties()
        .SelectMany(property => property.GetValue(options) switch
        {
            null => [KeyValuePair.Create($"{section}:{property.Name}", "")],
            string or TimeSpan or bool or int => [KeyValuePair.Create($"{section}:{property.Name}", string.Format(CultureInfo.InvariantCulture, "{0}", property.GetValue(options)))],
            System.Collections.IEnumerable => [KeyValuePair.Create($"{section}:{property.Name}", "")],
            { } nested => Options(nested, $"{section}:{property.Name}").AsEnumerable(),
        })
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>The rows of the table: the name without the option of the command line, the default, what it does.</summary>
    private static IEnumerable<(string Name, string Default, string Meaning)> Rows() =>
        File.ReadLines(Path.Combine(HubFolders.Root, "src", "settings.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[1].Split('`')[1], cells[2].Trim('`'), cells[3]));
}
