using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;

namespace PolicyHub.Web.Pages.Read;

/// <summary>A desk as it stands at the instant of a visit: open or closed, until when, and how to reach it.</summary>
public sealed class DeskNow
{
    private DeskNow(EditionDocument desk, DeskDetails details, bool? open, string state)
    {
        Desk = desk;
        Details = details;
        IsOpen = open;
        State = state;
    }

    public EditionDocument Desk { get; }

    public DeskDetails Details { get; }

    /// <summary>Null: its hours are not known.</summary>
    public bool? IsOpen { get; }

    /// <summary>“Open until 5 pm”, “Closed, opens Mon 8 am”; empty when hours are not known.</summary>
    public string State { get; }

    /// <summary>“ext. 4100”, else the phone number, else nothing.</summary>
    public string Reach(Visit visit) => Details.Extension is { Length: > 0 } extension
        ? visit.Format("desk.ext", extension)
        : Details.Phone ?? "";

    /// <summary>Null when the document is no desk.</summary>
    public static DeskNow? Of(EditionDocument? desk, Visit visit)
    {
        if (desk?.Document.Details is not DeskDetails details)
        {
            return null;
        }

        // Whether somebody answers the phone is a question of now.
        if (!details.Hours.IsKnown || visit.AsOf is not null)
        {
            return new DeskNow(desk, details, null, "");
        }

        if (details.Hours.AroundTheClock && details.Hours.Closed.IsEmpty)
        {
            return new DeskNow(desk, details, true, visit["desk.always"]);
        }

        var holidays = visit.Settings.Holidays.Select(holiday => holiday.Date).ToHashSet();
        var (open, changes) = details.Hours.At(visit.Dates.Local, holidays);
        var state = (open, changes) switch
        {
            (true, { } until) => visit.Format("desk.open-until", visit.Dates.Soon(until)),
            (true, null) => visit["desk.open"],
            (false, { } until) => visit.Format("desk.opens", visit.Dates.Soon(until)),
            (false, null) => visit["desk.closed"],
        };
        return new DeskNow(desk, details, open, state);
    }
}
