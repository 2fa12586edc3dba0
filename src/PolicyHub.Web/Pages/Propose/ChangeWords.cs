using PolicyHub.Records.Proposals;

namespace PolicyHub.Web.Pages.Propose;

/// <summary>How far a change has come, in words and colors.</summary>
public static class ChangeWords
{
    /// <summary>The end of the key of its words, such as <c>taking-back</c>.</summary>
    public static string Slug<T>(T value)
        where T : struct, Enum => string.Concat(value.ToString().Select((letter, at) => (at > 0 && char.IsUpper(letter) ? "-" : "") + char.ToLowerInvariant(letter)));

    public static string Tone(ProposalState state) => state switch
    {
        ProposalState.Published => "green",
        ProposalState.Rejected or ProposalState.Urgent or ProposalState.TakingBack => "red",
        ProposalState.Withdrawn or ProposalState.TakenBack => "",
        _ => "amber",
    };
}
