using System.Text;
using System.Text.Json;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Catalogue;

/// <summary>
/// Takes a history that was rewritten: the only way back for a branch that has left what was served. Every time is a line in
/// <c>DATA/served/accepted.jsonl</c>, which is only ever added to; where the repository is ours, the old head stays readable under
/// <c>refs/policyhub/replaced/</c>.
/// </summary>
public static class AcceptedHistory
{
    private const int FewestDigits = 10;

    /// <param name="commit">The head of the branch as whoever accepts it has seen it: its full name, or ten digits or more of it.</param>
    /// <param name="reason">Why, for those who ask later.</param>
    /// <returns>The head served before and the one to be served from the next start on.</returns>
    /// <exception cref="GitException">There is nothing to accept, the branch stands elsewhere, or something cannot be written.</exception>
    public static async Task<(CommitId From, CommitId To)> AcceptAsync(
        LibraryRepository repository, string dataFolder, string commit, string reason, DateTimeOffset now, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new GitException("Say why with --reason: whoever looks into it later will want to know.");
        }

        await repository.FetchAsync(cancellation);
        var head = await repository.ReadHeadAsync(cancellation);
        if (commit.Length < FewestDigits || !head.Hex.StartsWith(commit, StringComparison.OrdinalIgnoreCase))
        {
            throw new GitException($"The branch {repository.Branch} stands at {head}, and “{commit}” is not the name of that commit (ten digits of it or more). Look at what it holds, then accept that.");
        }

        var served = new ServedCatalogue(repository, dataFolder).ReadServed()
            ?? throw new GitException($"Nothing of the branch {repository.Branch} has been served yet, so there is nothing to accept; start PolicyHub.");
        if (await PublishedLine.HoldsAsync(repository, head, served, cancellation))
        {
            throw new GitException($"The branch {repository.Branch} was not rewritten: {served.Abbreviated}, which was served last, is on its line. There is nothing to accept.");
        }

        if (repository.IsOurs)
        {
            await KeepReplacedAsync(repository, served, cancellation);
        }

        try
        {
            // Told before it is done: a line too many can be seen through, one too few cannot.
            Tell(dataFolder, new Acceptance(now, repository.Key, repository.Branch, served.Hex, head.Hex, reason.Trim()));
            ServedHead.Write(dataFolder, repository.Key, head);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new GitException($"{ServedHead.Folder(dataFolder)} cannot be written: {failure.Message}", failure);
        }

        return (served, head);
    }

    private static async Task KeepReplacedAsync(LibraryRepository repository, CommitId served, CancellationToken cancellation)
    {
        var exists = await repository.Git.RunAsync(
            new GitCall { Arguments = ["cat-file", "-e", $"{served.Hex}^{{commit}}"], Repository = repository.GitDirectory, Answers = [1, 128] }, cancellation);
        if (exists == 0)
        {
            await repository.Git.RunAsync(
                new GitCall { Arguments = ["update-ref", $"refs/policyhub/replaced/{served.Hex}", served.Hex], Repository = repository.GitDirectory }, cancellation);
        }
    }

    private static void Tell(string dataFolder, Acceptance acceptance)
    {
        Directory.CreateDirectory(ServedHead.Folder(dataFolder));
        using var file = new FileStream(Path.Combine(ServedHead.Folder(dataFolder), "accepted.jsonl"), FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(acceptance, JsonSerializerOptions.Web) + "\n"));
        file.Flush(flushToDisk: true);
    }

    private sealed record Acceptance(DateTimeOffset When, string Library, string Branch, string From, string To, string Reason);
}
