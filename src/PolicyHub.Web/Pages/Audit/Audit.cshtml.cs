using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Content.Documents;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Web.Audit;
using PolicyHub.Web.Pages.Errors;

namespace PolicyHub.Web.Pages.Audit;

/// <summary>
/// The audit log, the newest row first. Rows of one person are shown only to whoever said why, and that is a row itself: its number stands in
/// the address, holds for whoever wrote it, and for an hour.
/// </summary>
public sealed class AuditModel(Visit visit, AuditBook book, AuditLog log, AuditStatus status, AuditTrail trail, PeopleBook people) : HubPage(visit)
{
    private const int RowsOnAPage = 50;
    private const int LongestReason = 500;
    private static readonly TimeSpan LookUpHolds = TimeSpan.FromHours(1);

    public AuditAsked Asked { get; private set; } = null!;

    public IReadOnlyList<AuditRow> Rows { get; private set; } = [];

    /// <summary>Where the next page begins; null: there is none.</summary>
    public long? Older { get; private set; }

    /// <summary>Whether this is not the first page.</summary>
    public bool IsLater { get; private set; }

    /// <summary>The last row of the log; null: it is empty.</summary>
    public AuditHead? Head { get; private set; }

    public AuditStatus Status => status;

    /// <summary>Who is looked up; null: nobody.</summary>
    public Person? Looked { get; private set; }

    public async Task<IActionResult> OnGetAsync(
        string? kind, string? since, string? until, string? text, [FromQuery(Name = "look-up")] string? lookUp, string? before, string? format, CancellationToken cancellation)
    {
        Asked = new AuditAsked(kind, since, until, text, lookUp);
        long number = 0;
        if (!Asked.TryRead(Visit, out var question, out var sentence))
        {
            return Failed(StatusCodes.Status400BadRequest, sentence);
        }

        if (format is not (null or "" or "csv" or "jsonl")
            || (!string.IsNullOrEmpty(before) && (!long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number < 1)))
        {
            return Failed(StatusCodes.Status400BadRequest, Visit["history.wrong.page"]);
        }

        if (!string.IsNullOrEmpty(lookUp))
        {
            if (await FindLookUpAsync(lookUp, cancellation) is not { } about)
            {
                return Failed(StatusCodes.Status403Forbidden, Visit["audit.wrong.look-up"]);
            }

            question = question with { About = about };
            Looked = Guid.TryParse(about[(about.IndexOf(':', StringComparison.Ordinal) + 1)..], out var id) ? await people.FindAsync(id, cancellation) : null;
        }

        if (format is { Length: > 0 })
        {
            await trail.TellAsync(HttpContext, AuditKind.Export, "audit." + format, Page(Asked), details: AuditFields.Of([.. Asked.Pairs.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => (pair.Name, pair.Value!))]));
            return new AuditDownload(book, question, format == "csv");
        }

        var found = await book.ReadAsync(question, number > 0 ? number : null, RowsOnAPage + 1, cancellation);
        Rows = [.. found.Take(RowsOnAPage)];
        (Older, IsLater) = (found.Count > RowsOnAPage ? Rows[^1].Entry.Number : null, number > 0);
        Head = await log.HeadAsync(cancellation);
        return Page();
    }

    /// <summary>Takes the reason for looking up one person, by the number of a row that is about them.</summary>
    public async Task<IActionResult> OnPostLookUpAsync(string? row, string? reason, CancellationToken cancellation)
    {
        var why = reason?.Trim() ?? "";
        if (why.Length is 0 or > LongestReason)
        {
            return Failed(StatusCodes.Status400BadRequest, Visit["audit.wrong.reason"]);
        }

        if (!long.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || await book.FindAsync(number, cancellation) is not { } entry || PersonOf(entry) is not { } about)
        {
            return Failed(StatusCodes.Status400BadRequest, Visit["audit.wrong.row"]);
        }

        var head = await trail.TellAsync(HttpContext, AuditKind.LookUp, "audit", about, personal: AuditFields.Of((AuditFields.Reason, why)));
        return LocalRedirect(AuditLinks.Rows(new AuditAsked(null, null, null, null, head!.Number.ToString(CultureInfo.InvariantCulture))));
    }

    /// <summary>Whom one could look up by a row: whoever did it, else whom it was done to.</summary>
    public static string? PersonOf(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var prefix = AuditActor.ReferenceOf(default).Split(':')[0] + ":";
        return new[] { entry.Actor, entry.Subject }.FirstOrDefault(reference => reference.StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <summary>The word for a kind; one of a later version stands as it is.</summary>
    public string KindName(string kind) => AuditKinds.All.Any(known => known.Slug() == kind) ? Visit.Words[$"audit.kind.{kind}"] : kind;

    /// <summary>The words for what was done; what has none here stands as it is.</summary>
    public string WhatName(string what)
    {
        var key = $"audit.what.{what}";
        return Words.English.Keys.Contains(key) ? Visit.Words[key] : what;
    }

    /// <summary>Details of a row, name by name.</summary>
    public static IEnumerable<KeyValuePair<string, string>> DetailsOf(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(entry.Details, JsonSerializerOptions.Default) ?? [];
        }
        catch (JsonException)
        {
            // Someone wrote there what PolicyHub would not; it is shown as it is.
            return [KeyValuePair.Create("", entry.Details)];
        }
    }

    /// <summary>Which personal fields a row has, and their values; null: erased.</summary>
    public static IEnumerable<(string Field, string? Value)> PersonalOf(AuditRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        try
        {
            return (JsonSerializer.Deserialize<Dictionary<string, string>>(row.Entry.Personal, JsonSerializerOptions.Default) ?? [])
                .Keys.OrderBy(field => field == AuditFields.Name ? 0 : 1).ThenBy(field => field, StringComparer.Ordinal).Select(field => (field, row.Personal.GetValueOrDefault(field)));
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string Page(AuditAsked asked) => asked.LookUp is { Length: > 0 } ? "one-person" : "";

    /// <summary>Whom the row of a look-up names, where it is this auditor's and not an hour old.</summary>
    private async Task<string?> FindLookUpAsync(string lookUp, CancellationToken cancellation) =>
        long.TryParse(lookUp, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && await book.FindAsync(number, cancellation) is { } told
        && told.Kind == AuditKind.LookUp.Slug()
        && told.Actor == AuditTrail.Who(HttpContext).Reference
        && Visit.Clock - told.At < LookUpHolds
            ? told.Subject
            : null;

    private StatusCodeResult Failed(int code, string sentence)
    {
        FailureReason.Set(HttpContext, sentence);
        return StatusCode(code);
    }
}
