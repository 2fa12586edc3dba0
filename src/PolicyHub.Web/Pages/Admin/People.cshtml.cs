using Microsoft.AspNetCore.Authorization;
using PolicyHub.Records.People;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.Admin;

/// <summary>Who may sign in, and what they may do.</summary>
[Authorize(Policies.Administrator)]
public sealed class PeopleModel(Visit visit, AccountBook accounts) : HubPage(visit)
{
    private const int OnePage = 50;
    private const int LongestText = 100;

    public string Text { get; private set; } = "";

    public int PageNumber { get; private set; } = 1;

    public int Pages { get; private set; } = 1;

    internal IReadOnlyList<Person> People { get; private set; } = [];

    public int Total { get; private set; }

    public async Task OnGetAsync(string? q, string? page)
    {
        Text = q is { Length: <= LongestText } ? q.Trim() : "";
        PageNumber = int.TryParse(page, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number is > 0 and < 10_000 ? number : 1;
        (People, Total) = await accounts.ListAsync(Text, (PageNumber - 1) * OnePage, OnePage, HttpContext.RequestAborted);
        Pages = Math.Max(1, (Total + OnePage - 1) / OnePage);
    }

    /// <summary>The end of the key of the words for how an account stands.</summary>
    internal string StateOf(Person person) => PersonState.Of(person, DateOnly.FromDateTime(Visit.Dates.Local));
}

/// <summary>How an account stands on a day.</summary>
internal static class PersonState
{
    public static string Of(Person person, DateOnly today) =>
        person.IsDisabled ? "disabled"
        : person.Ends < today ? "over"
        : person.Starts > today ? "later"
        : person is { Source: PersonSource.Local, PasswordHash: null } ? "no-password"
        : "active";

    public static string ColorOf(string state) => state switch { "active" => "green", "disabled" or "over" => "red", _ => "grey" };
}
