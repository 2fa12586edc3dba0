using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PolicyHub.Records.People;
using PolicyHub.Records.Proposals;

namespace PolicyHub.Records.Approvals;

/// <summary>A step of the way of one revision to its approval: the positions of which some give their yes.</summary>
public sealed class ApprovalTask
{
    public required Guid Id { get; init; }

    public required Guid ProposalId { get; init; }

    public required int Revision { get; init; }

    /// <summary>Steps of one order stand side by side; a later one begins when all before it are done.</summary>
    public required int Order { get; init; }

    /// <summary>Slugs of the positions; any of them counts.</summary>
    public required ImmutableArray<string> Positions { get; set; }

    /// <summary>How many of them it needs.</summary>
    public required int Need { get; init; }

    /// <summary>The paths that it is for.</summary>
    public required ImmutableArray<string> Paths { get; init; }

    /// <summary>The sections for which it is asked, each as <c>PATH#ANCHOR</c>; empty: for documents as a whole.</summary>
    public ImmutableArray<string> Sections { get; init; } = [];

    /// <summary>When it was first asked for; null: those before it are not done.</summary>
    public DateTimeOffset? Asked { get; set; }

    /// <summary>When those who are asked were last reminded.</summary>
    public DateTimeOffset? Reminded { get; set; }

    /// <summary>Positions to which it went since nobody answered, beside its own.</summary>
    public ImmutableArray<string> PassedOn { get; set; } = [];

    /// <summary>Since when deputies are asked although those whom they stand for are here.</summary>
    public DateTimeOffset? DeputiesAsked { get; set; }

    /// <summary>The person to whom an administrator gave it; null: nobody in particular.</summary>
    public Guid? GivenTo { get; set; }

    public DateTimeOffset? Done { get; set; }

    public bool IsOpen => Asked is not null && Done is null;

    /// <summary>All positions of which somebody may answer it.</summary>
    public IEnumerable<string> Answerable => Positions.Concat(PassedOn);
}

/// <summary>Somebody's yes to a revision, or their no.</summary>
public sealed class ApprovalGiven
{
    /// <summary>In UTF-16 units.</summary>
    public const int LongestException = 1000;

    public required Guid Id { get; init; }

    public required Guid TaskId { get; init; }

    public required Guid ProposalId { get; init; }

    public required int Revision { get; init; }

    /// <summary>The hash of the change set that they saw.</summary>
    public required string Hash { get; init; }

    /// <summary>Null once their account is gone.</summary>
    public Guid? PersonId { get; init; }

    public required string Name { get; init; }

    public required string Address { get; init; }

    /// <summary>The slug of the position in which they answered.</summary>
    public required string Position { get; init; }

    /// <summary>They answered as a deputy of whoever holds the position.</summary>
    public bool IsDeputy { get; init; }

    public required DateTimeOffset At { get; init; }

    public required bool IsYes { get; init; }

    /// <summary>Why a promised question may find something else from now on; empty: every one finds what it did, or was said before.</summary>
    public string Exception { get; init; } = "";

    /// <summary>A later edit made it void.</summary>
    public bool IsVoid { get; set; }
}

/// <summary>Somebody who stands for whoever holds a position, for some days.</summary>
public sealed class Deputy
{
    public required Guid Id { get; init; }

    /// <summary>The slug of the position.</summary>
    public required string Position { get; init; }

    public required Guid PersonId { get; init; }

    public required string Name { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly Until { get; set; }

    /// <summary>The name of who made them one.</summary>
    public required string SetBy { get; init; }

    public required DateTimeOffset Made { get; init; }

    public bool IsOn(DateOnly day) => From <= day && day <= Until;
}

internal sealed class ApprovalTaskConfiguration : IEntityTypeConfiguration<ApprovalTask>
{
    public void Configure(EntityTypeBuilder<ApprovalTask> builder)
    {
        builder.ToTable("ApprovalTasks");
        builder.Property(task => task.Id).ValueGeneratedNever();
        builder.Ignore(task => task.IsOpen);
        builder.Ignore(task => task.Answerable);
        builder.HasIndex(task => new { task.ProposalId, task.Revision });
        builder.HasIndex(task => task.Done);
        builder.HasOne<Proposal>().WithMany().HasForeignKey(task => task.ProposalId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ApprovalGivenConfiguration : IEntityTypeConfiguration<ApprovalGiven>
{
    public void Configure(EntityTypeBuilder<ApprovalGiven> builder)
    {
        builder.ToTable("Approvals");
        builder.Property(given => given.Id).ValueGeneratedNever();
        builder.Property(given => given.Hash).HasMaxLength(64);
        builder.Property(given => given.Name).HasMaxLength(200);
        builder.Property(given => given.Address).HasMaxLength(400);
        builder.Property(given => given.Position).HasMaxLength(200);
        builder.Property(given => given.Exception).HasMaxLength(ApprovalGiven.LongestException);
        builder.HasIndex(given => given.ProposalId);
        builder.HasIndex(given => given.PersonId);
        builder.HasIndex(given => new { given.TaskId, given.PersonId }).IsUnique();
        builder.HasOne<Proposal>().WithMany().HasForeignKey(given => given.ProposalId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Person>().WithMany().HasForeignKey(given => given.PersonId).OnDelete(DeleteBehavior.SetNull);
    }
}

internal sealed class DeputyConfiguration : IEntityTypeConfiguration<Deputy>
{
    public void Configure(EntityTypeBuilder<Deputy> builder)
    {
        builder.ToTable("Deputies");
        builder.Property(deputy => deputy.Id).ValueGeneratedNever();
        builder.Property(deputy => deputy.Position).HasMaxLength(200);
        builder.Property(deputy => deputy.Name).HasMaxLength(200);
        builder.Property(deputy => deputy.SetBy).HasMaxLength(200);
        builder.HasIndex(deputy => deputy.Position);
        builder.HasIndex(deputy => deputy.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(deputy => deputy.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
