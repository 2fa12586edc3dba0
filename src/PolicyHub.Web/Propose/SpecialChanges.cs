using System.Collections.Immutable;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Propose;

/// <summary>What can be done with a document beside writing it. Each is a change like any other: approved, published and recorded.</summary>
public enum SpecialAct
{
    /// <summary>Reviewed, no change: the day of the next review moves.</summary>
    Reviewed,

    /// <summary>An earlier text comes back as a new version.</summary>
    BringBack,

    /// <summary>It ends on a day, with a reason.</summary>
    Rescind,

    /// <summary>A text to come is called off.</summary>
    Cancel,

    /// <summary>A text to come takes effect on another day.</summary>
    Move,
}

/// <summary>What was asked for.</summary>
/// <param name="Version">For <see cref="SpecialAct.BringBack"/>, the label of the version.</param>
/// <param name="Date">For <see cref="SpecialAct.Rescind"/> and <see cref="SpecialAct.Move"/>.</param>
public sealed record SpecialRequest(SpecialAct Act, string Reason, string Version, DateOnly? Date)
{
    /// <summary>For <see cref="SpecialAct.Cancel"/> and <see cref="SpecialAct.Move"/>, the blob of the text that waits; empty: the next.</summary>
    public string Waiting { get; init; } = "";
}

/// <summary>Begins the changes that are no writing.</summary>
public sealed class SpecialChanges(ProposalBook book, ChangeReading reading, CurrentEdition current)
{
    /// <summary>Begins one; the second is the key of the words for what is missing where it can't be begun.</summary>
    /// <exception cref="GitException">A text can't be read.</exception>
    public async Task<(Guid? Id, string Fault)> BeginAsync(HttpContext http, Visit visit, EditionDocument found, SpecialRequest asked)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(visit);
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(asked);
        var cancellation = http.RequestAborted;
        var texts = PathTexts.Of(visit.Today, found.History.Path, visit.Clock);
        if (texts.Held is not null)
        {
            return (null, "special.wrong.outside");
        }

        if (asked.Act != SpecialAct.Reviewed && string.IsNullOrWhiteSpace(asked.Reason))
        {
            return (null, "special.wrong.reason");
        }

        var (files, fault) = asked.Act switch
        {
            SpecialAct.Reviewed => await AllAsync(texts, texts.Today, text => FrontMatterText.Set(text, "review-by", NextReview(visit)), text => FrontMatterText.Set(text, "review-by", NextReview(visit)), cancellation),
            SpecialAct.BringBack => await BringBackAsync(found, texts, asked, visit, cancellation),
            SpecialAct.Rescind => asked.Date is { } day && day >= DateOnly.FromDateTime(visit.Dates.Local)
                ? await OneAsync(texts, texts.Today, text => FrontMatterText.Set(text, "rescinded", new DeclaredMoment(day)) is { } ended ? FrontMatterText.Set(ended, "reason", asked.Reason.Trim()) : null, cancellation)
                : ([], "special.wrong.date"),
            _ => await PlannedAsync(texts, asked, visit, cancellation),
        };
        if (files.IsEmpty)
        {
            return (null, fault);
        }

        var by = Colleagues.Of(http, visit)!;
        var proposal = await book.StartAsync(by, files, cancellation);
        var facts = new ProposalFacts
        {
            Note = NoteOf(asked, visit),
            Why = asked.Reason.Trim(),
            Exception = asked.Act is SpecialAct.Cancel or SpecialAct.Move or SpecialAct.Rescind ? asked.Reason.Trim() : "",
            Minor = asked.Act is SpecialAct.Reviewed or SpecialAct.Cancel or SpecialAct.Move ? [found.History.Path.Value] : [],
        };
        await book.DescribeAsync(proposal.Id, by, proposal.Stamp, facts, cancellation);
        if (asked.Act is SpecialAct.Cancel or SpecialAct.Move && await reading.FindAsync(proposal.Id, by, visit, cancellation) is { } begun)
        {
            // It was asked for by name: what it does to what was planned is known, as long as it is that alone.
            var lost = begun.Lost(visit);
            facts = facts with { Loses = lost is [var only] ? [only.Key] : [] };
            await book.DescribeAsync(proposal.Id, by, begun.Proposal.Stamp, facts, cancellation);
        }

