using System.Data.Common;
using System.Globalization;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Approvals;
using PolicyHub.Web.Hosting;
using PolicyHub.Web.Refresh;

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
            await TellHeldAsync(options, repository, output, cancellation);
            return differing == 0 ? 0 : 1;
        }
        catch (Exception refused) when (refused is StartRefusedException or GitException or DbException)
        {
            await error.WriteLineAsync("Not checked. " + refused.Message);
            return VerifyCommand.BadUse;
        }
    }

    /// <summary>What is held back by the settings, and what became of it.</summary>
    private static async Task TellHeldAsync(HubOptions options, LibraryRepository repository, TextWriter output, CancellationToken cancellation)
    {
        if (HoldBackRule.Of(options, repository) is not { } rule)
        {
            return;
        }

        var head = await repository.ReadHeadAsync(cancellation);
        switch (await CatalogueBuilder.BuildAsync(repository, head, null, rule, DateTimeOffset.MaxValue.AddDays(-1), cancellation))
        {
            case CatalogueResult.Built { Catalogue.HeldBack: { } held }:
                foreach (var commit in held.Commits)
                {
                    List<string> waiting = [.. held.Paths.Values.Where(path => path.Commits.Any(by => by.Id == commit.Id)).Select(path => path.Path.Value)];
                    await output.WriteLineAsync(waiting.Count == 0
                        ? $"Note: {commit.Id.Hex} by {commit.Author} came without an approval and was held back; all that it changed has been decided about."
                        : $"Held back: {commit.Id.Hex} by {commit.Author}, {commit.Published:yyyy-MM-dd}, came without an approval; waiting: {string.Join(", ", waiting)}.");
                }

                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"After {held.After.Abbreviated}, {held.Commits.Length} commits came without an approval and {held.Paths.Count} files of them wait."));
                break;
            case CatalogueResult.NotOnLine line:
                await output.WriteLineAsync($"Note: {line.After}, after which commits are held back, is not on the published line.");
                break;
            case CatalogueResult.Unconfirmed:
                await output.WriteLineAsync("Note: the records can't be asked what is held back.");
                break;
        }
    }
}
