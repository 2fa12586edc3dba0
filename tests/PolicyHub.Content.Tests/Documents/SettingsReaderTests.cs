using System.Text;
using System.Text.Json;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Tests.Documents;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Read_EverySetting_TakesIt()
    {
        var settings = Reading.Settings("""
            name: City of Riverton
            short-name: Riverton
            timezone: America/Chicago
            language: en-US
            theme: contrast
            emergency: emergency.md
            review-cycle: 18 months
            kinds: { policies: policy, /desks/: desk }
            areas: { policies/water: Water, policies/waste: Trash }
            audiences: { counter: Counter }
            positions:
              city-manager: { title: City Manager, held-by: [Ruth Alvarez] }
              vacant: Records Officer
            holidays: [{ date: 2026-12-25, name: Christmas Day }]
            access: { internal: staff }
            words: { callout.say: Tell them }
            """);

        Assert.Equal(("City of Riverton", "Riverton", "America/Chicago", "en-US", "contrast", 18), (settings.Name, settings.ShortName, settings.Zone.Id, settings.Language, settings.Theme, settings.ReviewCycleMonths));
        Assert.Equal(LibraryPath.Parse("emergency.md"), settings.Emergency);
        Assert.Equal([KeyValuePair.Create("policies", DocumentKind.Policy), KeyValuePair.Create("desks", DocumentKind.Desk)], settings.Kinds);
        Assert.Equal(["policies/water", "policies/waste"], settings.Areas.Select(area => area.Key));
        Assert.Equal("Counter", settings.Audiences["counter"]);
        Assert.Equal(["Ruth Alvarez"], settings.Positions["city-manager"].HeldBy);
        Assert.Equal(("Records Officer", true), (settings.Positions["vacant"].Title, settings.Positions["vacant"].HeldBy.IsEmpty));
        Assert.Equal([new Holiday(new DateOnly(2026, 12, 25), "Christmas Day")], settings.Holidays);
        Assert.Equal("staff", settings.AccessOf(LibraryPath.Parse("internal/x.md")));
        Assert.Equal("Tell them", settings.Words["callout.say"]);
        Assert.Equal(new SourcePosition(6, 12), settings.WrittenAt.Of("emergency"));
    }

    [Fact]
    public void Read_WrongSettings_KeepsDefaultsAndSaysWhere()
    {
        var (settings, problems) = SettingsReader.Read(Encoding.UTF8.GetBytes("""
            name: Riverton
            timezone: America/Chicgo
            language: "!!"
            review-cycle: often
            emergency: ../x.md
            kinds: { policies: polices }
            holidays: [{ name: No date }, { date: Christmas }]
            audience: { counter: Counter }
            words: { callout.sy: Say, callout.do: "{0", callout.note: "{1}" }
            """));

        Assert.Equal(("Riverton", TimeZoneInfo.Utc, "en-US", 12, (LibraryPath?)null), (settings.Name, settings.Zone, settings.Language, settings.ReviewCycleMonths, settings.Emergency));
        Assert.Equal("Do", settings.Words["callout.do"]);
        Assert.Equal(
            [
                ("missing-field", 7), ("unknown-kind", 6), ("unknown-language", 3), ("unknown-setting", 8), ("unknown-time-zone", 2),
                ("unknown-word", 9), ("wrong-date", 7), ("wrong-path", 5), ("wrong-setting", 4), ("wrong-word", 9), ("wrong-word", 9),
            ],
            problems.Select(problem => (problem.Code, problem.Position.Line)).Order());
        Assert.All(problems, problem => Assert.Equal("library.yml", problem.File));
        Assert.Contains("“audiences”", problems.Single(problem => problem.Code == "unknown-setting").WhatToDo, StringComparison.Ordinal);
        Assert.Contains("“callout.say”", problems.Single(problem => problem.Code == "unknown-word").WhatToDo, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    public void Read_EmptyFile_IsTheDefaults(string yaml)
    {
        var (settings, problems) = SettingsReader.Read(Encoding.UTF8.GetBytes(yaml));

        Assert.Same(LibrarySettings.Default, settings);
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("name: a: b", "settings-unreadable")]
    [InlineData("- just\n- a list", "settings-unreadable")]
    [InlineData("name: \0", "bad-encoding")]
    public void Read_FileThatIsNoSettings_IsTheDefaultsAndReported(string yaml, string code)
    {
        var (settings, problems) = SettingsReader.Read(Encoding.UTF8.GetBytes(yaml));

        Assert.Same(LibrarySettings.Default, settings);
        Assert.Equal(code, Assert.Single(problems).Code);
    }

    [Theory]
    [InlineData("12 months", 12)]
    [InlineData("1 month", 1)]
    [InlineData("2 years", 24)]
    [InlineData("6", 6)]
    public void Read_ReviewCycle_IsMonths(string written, int months) => Assert.Equal(months, Reading.Settings($"review-cycle: {written}").ReviewCycleMonths);

    [Theory]
    [InlineData("0 months")]
    [InlineData("-1 months")]
    [InlineData("500 years")]
    [InlineData("3 weeks")]
    public void Read_ReviewCycleOutOfReason_IsReported(string written)
    {
        var (_, problems) = SettingsReader.Read(Encoding.UTF8.GetBytes($"review-cycle: {written}"));

        Assert.Equal("wrong-setting", Assert.Single(problems).Code);
    }

    [Fact]
    public void Read_Groups_AreSlugsWithNames()
    {
        var settings = Reading.Settings("groups: { hr: Human Resources, shift-leads: }\n");

        Assert.Equal(("Human Resources", "Shift leads"), (settings.Groups["hr"], settings.Groups["shift-leads"]));
        Assert.Equal(["hr"], settings.LabelsOf(["hr", "HR", "gone", "public", "hr"]));
        Assert.Equal(["hr", "leads"], Reading.Settings("groups: [leads, hr]\n").Groups.Keys.Order());
    }

    /// <summary>A rule that is not as it should be closes its folder; it never opens it.</summary>
    [Theory]
    [InlineData("public", "public")]
    [InlineData("[hr, legal]", "hr\nlegal")]
    [InlineData("[public, hr]", "hr", "public-and-more")]
    [InlineData("{ by: hr }", "\r", "wrong-field")]
    [InlineData("[hr, { by: hr }]", "\r\nhr", "wrong-field")]
    [InlineData("", "")]
    public void Read_FolderRule_IsClosedWhereInDoubt(string written, string access, params string[] expected)
    {
        var (settings, problems) = SettingsReader.Read(Encoding.UTF8.GetBytes($"access:\n  closed: {written}\n"));

        Assert.Equal(access, settings.AccessOf(LibraryPath.Parse("closed/a.md")));
        Assert.Equal(expected, problems.Select(problem => problem.Code));
    }

    [Fact]
    public void Read_GroupThatCanBeNone_IsReported()
    {
        var (settings, problems) = SettingsReader.Read("groups: { public: Everyone, hr: People }\n"u8);

        Assert.Equal(["hr"], settings.Groups.Keys);
        Assert.Equal(("no-group", new SourcePosition(1, 11)), (Assert.Single(problems).Code, problems[0].Position));
    }

    [Fact]
    public void Schema_Properties_AreTheReadersKeys()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(), "src", "PolicyHub.Content", "Documents", "library.schema.json")));
        var root = schema.RootElement;

        Assert.Equal(SettingsReader.Keys.Order(), root.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order());
        Assert.Equal(
            DocumentKinds.All.Select(kind => kind.Slug()).Order(),
            root.GetProperty("properties").GetProperty("kinds").GetProperty("additionalProperties").GetProperty("enum").EnumerateArray().Select(kind => kind.GetString()!).Order());
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PolicyHub.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("PolicyHub.sln is not above the tests.");
        }

        return folder.FullName;
    }
}
