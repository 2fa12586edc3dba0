using PolicyHub.Content.Git;

namespace PolicyHub.Content.Catalogue;

/// <summary>Sorts what git says changed into documents, other files, and what cannot be served; paths become those of the library.</summary>
internal sealed class ChangeReader(string folder)
{
    private const string LinkMode = "120000";
    private const string SubmoduleMode = "160000";

    private readonly string prefix = folder.Length == 0 ? "" : folder + "/";

    // The same paths come again and again.
    private readonly Dictionary<RawPath, Place> places = [];

    public void Read(LoggedCommit commit, RawChange change)
    {
        var copied = change.Status == 'C';
        var from = change.Status == 'A' || copied ? Nowhere : Side(change.OldMode, change.From);
        var to = change.Status == 'D' ? Nowhere : Side(change.NewMode, change.To);
        if (from.Why is not null)
        {
            commit.Ignored.Add(new IgnoredChange(from.Text, null));
        }

        if (to.Why is not null)
        {
            commit.Ignored.Add(new IgnoredChange(to.Text, to.Why));
        }

        var blob = new BlobId(change.NewBlob);
        Add(commit.Documents, from.Document, to.Document, blob);
        if (from.File != to.File)
        {
            // Files are keyed by path alone: a move is a going and a coming.
            Add(commit.Files, from.File, null, default);
            Add(commit.Files, null, to.File, blob);
        }
        else
        {
            Add(commit.Files, from.File, to.File, blob);
        }
    }

    private static Place Nowhere => new("", null, null, null);

    private static void Add(List<LoggedChange> list, LibraryPath? from, LibraryPath? to, BlobId blob)
    {
        if (from is not null || to is not null)
        {
            list.Add(new LoggedChange(from, to, blob));
        }
    }

    private Place Side(string mode, RawPath raw)
    {
        var place = Find(raw);
        if (place.Document is null && place.File is null)
        {
            return place;
        }

        return mode switch
        {
            LinkMode => place with { Document = null, File = null, Why = "symbolic link" },
            SubmoduleMode => place with { Document = null, File = null, Why = "submodule" },
            _ => place,
        };
    }

    private Place Find(RawPath raw)
    {
        if (!places.TryGetValue(raw, out var place))
        {
            places.Add(raw, place = Judge(raw));
        }

        return place;
    }

    private Place Judge(RawPath raw)
    {
        if (!raw.Text.StartsWith(prefix, StringComparison.Ordinal))
        {
            return Nowhere;
        }

        var text = raw.Text[prefix.Length..];
        if (!raw.IsText || !LibraryPath.TryParse(text, out var path))
        {
            return new Place(Printable(text), null, null, "unusable name");
        }

        return path.IsHidden ? Nowhere : path.IsDocument ? new Place(text, path, null, null) : new Place(text, null, path, null);
    }

    private static string Printable(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter));

    /// <summary>What one path is to the library: a document, a file, something that cannot be served and why, or nothing.</summary>
    private readonly record struct Place(string Text, LibraryPath? Document, LibraryPath? File, string? Why);
}
