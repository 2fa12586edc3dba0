using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;

namespace PolicyHub.Web.Pages.Read;

/// <summary>Whether a notice is to come, runs or is over.</summary>
public static class NoticeState
{
    /// <summary>The key of its words and the tone of its mark, at the instant of the visit.</summary>
    public static (string Key, string Tone) Of(NoticeDetails notice, Visit visit) =>
        visit.Now < notice.From.FirstInstant(visit.Settings.Zone) ? ("notice.to-come", "amber")
        : visit.Now < notice.Until.LastInstant(visit.Settings.Zone) ? ("notice.running", "green")
        : ("notice.over", "grey");

    /// <summary>A notice that has ended: kept to be read, and an answer to nothing.</summary>
    public static bool IsOver(EditionDocument document, Visit visit) =>
        document.Document.Details is NoticeDetails notice && visit.Now >= notice.Until.LastInstant(visit.Settings.Zone);

    /// <summary>How a document stands, in one line: since when it is in effect, or the state of a notice.</summary>
    public static string TextOf(EditionDocument document, Visit visit) =>
        document.Document.Details is NoticeDetails notice
            ? visit[Of(notice, visit).Key]
            : $"{visit["state.since"]} {visit.Dates.DayText(document.InEffectSince)}{(document.Version.IsRecorded ? ", " + visit["history.event.recorded"] : "")}";
}
