using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Mails;

/// <summary>E-mails that wait to be delivered, by whichever process comes first.</summary>
public sealed class MailBook(IDbContextFactory<RecordsDb> records, AuditLog log, TimeProvider time)
{
    /// <summary>Mails that may wait; more are let go, so that a server that is away fills no disk.</summary>
    public const int MostWaiting = 10_000;

    /// <summary>For so long nobody else tries a mail that one has taken; longer than a delivery may take.</summary>
    public static readonly TimeSpan HeldFor = TimeSpan.FromMinutes(2);

    /// <summary>Others may be faster as often as this before one looks again later.</summary>
    private const int MostTries = 20;

    /// <summary>Takes a mail in; when this returns it is on disk.</summary>
    /// <returns>False: so many wait that it was let go.</returns>
    public async Task<bool> AddAsync(Guid? person, string address, string subject, string text, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(address);
        await using var db = await records.CreateDbContextAsync(cancellation);
        if (address.Length > WaitingMail.LongestAddress || await db.Set<WaitingMail>().CountAsync(cancellation) >= MostWaiting)
        {
            return false;
        }

        var now = time.GetUtcNow();
        db.Add(new WaitingMail { Id = Guid.NewGuid(), PersonId = person, Address = address, Subject = subject, Text = text, Made = now, Due = now });
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    /// <summary>The mail that is due first, from now on held for whoever asked; null: none is due.</summary>
    public async Task<WaitingMail?> TakeAsync(CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        for (var tries = 0; tries < MostTries; tries++)
        {
            var now = time.GetUtcNow();
            if (await db.Set<WaitingMail>().AsNoTracking().Where(mail => mail.Due <= now).OrderBy(mail => mail.Due).ThenBy(mail => mail.Made).FirstOrDefaultAsync(cancellation) is not { } due)
            {
                return null;
            }

            var until = now + HeldFor;
            if (await db.Set<WaitingMail>().Where(mail => mail.Id == due.Id && mail.Due == due.Due)
                .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.Due, until).SetProperty(mail => mail.Tries, mail => mail.Tries + 1), cancellation) == 1)
            {
                (due.Due, due.Tries) = (until, due.Tries + 1);
                return due;
            }
        }

        return null;
    }

    /// <summary>A server has taken it: nothing of it is kept.</summary>
    public async Task DeliveredAsync(WaitingMail mail, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mail);
        await using var db = await records.CreateDbContextAsync(cancellation);
        await db.Set<WaitingMail>().Where(one => one.Id == mail.Id).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Puts a mail off that one holds.</summary>
    public async Task PutOffAsync(WaitingMail mail, TimeSpan pause, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mail);
        await using var db = await records.CreateDbContextAsync(cancellation);
        var due = time.GetUtcNow() + pause;
        await db.Set<WaitingMail>().Where(one => one.Id == mail.Id && one.Tries == mail.Tries).ExecuteUpdateAsync(set => set.SetProperty(one => one.Due, due), cancellation);
    }

    /// <summary>Gives a mail up, and tells the log, without whom it was to and what it said.</summary>
    /// <param name="reason">Holds neither.</param>
    public async Task GiveUpAsync(WaitingMail mail, string reason, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mail);
        await using var db = await records.CreateDbContextAsync(cancellation);
        await log.SaveAsync(
            db,
            async () => await db.Set<WaitingMail>().Where(one => one.Id == mail.Id).ExecuteDeleteAsync(cancellation) == 0
                ? []
                : [new AuditEvent { Kind = AuditKind.Problem, Who = AuditActor.Hub, What = "mail-given-up", Details = AuditFields.Of(("why", reason)) }],
            cancellation);
    }
}
