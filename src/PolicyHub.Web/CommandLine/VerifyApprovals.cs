using System.Data.Common;
using System.Globalization;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Approvals;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.CommandLine;

/// <summary>
/// <c>policyhub verify --approvals</c>: for every publication of the whole history, whether what was approved is what was published, byte for byte, from
/// git alone; and whether the log confirms each yes. A database that is lost takes nothing from the first.
/// </summary>
internal static class VerifyApprovals
{
    public static async Task<int> RunAsync(Dictionary<string, string?> settings, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            var options = HubApp.ReadOptions(settings);
            using var repository = await LibrarySource.OpenAsync(options.Location(), options.Git(), cancellation);
            var publications = await PublicationCheck.RunAsync(repository, cancellation);
            var proof = CommandRecords.Find(options) is { } records ? await ApprovalProof.ReadAsync(records, cancellation) : null;
            var differing = 0;
            foreach (var publication in publications)
            {
                var commit = publication.Commits[^1].Hex;
                if (!publication.Matches)
                {
                    differing++;
                    await output.WriteLineAsync($"Does not match: {commit} changed {(publication.Hash.Length == 0 ? "what can't be read" : publication.Hash)}, but says it was approved for {string.Join(", ", publication.Approvals.Select(approval => approval.ChangeSet ?? $"“{approval.Name}”").Distinct())}.");
                }
                else if (publication.Approvals.IsEmpty)
                {
                    await output.WriteLineAsync($"Note: {commit} names no approval{(publication.IsUrgent ? "; it was published as urgent" : "")}.");
                }
                else if (proof?.Confirms(publication) == false)
                {
                    await output.WriteLineAsync($"Note: {commit} states its approval, and the log does not confirm it.");
                }
            }

            var approved = publications.Count(publication => publication is { Matches: true, Approvals.IsEmpty: false });
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{(differing == 0 ? "Proved" : "Not proved")}: {approved} of {publications.Length} publications are, byte for byte, what their approvals are for."));
            await output.WriteLineAsync(proof is null
                ? "There are no records here, so no log confirms who approved."
                : string.Create(CultureInfo.InvariantCulture, $"The log confirms {publications.Count(proof.Confirms)} of them. That the log is whole is checked with --log."));
            return differing == 0 ? 0 : 1;
        }
        catch (Exception refused) when (refused is StartRefusedException or GitException or DbException)
        {
            await error.WriteLineAsync("Not checked. " + refused.Message);
            return VerifyCommand.BadUse;
        }
    }
}
