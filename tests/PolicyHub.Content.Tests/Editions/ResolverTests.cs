using System.Collections.Immutable;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Tests.Editions;

/// <summary>The resolver against the rule of DESIGN 5 written out naively, at every boundary of generated histories.</summary>
public sealed class ResolverTests
{
    private static readonly TimeZoneInfo Chicago = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");
    private static readonly DateOnly Start = new(2026, 2, 27);

    /// <summary>Hours to the commit before, days from publication to effect (none: at once), days to a rescission, a deletion.</summary>
    private static readonly Gen<(int Hours, int? Effective, int? Rescinded, bool Deleted)> Step =
        from hours in Gen.Choose(0, 60)
        from effective in Gen.Frequency((3, Gen.Constant<int?>(null)), (4, Gen.Choose(-20, 30).Select(days => (int?)days)))
        from rescinded in Gen.Frequency((6, Gen.Constant<int?>(null)), (1, Gen.Choose(0, 30).Select(days => (int?)days)))
        from deleted in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
        select (hours, effective, rescinded, deleted);

    [Fact]
    public void InEffect_AnyHistory_AgreesWithTheRuleAtEveryBoundary() =>
        Prop.ForAll(Step.NonEmptyListOf().Select(steps => Versions([.. steps])).ToArbitrary(), versions =>
        {
            foreach (var at in Boundaries(versions))
            {
                Assert.Same(Naive(versions, at), Resolver.InEffect(versions, at, Chicago));
                foreach (var version in versions)
                {
                    Assert.Equal(NaiveState(version, versions, at), Resolver.StateOf(version, versions, at, Chicago));
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Upcoming_ReplacedBeforeItsDay_IsSuperseded()
    {
        var versions = Versions([(0, null, null, false), (1, 10, null, false), (1, null, null, false)]);
        var at = versions[2].Published;

        Assert.Equal(VersionState.Superseded, Resolver.StateOf(versions[1], versions, at, Chicago));
        Assert.Null(Resolver.Upcoming(versions, at, Chicago));
        Assert.Equal(VersionState.Upcoming, Resolver.StateOf(versions[1], versions, versions[1].Published, Chicago));
    }

    private static ImmutableArray<DocumentVersion> Versions((int Hours, int? Effective, int? Rescinded, bool Deleted)[] steps)
    {
        var published = new DateTimeOffset(Start.ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero);
        var versions = ImmutableArray.CreateBuilder<DocumentVersion>();
        foreach (var (hours, effective, rescinded, deleted) in steps)
        {
            published = published.AddHours(hours);
            var day = DateOnly.FromDateTime(published.Date);
            versions.Add(new DocumentVersion
            {
                Label = new VersionLabel(versions.Count + 1, 0),
                Blob = deleted ? null : new BlobId(versions.Count.ToString("x40", CultureInfo.InvariantCulture)),
                Path = LibraryPath.Parse("fees.md"),
                Commit = new PublishedCommit(new CommitId($"{versions.Count:x40}"), "Ann", "ann@riverton.example", published, published, "Change", "", []),
                Effective = deleted || effective is null ? null : new DeclaredMoment(day.AddDays(effective.Value)),
                Rescinded = rescinded is null ? null : new DeclaredMoment(day.AddDays(rescinded.Value)),
            });
        }

        return versions.ToImmutable();
    }

    private static IEnumerable<DateTimeOffset> Boundaries(ImmutableArray<DocumentVersion> versions) => versions
        .SelectMany(version => new[] { version.Published, version.EffectiveInstant(Chicago), version.Rescinded?.FirstInstant(Chicago) ?? version.Published })
        .SelectMany(instant => new[] { instant.AddTicks(-1), instant, instant.AddTicks(1) })
        .Distinct();

    private static DocumentVersion? Naive(IEnumerable<DocumentVersion> versions, DateTimeOffset at)
    {
        DocumentVersion? last = null;
        foreach (var version in versions)
        {
            var effective = version.Effective is { } declared
                ? new DateTimeOffset(declared.Date.ToDateTime(TimeOnly.MinValue), Chicago.GetUtcOffset(declared.Date.ToDateTime(TimeOnly.MinValue)))
                : version.Published;
            if (version.Published <= at && effective <= at)
            {
                last = version;
            }
        }

        return last;
    }

    private static VersionState? NaiveState(DocumentVersion version, ImmutableArray<DocumentVersion> versions, DateTimeOffset at)
    {
        if (version.Published > at)
        {
            return null;
        }

        if (Naive(versions, at) == version)
        {
            var ended = version.Blob is null || (version.Rescinded is { } day && day.FirstInstant(Chicago) <= at);
            return ended ? VersionState.Rescinded : VersionState.InEffect;
        }

        // Upcoming: at some later instant, with nothing more published, it will be the one.
        var known = versions.Where(other => other.Published <= at).ToList();
        var later = version.EffectiveInstant(Chicago);
        return later > at && Naive(known, later) == version ? VersionState.Upcoming : VersionState.Superseded;
    }
}
