using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.Retention;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Proposals;

/// <summary>Proposals as they are given out: what was said of them, what people said and answered, and the texts that were written.</summary>
internal static class ProposalRecords
{
    /// <summary>All, or what one person wrote, said or answered.</summary>
    public static async IAsyncEnumerable<RecordRow> RowsAsync(RecordsDb db, Guid? person)
    {
        var proposals = db.Set<Proposal>().AsNoTracking().Where(one => person == null || one.AuthorId == person).OrderBy(one => one.Made);
        await foreach (var one in proposals.AsAsyncEnumerable())
        {
            yield return new RecordRow(one.Made, new JsonObject
            {
                ["made"] = Text(one.Made),
                ["id"] = one.Id.ToString("D"),
                ["number"] = one.Number,
                ["state"] = one.State.ToString(),
                ["author"] = one.AuthorName,
                ["note"] = one.Note,
                ["why"] = one.Why,
                ["effective"] = one.Effective,
                ["urgent"] = one.UrgentReason,
                ["sent"] = one.Sent is { } sent ? Text(sent) : null,
                ["closed"] = one.Closed is { } closed ? Text(closed) : null,
                ["hash"] = one.Hash,
                ["commits"] = new JsonArray([.. one.Published.Select(commit => JsonValue.Create(commit))]),
            });
        }

        var files = db.Set<ProposalFile>().AsNoTracking().Where(file => person == null || db.Set<Proposal>().Any(one => one.Id == file.ProposalId && one.AuthorId == person))
            .OrderBy(file => file.Changed).ThenBy(file => file.Path);
        await foreach (var file in files.AsAsyncEnumerable())
        {
            yield return new RecordRow(file.Changed, new JsonObject
            {
                ["changed"] = Text(file.Changed),
                ["proposal"] = file.ProposalId.ToString("D"),
                ["path"] = file.Path,
                ["text"] = file.Text is { } bytes ? Convert.ToBase64String(bytes) : null,
            });
        }

        await foreach (var entry in db.Set<ProposalEntry>().AsNoTracking().Where(one => person == null || one.PersonId == person).OrderBy(one => one.At).AsAsyncEnumerable())
        {
            yield return new RecordRow(entry.At, new JsonObject
            {
                ["at"] = Text(entry.At),
                ["proposal"] = entry.ProposalId.ToString("D"),
                ["act"] = entry.Act.ToString(),
                ["who"] = entry.Name,
                ["position"] = entry.Position,
                ["text"] = entry.Text,
            });
        }

        await foreach (var given in db.Set<ApprovalGiven>().AsNoTracking().Where(one => person == null || one.PersonId == person).OrderBy(one => one.At).AsAsyncEnumerable())
        {
            yield return new RecordRow(given.At, new JsonObject
            {
                ["at"] = Text(given.At),
                ["proposal"] = given.ProposalId.ToString("D"),
                ["who"] = given.Name,
                ["position"] = given.Position,
                ["yes"] = given.IsYes,
                ["void"] = given.IsVoid,
                ["hash"] = given.Hash,
                ["exception"] = given.Exception,
            });
        }
    }

    private static string Text(DateTimeOffset instant) => InstantConverter.Write(instant);
}
