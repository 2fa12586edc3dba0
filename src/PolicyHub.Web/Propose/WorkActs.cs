using System.Collections.Immutable;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Editions;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Propose;

/// <summary>
/// Changes that need no writing: a review that changes nothing, another day for a planned text, and its end. Each is begun with what it says filled in, and
/// approved like any other. Whether the person may change the document is decided before.
/// </summary>
public sealed class WorkActs(ProposalBook book, WritingDesk desk, CurrentEdition current)
{
    /// <summary>Moves the day of the next review on by the library's cycle; null: the day cannot be written into the text, or another text is planned.</summary>
    public async Task<Guid?> ReviewedAsync(HttpContext http, Visit visit, EditionDocument found)
    {
        ArgumentNullException.ThrowIfNull(visit);
        ArgumentNullException.ThrowIfNull(found);
        if (Colleagues.Of(http, visit) is not { } me || found.Upcoming is not null || found.Version.Blob is not { } blob)
        {
            return null;
        }

        if (await book.FindOpenAsync(me.Id, found.Path.Value, http.RequestAborted) is { } open)
        {
            return open.Id;
        }

        var next = new DeclaredMoment(me.Today.AddMonths(visit.Today.Settings.ReviewCycleMonths));
        if ((await current.Blobs.ReadAsync([blob], EditionBuilder.LargestDocument, http.RequestAborted))[0] is not { } text || FrontMatterText.Set(text, "review-by", next) is not { } moved)
        {
            return null;
        }

        var begun = await book.StartAsync(me, [new StartedFile(found.Path.Value, moved) { Base = blob.Hex, Origin = blob.Hex }], http.RequestAborted);
        return await SayAsync(begun, me, visit.Format("work.reviewed.note", found.Title), "", [found.Path.Value], http.RequestAborted);
    }

    /// <summary>
    /// Today's text again, and the planned one with another day: the two are published one after the other, or the planned one would take effect on its first
    /// day all the same. Null: no text is planned.
    /// </summary>
    public async Task<Guid?> MoveAsync(HttpContext http, Visit visit, EditionDocument found)
    {
        ArgumentNullException.ThrowIfNull(visit);
        ArgumentNullException.ThrowIfNull(found);
        var day = found.Upcoming is { } upcoming ? new DeclaredMoment(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(upcoming.At, visit.Today.Settings.Zone).DateTime)).ToString() : "";
        return await BeginAsync(http, visit, found, StartWith.Both, visit.Format("work.upcoming.move.note", found.Title), day);
    }

    /// <summary>Null: no text is planned.</summary>
    public Task<Guid?> CancelAsync(HttpContext http, Visit visit, EditionDocument found)
    {
        ArgumentNullException.ThrowIfNull(visit);
        ArgumentNullException.ThrowIfNull(found);
        return BeginAsync(
            http, visit, found, StartWith.Today, found.Upcoming is { } upcoming ? visit.Format("work.upcoming.cancel.note", found.Title, visit.Dates.DayText(upcoming.At)) : "", "");
    }

    private async Task<Guid?> BeginAsync(HttpContext http, Visit visit, EditionDocument found, StartWith which, string note, string day)
    {
        if (found.Upcoming is null || Colleagues.Of(http, visit) is not { } me)
        {
            return null;
        }

        if (await book.FindOpenAsync(me.Id, found.Path.Value, http.RequestAborted) is { } open)
        {
            return open.Id;
        }

        return await desk.StartAsync(http, visit, found.Path, which, null) is { } begun && await book.FindAsync(begun.Id, me, http.RequestAborted) is { } view
            ? await SayAsync(view.Proposal, me, note, day, [], http.RequestAborted)
            : null;
    }

    private async Task<Guid?> SayAsync(Proposal begun, Colleague me, string note, string day, ImmutableHashSet<string> minor, CancellationToken cancellation)
    {
        await book.DescribeAsync(begun.Id, me, begun.Stamp, new ProposalFacts { Note = note.Length <= Proposal.LongestNote ? note : note[..Proposal.LongestNote], Effective = day, Minor = minor }, cancellation);
        return begun.Id;
    }
}
