using System.Collections.Immutable;
using System.Text;
using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Records.Proposals;

namespace PolicyHub.Web.Propose;

/// <summary>
/// Puts the day of a change into the texts that are sent, as a document itself says when it takes effect. What takes effect at once must not keep the
/// day of the text before, or it would count for that time too; where only the wording changes it may, and a day to come that its author wrote stays.
/// </summary>
public sealed class EffectiveDay(IReadOnlyCollection<ChangedFile> texts, DateTimeOffset now, TimeZoneInfo zone)
{
    private const string Field = "effective";

    /// <summary>The bytes that are sent.</summary>
    public byte[] Prepare(Proposal proposal, ProposalFile file)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(file);
        return Put(proposal, file, file.Text!) ?? file.Text!;
    }

    /// <summary>Whether anything of a text is another once it is sent: its words, the day of one that is planned, or what it replaces.</summary>
    public bool Changes(Proposal proposal, ChangedFile text)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(text);
        return text.IsUpcoming ? text.SourceBefore != text.SourceAfter || (DeclaredMoment.TryParse(proposal.Effective, out var moment) && moment != text.After?.Document.Effective)
            : IsPaired(text.File) ? text.SourceBefore != text.SourceAfter
            : text.IsChanged;
    }

    /// <summary>
    /// Whether the change would put a planned text off without saying what is in effect until then: the one that is planned now would take effect on its
    /// day all the same.
    /// </summary>
    public bool PutsOff(Proposal proposal, ChangedFile text)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(text);
        return !text.IsUpcoming && !IsPaired(text.File) && text.Before?.Document.Effective is { } planned && planned.FirstInstant(zone) > now
            && (DeclaredMoment.TryParse(proposal.Effective, out var moment) ? moment : text.After?.Document.Effective) is { } day && day.FirstInstant(zone) > planned.FirstInstant(zone);
    }

    /// <summary>The documents into which the day cannot be written; such a change is not sent.</summary>
    public ImmutableArray<ChangedFile> Unwritable(Proposal proposal)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        return [.. texts.Where(text => text.SourceAfter.Length > 0 && Put(proposal, text.File, Encoding.UTF8.GetBytes(text.SourceAfter)) is null)];
    }

    /// <summary>Null: it cannot be written.</summary>
    private byte[]? Put(Proposal proposal, ProposalFile file, byte[] bytes)
    {
        if (!LibraryPath.TryParse(file.Path, out var path) || !path.IsDocument)
        {
            return bytes;
        }

        // Where today's text and the one to come go together, the day is that of the second.
        var text = texts.FirstOrDefault(known => known.File.Path == file.Path && known.File.Step == file.Step);
        if (DeclaredMoment.TryParse(proposal.Effective, out var moment) && (file.Step > 0 || (!IsPaired(file) && text is not { IsChanged: false })))
        {
            return FrontMatterText.Set(bytes, Field, moment);
        }

        return file.Step == 0 && !file.IsMinor && text is { Before.Document.Effective: { } before, After.Document.Effective: { } after } && text.SourceBefore != text.SourceAfter
            && before == after && after.FirstInstant(zone) <= now
            ? FrontMatterText.Remove(bytes, Field)
            : bytes;
    }

    private bool IsPaired(ProposalFile file) => texts.Any(text => text.IsUpcoming && text.File.Path == file.Path);
}
