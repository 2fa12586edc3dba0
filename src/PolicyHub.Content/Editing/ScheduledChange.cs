using System.Collections.Immutable;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;

namespace PolicyHub.Content.Editing;

/// <summary>
/// What has to be published at a path, step by step, so that it reads as planned. Each text stands in a step of its own, in this order; often there is only one. The first step
/// replaces <see cref="PathTexts.Tip"/>, each other what the step before leaves.
/// </summary>
public static class ScheduledChange
{
    /// <summary>What waits for a day is called off: until something else is published, what is in effect stays so.</summary>
    public static ImmutableArray<PlannedText> Cancel(Edition edition, PathTexts texts, UpcomingText cancelled, DateTimeOffset now) =>
        Plan(edition, texts, texts.Upcoming.Where(upcoming => upcoming != cancelled).Select(Known), now);

    /// <summary>What waits for a day goes to another. Empty: the text can't be given another date in this way; its source still can.</summary>
    /// <exception cref="GitException">The text can't be read.</exception>
    public static async Task<ImmutableArray<PlannedText>> MoveAsync(
        Edition edition, PathTexts texts, UpcomingText moved, DeclaredMoment to, IBlobStore blobs, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(moved);
        ArgumentNullException.ThrowIfNull(blobs);
        return (await blobs.ReadAsync([moved.Blob], EditionBuilder.LargestDocument, cancellation))[0] is { } text && FrontMatterText.Set(text, "effective", to) is { } other
            ? Plan(edition, texts, texts.Upcoming.Where(upcoming => upcoming != moved).Select(Known).Append(new PlannedText(null, other)), now)
            : [];
    }

    private static ImmutableArray<PlannedText> Plan(Edition edition, PathTexts texts, IEnumerable<PlannedText> upcoming, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(edition);
        ArgumentNullException.ThrowIfNull(texts);
        var zone = edition.Settings.Zone;
        return PublishingPlan.Of(texts.Versions, [new PlannedText(texts.Today, null), .. upcoming.OrderBy(text => text.Effective?.FirstInstant(zone) ?? now)], now, zone);
    }

    private static PlannedText Known(UpcomingText upcoming) => new(upcoming.Blob, null) { Effective = upcoming.Version.Effective };
}
