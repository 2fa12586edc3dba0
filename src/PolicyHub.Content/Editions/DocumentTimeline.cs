using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PolicyHub.Content.Catalogue;

namespace PolicyHub.Content.Editions;

/// <summary>
/// The whole life of one document for a reader: every version with the times at which it counted. Working out those times grows with the
/// square of the versions, so what a set of labels sees of it is kept as long as the edition.
/// </summary>
public sealed class DocumentTimeline
{
    private static readonly ConditionalWeakTable<Edition, PerReader<ConcurrentDictionary<DocumentHistory, DocumentTimeline>>> Kept = [];

    /// <summary>Sets of labels whose timelines are kept.</summary>
    private const int MostReaders = 16;

    private readonly Dictionary<DocumentVersion, ImmutableArray<VersionSpan>> inEffect;
    private readonly Dictionary<DocumentVersion, ImmutableArray<VersionSpan>> applied;
    private readonly TimeZoneInfo zone;

    private DocumentTimeline(DocumentHistory history, Edition today, Reader reader, DateTimeOffset knownAt)
    {
        (History, zone) = (history, today.Settings.Zone);
        Versions = [.. history.Versions.Where(version => today.MaySee(history, version, reader)).OrderBy(version => (version.Label.Major, version.Label.Minor))];
        var visible = Versions.ToHashSet(ReferenceEqualityComparer.Instance);
        InEffect = Resolver.Spans(history.Versions, knownAt, zone).RemoveAll(span => !visible.Contains(span.Version));
        Applied = Resolver.Applied(history.Versions, knownAt, zone).RemoveAll(span => !visible.Contains(span.Version));
        Events = DocumentEvent.Of(history, today, reader);
        Title = (Events.FirstOrDefault(change => change.Kind != DocumentEventKind.Recorded) ?? Events.FirstOrDefault())?.Title ?? history.Path.Name;
        inEffect = ByVersion(InEffect);
        applied = ByVersion(Applied);
    }

    /// <param name="today">Says what the reader may see.</param>
    /// <param name="knownAt">Now: plans are as known then. It matters only while a version is dated ahead of it.</param>
    public static DocumentTimeline Of(DocumentHistory history, Edition today, Reader reader, DateTimeOffset knownAt) =>
        history.Versions[^1].Published > knownAt
            ? new DocumentTimeline(history, today, reader, knownAt)
            : Kept.GetValue(today, _ => new(MostReaders)).Of(reader, _ => []).GetOrAdd(history, known => new DocumentTimeline(known, today, reader, knownAt));

    public DocumentHistory History { get; }

    /// <summary>What it is called, or was called last.</summary>
    public string Title { get; }

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

    /// <summary>The state of a version at an instant; null for one dated ahead of it.</summary>
    public VersionState? StateOf(DocumentVersion version, DateTimeOffset at) => Resolver.StateOf(version, History.Versions, at, zone);

    /// <summary>The version that answers a question about an instant; null where none does, or none that the reader may see.</summary>
    public VersionSpan? At(DateQuestion question, DateTimeOffset instant) =>
        (question == DateQuestion.On ? InEffect : Applied).FirstOrDefault(span => span.Holds(instant));

    /// <summary>The version with a label, such as <c>6</c> or <c>2.1</c>; null where there is none that the reader may see.</summary>
    public DocumentVersion? Find(string label) => Versions.FirstOrDefault(version => version.Label.ToString() == label);

    private static Dictionary<DocumentVersion, ImmutableArray<VersionSpan>> ByVersion(ImmutableArray<VersionSpan> spans) => spans
        .GroupBy(span => span.Version, ReferenceEqualityComparer.Instance)
        .ToDictionary(group => (DocumentVersion)group.Key!, group => group.ToImmutableArray(), (IEqualityComparer<DocumentVersion>)ReferenceEqualityComparer.Instance);
}
