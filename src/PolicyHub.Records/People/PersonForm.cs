using System.Collections.Immutable;
using System.Globalization;

namespace PolicyHub.Records.People;

/// <summary>What an administrator writes about a person, as it was typed: on a page, in a row of a file or on a command line.</summary>
public sealed record PersonForm
{
    private static readonly char[] Between = [';', ',', '\r', '\n'];

    public string Name { get; init; } = "";

    public string UserName { get; init; } = "";

    public string Mail { get; init; } = "";

    public string Desk { get; init; } = "";

    public string Audience { get; init; } = "";

    /// <summary>Several stand with commas, semicolons or line breaks between them; so do positions and roles.</summary>
    public string Groups { get; init; } = "";

    public string Positions { get; init; } = "";

    /// <summary>Each as <see cref="Grant.TryParse"/> reads it; <c>reader</c> says nothing more than that they read.</summary>
    public string Roles { get; init; } = "";

    /// <summary>The first and the last day, as 2026-12-01; empty: none.</summary>
    public string Start { get; init; } = "";

    public string End { get; init; } = "";

    public string Badge { get; init; } = "";

    /// <summary>What can't be taken as it is, each by the end of its key in the words (<c>people.wrong.…</c>); empty: all can.</summary>
    public ImmutableArray<string> Faults =>
    [
        .. Unless("name", IsText(Name.Trim(), 200)),
        .. Unless("user-name", IsUserName(UserName.Trim())),
        .. Unless("mail", Mail.Length == 0 || (IsText(Mail.Trim(), 200) && Mail.Trim().IndexOf('@', StringComparison.Ordinal) > 0)),
        .. Unless("desk", IsSlug(Desk.Trim())),
        .. Unless("audience", IsSlug(Audience.Trim())),
        .. Unless("groups", Parts(Groups).All(part => IsText(part, 200))),
        .. Unless("positions", Parts(Positions).All(IsSlug)),
        .. Unless("roles", RoleTexts.All(text => Grant.TryParse(text) is not null)),
        .. Unless("start", Start.Trim().Length == 0 || Day(Start) is not null),
        .. Unless("end", End.Trim().Length == 0 || Day(End) is not null),
        .. Unless("period", !(Day(End) < Day(Start))),
        .. Unless("badge", Badge.Trim().Length <= 40 && Badge.Trim().All(sign => char.IsAsciiLetterOrDigit(sign) || sign == '-')),
    ];

    private IEnumerable<string> RoleTexts => Parts(Roles).Where(part => !part.Equals("reader", StringComparison.OrdinalIgnoreCase));

    /// <summary>The form of a person as they are.</summary>
    public static PersonForm Of(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return new PersonForm
        {
            Name = person.Name,
            UserName = person.UserName ?? "",
            Mail = person.Email ?? "",
            Desk = person.Desk,
            Audience = person.Audience,
            Groups = string.Join(", ", person.Groups),
            Positions = string.Join(", ", person.Positions),
            Roles = string.Join('\n', person.GrantTexts),
            Start = Text(person.Starts),
            End = Text(person.Ends),
            Badge = person.Badge ?? "",
        };
    }

    /// <summary>A new account of ours; only where there are no <see cref="Faults"/>.</summary>
    public Person Make(DateTimeOffset now)
    {
        var person = new Person
        {
            Id = Guid.NewGuid(),
            Name = Name.Trim(),
            Source = PersonSource.Local,
            UserName = Passwords.Normal(UserName.Trim()),
            NormalizedUserName = AccountBook.Normal(UserName),
            SecurityStamp = Guid.NewGuid().ToString(),
            Made = now,
        };
        Apply(person);
        return person;
    }

    /// <summary>Writes all but the user name into a person; only where there are no <see cref="Faults"/>.</summary>
    public void Apply(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        person.Name = Name.Trim();
        (person.Email, person.NormalizedEmail) = Mail.Trim() is { Length: > 0 } mail ? (mail, mail.ToUpperInvariant()) : (null, null);
        (person.Desk, person.Audience) = (Desk.Trim(), Audience.Trim());
        (person.Groups, person.Positions) = ([.. Parts(Groups).Distinct()], [.. Parts(Positions).Distinct()]);
        person.Grants = RoleTexts.Select(Grant.TryParse).OfType<Grant>();
        (person.Starts, person.Ends) = (Day(Start), Day(End));
        person.Badge = Badge.Trim() is { Length: > 0 } badge ? badge.ToUpperInvariant() : null;
    }

    private static IEnumerable<string> Unless(string fault, bool isWell) => isWell ? [] : [fault];

    private static string[] Parts(string text) => text.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsText(string text, int longest) => text.Length > 0 && text.Length <= longest && !text.Any(char.IsControl);

    private static bool IsUserName(string text) => IsText(text, 100) && text.All(sign => char.IsLetterOrDigit(sign) || ".-_@+'".Contains(sign, StringComparison.Ordinal));

    private static bool IsSlug(string text) => text.Length <= 200 && text.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign == '-');

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
