using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PolicyHub.Content.Comparison;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Web.Audit;
using PolicyHub.Web.Pages.Errors;
using PolicyHub.Web.Refresh;
using PolicyHub.Web.Security;

namespace PolicyHub.Web.Pages.History;

/// <summary>The whole library on two days: what began, changed, moved and ended between them.</summary>
[EnableRateLimiting(RateLimits.Export)]
public sealed class CompareLibraryModel(Visit visit, PastEditions past, CurrentEdition current, AuditTrail trail) : HubPage(visit)
{
    /// <summary>Days that are compared when none are named: this many back, and today.</summary>
    private const int UsualDays = 30;

    private static readonly string[] Columns = ["change", "title", "id", "type", "path", "path-before", "version-before", "version-after"];

    public DeclaredMoment From { get; private set; }

    public DeclaredMoment To { get; private set; }

    public LibraryComparison Comparison { get; private set; } = null!;

    /// <summary>What changed, by what became of it, in the order in which it is told.</summary>
    public IEnumerable<(LibraryChangeKind Kind, IReadOnlyList<LibraryChange> Changes)> Groups =>
        from kind in Enum.GetValues<LibraryChangeKind>()
        let changes = Comparison.Documents.Where(change => change.Kind == kind).ToList()
        where changes.Count > 0
        select (kind, (IReadOnlyList<LibraryChange>)changes);

    public async Task<IActionResult> OnGetAsync(string? from, string? to, string? format, CancellationToken cancellation)
    {
        var zone = Visit.Today.Settings.Zone;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Visit.Clock, zone).DateTime);
        if (!TryRead(from, today.AddDays(-UsualDays), out var start) || !TryRead(to, today, out var end) || format is not (null or "" or "csv"))
        {
            FailureReason.Set(HttpContext, Visit["asof.wrong.date"]);
            return BadRequest();
        }

        (From, To) = (start, end);
        Comparison = LibraryComparison.Of(await AtAsync(start), await AtAsync(end), Visit.Today, Reader);
        if (format != "csv")
        {
            return Page();
        }

        var (first, last) = (start.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), end.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await trail.ExportedAsync(HttpContext, "compare.csv", "", Visit.Today.Head.Hex, [("from", first), ("to", last)]);
        return Csv.File($"changes-{first}-{last}.csv", Table());

        async Task<Edition> AtAsync(DeclaredMoment day) => day == new DeclaredMoment(today)
            ? Visit.Today
            : await past.AtAsync(Visit.Today, current.Blobs, PointInTime.On(day.LastInstant(zone)), cancellation);
    }

    private static bool TryRead(string? asked, DateOnly usual, out DeclaredMoment day)
    {
        day = new DeclaredMoment(usual);
        return string.IsNullOrWhiteSpace(asked) || DeclaredMoment.TryParse(asked, out day);
    }

    private IEnumerable<IEnumerable<string?>> Table()
    {
        yield return Columns.Select(column => Visit[$"compare.csv.{column}"]);
        foreach (var change in Comparison.Documents)
        {
            yield return
            [
                Visit[$"compare.library.{SlugOf(change.Kind)}"],
                change.Document.Title,
                change.Document.Document.Id,
                Visit.KindName(change.Document.Kind),
                change.After?.Path.Value,
                change.Before?.Path.Value,
                change.Before?.Version.Label.ToString(),
                change.After?.Version.Label.ToString(),
            ];
        }

        foreach (var file in Comparison.Files)
        {
            yield return [Visit[$"compare.library.{SlugOf(file.Kind)}"], file.Path.Name, "", Visit["compare.library.file"], file.Kind == LibraryChangeKind.Ended ? "" : file.Path.Value, file.Kind == LibraryChangeKind.Began ? "" : file.Path.Value, "", ""];
        }
    }

    /// <summary>The end of a key of words.</summary>
    public static string SlugOf(LibraryChangeKind kind) => kind switch
    {
        LibraryChangeKind.Began => "began",
        LibraryChangeKind.Changed => "changed",
        LibraryChangeKind.Moved => "moved",
        _ => "ended",
    };
}
