using PolicyHub.Content.Editions;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Reading;
using PolicyHub.Records.Storage;
using PolicyHub.Web.Pages;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Propose;

/// <summary>
/// Tells of a text that it was published before it was approved, and notes for whoever signed in that they saw it, so that they are told where it is taken back. Only a commit that
/// says so is looked up: nearly none does.
/// </summary>
public sealed class UrgentMark(RecordsKept kept, IServiceProvider services)
{
    /// <summary>Whether a text that is shown was urgent and has no yes yet; false for every other, and where no records are kept or they can't be asked now.</summary>
    public async ValueTask<bool> StandsAsync(EditionDocument found, Visit visit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(visit);
        var commit = found.Version.Commit;
        if (commit.Trailers.IsEmpty || !kept.Are || !commit.Trailers.Any(trailer => trailer.Key.Equals("Urgent", StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        try
        {
            if ((await services.GetRequiredService<ProposalBook>().OpenAsync(cancellation))
                .FirstOrDefault(one => one.State is ProposalState.Urgent or ProposalState.TakingBack && one.Published.Contains(commit.Id.Hex)) is not { } proposal)
            {
                return false;
            }

            // That somebody looked into the text of another day is kept of nobody.
            if (visit is { Person: { } person, IsPublic: false, AsOf: null })
            {
                // A text may say that it is in effect from a day before anybody could read it.
                var (effective, published) = (found.Version.EffectiveInstant(visit.Settings.Zone), found.Version.Published);
                await services.GetRequiredService<SeenUrgentBook>()
                    .NoteAsync(person.Id, proposal.Id, found.Path.WithoutExtension, found.Title, effective > published ? effective : published, cancellation);
            }

            return true;
        }
        catch (Exception failure) when (RecordsOutage.Is(failure))
        {
            return false;
        }
    }
}
