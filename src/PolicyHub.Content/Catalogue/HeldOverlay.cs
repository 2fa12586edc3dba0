using System.Collections.Immutable;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Catalogue;

/// <summary>
/// Where the published branch and what is served differ, while the line is walked. What a held commit changed is noted here and nowhere else; what a later, approved commit
/// changed is told as a change of what is served.
/// </summary>
/// <param name="served">What is served at a path; null: nothing is.</param>
internal sealed class HeldOverlay(Func<LibraryPath, BlobId?> served)
{
    private readonly SortedDictionary<LibraryPath, HeldPath> paths = [];
    private readonly List<PublishedCommit> commits = [];
    private CommitId? after;

    /// <summary>Whether everything on the branch is served.</summary>
    public bool IsEmpty => paths.Count == 0;

    public void Begin(HeldBack state)
    {
        after = state.After;
        commits.AddRange(state.Commits);
        foreach (var (path, held) in state.Paths)
        {
            paths.Add(path, held);
        }
    }

    public HeldBack? Finish() => after is { } line ? new HeldBack(line, [.. commits], paths.ToImmutableSortedDictionary()) : null;

    /// <summary>Notes what a commit changed, which is not served.</summary>
    public void Hold(PublishedCommit commit, LoggedCommit logged)
    {
        commits.Add(commit);
        var changes = logged.Documents.Concat(logged.Files).ToList();
        var moved = changes.Where(change => change is { From: not null, To: not null } && change.From != change.To).ToDictionary(change => change.To!.Value, change => Root(change.From!.Value));
        foreach (var from in changes.Where(change => change.From is not null && change.From != change.To).Select(change => change.From!.Value))
        {
            Put(from, null, null, commit);
        }

        foreach (var change in changes.Where(change => change.To is not null))
        {
            Put(change.To!.Value, change.Blob, moved.TryGetValue(change.To.Value, out var from) ? from : null, commit);
        }
    }

    /// <summary>What an approved commit changes of what is served: what it changed itself, and what it approves as it stands.</summary>
    public (List<LoggedChange> Documents, List<LoggedChange> Files) Release(LoggedCommit logged, IReadOnlyCollection<LibraryPath> approved)
    {
        var released = approved.Where(paths.ContainsKey).ToHashSet();
        var with = logged.Documents.SelectMany(change => new[] { change.From, change.To }).OfType<LibraryPath>().Concat(released).ToHashSet();
        var documents = new List<LoggedChange>();
        foreach (var change in logged.Documents)
        {
            Translate(change, with, documents);
        }

        var files = new List<LoggedChange>(logged.Files);
        foreach (var path in logged.Files.SelectMany(change => new[] { change.From, change.To }).OfType<LibraryPath>())
        {
            paths.Remove(path);
        }

        foreach (var held in released.Select(path => paths.GetValueOrDefault(path)).OfType<HeldPath>().OrderBy(held => held.Blob is null).ThenBy(held => held.Path).ToList())
        {
            if (!held.Path.IsDocument)
            {
                files.Add(held.Blob is { } blob ? new LoggedChange(null, held.Path, blob) : new LoggedChange(held.Path, null, default));
            }
            else if (held.Blob is { } text)
            {
                Stand(Origin(held, with), held.Path, text, documents);
            }
            else if (served(held.Path) is not null && !documents.Any(change => change.From == held.Path))
            {
                documents.Add(new LoggedChange(held.Path, null, default));
            }

            paths.Remove(held.Path);
        }

        return (documents, files);
    }

    /// <summary>Forgets what has become the same: to be called after each commit.</summary>
    public void Settle()
    {
        foreach (var path in paths.Values.Where(held => served(held.Path) == held.Blob).Select(held => held.Path).ToList())
        {
            paths.Remove(path);
        }
    }

    /// <summary>git compared with what stood on the branch; what is served may be another text there, or none.</summary>
    private void Translate(LoggedChange change, HashSet<LibraryPath> with, List<LoggedChange> documents)
    {
        var from = change.From;
        if (from is { } left && paths.Remove(left, out var there) && served(left) is null)
        {
            from = Origin(there, with);
        }

        if (change.To is not { } to)
        {
            if (from is not null)
            {
                documents.Add(new LoggedChange(from, null, default));
            }

            return;
        }

        if (to == change.From || !paths.Remove(to))
        {
            documents.Add(new LoggedChange(from, to, change.Blob));
            return;
        }

        Stand(from, to, change.Blob, documents);
    }

    /// <summary>A text comes to a path at which something else may be served.</summary>
    private void Stand(LibraryPath? from, LibraryPath to, BlobId blob, List<LoggedChange> documents)
    {
        if (from is not null && from != to && served(to) is not null)
        {
            documents.Add(new LoggedChange(to, null, default));
        }

        documents.Add(new LoggedChange(from ?? (served(to) is null ? null : to), to, blob));
    }

    /// <summary>Where the document of a held path is served, if that it left there is approved along with it.</summary>
    private LibraryPath? Origin(HeldPath held, HashSet<LibraryPath> with) =>
        held.From is { } from && with.Contains(from) && served(from) is not null ? from : null;

    private LibraryPath Root(LibraryPath from) => paths.GetValueOrDefault(from)?.From ?? from;

    private void Put(LibraryPath path, BlobId? blob, LibraryPath? from, PublishedCommit commit)
    {
        var before = paths.GetValueOrDefault(path);
        if (served(path) == blob)
        {
            paths.Remove(path);
            return;
        }

        ImmutableArray<PublishedCommit> by = before?.Commits ?? [];
        paths[path] = new HeldPath(path, blob, blob is null ? null : from ?? before?.From, by.LastOrDefault()?.Id == commit.Id ? by : by.Add(commit));
    }
}
