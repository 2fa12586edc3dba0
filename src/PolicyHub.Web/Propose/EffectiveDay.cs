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

    /// <summary>When a text takes effect, as it is sent; null: at publication.</summary>
    public DeclaredMoment? StartOf(Proposal proposal, ChangedFile text)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(text);
        if (!text.Path.IsDocument)
        {
            return DeclaredMoment.TryParse(proposal.Effective, out var moment) ? moment : null;
        }

        var bytes = Encoding.UTF8.GetBytes(text.SourceAfter);
        return VersionFieldsReader.Read(Put(proposal, text.File, bytes) ?? bytes).Effective;
    }

    /// <summary>The document of which a text would take effect no later than the one that is published before it, so that one of the two never does; null: none.</summary>
    public ChangedFile? OutOfOrder(Proposal proposal)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        foreach (var path in texts.Where(text => text.Path.IsDocument && !text.File.IsRescinded).GroupBy(text => text.File.Path))
        {
            var last = now;
            foreach (var text in path.OrderBy(text => text.File.Step))
            {
                var starts = StartOf(proposal, text)?.FirstInstant(zone) ?? now;
                if (text.IsUpcoming && starts <= last)
                {
                    return text;
                }

                last = starts > now ? starts : now;
            }
        }

        return null;
    }

    /// <summary>The documents into which the day cannot be written; such a change is not sent.</summary>
    public ImmutableArray<ChangedFile> Unwritable(Proposal proposal)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        return [.. texts.Where(text => text.SourceAfter.Length > 0 && Put(proposal, text.File, Encoding.UTF8.GetBytes(text.SourceAfter)) is null)];
    }

    /// <summary>
    /// The document of which a planned text would be put off with nothing said of the days between: what is planned now would take effect on its day all the
    /// same, and give way later. Null: there is none.
    /// </summary>
    public ChangedFile? PutOff(Proposal proposal)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        DeclaredMoment? chosen = DeclaredMoment.TryParse(proposal.Effective, out var moment) ? moment : null;
        return texts.FirstOrDefault(text => !text.IsUpcoming && !IsPaired(text) && text.Before?.Document.Effective is { } planned && planned.FirstInstant(zone) is var start && start > now
            && (chosen ?? text.After?.Document.Effective)?.FirstInstant(zone) > start);
    }

    /// <summary>The document of which today's text is corrected and the planned one carried along, though the change waits for a day: the correction would wait too. Null: none.</summary>
    public ChangedFile? CorrectedLate(Proposal proposal)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        return DeclaredMoment.TryParse(proposal.Effective, out var moment) && moment.FirstInstant(zone) > now ? texts.FirstOrDefault(text => !text.IsUpcoming && IsPaired(text)) : null;
    }

    private bool IsPaired(ChangedFile first) => texts.Any(text => text.IsUpcoming && text.File.Path == first.File.Path);

    /// <summary>Null: it cannot be written.</summary>
    private byte[]? Put(Proposal proposal, ProposalFile file, byte[] bytes)
    {
        // The text to come has its own day, which is not that of the correction before it.
        if (file.Step > 0 || !LibraryPath.TryParse(file.Path, out var path) || !path.IsDocument)
        {
            return bytes;
        }

        // What nobody has changed stays as it is, and is left out of what is sent.
        var text = texts.FirstOrDefault(known => known.File.Path == file.Path && known.File.Step == file.Step);
        if (text is { IsChanged: false })
        {
            return bytes;
        }

        if (DeclaredMoment.TryParse(proposal.Effective, out var moment))
        {
            return FrontMatterText.Set(bytes, Field, moment);
        }

        return !file.IsMinor && text is { Before.Document.Effective: { } before, After.Document.Effective: { } after } && before == after && after.FirstInstant(zone) <= now
            ? FrontMatterText.Remove(bytes, Field)
            : bytes;
    }
}
