using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Content.Comparison;
using PolicyHub.Content.Rendering;
using PolicyHub.Records.People;
using PolicyHub.Web.Pages.Mine;
using PolicyHub.Web.Propose;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.Propose;

/// <summary>What came to the library from outside and waits for approval, for whoever writes, approves, owns or audits it; everybody else gets no hint that there is such a thing.</summary>
[Authorize(Policies.Person)]
public sealed class OutsideModel(Visit visit, RecordsKept kept, IServiceProvider services) : HubPage(visit)
{
    public ImmutableArray<OutsideEntry> Entries { get; private set; } = [];

    /// <summary>Whether commits are held back here at all.</summary>
    public bool IsOn => Visit.Today.Catalogue.HeldBack is not null;

    /// <summary>The document whose comparison is shown; null: none.</summary>
    public OutsideText? Shown { get; private set; }

    public RenderedComparison? Rendered { get; private set; }

    public ImmutableArray<FieldChange> Details { get; private set; } = [];

    /// <summary>The one text there is, where there is no other to compare it with.</summary>
    public SafeHtml? Whole { get; private set; }

    /// <summary>A sentence that says what stood in the way; null: nothing.</summary>
    public string? Fault { get; private set; }

    private OutsideChanges Outside => services.GetRequiredService<OutsideChanges>();

    public async Task<IActionResult> OnGetAsync(string? read)
    {
        if (!await FindAsync())
        {
            return NotFound();
        }

        if (read is not null && Entries.SelectMany(entry => entry.Texts).FirstOrDefault(text => text.Path.Value == read) is { } shown)
        {
            Show(shown);
        }

        return Page();
    }

    public Task<IActionResult> OnPostUpAsync([FromForm] string? entry) => DecideAsync(entry, isWanted: true);

    public Task<IActionResult> OnPostDownAsync([FromForm] string? entry) => DecideAsync(entry, isWanted: false);

    private async Task<IActionResult> DecideAsync(string? key, bool isWanted)
    {
        if (!await FindAsync() || Visit.Person?.Is(Role.Author) != true)
        {
            return NotFound();
        }

        // What they saw may have been decided about meanwhile, or more may have come to it.
        var found = Entries.FirstOrDefault(entry => string.Join(' ', entry.Group.Commits.Select(commit => commit.Id)) == key);
        var (id, fault) = found is null ? (null, "outside.wrong.changed") : await Outside.DecideAsync(HttpContext, Visit, found, isWanted);
        if (id is { } begun)
        {
            return LocalRedirect(ChangeLinks.Of(begun));
        }

        Fault = Visit[fault];
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task<bool> FindAsync()
    {
        if (!kept.Are || Visit.Person is not { } person || !(MyWorkModel.IsFor(person) || person.Is(Role.Auditor)))
        {
            return false;
        }

        Entries = await Outside.ListAsync(HttpContext, Visit);
        return true;
    }

    private void Show(OutsideText shown)
    {
        Shown = shown;
        var renderer = new DocumentRenderer(Visit.Words);
        if (shown is { Before: { } before, After: { } after })
        {
            Rendered = RenderedComparison.Of(renderer.Render(before).Html, renderer.Render(after).Html, Visit.Words);
            Details = DetailsComparison.Of(before, after, Visit.Today.Settings);
        }
        else if ((shown.After ?? shown.Before) is { } only)
        {
            Whole = renderer.Render(only).Html;
        }
    }
}
