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
/// What others published at the place of a text that is being written, put together with it. Where both wrote at one place its author sees both and
/// chooses; nothing is taken in before they say so.
/// </summary>
[Authorize(Policies.Person)]
public sealed class TakeInModel(Visit visit, RecordsKept kept, IServiceProvider services) : HubPage(visit)
{
    /// <summary>In UTF-16 units, of what is written in the place of two texts.</summary>
    private const int LongestText = 100_000;

    private Func<IReadOnlyList<string>, byte[]> choose = _ => [];

    public ProposalView View { get; private set; } = null!;

    public TakeIn Taken { get; private set; } = null!;

    /// <summary>Null: they cannot be put together, and one of the two is taken whole.</summary>
    public TextMerge? Merge { get; private set; }

    public ImmutableArray<MergePart.Conflict> Conflicts { get; private set; } = [];

    /// <summary>What taking it in would change of what the author wrote; null while they have to choose.</summary>
    public RenderedComparison? Result { get; private set; }

    /// <summary>What stands in the way; null: nothing.</summary>
    public string? Fault { get; private set; }

    /// <summary>What was chosen for each place: mine, theirs, both or own; and what was written of one's own.</summary>
    public ImmutableArray<(string Choice, string Text)> Chosen { get; private set; } = [];

    public ProposalFile Written => Taken.File.File;

    private Colleague Me => Colleagues.Of(HttpContext, Visit)!;

    private CancellationToken Cancelled => HttpContext.RequestAborted;

    public async Task<IActionResult> OnGetAsync(Guid id, string? read, string? step) => await FindAsync(id, read, step) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, string? read, string? step)
    {
        if (!await FindAsync(id, read, step))
        {
            return NotFound();
        }

        var typed = await Request.ReadFormAsync(Cancelled);
        if (typed["tip"] != (Taken.Tip?.Hex ?? "") || !int.TryParse(typed["stamp"], NumberStyles.None, CultureInfo.InvariantCulture, out var stamp))
        {
            return Wrong("proposal.take-in.again", StatusCodes.Status409Conflict);
        }

        byte[]? text;
        if (Merge is null)
        {
            switch (typed["whole"].ToString())
            {
                case "mine":
                    text = Written.IsRescinded ? null : (await services.GetRequiredService<ProposalBook>().ReadAsync(id, Written.Step, Written.Path, Cancelled))?.Text;
                    break;
                case "theirs" when await services.GetRequiredService<ChangeMoves>().TheirsAsync(Taken, Cancelled) is { } theirs:
                    text = theirs;
                    break;
                default:
                    return Wrong("proposal.take-in.choose", StatusCodes.Status422UnprocessableEntity);
            }
        }
        else
        {
            Chosen = [.. Conflicts.Select((_, number) => (typed[$"choice-{number}"].ToString(), typed[$"text-{number}"].ToString()))];
            if (Chosen.Any(one => one.Choice is not ("mine" or "theirs" or "both" or "own") || one.Text.Length > LongestText))
            {
                return Wrong("proposal.take-in.choose", StatusCodes.Status422UnprocessableEntity);
            }

            text = choose([.. Conflicts.Zip(Chosen, Of)]);
        }

        var (replaced, origin) = Taken.Reason == TakeInReason.Carried ? (Written.Base, Written.Origin) : (Taken.Tip?.Hex ?? "", (Taken.Theirs is { } known ? known.Hex : Taken.Tip is null ? "" : Written.Origin));
        var saved = await services.GetRequiredService<ProposalBook>().TakeInAsync(id, Me, Written.Step, Written.Path, stamp, text, replaced, origin, Cancelled);
        return saved.Refusal is null ? LocalRedirect($"{ChangeLinks.Of(id)}?done=taken-in") : Wrong("proposal.take-in.again", StatusCodes.Status409Conflict);
    }

    /// <summary>A part of a text as it reads; null where it is no text of a page, such as the fields above it.</summary>
    public SafeHtml? Shown(string part, bool inFrontMatter) =>
        !inFrontMatter && DocumentReader.Read(Taken.File.Path, Encoding.UTF8.GetBytes("\n" + part), Visit.Today.Settings).Document is { } document
            ? new DocumentRenderer(Visit.Words).Render(document).Html
            : null;

    private static string Of(MergePart.Conflict conflict, (string Choice, string Text) chosen) => chosen.Choice switch
    {
        "mine" => conflict.Mine,
        "theirs" => conflict.Theirs,
        "both" => conflict.Mine.TrimEnd('\r', '\n') + (conflict.InFrontMatter ? "\n" : "\n\n") + conflict.Theirs,
        _ => chosen.Text.TrimEnd() + "\n",
    };

    private async Task<bool> FindAsync(Guid id, string? read, string? step)
    {
        if (!kept.Are || Colleagues.Of(HttpContext, Visit) is not { } me || await services.GetRequiredService<ProposalBook>().FindAsync(id, me, Cancelled) is not { } view
            || !view.Roles.Contains(ProposalRole.Author) || !ProposalFlow.IsWritten(view.State))
        {
            return false;
        }

        View = view;
        var texts = await services.GetRequiredService<ChangeReading>().ReadAsync(view, Visit, Cancelled);
        var moves = services.GetRequiredService<ChangeMoves>();
        if (ChangeMoves.Of(texts, Visit).FirstOrDefault(one => one.File.File.Path == read && one.File.IsUpcoming == (step == "1")) is not { } taken)
        {
            return false;
        }

        Taken = taken;
        if (await moves.MergeAsync(taken, Cancelled) is var (merge, with))
        {
            (Merge, choose) = (merge, with);
            Conflicts = [.. merge.Conflicts];
            Chosen = [.. Conflicts.Select(conflict => ("", conflict.Mine))];
            if (Conflicts.IsEmpty && taken.File.After is { } mine && DocumentReader.Read(taken.File.Path, with([]), Visit.Today.Settings).Document is { } merged)
            {
                Result = RenderedComparison.Of(mine.Rendered.Html, new DocumentRenderer(Visit.Words).Render(merged).Html, Visit.Words);
            }
        }

        return true;
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Wrong(string word, int status)
    {
        Fault = Visit.Words[word];
        Response.StatusCode = status;
        return Page();
    }
}
