using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PolicyHub.Records.People;

namespace PolicyHub.Records.Sessions;

/// <summary>One sign-in of one browser. The cookie holds a random key; here stands only its hash, so that a copy of the database signs nobody in.</summary>
public sealed class Session
{
    /// <summary>The SHA-256 of the key, in lower-case hexadecimal.</summary>
    public required string Id { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>How the person signed in, such as <c>password</c>, <c>passkey</c>, <c>provider</c>, <c>sample</c>.</summary>
    public required string Method { get; init; }

    public required DateTimeOffset Begun { get; init; }

    /// <summary>When it was last used, to within a minute.</summary>
    public DateTimeOffset Seen { get; set; }

    /// <summary>When it ends, however much it is used.</summary>
    public required DateTimeOffset Ends { get; init; }

    /// <summary>When it was ended before its time; null: it was not.</summary>
    public DateTimeOffset? Revoked { get; set; }

    /// <summary>The provider's name for the session (<c>sid</c>), by which it may end it.</summary>
    public string? ProviderSession { get; init; }

    /// <summary>What the provider asks for at sign-out (<c>id_token_hint</c>); sealed by whoever stores it.</summary>
    public string? SignOutHint { get; init; }
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.Property(session => session.Id).HasMaxLength(64);
        builder.Property(session => session.Method).HasMaxLength(20);
        builder.Property(session => session.ProviderSession).HasMaxLength(200);
        builder.HasIndex(session => session.PersonId);
        builder.HasIndex(session => session.Ends);
        builder.HasIndex(session => session.ProviderSession);
        builder.HasOne<Person>().WithMany().HasForeignKey(session => session.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
