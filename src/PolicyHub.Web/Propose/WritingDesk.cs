using System.Collections.Immutable;
using PolicyHub.Content;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Propose;

/// <summary>Begins changes, finds the texts of those that are being written, and saves them.</summary>
public sealed class WritingDesk(CurrentEdition current, IServiceProvider services)
{
    private ProposalBook Book => field ??= services.GetRequiredService<ProposalBook>();

    /// <summary>
    /// Begins a change with a document as it stands, or goes on with the one that the person writes already and that holds it; null: they may not change it, or there is
    /// none.
    /// </summary>
    /// <param name="into">A change of theirs that it is added to; null: it begins one of its own.</param>
    public async Task<(Guid Id, int Step)?> StartAsync(HttpContext http, Visit visit, LibraryPath path, StartWith which, Guid? into)
    {
        ArgumentNullException.ThrowIfNull(visit);
        if (Colleagues.Of(http, visit) is not { } by || visit.Today.Find(path, visit.Reader) is not { } found || visit.Person?.MayWrite(found.Document) != true)
        {
            return null;
        }

        var cancellation = http.RequestAborted;
        if (into is null && await Book.FindOpenAsync(by.Id, path.Value, cancellation) is { } open)
        {
            return (open.Id, 0);
        }

        if (await FilesAsync(found, which, visit, cancellation) is not { Count: > 0 } files)
        {
            return null;
        }

        if (into is not { } id)
        {
            return ((await Book.StartAsync(by, files, cancellation)).Id, 0);
        }

        foreach (var file in files)
        {
            // What is in it already stays as it is.
            if ((await Book.AddAsync(id, by, file, cancellation)).Refusal is not (null or ProposalRefusal.Stale))
            {
                return null;
            }
        }

        return (id, 0);
    }

    /// <summary>
    /// Begins a document that is not there yet, in a change of its own or one of theirs; null: it cannot be added to that one. Pictures that found no room there are named.
    /// </summary>
    /// <param name="imported">What stands in the place of its template; null: its template does.</param>
    public async Task<(Guid Id, LibraryPath Path, ImmutableArray<string> LeftOut)?> BeginAsync(HttpContext http, Visit visit, NewDocumentRequest request, Guid? into, ImportedDocument? imported = null)
    {
        ArgumentNullException.ThrowIfNull(visit);
        ArgumentNullException.ThrowIfNull(request);
        if (Colleagues.Of(http, visit) is not { } by)
        {
            return null;
        }

        var cancellation = http.RequestAborted;
        var open = await Book.OpenAsync(cancellation);
        ImmutableArray<string> taken = [.. (await Book.PathsAsync([.. open.Select(one => one.Id)], cancellation)).SelectMany(paths => paths)];
        var begun = NewDocument.Begin(visit.Today, request with { Taken = taken });
        var pictures = new List<StartedFile>();
        if (imported is not null)
        {
            LibraryPath Beside(string name) => LibraryPath.Parse(request.Folder.Length == 0 ? name : $"{request.Folder}/{name}");
            imported = imported.NamedAfter(Path.GetFileNameWithoutExtension(begun.Path.Name), name => visit.Today.Catalogue.Files.ContainsKey(Beside(name)) || taken.Contains(Beside(name).Value));
            begun = begun.With(imported.Markdown);
            pictures.AddRange(imported.Files.Select(picture => new StartedFile(Beside(picture.Name).Value, picture.Bytes)));
        }

        var file = new StartedFile(begun.Path.Value, begun.Text);
        if (into is not { } id)
        {
            return ((await Book.StartAsync(by, [file, .. pictures], cancellation)).Id, begun.Path, []);
        }

        if ((await Book.AddAsync(id, by, file, cancellation)).Refusal is not null)
        {
            return null;
        }

        var leftOut = ImmutableArray.CreateBuilder<string>();
        foreach (var picture in pictures)
        {
            if ((await Book.AddAsync(id, by, picture, cancellation)).Refusal is not null)
            {
                leftOut.Add(picture.Path);
            }
        }

        return (id, begun.Path, leftOut.ToImmutable());
    }

    /// <summary>A text of a change that whoever asks writes now; null: there is none, or it is not theirs to write.</summary>
    public async Task<Writing?> FindAsync(HttpContext http, Visit visit, Guid id, int step, string path)
    {
        ArgumentNullException.ThrowIfNull(visit);
        if (Colleagues.Of(http, visit) is not { } by || !LibraryPath.TryParse(path, out var parsed)
            || await Book.FindAsync(id, by, http.RequestAborted) is not { } view || view.Proposal.AuthorId != by.Id
            || await Book.ReadAsync(id, step, path, http.RequestAborted) is not { Text: { } text } file)
        {
            return null;
        }

        return new Writing(view, file, parsed, text, by);
    }

