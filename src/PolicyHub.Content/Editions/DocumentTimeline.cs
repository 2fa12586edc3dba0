using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PolicyHub.Content.Catalogue;

namespace PolicyHub.Content.Editions;

/// <summary>The whole life of one document for a reader: every version with its state and the times at which it counted.</summary>
public sealed class DocumentTimeline
{
    private static readonly ConditionalWeakTable<DocumentHistory, Whole> Wholes = [];

    private readonly Dictionary<DocumentVersion, ImmutableArray<VersionSpan>> inEffect;
    private readonly Dictionary<DocumentVersion, ImmutableArray<VersionSpan>> applied;
    private readonly DateTimeOffset knownAt;
    private readonly TimeZoneInfo zone;

    /// <param name="today">Says what the reader may see.</param>
    /// <param name="knownAt">Now: states and plans are as known then.</param>
    public DocumentTimeline(DocumentHistory history, Edition today, Reader reader, DateTimeOffset knownAt)
    {
        (History, this.knownAt, zone) = (history, knownAt, today.Settings.Zone);
        var whole = WholeOf(history, knownAt, zone);
        Versions = [.. history.Versions.Where(version => today.MaySee(history, version, reader)).OrderBy(version => (version.Label.Major, version.Label.Minor))];
        var visible = Versions.ToHashSet(ReferenceEqualityComparer.Instance);
        InEffect = whole.InEffect.RemoveAll(span => !visible.Contains(span.Version));
        Applied = whole.Applied.RemoveAll(span => !visible.Contains(span.Version));
        Events = DocumentEvent.Of(history, today, reader);
        inEffect = ByVersion(InEffect);
        applied = ByVersion(Applied);
    }

    public DocumentHistory History { get; }

    /// <summary>What it is called, or was called last.</summary>
    public string Title => (Events.FirstOrDefault(change => change.Kind != DocumentEventKind.Recorded) ?? Events.FirstOrDefault())?.Title ?? History.Path.Name;

    /// <summary>Those that the reader may see, in the order of their labels: texts from before PolicyHub, then oldest first.</summary>
    public ImmutableArray<DocumentVersion> Versions { get; }

    /// <summary>Those with a text, newest first.</summary>
    public IEnumerable<DocumentVersion> Texts => Versions.Reverse().Where(version => version.Blob is not null);

    /// <summary>Newest first, those to come included.</summary>
    public ImmutableArray<DocumentEvent> Events { get; }

    /// <summary>What could be read when, in the order of time.</summary>
    public ImmutableArray<VersionSpan> InEffect { get; }

    /// <summary>What applies to which days as known now, in the order of time.</summary>
    public ImmutableArray<VersionSpan> Applied { get; }

    /// <summary>When a version was, is or will be in effect; empty where it never was.</summary>
    public ImmutableArray<VersionSpan> SpansOf(DocumentVersion version) => inEffect.GetValueOrDefault(version, []);

    /// <summary>The days that a version applies to, where they are others than those on which it was in effect; else empty.</summary>
    public ImmutableArray<VersionSpan> OtherDaysOf(DocumentVersion version) =>
        applied.GetValueOrDefault(version, []) is var days && days.SequenceEqual(SpansOf(version)) ? [] : days;

    /// <summary>Null for a version dated ahead of now.</summary>
    public VersionState? StateOf(DocumentVersion version) => Resolver.StateOf(version, History.Versions, knownAt, zone);

    /// <summary>The version that answers a question about an instant; null where none does, or none that the reader may see.</summary>
    public VersionSpan? At(DateQuestion question, DateTimeOffset instant) =>
        (question == DateQuestion.On ? InEffect : Applied).FirstOrDefault(span => span.Holds(instant));

    /// <summary>The version with a label, such as <c>6</c> or <c>2.1</c>; null where there is none that the reader may see.</summary>
    public DocumentVersion? Find(string label) => Versions.FirstOrDefault(version => version.Label.ToString() == label);

    /// <summary>
    /// What does not depend on the reader, worked out once: the time it takes grows with the square of the versions. It depends on the
    /// clock only while a version is dated ahead of it.
    /// </summary>
    private static Whole WholeOf(DocumentHistory history, DateTimeOffset knownAt, TimeZoneInfo zone)
    {
        if (Wholes.TryGetValue(history, out var known) && known.Zone.Equals(zone))
        {
            return known;
        }

        var whole = new Whole(zone, Resolver.Spans(history.Versions, knownAt, zone), Resolver.Applied(history.Versions, knownAt, zone));
        if (history.Versions[^1].Published <= knownAt)
        {
            Wholes.AddOrUpdate(history, whole);
        }

        return whole;
    }

    private static Dictionary<DocumentVersion, ImmutableArray<VersionSpan>> ByVersion(ImmutableArray<VersionSpan> spans) => spans
        .GroupBy(span => span.Version, ReferenceEqualityComparer.Instance)
        .ToDictionary(group => (DocumentVersion)group.Key!, group => group.ToImmutableArray(), (IEqualityComparer<DocumentVersion>)ReferenceEqualityComparer.Instance);

    private sealed record Whole(TimeZoneInfo Zone, ImmutableArray<VersionSpan> InEffect, ImmutableArray<VersionSpan> Applied);
}
