using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PolicyHub.Content.Catalogue;

/// <summary>
/// An approval as a commit states it, in the trailer <c>Approved-by: NAME &lt;ADDRESS&gt; as POSITION TIME HASH</c>; what is not written in that way is
/// its name as a whole. It states, it does not prove.
/// </summary>
/// <param name="Position">As written: a slug of the library's positions, or words; null where none is named.</param>
/// <param name="At">Null where no time is named.</param>
/// <param name="ChangeSet">The hash of what was approved; null where none is named.</param>
public sealed partial record Approval(string Name, string? Position, DateTimeOffset? At, string? ChangeSet)
{
    private const int Longest = 500;

    /// <summary>All approvals of a commit, in the order written.</summary>
    public static ImmutableArray<Approval> Of(PublishedCommit commit) => Of(commit.Trailers);

    /// <summary>All approvals that trailers state, in the order written.</summary>
    public static ImmutableArray<Approval> Of(ImmutableArray<Trailer> trailers) =>
        [.. trailers.Where(trailer => trailer.Key.Equals("Approved-by", StringComparison.OrdinalIgnoreCase) && trailer.Value.Length > 0).Select(trailer => Parse(trailer.Value))];

    /// <summary>Who proposed the change, by name, as the commit states.</summary>
    public static IEnumerable<string> ProposersOf(PublishedCommit commit) => commit.Trailers
        .Where(trailer => trailer.Key.Equals("Proposed-by", StringComparison.OrdinalIgnoreCase) && trailer.Value.Length > 0)
        .Select(trailer => Parse(trailer.Value).Name);

    /// <summary>Who has a part in a commit: its author, who proposed it and who approved it, by name.</summary>
    public static IEnumerable<string> PeopleOf(PublishedCommit commit) =>
        commit.Trailers.IsEmpty ? [commit.Author] : ProposersOf(commit).Concat(Of(commit).Select(approval => approval.Name)).Prepend(commit.Author);

    private static Approval Parse(string value)
    {
        if (value.Length > Longest || Written().Match(value) is not { Success: true } match)
        {
            return new Approval(value.Length > Longest ? value[..Longest] : value, null, null, null);
        }

        return new Approval(
            match.Groups["name"].Value,
            Text(match.Groups["position"]),
            DateTimeOffset.TryParse(match.Groups["time"].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null,
            Text(match.Groups["hash"]));
    }

    private static string? Text(Group group) => group.Value.Trim() is { Length: > 0 } text ? text : null;

    [GeneratedRegex(@"^(?<name>[^<>]{1,200}?)\s*<[^<>]*>(?:\s+as\s+(?<position>.{1,200}?))??(?:\s+(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)))?(?:\s+(?<hash>[0-9a-f]{40,64}))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Written();
}
