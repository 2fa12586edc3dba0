namespace PolicyHub.Content.Problems;

/// <summary>What can be wrong with front matter and settings.</summary>
public static partial class ProblemCatalogue
{
    public static Problem FrontMatterUnreadable(string file, SourcePosition at, string reason) => Error(
        "front-matter-unreadable", file, at,
        $"The front matter cannot be read: {Written(reason)}.",
        "Check the line for a missing quote or a colon inside a text; put texts with “: ” in quotes.");

    public static Problem FrontMatterUnclosed(string file) => Error(
        "front-matter-unclosed", file, new SourcePosition(1, 1),
        "The front matter opens with “---” and never closes.",
        "Put a line with “---” below its last field.");

    /// <param name="largest">Characters.</param>
    public static Problem FrontMatterTooLarge(string file, int largest) => Error(
        "front-matter-too-large", file, new SourcePosition(1, 1),
        $"The front matter is larger than {largest / 1024} kB.",
        "Move long text into the body.");

    /// <summary>Dashes around something that holds no fields: taken as Markdown.</summary>
    public static Problem FrontMatterWithoutFields(string file, SourcePosition at) => Warning(
        "front-matter-without-fields", file, at,
        "The text between the first two lines of dashes holds no fields, so it is shown as part of the page.",
        "Write fields as “title: …”, or put an empty line above the dashes.");

    public static Problem FieldTwice(string file, SourcePosition at, string field) => Warning(
        "field-twice", file, at,
        $"“{Written(field)}” stands here a second time; the first one counts.",
        "Keep one of them.");

    /// <param name="expected">What belongs there, such as “one value”.</param>
    public static Problem WrongField(string file, SourcePosition at, string field, string expected) => Error(
        "wrong-field", file, at,
        $"“{Written(field)}” should be {expected}, so it is left out.",
        "Write it as the other documents of this kind do.");

    public static Problem MissingField(string file, SourcePosition at, string field) => Error(
        "missing-field", file, at,
        $"“{Written(field)}” is missing.",
        "Add it.");

    public static Problem WrongDate(string file, SourcePosition at, string field, string written) => Error(
        "wrong-date", file, at,
        $"“{Written(field)}” is no date: “{Written(written)}”.",
        "Write it as 2026-12-01, with a time as 2026-12-01 08:00.");

    public static Problem WrongHours(string file, SourcePosition at, string written) => Error(
        "wrong-hours", file, at,
        $"These opening hours are not understood: “{Written(written)}”.",
        "Write them as “Mon-Fri 08:00-17:00” or “Every day 00:00-24:00”, a line for each.");

    public static Problem WrongPath(string file, SourcePosition at, string written) => Error(
        "wrong-path", file, at,
        $"“{Written(written)}” is no path inside the library.",
        "Write the path from the root of the library, such as “policies/late-fees.md”.");

    public static Problem UnknownKind(string file, SourcePosition at, string written, IEnumerable<string> kinds) => Error(
        "unknown-kind", file, at,
        $"There is no kind “{Written(written)}”.",
        $"{DidYouMean(written, kinds)} Choose one of: {string.Join(", ", kinds)}.".TrimStart());

    public static Problem SettingsUnreadable(string file, SourcePosition at, string reason) => Error(
        "settings-unreadable", file, at,
        $"The settings cannot be read: {Written(reason)}.",
        "Check the line; until then the settings have their defaults.");

    public static Problem UnknownSetting(string file, SourcePosition at, string key, IEnumerable<string> known) => Warning(
        "unknown-setting", file, at,
        $"There is no setting “{Written(key)}”, so it does nothing.",
        DidYouMean(key, known) is { Length: > 0 } hint ? hint : "Take it out.");

    public static Problem WrongSetting(string file, SourcePosition at, string key, string written, string example) => Error(
        "wrong-setting", file, at,
        $"“{key}” cannot be “{Written(written)}”.",
        $"Write it as “{example}”.");

    public static Problem UnknownTimeZone(string file, SourcePosition at, string written) => Error(
        "unknown-time-zone", file, at,
        $"There is no time zone “{Written(written)}”, so dates are taken in UTC.",
        "Write a name such as America/Chicago.");

    public static Problem UnknownLanguage(string file, SourcePosition at, string written) => Error(
        "unknown-language", file, at,
        $"There is no language “{Written(written)}”.",
        "Write a tag such as en-US.");

    public static Problem UnknownWord(string file, SourcePosition at, string key, IEnumerable<string> known) => Warning(
        "unknown-word", file, at,
        $"“words” names “{Written(key)}”, which is shown nowhere.",
        DidYouMean(key, known) is { Length: > 0 } hint ? hint : "Take it out.");

    public static Problem WrongWord(string file, SourcePosition at, string key) => Error(
        "wrong-word", file, at,
        $"The words for “{Written(key)}” have braces where no value goes.",
        "Keep the same {0}, {1} as in the words that they replace.");

    /// <summary>A document is open to everyone or to a group, not both.</summary>
    public static Problem PublicAndMore(string file, SourcePosition at, string field) => Error(
        "public-and-more", file, at,
        $"“{field}” names “public” and a group; only the group counts.",
        "Write “public” alone, or take it out.");

    /// <param name="slug">As written under “groups”.</param>
    public static Problem NoGroup(string file, SourcePosition at, string slug) => Error(
        "no-group", file, at,
        $"“{Written(slug)}” is no name for a group.",
        "Give it another; “public” stands for everyone, and needs no group.");

    /// <summary>“public-shows” names what nothing is kept from the public by.</summary>
    public static Problem UnknownStaffPart(string file, SourcePosition at, string written, IEnumerable<string> known) => Error(
        "unknown-staff-part", file, at,
        $"“public-shows” names “{Written(written)}”, which shows nothing.",
        $"{DidYouMean(written, known)} Write one or more of: {string.Join(", ", known)}.".TrimStart());
}
