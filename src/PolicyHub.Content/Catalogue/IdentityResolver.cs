using System.Collections.Immutable;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Catalogue;

/// <summary>
/// Decides, commit by commit, which document a changed file is. In this order: the id in its text; the file it was, or that git found it
/// similar to; a document that was deleted at this very path and held this very text; else a new one.
/// </summary>
internal sealed class IdentityResolver
{
    private readonly List<DocumentLife> all = [];
    private readonly Dictionary<LibraryPath, DocumentLife> standing = [];
    private readonly Dictionary<LibraryPath, List<DocumentLife>> ended = [];

    // Numbers are found by people whatever their case, so two that differ in case alone are one.
    private readonly Dictionary<string, DocumentLife> byId = new(StringComparer.OrdinalIgnoreCase);

    public IdentityResolver(ImmutableArray<DocumentHistory> histories)
    {
        foreach (var history in histories)
        {
            var life = new DocumentLife(all.Count, history);
            all.Add(life);
            if (life.Id is { } id)
            {
                byId[id] = life;
            }

            if (life.IsAlive)
            {
                standing[life.Path] = life;
            }
            else
            {
                EndedAt(life.Path).Add(life);
            }
        }
    }

    public void Add(PublishedCommit commit, List<LoggedChange> changes, Dictionary<BlobId, VersionFields> fields, HashSet<string> minorPaths)
    {
        var step = Arrange(changes, fields);
        foreach (var arrival in step.Arrivals)
        {
            arrival.Life = ById(arrival, step);
            if (arrival.Life is not null)
            {
                step.Placed.Add(arrival.Life);
            }
        }

        foreach (var arrival in step.Arrivals.Where(arrival => arrival.Life is null))
        {
            arrival.Life = BySimilarity(arrival, step) ?? ByReturn(arrival, step) ?? Begin();
            step.Placed.Add(arrival.Life);
        }

        foreach (var life in step.Displaced.Where(life => !step.Placed.Contains(life)).OrderBy(life => life.Order))
        {
            life.End(commit);
            EndedAt(life.Path).Add(life);
        }

        foreach (var arrival in step.Arrivals)
        {
            Place(arrival, commit, minorPaths.Contains(arrival.Path.Value));
        }
    }

    /// <summary>The text that stands at a path; null: none does.</summary>
    public BlobId? BlobAt(LibraryPath path) => standing.GetValueOrDefault(path)?.Text;

    public ImmutableArray<DocumentHistory> Finish() => [.. all.Select(life => life.ToHistory())];

    /// <summary>Takes every document that the commit touched off its path, and lists what stands where now.</summary>
    private Step Arrange(List<LoggedChange> changes, Dictionary<BlobId, VersionFields> fields)
    {
        var step = new Step();
        foreach (var change in changes)
        {
            var life = change.From is { } from && standing.Remove(from, out var found) ? found : null;
            if (life is not null)
            {
                step.Displaced.Add(life);
            }

            if (change.To is { } to)
            {
                step.Arrivals.Add(new Arrival(to, change.Blob, fields.GetValueOrDefault(change.Blob), life));
            }
        }

        // Older documents choose first: of two with one id the first keeps it.
        step.Arrivals.Sort((left, right) =>
            (left.Similar?.Order ?? int.MaxValue, left.Path).CompareTo((right.Similar?.Order ?? int.MaxValue, right.Path)));
        return step;
    }

    private DocumentLife? ById(Arrival arrival, Step step)
    {
        if (arrival.Fields.Id is not { } id)
        {
            return null;
        }

        if (!byId.TryGetValue(id, out var owner))
        {
            // A number nobody has had: gained by the document that this was, unless that has another number and so is another document.
            var life = arrival.Similar is { Id: null } similar && !step.Placed.Contains(similar) ? similar : Begin();
            byId.Add(id, life);
            return life;
        }

        if (step.Placed.Contains(owner))
        {
            return null;
        }

        if (owner == arrival.Similar)
        {
            return owner;
        }

        // The owner stays with the file that it was as long as that carries the number; untouched elsewhere, it stays there.
        if (step.Displaced.Contains(owner))
        {
            return step.Arrivals.Any(other => other.Similar == owner && IsSame(other.Fields.Id, id)) ? null : owner;
        }

        // A deleted document returns; but one with a life of its own does not become another that is gone.
        return !owner.IsAlive && (arrival.Similar is null || (arrival.Similar.Id is { } number && !IsSame(number, id))) ? owner : null;
    }

    private static DocumentLife? BySimilarity(Arrival arrival, Step step) =>
        arrival.Similar is { } similar && !step.Placed.Contains(similar) ? similar : null;

    private DocumentLife? ByReturn(Arrival arrival, Step step) =>
        ended.TryGetValue(arrival.Path, out var lives)
            ? lives.Where(life => !step.Placed.Contains(life) && !step.Displaced.Contains(life) && life.HasHeld(arrival.Blob)).MaxBy(life => life.Order)
            : null;

    private DocumentLife Begin()
    {
        var life = new DocumentLife(all.Count);
        all.Add(life);
        return life;
    }

    private void Place(Arrival arrival, PublishedCommit commit, bool minor)
    {
        var life = arrival.Life!;
        var own = arrival.Fields.Id is { } id && byId.TryGetValue(id, out var owner) && owner == life;
        if (life.HasStood && !life.IsAlive)
        {
            EndedAt(life.Path).Remove(life);
        }

        life.Stand(arrival.Path, arrival.Blob, arrival.Fields, own, minor, commit);
        standing[arrival.Path] = life;
    }

    private List<DocumentLife> EndedAt(LibraryPath path)
    {
        if (!ended.TryGetValue(path, out var lives))
        {
            ended.Add(path, lives = []);
        }

        return lives;
    }

    private static bool IsSame(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    /// <summary>What one commit did: the documents it took off their paths, and the files that stand now.</summary>
    private sealed class Step
    {
        public List<Arrival> Arrivals { get; } = [];

        public HashSet<DocumentLife> Displaced { get; } = [];

        public HashSet<DocumentLife> Placed { get; } = [];
    }

    /// <summary>A file that the commit put at a path, and the document that stood in the file it came from.</summary>
    private sealed class Arrival(LibraryPath path, BlobId blob, VersionFields fields, DocumentLife? similar)
    {
        public LibraryPath Path => path;

        public BlobId Blob => blob;

        public VersionFields Fields => fields;

        public DocumentLife? Similar => similar;

        public DocumentLife? Life { get; set; }
    }
}
