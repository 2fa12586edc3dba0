using System.Collections.Immutable;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;

namespace PolicyHub.Web.Pages.History;

/// <summary>One line of a document's history, with all that it says.</summary>
public sealed class HistoryRow(DocumentEvent change, DocumentTimeline timeline, Visit visit)
{
    public DocumentEvent Change { get; } = change;

    public DocumentVersion? Version => Change.Version;

    public PublishedCommit Commit => Change.Commit;

    /// <summary>What it is called: “Version 6”, or that it moved.</summary>
    public string Label => Version is null ? visit["history.event.moved"] : visit.Format("history.version", Version.Label);

    /// <summary>The word for the state; null for a move.</summary>
    public VersionState? State { get; } = change.Version is null ? null : timeline.StateOf(change.Version, visit.Clock);

    /// <summary>The tone of the state's chip.</summary>
    public string Tone => State switch
    {
        VersionState.InEffect => "green",
        VersionState.Upcoming => "amber",
        VersionState.Rescinded => "red",
        _ => "",
    };

    public string StateName => State is { } state ? NameOf(state, visit) : "";

    /// <summary>When it was, is or will be in effect, in words; empty for a move and a withdrawal.</summary>
    public string InEffect => Version?.Blob is null || Version.IsRecorded ? ""
        : timeline.SpansOf(Version) is { IsEmpty: false } spans ? visit.Format("history.in-effect", HistoryDates.SpansText(spans, visit))
        : visit["history.never-in-effect"];

    /// <summary>The days it applies to, where they are others than those on which it was in effect; else empty.</summary>
    public string Applies => Version is null || timeline.OtherDaysOf(Version) is not { IsEmpty: false } days ? "" : visit.Format("history.applies", HistoryDates.SpansText(days, visit));

    /// <summary>Its text has a mistake, so an earlier version is shown in its place.</summary>
    public bool IsUnreadable { get; } = IsNotShown(change, visit);

    /// <summary>The change note, where the reader may know it.</summary>
    public string Note { get; } = visit.Today.NoteOf(change.Commit, visit.Reader);

    /// <summary>What else the note says, paragraph by paragraph, where the reader may know it.</summary>
    public IEnumerable<string> NoteText => Note.Length == 0 ? [] : Commit.Body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(paragraph => paragraph.Replace('\n', ' '));

    /// <summary>Who proposed it, where the commit names somebody else than its author; may be empty.</summary>
    public string ProposedBy => string.Join(", ", Approval.ProposersOf(Commit).Where(name => name != Commit.Author).Distinct(StringComparer.Ordinal));

    /// <summary>Where a text from before PolicyHub was taken from; null for all others.</summary>
    public string? RecordedFrom => Version is { IsRecorded: true } ? Commit.RecordedFrom : null;

    public ImmutableArray<Approval> Approvals { get; } = Approval.Of(change.Commit);

    /// <summary>An approval as a sentence: who, in which position, when.</summary>
    public string Words(Approval approval)
    {
        var position = approval.Position is { } slug ? visit.RoleName(slug) : null;
        var when = approval.At is { } at ? visit.Dates.DayAndTime(at).ToString() : null;
        return string.Join(", ", new[] { approval.Name, position, when }.Where(text => text is not null));
    }

    /// <summary>Where the text is read as it was; null where it never was.</summary>
    public string? Text => Version?.Blob is null ? null : HistoryLinks.Text(Version, timeline, visit);

    /// <summary>What changed against the text before; null where there was none.</summary>
    public string? WhatChanged => Version is null || Change.Before is null ? null
        : HistoryLinks.Compare(Change.History, visit, Change.Before.Label.ToString(), Version.Label.ToString());

    /// <summary>“moved from …”, “renamed from …”, “withdrawn”, “came back”: what happened beside the text.</summary>
    public IEnumerable<string> Happenings
    {
        get
        {
            if (Change.Kind is DocumentEventKind.Ended or DocumentEventKind.Returned or DocumentEventKind.Began or DocumentEventKind.Minor)
            {
                yield return visit[$"history.event.{SlugOf(Change.Kind)}"];
            }

            if (Change.RenamedFrom is { } title)
            {
                yield return visit.Format("history.renamed", title);
            }

            if (Change.MovedFrom is { } from)
            {
                yield return visit.Format("history.moved", from.WithoutExtension, Change.Path.WithoutExtension);
            }
        }
    }

    /// <summary>Whether a version should be what staff read today, or should have been since, and cannot be read.</summary>
    public static bool IsNotShown(DocumentEvent change, Visit visit) =>
        change.Version is { Blob: not null, IsRecorded: false } version
        && visit.Today.Find(change.History.Path, visit.Reader) is { NewerIsUnreadable: true } there
        && ReferenceEquals(there.History, change.History)
        && change.History.Versions.IndexOf(version) > change.History.Versions.IndexOf(there.Version)
        && version.EffectiveInstant(visit.Today.Settings.Zone) <= visit.Clock;

    public static string NameOf(VersionState state, Visit visit) => visit[state switch
    {
        VersionState.InEffect => "history.state.in-effect",
        VersionState.Upcoming => "history.state.upcoming",
        VersionState.Rescinded => "history.state.rescinded",
        _ => "history.state.superseded",
    }];

    /// <summary>The end of a key of words.</summary>
    public static string SlugOf(DocumentEventKind kind) => kind switch
    {
        DocumentEventKind.Began => "began",
        DocumentEventKind.Minor => "minor",
        DocumentEventKind.Moved => "moved",
        DocumentEventKind.Ended => "ended",
        DocumentEventKind.Returned => "returned",
        DocumentEventKind.Recorded => "recorded",
        _ => "changed",
    };
}
