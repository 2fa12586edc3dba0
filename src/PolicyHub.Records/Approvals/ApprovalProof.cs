using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Approvals;

/// <summary>What the log holds of the approvals of publications: trailers state, rows confirm.</summary>
public sealed class ApprovalProof
{
    private readonly ImmutableHashSet<(string Hash, string Position, string At)> given;
    private readonly ImmutableHashSet<(string Commit, string Hash)> published;

    private ApprovalProof(ImmutableHashSet<(string Hash, string Position, string At)> given, ImmutableHashSet<(string Commit, string Hash)> published) => (this.given, this.published) = (given, published);

    /// <summary>How much it holds: with another row it is another number.</summary>
    public int Count => given.Count + published.Count;

    /// <summary>Nothing is confirmed: there are no records.</summary>
    public static ApprovalProof None { get; } = new([], []);

    /// <summary>Reads the rows of the log about approvals and publications.</summary>
    public static async Task<ApprovalProof> ReadAsync(IDbContextFactory<RecordsDb> records, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(records);
        var (approval, publication) = (AuditKind.Approval.Slug(), AuditKind.Publication.Slug());
        await using var db = await records.CreateDbContextAsync(cancellation);
        var rows = await db.Set<AuditEntry>().AsNoTracking().Where(row => (row.Kind == approval && row.What == "approved") || row.Kind == publication)
            .Select(row => new { row.Kind, row.Details }).ToListAsync(cancellation);
        var yeses = ImmutableHashSet.CreateBuilder<(string, string, string)>();
        var commits = ImmutableHashSet.CreateBuilder<(string, string)>();
        foreach (var row in rows)
        {
            var details = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Details, JsonSerializerOptions.Default) ?? [];
            var hash = details.GetValueOrDefault("hash", "");
            if (row.Kind == approval)
            {
                yeses.UnionWith(List(details, "position").Select(position => (hash, position, Seconds(details.GetValueOrDefault("at", "")))));
            }
            else
            {
                commits.UnionWith(List(details, "commits").Select(commit => (commit, hash)));
            }
        }

        return new ApprovalProof(yeses.ToImmutable(), commits.ToImmutable());
    }

    /// <summary>Whether somebody gave this yes, in this position, at this second, to this change set, by the log.</summary>
    public bool Confirms(Approval stated)
    {
        ArgumentNullException.ThrowIfNull(stated);
        return stated is { ChangeSet: { } hash, Position: { } position, At: { } at }
            && given.Contains((hash, position, at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)));
    }

    /// <summary>Whether the log holds both: this yes, and that this commit published what it was given to.</summary>
    public bool Confirms(Approval stated, string commit) => Confirms(stated) && ConfirmsPublication(commit, stated.ChangeSet!);

    /// <summary>Whether the log says that this commit published that change set.</summary>
    public bool ConfirmsPublication(string commit, string hash) => published.Contains((commit, hash));

    /// <summary>Whether a publication is approved: every yes that it states is for its very bytes and in the log, and so is the publication itself.</summary>
    public bool Confirms(CheckedPublication publication)
    {
        ArgumentNullException.ThrowIfNull(publication);
        return publication is { Matches: true, Approvals.IsEmpty: false } && publication.Approvals.All(Confirms)
            && publication.Commits.All(commit => ConfirmsPublication(commit.Hex, publication.Hash));
    }

    private static string[] List(Dictionary<string, string> details, string name) =>
        details.GetValueOrDefault(name, "").Split(", ", StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The log has milliseconds, a trailer none.</summary>
    private static string Seconds(string instant) => instant.Length >= 19 ? instant[..19] : instant;
}