    /// <summary>
    /// Saves a text; nothing that was saved elsewhere meanwhile is overwritten. Where the text to come stands in the change too, what was typed goes into it as well.
    /// </summary>
    public async Task<SaveOutcome> SaveAsync(Writing writing, int stamp, byte[] text, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(writing);
        var saved = await Book.SaveAsync(writing.Id, writing.By, writing.File.Step, writing.File.Path, stamp, text, cancellation);
        var waiting = writing.Change.Files.Where(file => file.Step > 0 && file.Path == writing.File.Path).Select(file => file.Step).ToList();
        if (saved.Refusal is null && writing.File.Step == 0 && waiting.Count > 0)
        {
            await services.GetRequiredService<MovedTexts>().CarryAsync(writing.Id, writing.By, writing.File, waiting, writing.Text, stamp, text, saved.Stamp, cancellation);
        }

        return saved;
    }

    /// <summary>Gives a document another place or name, where its own links lead where they did; false: something stands there, or they may not write there.</summary>
    public async Task<bool> MoveAsync(Writing writing, Visit visit, LibraryPath to, string? desk, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(writing);
        ArgumentNullException.ThrowIfNull(visit);
        var isBack = to.Value == writing.File.From;
        if (!to.IsDocument || visit.Person?.MayWrite(to, desk) != true
            || (!isBack && (visit.Today.FindFile(to) is not null || visit.Today.Catalogue.Documents.Any(history => history.Path == to && history.Versions[^1].Blob is not null)))
            || (await Book.MoveAsync(writing.Id, writing.By, writing.File.Path, to.Value, cancellation)).Refusal is not null)
        {
            return false;
        }

        foreach (var file in (await Book.ReadAllAsync(writing.Id, cancellation)).Where(file => file.Path == to.Value && file.Text is not null))
        {
            // What is typed at this very moment wins: the checks name links that it leaves behind.
            await Book.SaveAsync(writing.Id, writing.By, file.Step, file.Path, file.Stamp, LinkMending.Keep(file.Text!, writing.Path, to, visit), cancellation);
        }

        return true;
    }

    /// <summary>Adds a file that a text shows.</summary>
    public Task<SaveOutcome> AddAsync(Writing writing, LibraryPath path, byte[] bytes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(writing);
        return Book.AddAsync(writing.Id, writing.By, new StartedFile(path.Value, bytes) { Step = writing.File.Step }, cancellation);
    }

    /// <summary>A file of a change, for whoever may see the change; null: there is none.</summary>
    public async Task<byte[]?> ReadFileAsync(HttpContext http, Visit visit, Guid id, string path) =>
        Colleagues.Of(http, visit) is { } by && await Book.FindAsync(id, by, http.RequestAborted) is { } view
            && view.Roles.Any(role => role != ProposalRole.Administrator) && view.Files.FirstOrDefault(file => file.Path == path) is { } known
            ? (await Book.ReadAsync(id, known.Step, path, http.RequestAborted))?.Text
            : null;

    /// <summary>The changes of whoever asks that go on and hold a document, and those of others.</summary>
    public async Task<(Proposal? Own, int Others)> OpenAsync(HttpContext http, Visit visit, LibraryPath path) =>
        Colleagues.Of(http, visit) is { } by
            ? (await Book.FindOpenAsync(by.Id, path.Value, http.RequestAborted), (await Book.OthersAsync(by.Id, path.Value, http.RequestAborted)).Length)
            : (null, 0);

    /// <summary>
    /// What a change begins with: the text that is in effect, the next that is upcoming, or both, each in a step of its own by its day. What waits behind the next is carried along, as it would
    /// else give way to it. The first replaces what stands on the published branch.
    /// </summary>
    public async Task<List<StartedFile>> FilesAsync(EditionDocument found, StartWith which, Visit visit, CancellationToken cancellation)
    {
        var texts = PathTexts.Of(visit.Today, found.History.Path, visit.Clock);
        var waiting = texts.Upcoming.Select(upcoming => upcoming.Blob).ToList();
        List<BlobId> begun = waiting.Count == 0 || which == StartWith.Today ? [.. new[] { found.Version.Blob }.OfType<BlobId>()]
            : which == StartWith.Both ? [.. new[] { found.Version.Blob }.OfType<BlobId>(), .. waiting]
            : waiting;
        // Begun from what is read: what is held back there is put together with it before it is sent, and never replaced unseen.
        var replaces = texts.Held is null ? texts.Tip : PathTexts.ServedAt(visit.Today, texts.Path);
        var files = new List<StartedFile>();
        foreach (var (step, blob) in begun.Index())
        {
            if ((await current.Blobs.ReadAsync([blob], EditionBuilder.LargestDocument, cancellation))[0] is not { } bytes)
            {
                return [];
            }

            files.Add(new StartedFile(texts.Path.Value, bytes) { Step = step, Base = replaces?.Hex ?? "", Origin = blob.Hex });
        }

        return files;
    }
}

/// <summary>Which text of a document a change is about, where another one takes effect later.</summary>
public enum StartWith
{
    /// <summary>The one that is in effect.</summary>
    Today,

    /// <summary>The one that takes effect next.</summary>
    Upcoming,

    /// <summary>Both, together.</summary>
    Both,
}

/// <summary>A text that somebody writes.</summary>
public sealed record Writing(ProposalView Change, ProposalFile File, LibraryPath Path, byte[] Text, Colleague By)
{
    public Guid Id => Change.Proposal.Id;

    /// <summary>Whether it may be saved now: it is not once the change was sent.</summary>
    public bool IsOpen => ProposalFlow.IsWritten(Change.State);
}
