using PolicyHub.Content.Publishing;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Propose;

namespace PolicyHub.Web.Pages.Propose;

/// <summary>How far a change has come, in words and colors.</summary>
public static class ChangeWords
{
    /// <summary>The end of the key of its words, such as <c>taking-back</c>.</summary>
    public static string Slug<T>(T value)
        where T : struct, Enum => string.Concat(value.ToString().Select((letter, at) => (at > 0 && char.IsUpper(letter) ? "-" : "") + char.ToLowerInvariant(letter)));

    /// <summary>What becomes of a text that was planned.</summary>
    public static string Lost(LostUpcoming lost, Visit visit)
    {
        ArgumentNullException.ThrowIfNull(lost);
        ArgumentNullException.ThrowIfNull(visit);
        return visit.Format(
            lost.Instead is not { } instead ? "proposal.lost.gone" : instead == LostUpcoming.AtOnce ? "proposal.lost.now" : "proposal.lost.moved",
            visit.TitleAt(lost.Path), visit.Dates.DayText(lost.At), lost.Instead is { } day && day != LostUpcoming.AtOnce ? visit.Dates.DayText(day) : "");
    }

    public static string Tone(ProposalState state) => state switch
    {
        ProposalState.Published => "green",
        ProposalState.Rejected or ProposalState.Urgent or ProposalState.TakingBack => "red",
        ProposalState.Withdrawn or ProposalState.TakenBack => "",
        _ => "amber",
    };
}
