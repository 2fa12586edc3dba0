using System.Collections.Immutable;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PolicyHub.Records.People;

/// <summary>How a person comes to be known.</summary>
public enum PersonSource
{
    /// <summary>An account of ours.</summary>
    Local,

    /// <summary>The city's own sign-in.</summary>
    Provider,

    /// <summary>One of the sample people of Development.</summary>
    Sample,
}

/// <summary>One person who works with the portal; what they may do follows from it alone.</summary>
public sealed class Person : IdentityUser<Guid>
{
    /// <summary>The name that colleagues know.</summary>
    public required string Name { get; set; }

    public PersonSource Source { get; set; }

    /// <summary>The slug of their desk; empty: none.</summary>
    public string Desk { get; set; } = "";

    /// <summary>The slug of their audience, such as <c>counter</c>; empty: none.</summary>
    public string Audience { get; set; } = "";

    /// <summary>Groups of <c>library.yml</c> that they belong to: what they may see beside what is open to all staff.</summary>
    public ImmutableArray<string> Groups { get; set; } = [];

    /// <summary>Slugs of the positions that they hold.</summary>
    public ImmutableArray<string> Positions { get; set; } = [];

    /// <summary>What they may do, each as <see cref="Grant"/> writes it.</summary>
    public ImmutableArray<string> GrantTexts { get; set; } = [];

    /// <summary>The first day on which they may sign in; null: at once.</summary>
    public DateOnly? Starts { get; set; }

    /// <summary>The last day on which they may sign in, in the organisation's zone; null: no end.</summary>
    public DateOnly? Ends { get; set; }

    public bool IsDisabled { get; set; }

    /// <summary>The number on their badge, by which they say who they are at a counter PC; null: none.</summary>
    public string? Badge { get; set; }

    /// <summary>The hash of the PIN that goes with the badge; null: they have chosen none.</summary>
    public string? PinHash { get; set; }

    /// <summary>Wrong PINs since the last right one.</summary>
    public int PinFailures { get; set; }

    /// <summary>Until when no PIN is taken.</summary>
    public DateTimeOffset? PinLocked { get; set; }

    /// <summary>The sealed key of their authenticator; null: they use none.</summary>
    public string? AuthenticatorKey { get; set; }

    /// <summary>The step of time of the last code taken: a code counts once.</summary>
    public long LastCodeStep { get; set; }

    /// <summary>Hashes of recovery codes that are left.</summary>
    public ImmutableArray<string> RecoveryCodes { get; set; } = [];

    public DateTimeOffset Made { get; set; }

    /// <summary>What they may do.</summary>
    public IEnumerable<Grant> Grants
    {
        get => GrantTexts.Select(Grant.TryParse).OfType<Grant>();
        set => GrantTexts = [.. value.Select(grant => grant.ToString()).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether they may sign in, or stay signed in, on a day of the organisation's.</summary>
    public bool IsActiveOn(DateOnly day) => !IsDisabled && (Starts is null || Starts <= day) && (Ends is null || day <= Ends);
}

internal sealed class PersonConfiguration : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("People");
        builder.Ignore(person => person.Grants);
        builder.Property(person => person.Name).HasMaxLength(200);
        builder.Property(person => person.Source).HasConversion<string>().HasMaxLength(20);
        builder.Property(person => person.Desk).HasMaxLength(200);
        builder.Property(person => person.Audience).HasMaxLength(200);
        builder.Property(person => person.Badge).HasMaxLength(40);
        builder.HasIndex(person => person.Badge).IsUnique();
        builder.Property(person => person.PinHash).HasMaxLength(200);
        builder.Property(person => person.AuthenticatorKey).HasMaxLength(1000);
        builder.Property(person => person.GrantTexts).HasColumnName("Grants");
    }
}
