using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Web.Audit;
using PolicyHub.Web.Pages.History;
using PolicyHub.Web.Pages.SignIn;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.Admin;

/// <summary>Many accounts at once from a table: all of them, or none and what is wrong with which line.</summary>
[Authorize(Policies.Administrator)]
[RequestSizeLimit(2 * 1024 * 1024)]
public sealed class ImportPeopleModel(Visit visit, AccountBook accounts, IServiceProvider services) : HubPage(visit)
{
    /// <summary>More rows are another file.</summary>
    public const int MostRows = 2_000;

    private const int LongestText = 1_000_000;

    private static readonly ImmutableArray<string> Columns = ["name", "user name", "mail", "desk", "audience", "groups", "positions", "roles", "start", "end", "badge"];

    private static readonly string[] Needed = ["name", "user name"];

    /// <summary>What was sent, to be mended and sent again.</summary>
    public string Text { get; private set; } = "";

    /// <summary>What is wrong, by line.</summary>
    public IReadOnlyList<(int Line, string Sentence)> Faults { get; private set; } = [];

    /// <summary>The people who were added, and their links; they are shown this once.</summary>
    public IReadOnlyList<(string Name, string UserName, string Link)> Added { get; private set; } = [];

    /// <summary>The table of <see cref="Added"/> as a file holds it.</summary>
    public string AddedText => Csv.Write(Added.Select(one => new[] { one.Name, one.UserName, one.Link }).Prepend([Visit["people.name"], Visit["people.user-name"], Visit["people.link"]]));

    public void OnGet()
    {
        // The form explains itself.
    }

    public FileContentResult OnGetTemplate() => Csv.File("people.csv", [Columns]);

    /// <summary>The table that the page shows, as a file. Nothing is kept of it here: it comes from the page itself.</summary>
    public async Task<IActionResult> OnPostLinksAsync(string? links)
    {
        Response.Headers.CacheControl = "no-cache, no-store";
        if (links is not { Length: > 0 and < LongestText })
        {
            return BadRequest();
        }

        await services.GetRequiredService<AuditTrail>().TellAsync(HttpContext, AuditKind.Export, "links.csv");
        return new FileContentResult([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(links)], "text/csv; charset=utf-8") { FileDownloadName = "links.csv" };
    }

    public async Task<IActionResult> OnPostAsync(string? text, IFormFile? file)
    {
        Response.Headers.CacheControl = "no-cache, no-store";
        Text = text ?? "";
        if (file is { Length: > 0 and < LongestText })
        {
            using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
            Text = await reader.ReadToEndAsync(HttpContext.RequestAborted);
        }

        var rows = CsvReader.Read(Text.Length < LongestText ? Text : "");
        if (rows.Count < 2 || rows.Count > MostRows + 1)
        {
            Faults = [(1, Visit.Format(rows.Count < 2 ? "people.import.empty" : "people.import.many", MostRows))];
            return Page();
        }

        var names = rows[0].Cells.Select(cell => cell.ToLowerInvariant().Replace('_', ' ').Replace('-', ' ')).ToImmutableArray();
        var unknown = names.Where(name => name.Length > 0 && !Columns.Contains(name)).Concat(Needed.Where(needed => !names.Contains(needed))).ToList();
        if (unknown.Count > 0 || names.Where(name => name.Length > 0).Distinct().Count() < names.Count(name => name.Length > 0))
        {
            Faults = [(1, Visit.Format("people.import.columns", string.Join(", ", unknown), string.Join(", ", Columns)))];
            return Page();
        }

        var forms = rows.Skip(1).Select(row => (row.Line, Form: FormOf(names, row.Cells), IsLong: row.Cells.Skip(names.Length).Any(cell => cell.Length > 0))).ToList();
        var found = forms.SelectMany(row => row.Form.Faults.Select(fault => (row.Line, Visit.Words["people.wrong." + fault]))
            .Concat(row.IsLong ? [(row.Line, Visit["people.import.cells"])] : [])).ToList();
        if (found.Count > 0)
        {
            Faults = found;
            return Page();
        }

        var added = await accounts.AddAsync([.. forms.Select(row => row.Form)], AuditTrail.Who(HttpContext), HttpContext.RequestAborted, ("by", "file"));
        if (added.Taken.Count > 0)
        {
            Faults = [.. added.Taken.Select(taken => (forms[taken.Index].Line, Visit.Words[$"people.wrong.{taken.What}.taken"]))];
            return Page();
        }

        Added = [.. added.Invited.Select(one => (one.Person.Name, one.Person.UserName!, Visit.Origin + SignInLinks.ToWelcome(one.Key)))];
        return Page();
    }

    private static PersonForm FormOf(ImmutableArray<string> names, ImmutableArray<string> cells)
    {
        string Cell(string column) => names.IndexOf(column) is var at and >= 0 && at < cells.Length ? cells[at] : "";
        return new PersonForm
        {
            Name = Cell("name"),
            UserName = Cell("user name"),
            Mail = Cell("mail"),
            Desk = Cell("desk"),
            Audience = Cell("audience"),
            Groups = Cell("groups"),
            Positions = Cell("positions"),
            Roles = Cell("roles"),
            Start = Cell("start"),
            End = Cell("end"),
            Badge = Cell("badge"),
        };
    }
}
