using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.People;

/// <summary>Passkeys of accounts kept here, which come and go together with their rows in the audit log.</summary>
public sealed class PasskeyBook(IDbContextFactory<RecordsDb> records, AuditLog audit)
{
    /// <summary>More nobody needs.</summary>
    public const int Most = 20;

    /// <summary>Adds one; false: the person has as many as anybody may, or somebody has this one already.</summary>
    public async Task<bool> AddAsync(Guid person, UserPasskeyInfo passkey, AuditActor who, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(passkey);
        await using var db = await records.CreateDbContextAsync(cancellation);
        return await audit.SaveAsync(
            db, async () => await AddToAsync(db, person, passkey, cancellation) ? [AccountTold.Of(who, "passkey-added", person)] : [], cancellation) is not null;
    }

    /// <summary>Takes one away; false: there is no such passkey of theirs.</summary>
    public async Task<bool> RemoveAsync(Guid person, byte[] credential, AuditActor who, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return await audit.SaveAsync(
            db,
            async () => await db.Set<IdentityUserPasskey<Guid>>().Where(passkey => passkey.UserId == person && passkey.CredentialId == credential).ExecuteDeleteAsync(cancellation) == 1
                ? [AccountTold.Of(who, "passkey-removed", person)]
                : [],
            cancellation) is not null;
    }

    /// <summary>Puts one into a context; false: as <see cref="AddAsync"/>. The same fields as the framework's store (<c>UserStore.AddOrUpdatePasskeyAsync</c>).</summary>
    internal static async Task<bool> AddToAsync(RecordsDb db, Guid person, UserPasskeyInfo passkey, CancellationToken cancellation)
    {
        var passkeys = db.Set<IdentityUserPasskey<Guid>>();
        if (await passkeys.CountAsync(known => known.UserId == person, cancellation) >= Most || await passkeys.AnyAsync(known => known.CredentialId == passkey.CredentialId, cancellation))
        {
            return false;
        }

        passkeys.Add(new IdentityUserPasskey<Guid>
        {
            UserId = person,
            CredentialId = passkey.CredentialId,
            Data = new IdentityPasskeyData
            {
                PublicKey = passkey.PublicKey,
                Name = passkey.Name,
                CreatedAt = passkey.CreatedAt,
                SignCount = passkey.SignCount,
                Transports = passkey.Transports,
                IsUserVerified = passkey.IsUserVerified,
                IsBackupEligible = passkey.IsBackupEligible,
                IsBackedUp = passkey.IsBackedUp,
                AttestationObject = passkey.AttestationObject,
                ClientDataJson = passkey.ClientDataJson,
            },
        });
        return true;
    }
}
