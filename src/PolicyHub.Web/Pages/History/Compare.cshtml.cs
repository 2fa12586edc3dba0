using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Comparison;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Web.Pages.Errors;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Pages.History;

/// <summary>Two texts of one document: as read, as written, and in their details.</summary>
public sealed partial class CompareModel(Visit visit, VersionTexts texts, CurrentEdition current) : HubPage(visit)
{
    public static readonly ImmutableArray<string> Views = ["rendered", "source", "details"];

    public DocumentHistory History { get; private set; } = null!;

    public DocumentTimeline Timeline { get; private set; } = null!;

    public string Title { get; private set; } = "";

    public DocumentVersion From { get; private set; } = null!;

    public DocumentVersion To { get; private set; } = null!;

    /// <summary>One of <see cref="Views"/>.</summary>
    public string Shown { get; private set; } = "";

    /// <summary>What changed in the front matter; null where one of the texts cannot be read.</summary>
    public ImmutableArray<FieldChange>? Details { get; private set; }

    /// <summary>Null unless it is shown and both texts can be read.</summary>
    public RenderedComparison? Rendered { get; private set; }

    public SourceComparison? Source { get; private set; }

    /// <summary>The first version, of the two, whose text cannot be read; null where both can.</summary>
    public DocumentVersion? Unreadable { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? path, string? began, string? from, string? to, string? view, CancellationToken cancellation)
    {
        if (HistoryFinder.Find(path, began, Visit) is not { } history)
        {
            return Fail(StatusCodes.Status404NotFound, Visit["history.none"]);
        }

        History = history;
        Timeline = DocumentTimeline.Of(history, Visit.Today, Reader, Visit.Clock);
        Title = Timeline.Title;
        Shown = string.IsNullOrEmpty(view) ? Views[0] : view;
        if (!Views.Contains(Shown))
        {
            return Fail(StatusCodes.Status400BadRequest, Visit["compare.wrong.view"]);
        }

        if (Choose(to, DefaultTo, out var chosenTo) is { } wrongTo)
        {
            return wrongTo;
        }

        if (Choose(from, () => Before(chosenTo!), out var chosenFrom) is { } wrongFrom)
        {
            return wrongFrom;
        }

        (From, To) = (chosenFrom!, chosenTo!);
        await ReadAsync(cancellation);
        return Page();
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        var blobs = current.Blobs;
        var settings = Visit.Today.Settings;
        var (old, fresh) = (await texts.ReadAsync(blobs, From, settings, cancellation), await texts.ReadAsync(blobs, To, settings, cancellation));
        Unreadable = old is null ? From : fresh is null ? To : null;
        if (old is not null && fresh is not null)
        {
            Details = DetailsComparison.Of(old.Document, fresh.Document, settings);
            Rendered = Shown == "rendered" ? RenderedComparison.Of(old.Rendered.Html, fresh.Rendered.Html, Visit.Words) : null;
        }

        if (Shown == "source"
            && await VersionTexts.ReadSourceAsync(blobs, From, cancellation) is { } left
            && await VersionTexts.ReadSourceAsync(blobs, To, cancellation) is { } right)
        {
            Source = SourceComparison.Of(left, right);
        }
    }

    /// <summary>The version that an address names by its label or a day; an answer that says what is wrong where it names none.</summary>
    private StatusCodeResult? Choose(string? asked, Func<DocumentVersion?> whenNothing, out DocumentVersion? chosen)
    {
        if (string.IsNullOrWhiteSpace(asked))
        {
            chosen = whenNothing();
            return chosen is null ? Fail(StatusCodes.Status404NotFound, Visit["compare.only-one"]) : null;
        }

        if (Label().IsMatch(asked))
        {
            chosen = Timeline.Find(asked);
            return chosen is null ? Fail(StatusCodes.Status404NotFound, Visit.Format("compare.no-version", asked)) : null;
        }

        if (!DeclaredMoment.TryParse(asked, out var day))
        {
            chosen = null;
            return Fail(StatusCodes.Status400BadRequest, Visit["compare.wrong.version"]);
        }

        chosen = Timeline.At(DateQuestion.On, day.LastInstant(Visit.Today.Settings.Zone))?.Version;
        return chosen is null ? Fail(StatusCodes.Status404NotFound, Visit.Format("compare.none-on", Visit.Dates.DayText(day.Date))) : null;
    }

    private DocumentVersion? DefaultTo() =>
        Timeline.Versions.LastOrDefault(version => Timeline.StateOf(version, Visit.Clock) == VersionState.InEffect) ?? Timeline.Versions.LastOrDefault(version => version.Blob is not null);

    /// <summary>The text before a version; for the very first, itself.</summary>
    private DocumentVersion? Before(DocumentVersion version) =>
        Timeline.Versions[..Timeline.Versions.IndexOf(version)].LastOrDefault(earlier => earlier.Blob is not null) ?? version;

    private StatusCodeResult Fail(int status, string sentence)
    {
        FailureReason.Set(HttpContext, sentence);
        return StatusCode(status);
    }

    [GeneratedRegex(@"^\d{1,9}(?:\.\d{1,9})?$", RegexOptions.None, 1000)]
    private static partial Regex Label();
}
