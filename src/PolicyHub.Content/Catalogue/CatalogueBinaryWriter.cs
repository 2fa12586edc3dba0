using System.Text;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Catalogue;

/// <summary>Writes a catalogue so that every commit and every string stands once; <see cref="CatalogueBinaryReader"/> is its mirror.</summary>
internal sealed class CatalogueBinaryWriter(Stream stream) : IDisposable
{
    private readonly BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true);
    private readonly Dictionary<string, int> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<CommitId, int> commits = [];

    public void Write(string key, LibraryCatalogue catalogue)
    {
        writer.Write(key);
        Text(catalogue.Head.Hex);
        Instant(catalogue.HeadPublished);
        Count(catalogue.CommitCount);

        Count(catalogue.Documents.Length);
        foreach (var document in catalogue.Documents)
        {
            Document(document);
        }

        Count(catalogue.Files.Count);
        foreach (var (path, versions) in catalogue.Files)
        {
            Text(path.Value);
            Count(versions.Length);
            foreach (var version in versions)
            {
                Text(version.Blob?.Hex);
                Commit(version.Commit);
                Moment(version.Effective);
            }
        }

        Count(catalogue.Ignored.Count);
        foreach (var (path, why) in catalogue.Ignored)
        {
            Text(path);
            Text(why);
        }

        Held(catalogue.HeldBack);
    }

    public void Dispose() => writer.Dispose();

    private void Held(HeldBack? held)
    {
        Text(held?.After.Hex);
        Count(held?.Commits.Length ?? 0);
        foreach (var commit in held?.Commits ?? [])
        {
            Commit(commit);
        }

        Count(held?.Paths.Count ?? 0);
        foreach (var path in held?.Paths.Values ?? [])
        {
            Text(path.Path.Value);
            Text(path.Blob?.Hex);
            Text(path.From?.Value);
            Count(path.Commits.Length);
            foreach (var commit in path.Commits)
            {
                Commit(commit);
            }
        }
    }

    private void Document(DocumentHistory document)
    {
        Text(document.Id);
        Text(document.CarriedId);
        Count(document.HoldsRecord ? 1 : 0);
        Count(document.Versions.Length);
        foreach (var version in document.Versions)
        {
            Count(version.Label.Major);
            Count(version.Label.Minor);
            Text(version.Blob?.Hex);
            Text(version.Path.Value);
            Commit(version.Commit);
            Moment(version.Effective);
            Moment(version.Rescinded);
            Text(version.Title);
            Text(version.Access);
        }

        Count(document.Paths.Length);
        foreach (var span in document.Paths)
        {
            Text(span.Path.Value);
            Instant(span.Since);
            Commit(span.Commit);
        }
    }

    /// <summary>A number that was given before, or the next one and then the commit itself.</summary>
    private void Commit(PublishedCommit commit)
    {
        if (commits.TryGetValue(commit.Id, out var number))
        {
            Count(number);
            return;
        }

        Count(commits.Count);
        commits.Add(commit.Id, commits.Count);
        Text(commit.Id.Hex);
        Text(commit.Author);
        Text(commit.AuthorMail);
        Instant(commit.Authored);
        Instant(commit.Published);
        Text(commit.Subject);
        Text(commit.Body);
        Count(commit.Trailers.Length);
        foreach (var trailer in commit.Trailers)
        {
            Text(trailer.Key);
            Text(trailer.Value);
        }
    }

    /// <summary>0 for null; else one more than a number that was given before, or than the next one and then the text itself.</summary>
    private void Text(string? text)
    {
        if (text is null)
        {
            Count(0);
        }
        else if (texts.TryGetValue(text, out var number))
        {
            Count(number + 1);
        }
        else
        {
            Count(texts.Count + 1);
            texts.Add(text, texts.Count);
            writer.Write(text);
        }
    }

    private void Moment(DeclaredMoment? moment)
    {
        Count(moment is null ? 0 : 1 + (moment.Value.Time is null ? 0 : 1) + (moment.Value.Offset is null ? 0 : 2));
        if (moment is not { } value)
        {
            return;
        }

        Count(value.Date.DayNumber);
        if (value.Time is { } time)
        {
            writer.Write(time.Ticks);
        }

        if (value.Offset is { } offset)
        {
            writer.Write(offset.Ticks);
        }
    }

    private void Instant(DateTimeOffset instant) => writer.Write(instant.ToUnixTimeSeconds());

    private void Count(int number) => writer.Write7BitEncodedInt(number);
}