        return (proposal.Id, "");
    }

    private static DeclaredMoment NextReview(Visit visit) =>
        new(DateOnly.FromDateTime(visit.Dates.Local).AddMonths(visit.Today.Settings.ReviewCycleMonths));

    private static string NoteOf(SpecialRequest asked, Visit visit) => asked.Act switch
    {
        SpecialAct.Reviewed => visit["special.reviewed.note"],
        SpecialAct.BringBack => visit.Format("special.bringback.note", asked.Version),
        SpecialAct.Rescind => visit.Format("special.rescind.note", visit.Dates.DayText(asked.Date!.Value)),
        SpecialAct.Cancel => visit["special.cancel.note"],
        _ => visit.Format("special.move.note", visit.Dates.DayText(asked.Date!.Value)),
    };

    private async Task<(ImmutableArray<StartedFile> Files, string Fault)> BringBackAsync(EditionDocument found, PathTexts texts, SpecialRequest asked, Visit visit, CancellationToken cancellation)
    {
        var version = DocumentTimeline.Of(found.History, visit.Today, visit.Reader, visit.Clock).Find(asked.Version);
        if (version?.Blob is not { } blob || blob == texts.Today)
        {
            return ([], "special.wrong.version");
        }

        // It is in effect from when it is published again, not since its first day.
        var (files, fault) = await AllAsync(texts, blob, text => FrontMatterText.Remove(text, "effective"), later => later, cancellation);
        return ([.. files.Select(file => file.Step > 0 ? file : file with { Origin = texts.Today?.Hex ?? file.Base })], fault);
    }

    private async Task<(ImmutableArray<StartedFile> Files, string Fault)> PlannedAsync(PathTexts texts, SpecialRequest asked, Visit visit, CancellationToken cancellation)
    {
        if ((asked.Waiting.Length == 0 ? texts.Upcoming.FirstOrDefault() : texts.Upcoming.FirstOrDefault(one => one.Blob.Hex == asked.Waiting)) is not { } upcoming)
        {
            return ([], "special.wrong.upcoming");
        }

        if (asked.Act == SpecialAct.Move && (asked.Date is not { } day || new DeclaredMoment(day).FirstInstant(visit.Today.Settings.Zone) <= visit.Clock))
        {
            return ([], "special.wrong.date");
        }

        var planned = asked.Act == SpecialAct.Cancel
            ? ScheduledChange.Cancel(visit.Today, texts, upcoming, visit.Clock)
            : await ScheduledChange.MoveAsync(visit.Today, texts, upcoming, new DeclaredMoment(asked.Date!.Value), current.Blobs, visit.Clock, cancellation);
        if (planned.IsEmpty || planned.Length > ChangeSet.MostSteps)
        {
            return ([], "special.wrong.source");
        }

        var files = ImmutableArray.CreateBuilder<StartedFile>();
        foreach (var (step, text) in planned.Index())
        {
            var bytes = text.Text ?? (text.Blob is { } blob ? await ReadAsync(blob, cancellation) : null);
            if (bytes is null)
            {
                return ([], "special.wrong.source");
            }

            files.Add(new StartedFile(texts.Path.Value, bytes) { Step = step, Base = texts.Tip?.Hex ?? "", Origin = (text.Blob ?? upcoming.Blob).Hex });
        }

        return (files.ToImmutable(), "");
    }

    /// <summary>Today's text, made of one that is published, and after it those that wait for their days, so that they still come.</summary>
    private async Task<(ImmutableArray<StartedFile> Files, string Fault)> AllAsync(
        PathTexts texts, BlobId? from, Func<byte[], byte[]?> make, Func<byte[], byte[]?> makeLater, CancellationToken cancellation)
    {
        var (files, fault) = await OneAsync(texts, from ?? texts.Tip, make, cancellation);
        if (files.IsEmpty || texts.Upcoming.IsEmpty)
        {
            return (files, fault);
        }

        if (texts.Upcoming.Length >= ChangeSet.MostSteps)
        {
            return ([], "special.wrong.source");
        }

        foreach (var (index, upcoming) in texts.Upcoming.Index())
        {
            if (await ReadAsync(upcoming.Blob, cancellation) is not { } bytes || makeLater(bytes) is not { } later)
            {
                return ([], "special.wrong.source");
            }

            files = files.Add(new StartedFile(texts.Path.Value, later) { Step = index + 1, Base = texts.Tip!.Value.Hex, Origin = upcoming.Blob.Hex });
        }

        return (files, "");
    }

    /// <summary>One text, made of one that is published.</summary>
    private async Task<(ImmutableArray<StartedFile> Files, string Fault)> OneAsync(PathTexts texts, BlobId? from, Func<byte[], byte[]?> make, CancellationToken cancellation) =>
        from is { } blob && texts.Tip is { } tip && await ReadAsync(blob, cancellation) is { } bytes && make(bytes) is { } made
            ? ([new StartedFile(texts.Path.Value, made) { Base = tip.Hex, Origin = blob.Hex }], "")
            : ([], "special.wrong.source");

    private async Task<byte[]?> ReadAsync(BlobId blob, CancellationToken cancellation) => (await current.Blobs.ReadAsync([blob], EditionBuilder.LargestDocument, cancellation))[0];
}
