using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Web.Pages.Read;

namespace PolicyHub.Web.Pages.History;

/// <summary>One change of one document, as lists and feeds tell it.</summary>
public sealed class ChangeRow(LoggedEvent logged, Visit visit)
{
    public DocumentEvent Change { get; } = logged.Event;

    public DocumentKind Kind { get; } = logged.Kind;

    public DocumentHistory History => Change.History;

    /// <summary>What happened, in a word or two.</summary>
    public string What => visit[$"history.event.{HistoryRow.SlugOf(Change.Kind)}"];

    public string Tone => Change.Kind switch
    {
        DocumentEventKind.Began or DocumentEventKind.Returned => "green",
        DocumentEventKind.Ended => "red",
        DocumentEventKind.Recorded => "amber",
        DocumentEventKind.Changed => "blue",
        _ => "",
    };

    public string Note => visit.Today.NoteOf(Change.Commit, visit.Reader);

    /// <summary>Its text has a mistake, so it changed nothing for anybody yet.</summary>
    public bool IsUnreadable => HistoryRow.IsNotShown(Change, visit);

    /// <summary>When its text takes effect, where that day is still to come.</summary>
    public DateTimeOffset? Upcoming => Change.Version is { Blob: not null } version && version.EffectiveInstant(visit.Today.Settings.Zone) is var start && start > visit.Clock
        && Resolver.StateOf(version, History.Versions, visit.Clock, visit.Today.Settings.Zone) == VersionState.Upcoming ? start : null;

    /// <summary>The document where it stands today, else its history.</summary>
    public string Address => visit.Today.Find(History.Path, visit.Reader) is { } there && ReferenceEquals(there.History, History)
        ? ReadLinks.Document(there)
        : HistoryLinks.Of(History, visit);

    public string HistoryAddress => HistoryLinks.Of(History, visit);

    /// <summary>What changed against the text before; null where there was none, or the reader may not see it.</summary>
    public string? WhatChanged => Change is { Before: { } before, Version: { Blob: not null } version } && visit.Today.MaySee(History, before, visit.Reader)
        ? HistoryLinks.Compare(History, visit, before.Label.ToString(), version.Label.ToString())
        : null;
}
