using PolicyHub.Content.Documents;

namespace PolicyHub.Web.Pages.Read;

/// <summary>Whether a notice is to come, runs or is over.</summary>
public static class NoticeState
{
    /// <summary>The key of its words and the tone of its mark, at the instant of the visit.</summary>
    public static (string Key, string Tone) Of(NoticeDetails notice, Visit visit) =>
        visit.Now < notice.From.FirstInstant(visit.Settings.Zone) ? ("notice.to-come", "amber")
        : visit.Now < notice.Until.LastInstant(visit.Settings.Zone) ? ("notice.running", "green")
        : ("notice.over", "grey");
}
