using System.Collections.Immutable;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Editions;

/// <summary>The resolver against its rules written out naively, at every boundary of generated histories.</summary>
public sealed class ResolverTests
{
    private static readonly TimeZoneInfo Chicago = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");
    private static readonly DateOnly Start = new(2026, 2, 27);

    /// <summary>Hours to the commit before, days from publication to effect (none: at once), days to a rescission, a deletion, or a text recorded from before.</summary>
    private static readonly Gen<Step> Steps =
        from hours in Gen.Choose(0, 60)
        from effective in Gen.Frequency((3, Gen.Constant<int?>(null)), (4, Gen.Choose(-20, 30).Select(days => (int?)days)))
        from rescinded in Gen.Frequency((6, Gen.Constant<int?>(null)), (1, Gen.Choose(0, 30).Select(days => (int?)days)))
        from deleted in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
        from recorded in Gen.Frequency((8, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Step(hours, effective, rescinded, deleted, recorded);

    [Fact]
    public void InEffect_AnyHistory_AgreesWithTheRuleAtEveryBoundary() =>
        Seeded.Check(Histories, versions =>
        {
            foreach (var at in Boundaries(versions))
            {
                Assert.Same(Naive(versions, at), Resolver.InEffect(versions, at, Chicago));
                foreach (var version in versions)
                {
                    Assert.Equal(NaiveState(version, versions, at), Resolver.StateOf(version, versions, at, Chicago));
                }
            }
        }, count: 200);

    [Fact]
    public void AppliesTo_AnyHistory_AgreesWithTheRuleAtEveryBoundaryAsKnownAtEveryOther() =>
        Seeded.Check(Histories, versions =>
        {
            foreach (var knownAt in versions.Select(version => version.Published).Distinct())
            {
                foreach (var day in Boundaries(versions))
                {
                    Assert.Same(NaiveApplies(versions, day, knownAt), Resolver.AppliesTo(versions, day, knownAt, Chicago));
                }
            }
        }, count: 100);

    [Fact]
    public void AppliesTo_TheInstantItIsAsked_IsWhatIsInEffect() =>
        Seeded.Check(Histories, versions =>
        {
            foreach (var at in Boundaries(versions))
            {
                // A text recorded from before PolicyHub is never in effect, and answers while nothing is.
                var applies = Resolver.AppliesTo(versions, at, at, Chicago);
                Assert.Same(Resolver.InEffect(versions, at, Chicago), applies is { IsRecorded: true } ? null : applies);
            }
        }, count: 100);

    [Fact]
    public void Spans_AnyHistory_HoldExactlyWhatTheQuestionAnswersAtEveryBoundary() =>
        Seeded.Check(Histories, versions =>
        {
            var knownAt = versions[^1].Published;
            var read = Resolver.Spans(versions, knownAt, Chicago);
            var applied = Resolver.Applied(versions, knownAt, Chicago);
            foreach (var at in Boundaries(versions))
            {
                Assert.Same(Alive(Resolver.InEffect(versions, at, Chicago), at), read.SingleOrDefault(span => span.Holds(at))?.Version);
                Assert.Same(Alive(Resolver.AppliesTo(versions, at, knownAt, Chicago), at), applied.SingleOrDefault(span => span.Holds(at))?.Version);
            }

            static DocumentVersion? Alive(DocumentVersion? version, DateTimeOffset at) => version is null || HasEnded(version, at) ? null : version;
        }, count: 100);

    [Fact]
    public void AppliesTo_AdoptedRetroactively_DiffersFromWhatStaffRead()
    {
        var versions = Versions([new(0), new(100 * 24, Effective: -40)]);
        var between = versions[1].EffectiveInstant(Chicago).AddDays(1);

        Assert.Same(versions[0], Resolver.InEffect(versions, between, Chicago));
        Assert.Same(versions[1], Resolver.AppliesTo(versions, between, versions[1].Published, Chicago));
        Assert.Same(versions[0], Resolver.AppliesTo(versions, between, between, Chicago));
    }

    [Fact]
    public void AppliesTo_ACancelledChange_NeverApplies()
    {
        var versions = Versions([new(0), new(24, Effective: 10), new(24)]);

        Assert.Same(versions[2], Resolver.AppliesTo(versions, versions[1].EffectiveInstant(Chicago).AddDays(5), versions[2].Published.AddDays(30), Chicago));
    }

    [Fact]
    public void AppliesTo_BeforeTheFirstVersion_IsWhatWasRecordedOfThen()
    {
        var versions = Versions([new(0), new(24, Effective: -900, Recorded: true), new(24, Effective: -400, Recorded: true)]);
        var known = versions[^1].Published;

        Assert.Same(versions[1], Resolver.AppliesTo(versions, versions[0].Published.AddDays(-500), known, Chicago));
        Assert.Same(versions[2], Resolver.AppliesTo(versions, versions[0].Published.AddTicks(-1), known, Chicago));
        Assert.Same(versions[0], Resolver.AppliesTo(versions, known, known, Chicago));
        Assert.Same(versions[0], Resolver.InEffect(versions, known, Chicago));
        Assert.Null(Resolver.InEffect(versions, versions[0].Published.AddTicks(-1), Chicago));
    }

    [Fact]
    public void Upcoming_ReplacedBeforeItsDay_IsSuperseded()
    {
        var versions = Versions([new(0), new(1, Effective: 10), new(1)]);
        var at = versions[2].Published;

        Assert.Equal(VersionState.Superseded, Resolver.StateOf(versions[1], versions, at, Chicago));
        Assert.Null(Resolver.Upcoming(versions, at, Chicago));
        Assert.Equal(VersionState.Upcoming, Resolver.StateOf(versions[1], versions, versions[1].Published, Chicago));
    }

    private static Gen<ImmutableArray<DocumentVersion>> Histories => Steps.NonEmptyListOf().Select(steps => Versions([.. steps]));

    private static ImmutableArray<DocumentVersion> Versions(Step[] steps)
    {
        var published = new DateTimeOffset(Start.ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero);
        var versions = ImmutableArray.CreateBuilder<DocumentVersion>();
        foreach (var (hours, effective, rescinded, deleted, recorded) in steps)
        {
            published = published.AddHours(hours);
            var day = DateOnly.FromDateTime(published.Date);
            versions.Add(new DocumentVersion
            {
                Label = new VersionLabel(versions.Count + 1, 0),
                Blob = deleted ? null : new BlobId(versions.Count.ToString("x40", CultureInfo.InvariantCulture)),
                Path = LibraryPath.Parse("fees.md"),
                Commit = new PublishedCommit(new CommitId($"{versions.Count:x40}"), "Ann", "ann@riverton.example", published, published, "Change", "", recorded ? [new Trailer("Recorded-from", "the binder, as recorded by Ann")] : []),
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
            if (version.Published <= at && effective <= at && !version.IsRecorded)
            {
                last = version;
            }
        }

        return last;
    }

    /// <summary>What was read that day; else, or if it claims the day since and from no earlier date, the later text; else the record.</summary>
    private static DocumentVersion? NaiveApplies(ImmutableArray<DocumentVersion> versions, DateTimeOffset day, DateTimeOffset knownAt)
    {
        var known = versions.Where(version => version.Published <= knownAt).ToList();
        var read = Naive(known, day);
        var since = known.Where(version => !version.IsRecorded && version.Published > day && version.EffectiveInstant(Chicago) <= day)
            .OrderBy(version => version.EffectiveInstant(Chicago)).LastOrDefault();
        var record = known.Where(version => version.IsRecorded && version.EffectiveInstant(Chicago) <= day)
            .OrderBy(version => version.EffectiveInstant(Chicago)).LastOrDefault();
        if (read is null)
        {
            return new[] { record, since }.OfType<DocumentVersion>().OrderBy(version => version.EffectiveInstant(Chicago)).LastOrDefault();
        }

        return since is not null && (since.EffectiveInstant(Chicago) >= read.EffectiveInstant(Chicago) || (HasEnded(read, day) && !HasEnded(since, day))) ? since : read;
    }

    private static bool HasEnded(DocumentVersion version, DateTimeOffset at) =>
        version.Blob is null || (version.Rescinded is { } day && day.FirstInstant(Chicago) <= at);

    private static VersionState? NaiveState(DocumentVersion version, ImmutableArray<DocumentVersion> versions, DateTimeOffset at)
    {
        if (version.Published > at)
        {
            return null;
        }

        if (Naive(versions, at) == version)
        {
            return HasEnded(version, at) ? VersionState.Rescinded : VersionState.InEffect;
        }

        // Upcoming: at some later instant, with nothing more published, it will be the one.
        var known = versions.Where(other => other.Published <= at).ToList();
        var later = version.EffectiveInstant(Chicago);
        return later > at && Naive(known, later) == version ? VersionState.Upcoming : VersionState.Superseded;
    }

    private sealed record Step(int Hours, int? Effective = null, int? Rescinded = null, bool Deleted = false, bool Recorded = false);
}
