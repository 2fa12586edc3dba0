using System.Collections.Immutable;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Publishing;

/// <summary>A text that a path is to have from a day on.</summary>
/// <param name="Blob">A text that is published already; null: a new one.</param>
/// <param name="Text">A new text; null with no <paramref name="Blob"/>: the file is taken away.</param>
public sealed record PlannedText(BlobId? Blob, byte[]? Text)
{
    /// <summary>When it says itself that it takes effect; null: at publication.</summary>
    internal DeclaredMoment? Effective { get; init; } = Text is null ? null : VersionFieldsReader.Read(Text).Effective;
}

/// <summary>
/// What has to be published, and in which order, so that a path reads as planned: as a later publication wins from its own day on, an upcoming text goes away, or goes to a later day, only when
/// what is read until then is published again.
/// </summary>
internal static class PublishingPlan
{
    /// <summary>The fewest last texts of a plan that make it so when they are published in this order; all of it where none less will do.</summary>
    /// <param name="plan">What is to be in effect now, then what is to follow, by their days.</param>
    public static ImmutableArray<PlannedText> Of(ImmutableArray<DocumentVersion> versions, ImmutableArray<PlannedText> plan, DateTimeOffset now, TimeZoneInfo zone)
    {
        for (var first = plan.Length; first > 0; first--)
        {
            if (Comes(versions, plan, first, now, zone))
            {
                return plan[first..];
            }
        }

        return plan;
    }

    /// <summary>Whether the plan comes true when its texts from a place on are published.</summary>
    private static bool Comes(ImmutableArray<DocumentVersion> versions, ImmutableArray<PlannedText> plan, int first, DateTimeOffset now, TimeZoneInfo zone)
    {
        var later = plan.Index().Skip(first).Select(text => new Dated(NameOf(text.Item, text.Index), now.AddTicks(1 + text.Index), text.Item.Effective));
        var line = versions.Where(version => !version.IsRecorded).Select(version => new Dated(version.Blob?.Hex ?? "", version.Published, version.Effective)).Concat(later).ToImmutableArray();
        var soon = now.AddTicks(1 + plan.Length);
        return line.Select(version => version.EffectiveInstant(zone)).Concat(plan.Select(text => text.Effective?.FirstInstant(zone) ?? now)).Where(at => at > soon).Append(soon).Distinct()
            .All(at => (Resolver.InEffect(line, at, zone)?.Name ?? "") == Wanted(at));

        string Wanted(DateTimeOffset at)
        {
            var (index, text) = plan.Index().Last(text => text.Index == 0 || text.Item.Effective?.FirstInstant(zone) <= at);
            return NameOf(text, index);
        }
    }

    private static string NameOf(PlannedText text, int index) => text.Blob?.Hex ?? (text.Text is null ? "" : $"new {index}");

    /// <summary>A text by a name that tells it from others.</summary>
    internal sealed record Dated(string Name, DateTimeOffset Published, DeclaredMoment? Effective) : IDatedVersion
    {
        public bool IsRecorded => false;

        public DateTimeOffset EffectiveInstant(TimeZoneInfo zone) => Effective?.FirstInstant(zone) ?? Published;

        public bool HasEnded(DateTimeOffset at, TimeZoneInfo zone) => false;
    }
}
