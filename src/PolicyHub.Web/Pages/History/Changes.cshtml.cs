using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Web.Audit;
using PolicyHub.Web.Pages.Errors;
using PolicyHub.Web.Security;

namespace PolicyHub.Web.Pages.History;

/// <summary>What changed in the library, in a folder or in a kind, the latest first.</summary>
[EnableRateLimiting(RateLimits.Export)]
public sealed class ChangesModel(Visit visit, AuditTrail trail) : HubPage(visit)
{
    private const int RowsOnAPage = 50;

    public ChangesAsked Asked { get; private set; } = null!;

    public Pager Pager { get; private set; } = null!;

    public IReadOnlyList<IGrouping<string, ChangeRow>> Months { get; private set; } = [];

    public IReadOnlyList<string> People => ChangeLog.Of(Visit.Today, Reader).People;

    /// <summary>Folders to choose from, with what the library calls them; the one asked for is always among them.</summary>
    public IEnumerable<(string Folder, string Label)> Areas
    {
        get
        {
            var areas = Visit.Settings.Areas.Select(area => (area.Key, area.Value)).ToList();
            if (areas.Count == 0)
            {
                areas = [.. Visit.Today.Documents(Reader).Select(document => document.Path.Value.Split('/')).Where(parts => parts.Length > 1).Select(parts => parts[0]).Distinct().Order(StringComparer.CurrentCulture).Select(folder => (folder, folder))];
            }

            var asked = Asked.Area?.Trim('/');
            return string.IsNullOrEmpty(asked) || areas.Exists(area => area.Item1 == asked) ? areas : areas.Append((asked, asked));
        }
    }

    public IEnumerable<DocumentKind> Kinds => Visit.Today.Documents(Reader).Select(document => document.Kind).Distinct().OrderBy(Visit.KindNames, StringComparer.CurrentCulture);

    public async Task<IActionResult> OnGetAsync(string? area, string? kind, string? person, string? since, string? until, [FromQuery] string? page, string? format)
    {
        Asked = new ChangesAsked(area, kind, person, since, until);
        if (!Asked.TryRead(Visit, out var filter, out var sentence))
        {
            FailureReason.Set(HttpContext, sentence);
            return BadRequest();
        }

        var found = ChangeLog.Of(Visit.Today, Reader).Find(filter).ToList();
        if (format == "csv")
        {
            // That it was one person's changes is told, not whose: rows can't be erased.
            var asked = Asked with { Person = string.IsNullOrEmpty(person) ? null : "one" };
            await trail.ExportedAsync(HttpContext, "changes.csv", "", Visit.Today.Head.Hex, asked.Pairs);
            return Csv.File("changes.csv", ChangesTable.Of(found.Select(change => new ChangeRow(change, Visit)), Visit));
        }

        if (!string.IsNullOrEmpty(format) || !Pager.TryRead(page, found.Count, RowsOnAPage, out var pager))
        {
            FailureReason.Set(HttpContext, Visit["history.wrong.page"]);
            return BadRequest();
        }

        Pager = pager;
        Months =
        [
            .. found.Skip(pager.Skipped).Take(RowsOnAPage).Select(change => new ChangeRow(change, Visit))
                .GroupBy(row => Visit.Dates.MonthText(row.Change.Published), StringComparer.Ordinal),
        ];
        return Page();
    }
}
