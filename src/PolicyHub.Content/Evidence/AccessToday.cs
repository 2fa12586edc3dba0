using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Evidence;

/// <summary>
/// What a reader may see today of all that ever was: documents in effect by their label, gone and coming ones by the last label
/// they carried, all else by the rule of its folder.
/// </summary>
internal sealed class AccessToday
{
    private readonly Edition today;
    private readonly Reader reader;
    private readonly Lazy<ILookup<LibraryPath, DocumentHistory>> byPath;
    private readonly HashSet<CommitId> guarded = [];

    /// <summary>What came from outside, is held back, and was never there for anybody who reads.</summary>
    private readonly HashSet<LibraryPath> unread;

    public AccessToday(Edition today, Reader reader)
    {
        (this.today, this.reader) = (today, reader);
        byPath = new(() => today.Catalogue.Documents
            .SelectMany(history => history.Paths.Select(span => span.Path).Distinct().Select(path => (path, history)))
            .ToLookup(pair => pair.path, pair => pair.history));
        foreach (var history in today.Catalogue.Documents)
        {
            var isHidden = !MaySee(history);
            IsAnythingHidden |= isHidden;
            guarded.UnionWith(history.Versions.Where(version => isHidden || !MaySee(history, version) || !today.MayTellOf(version.Commit, reader)).Select(version => version.Commit.Id));
            guarded.UnionWith(history.Paths.Where(span => isHidden || !today.MayKnow(span.Path, reader)).Select(span => span.Commit.Id));
        }

        foreach (var (path, versions) in today.Catalogue.Files)
        {
            if (!MaySeeFile(path))
            {
                IsAnythingHidden = true;
                guarded.UnionWith(versions.Select(version => version.Commit.Id));
            }
        }

        unread = reader.SeesAll ? [] : [.. (today.Catalogue.HeldBack?.Paths.Keys ?? []).Where(path => !path.IsDocument ? !today.Catalogue.Files.ContainsKey(path) : !byPath.Value[path].Any())];
        IsAnythingHidden |= unread.Count > 0;
        IsAnythingHidden |= today.Settings.Access.Any(rule => !reader.MaySee(rule.Value));
    }

    /// <summary>False: nothing that ever was in this library is hidden from the reader.</summary>
    public bool IsAnythingHidden { get; }

    public bool MaySee(DocumentHistory history) => reader.MaySee(today.AccessOf(history));

    /// <summary>As for its document; the text must also open itself to the reader.</summary>
    public bool MaySee(DocumentHistory history, DocumentVersion version) => today.MaySee(history, version, reader);

    /// <summary>As for its version, and under the rules of its day.</summary>
    public bool MaySee(EditionDocument document) => MaySee(document.History, document.Version) && reader.MaySee(document.Access);

    /// <summary>The document as it stands today; null where it does not.</summary>
    public EditionDocument? Standing(DocumentHistory history) => today.ByPath.GetValueOrDefault(history.Path) is { } there && ReferenceEquals(there.History, history) ? there : null;

    public bool MaySeeFile(LibraryPath path) => today.MayKnow(path, reader);

    /// <summary>Whether a commit touched nothing that is hidden from the reader: its message may name all that it did.</summary>
    public bool MaySeeMessage(CommitId commit) => !guarded.Contains(commit);

    /// <summary>Whether the reader may know that this file was there in some commit: every document that ever stood there is one they may see, and its folder is open.</summary>
    public bool MaySeeName(LibraryPath path) =>
        MaySeeFile(path) && !unread.Contains(path) && (!path.IsDocument || byPath.Value[path].All(MaySee));

    /// <summary>Documents that the reader may see and that carry a number or ever stood at a path, those that stand today first, later ones before earlier ones.</summary>
    public IEnumerable<DocumentHistory> Find(string asked)
    {
        var paths = new[] { asked, asked + ".md", asked + ".markdown" }.Where(text => LibraryPath.TryParse(text, out _)).Select(LibraryPath.Parse).ToList();
        return today.Catalogue.Documents
            .Where(history => (asked.Equals(history.Id, StringComparison.OrdinalIgnoreCase) || history.Paths.Any(span => paths.Contains(span.Path))) && MaySee(history))
            .OrderByDescending(history => paths.Any(path => Standing(history)?.Path == path))
            .ThenByDescending(history => Standing(history) is not null)
            .ThenByDescending(history => history.Versions[^1].Published);
    }
}
