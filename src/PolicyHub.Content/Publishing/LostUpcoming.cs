using System.Collections.Immutable;
using System.Globalization;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Publishing;

/// <summary>A text of a change as far as it matters for what is planned at its path.</summary>
/// <param name="From">Where it stands today, when it is renamed; null: where it will.</param>
/// <param name="Step">Texts of a path are published in the order of their steps.</param>
/// <param name="Origin">The published text that it goes on from; null: none.</param>
/// <param name="Effective">When it says that it takes effect; null: at publication.</param>
/// <param name="IsGone">The file is taken away.</param>
public sealed record ComingText(LibraryPath Path, LibraryPath? From, int Step, BlobId? Origin, DeclaredMoment? Effective, bool IsGone);

/// <summary>A text that was planned for a day and, after a change, will not be in effect on it.</summary>
/// <param name="Path">Where it stands today.</param>
/// <param name="At">The day that was planned.</param>
/// <param name="Instead">When the text of the change that goes on from it takes effect instead, later or earlier; null: what was planned is gone.</param>
public sealed record LostUpcoming(LibraryPath Path, BlobId Blob, DateTimeOffset At, DateTimeOffset? Instead)
{
    /// <summary>As <see cref="Instead"/>: when it is published, which nobody knows yet.</summary>
    public static readonly DateTimeOffset AtOnce = DateTimeOffset.MinValue;

    private const string Format = "yyyy-MM-ddTHH:mm:ssZ";

    /// <summary>All of it in one line, so that it can be kept that somebody knew of it; see <see cref="TryParse"/>.</summary>
    public string Key => $"{Write(At)} {(Instead is { } other ? Write(other) : "-")} {Blob.Hex} {Path.Value}";

    /// <summary>Reads a <see cref="Key"/>; null: it is none.</summary>
    public static LostUpcoming? TryParse(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Split(' ', 4) is [var at, var instead, var blob, var path] && Read(at) is { } planned && (instead == "-" || Read(instead) is not null) && LibraryPath.TryParse(path, out var parsed)
            ? new LostUpcoming(parsed, new BlobId(blob), planned, Read(instead))
            : null;
    }

    /// <summary>
    /// What a change would remove or move, so that nobody does so without saying it. A planned text is not lost where one that goes on from it takes effect at the very same instant.
    /// </summary>
    /// <param name="edition">Today's.</param>
    /// <param name="texts">Those that the change publishes; what it leaves as it is, is left out.</param>
    public static ImmutableArray<LostUpcoming> By(Edition edition, IReadOnlyCollection<ComingText> texts, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(edition);
        ArgumentNullException.ThrowIfNull(texts);
        var lost = ImmutableArray.CreateBuilder<LostUpcoming>();
        foreach (var place in texts.GroupBy(text => texts.FirstOrDefault(first => first.Path == text.Path && first.From is not null)?.From ?? text.Path).OrderBy(group => group.Key))
        {
            var before = place.Key.IsDocument
                ? (PathTexts.HistoryAt(edition, place.Key)?.Versions ?? []).Where(version => !version.IsRecorded).Select(version => new PublishingPlan.Dated(version.Blob?.Hex ?? "", version.Published, version.Effective))
                : edition.Catalogue.Files.GetValueOrDefault(place.Key, []).Where(version => !version.IsRecorded).Select(version => new PublishingPlan.Dated(version.Blob?.Hex ?? "", version.Published, version.Effective));
            lost.AddRange(Of(edition.Settings.Zone, place.Key, [.. before], [.. place.OrderBy(text => text.Step)], now));
        }

        return lost.ToImmutable();
    }

    private static IEnumerable<LostUpcoming> Of(TimeZoneInfo zone, LibraryPath path, ImmutableArray<PublishingPlan.Dated> before, ImmutableArray<ComingText> texts, DateTimeOffset now)
    {
        var published = texts.Select((text, index) => (Text: text, Version: new PublishingPlan.Dated(text.IsGone ? "" : $"new {index}", now.AddTicks(1 + index), text.IsGone ? null : text.Effective))).ToList();
        var after = before.AddRange(published.Select(one => one.Version));
        var upcoming = from version in before
                       let at = version.EffectiveInstant(zone)
                       where at > now && version.Name.Length > 0 && ReferenceEquals(Resolver.InEffect(before, at, zone), version)
                       orderby at
                       select (version, at);
        foreach (var (version, at) in upcoming)
        {
            var then = Resolver.InEffect(after, at, zone);
            var own = published.Where(one => !one.Text.IsGone && one.Text.Origin?.Hex == version.Name).Select(one => one.Version).ToList();
            if (!ReferenceEquals(then, version) && !own.Any(one => ReferenceEquals(one, then) && one.EffectiveInstant(zone) == at))
            {
                yield return new LostUpcoming(path, new BlobId(version.Name), at, own.Count == 0 ? null : own[0].EffectiveInstant(zone) is var other && other > now.AddTicks(texts.Length) ? other : AtOnce);
            }
        }
    }

    private static string Write(DateTimeOffset at) => at.ToUniversalTime().ToString(Format, CultureInfo.InvariantCulture);

    private static DateTimeOffset? Read(string text) =>
        DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
