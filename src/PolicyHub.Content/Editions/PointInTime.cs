using System.Collections.Immutable;
using PolicyHub.Content.Catalogue;

namespace PolicyHub.Content.Editions;

/// <summary>The two questions about a day, which differ where a rule was adopted or corrected retroactively.</summary>
public enum DateQuestion
{
    /// <summary>What staff could read at that instant.</summary>
    On,

    /// <summary>Which rule applies to a bill, service or incident of that instant, as known now.</summary>
    For,
}

/// <summary>What an edition answers: a question, the instant asked about, and up to when publications are known.</summary>
public readonly record struct PointInTime(DateQuestion Question, DateTimeOffset At, DateTimeOffset KnownAt)
{
    /// <summary>What can be read at an instant.</summary>
    public static PointInTime On(DateTimeOffset at) => new(DateQuestion.On, at, at);

    /// <summary>What applies to a day, as known at an instant.</summary>
    public static PointInTime For(DateTimeOffset day, DateTimeOffset knownAt) => new(DateQuestion.For, day, knownAt);

    /// <summary>The version that answers, alive or ended; null where there is none yet.</summary>
    public T? Version<T>(ImmutableArray<T> versions, TimeZoneInfo zone)
        where T : class, IDatedVersion =>
        Question == DateQuestion.On ? Resolver.InEffect(versions, At, zone) : Resolver.AppliesTo(versions, At, KnownAt, zone);

    /// <summary>Where the document stands: then, for what could be read; now, for what applies.</summary>
    public LibraryPath PathOf(DocumentHistory history) => history.PathAt(Question == DateQuestion.On ? At : KnownAt);
}
