using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PolicyHub.Records.People;

namespace PolicyHub.Records.Feedback;

/// <summary>How the owner dealt with a note.</summary>
public enum FeedbackState
{
    /// <summary>Nobody has dealt with it.</summary>
    Open,

    /// <summary>What it asks for was done.</summary>
    Resolved,

    /// <summary>It was not done, and a word says why.</summary>
    Rejected,

    /// <summary>It asks for nothing: the text answered, and no note was added.</summary>
    Thanked,
}

/// <summary>Whether a text answered what somebody looked for, with a note to its owner.</summary>
public sealed class FeedbackNote
{
    /// <summary>Made with the form, so that one that is sent twice is one.</summary>
    public required Guid Id { get; init; }

    /// <summary>Where the document stood, without extension.</summary>
    public required string Path { get; init; }

    /// <summary>Its title then.</summary>
    public required string Title { get; init; }

    /// <summary>The anchor of the section; empty: the whole document.</summary>
    public required string Section { get; init; }

    /// <summary>The label of the version that was read.</summary>
    public required string Version { get; init; }

    /// <summary>The commit of that version, in hexadecimal.</summary>
    public required string Commit { get; init; }

    /// <summary>The content of that version: the hash of its blob.</summary>
    public required string Blob { get; init; }

    /// <summary>The slugs of the positions that owned the document then.</summary>
    public required ImmutableArray<string> Owners { get; init; }

    /// <summary>What was searched for, masked; empty: nothing was.</summary>
    public required string Query { get; init; }

    public required bool Answered { get; init; }

    /// <summary>The note to the owner; may be empty.</summary>
    public required string Note { get; init; }

    /// <summary>Who sent it; null: somebody without a name, or gone since.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The name that the owner sees; empty: the sender did not want it known.</summary>
    public required string ShownName { get; init; }

    public required DateTimeOffset At { get; init; }

    public FeedbackState State { get; set; }

    /// <summary>Why it was dealt with as it was, in the owner's words.</summary>
    public string Word { get; set; } = "";

    /// <summary>Who dealt with it, by name.</summary>
    public string ClosedBy { get; set; } = "";

    public DateTimeOffset? Closed { get; set; }
}

internal sealed class FeedbackNoteConfiguration : IEntityTypeConfiguration<FeedbackNote>
{
    public void Configure(EntityTypeBuilder<FeedbackNote> builder)
    {
        builder.ToTable("Feedback");
        builder.Property(note => note.Path).HasMaxLength(500);
        builder.Property(note => note.Title).HasMaxLength(500);
        builder.Property(note => note.Section).HasMaxLength(300);
        builder.Property(note => note.Version).HasMaxLength(50);
        builder.Property(note => note.Commit).HasMaxLength(64);
        builder.Property(note => note.Blob).HasMaxLength(64);
        builder.Property(note => note.Query).HasMaxLength(600);
        builder.Property(note => note.Note).HasMaxLength(FeedbackBox.LongestNote);
        builder.Property(note => note.ShownName).HasMaxLength(200);
        builder.Property(note => note.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(note => note.Word).HasMaxLength(FeedbackBox.LongestNote);
        builder.Property(note => note.ClosedBy).HasMaxLength(200);
        builder.HasIndex(note => note.State);
        builder.HasIndex(note => note.PersonId);
        builder.HasIndex(note => note.At);
        builder.HasOne<Person>().WithMany().HasForeignKey(note => note.PersonId).OnDelete(DeleteBehavior.SetNull);
    }
}
