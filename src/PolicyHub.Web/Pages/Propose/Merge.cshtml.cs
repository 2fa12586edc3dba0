using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Content.Comparison;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Rendering;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Propose;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.Propose;

/// <summary>
/// Puts a text of a change together with the one that the library has by now, or the text to come with the correction of today's. Without a conflict the result is shown and
/// taken with one press; with one, both texts stand side by side, paragraph by paragraph, and nothing is taken that its author did not choose.
/// </summary>
[Authorize(Policies.Person)]
public sealed class MergeModel(Visit visit, RecordsKept kept, IServiceProvider services) : HubPage(visit)
{
    private ProposalView view = null!;

    public Guid Id => view.Proposal.Id;

    public MovedText Moved { get; private set; } = null!;

    public string Title { get; private set; } = "";

    /// <summary>How the result differs from what was written; null: it can't be shown.</summary>
    public RenderedComparison? Result { get; private set; }

    /// <summary>Something was not chosen, or was saved elsewhere meanwhile.</summary>
    public string? Fault { get; private set; }

    public ImmutableArray<MergePart.Conflict> Conflicts => Moved.Merge is { } merge ? [.. merge.Conflicts] : [];

    public async Task<IActionResult> OnGetAsync(Guid id, string? path, int step = 0) => await FindAsync(id, path, step) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, string? path, [FromForm] string? whole, int step = 0)
    {
        if (!await FindAsync(id, path, step))
        {
            return NotFound();
        }

        var form = await Request.ReadFormAsync(HttpContext.RequestAborted);
        var chosen = Conflicts.Select((conflict, index) => Chosen(conflict, form[$"c{index.ToString(CultureInfo.InvariantCulture)}"])).ToList();
        var text = Moved.Merge is not { } merge ? whole switch { "mine" => Moved.Mine, "theirs" => Moved.Theirs, _ => null }
            : chosen.Any(one => one is null) ? null
            : Moved.Kind == MoveKind.Carry ? KeepDay(merge.Choose([.. chosen.OfType<string>()]))
            : merge.Choose([.. chosen.OfType<string>()]);
        if (text is null)
        {
            Fault = Visit["merge.wrong.choose"];
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var saved = await services.GetRequiredService<MovedTexts>().TakeAsync(view, Colleagues.Of(HttpContext, Visit)!, Moved, text, HttpContext.RequestAborted);
        if (saved.Refusal is null)
        {
            return LocalRedirect(ChangeLinks.Of(id) + "?done=merged");
        }

        Fault = Visit["merge.wrong.stale"];
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    /// <summary>A piece of a text as it would be read; what stands among the fields as it is written.</summary>
    public SafeHtml? Shown(string piece, bool isField) =>
        !isField && DocumentReader.Read(Moved.Path, Encoding.UTF8.GetBytes(piece), Visit.Today.Settings).Document is { } document ? new DocumentRenderer(Visit.Words).Render(document).Html : null;

    private static string? Chosen(MergePart.Conflict conflict, string? choice) => choice switch
    {
        "mine" => conflict.Mine,
        "theirs" => conflict.Theirs,
        "both" when !conflict.InFrontMatter => $"{conflict.Mine.TrimEnd('\r', '\n')}\n\n{conflict.Theirs}",
        _ => null,
    };

    /// <summary>The text to come keeps the day on which it takes effect, whatever was chosen of the other.</summary>
    private byte[] KeepDay(byte[] text)
    {
        var own = VersionFieldsReader.Read(Moved.Mine).Effective;
        return VersionFieldsReader.Read(text).Effective == own ? text : FrontMatterText.Set(text, "effective", own) ?? text;
    }

    private async Task<bool> FindAsync(Guid id, string? path, int step)
    {
        var cancellation = HttpContext.RequestAborted;
        if (!kept.Are || Colleagues.Of(HttpContext, Visit) is not { } me
            || await services.GetRequiredService<ProposalBook>().FindAsync(id, me, cancellation) is not { } found || !found.May(ProposalAct.Save)
            || (await services.GetRequiredService<MovedTexts>().FindAsync(found, Visit, cancellation)).FirstOrDefault(one => one.File.Path == path && one.File.Step == step) is not { } moved)
        {
            return false;
        }

        (view, Moved) = (found, moved);
        var renderer = new DocumentRenderer(Visit.Words);
        var before = DocumentReader.Read(moved.Path, moved.Mine, Visit.Today.Settings).Document;
        Title = before?.Title ?? moved.Path.Name;
        if (!moved.HasConflict && before is not null)
        {
            var merged = moved.Kind == MoveKind.Carry ? KeepDay(moved.Merge!.Choose([])) : moved.Merge!.Merged!;
            Result = DocumentReader.Read(moved.Path, merged, Visit.Today.Settings).Document is { } after
                ? RenderedComparison.Of(renderer.Render(before).Html, renderer.Render(after).Html, Visit.Words)
                : null;
        }

        return true;
    }
}
