using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Records.Proposals;

namespace PolicyHub.Web.Propose;

/// <summary>
/// Makes of a text that was written the one that is sent: a change says once from when it is in effect, and every document of it says so then. A change in what
/// staff do that is in effect at once does not keep the date of the text before, which would make it reach back to it.
/// </summary>
public static class SentText
{
    private const string Field = "effective";

    /// <param name="now">A date before it is one of the text before.</param>
    public static byte[] Of(Proposal proposal, ProposalFile file, TimeZoneInfo zone, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(file);
        var text = file.Text ?? [];
        if (file.Step > 0 || !LibraryPath.TryParse(file.Path, out var path) || !path.IsDocument)
        {
            return text;
        }

        if (DeclaredMoment.TryParse(proposal.Effective, out var moment))
        {
            return FrontMatterText.Set(text, Field, moment) ?? text;
        }

        return !file.IsMinor && VersionFieldsReader.Read(text).Effective is { } written && written.FirstInstant(zone) <= now
            ? FrontMatterText.Remove(text, Field) ?? text
            : text;
    }
}
