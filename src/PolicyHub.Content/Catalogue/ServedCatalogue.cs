using PolicyHub.Content.Git;

namespace PolicyHub.Content.Catalogue;

/// <summary>
/// What of a library is served, from one start to the next: the branch as it stands when it continues what was served, else what was
/// served last. The cached catalogue only makes it faster; <see cref="ServedHead"/> is what counts.
/// </summary>
/// <param name="holdBack">What of it is held back; null: nothing is.</param>
public sealed class ServedCatalogue(LibraryRepository repository, string dataFolder, HoldBack? holdBack = null)
{
    /// <summary>While the records can't be asked, they are asked again after this.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    private LibraryCatalogue? kept;

    /// <param name="previous">What this process serves; null at its start.</param>
    /// <param name="now">Against which a date counts as ahead.</param>
    /// <returns>The same catalogue as before where nothing changed or what is there may not be served.</returns>
    /// <exception cref="GitException">git failed, or at a start neither the branch nor what was served last can be served.</exception>
    public async Task<CatalogueReading> ReadAsync(LibraryCatalogue? previous, DateTimeOffset now, CancellationToken cancellation)
    {
        var head = await repository.ReadHeadAsync(cancellation);
        if (previous is not null)
        {
            var result = await CatalogueBuilder.BuildAsync(repository, head, previous, holdBack, now, cancellation);
            return result is CatalogueResult.Built built ? new CatalogueReading(built.Catalogue) : new CatalogueReading(previous, Why(result), TryAgain(result, now), result is CatalogueResult.Refused);
        }

        var cached = CatalogueCache.Load(dataFolder, repository.Key);
        kept = cached;
        var served = ServedHead.Read(dataFolder, repository.Key) ?? cached?.Head;
        var first = await BuildAsync(head, served, cached, now, cancellation);
        if (first is CatalogueResult.Built { Catalogue: var catalogue })
        {
            return new CatalogueReading(catalogue);
        }

        return served is { } last && last != head
            && await PublishedLine.IsWholeAsync(repository, last, cancellation)
            && await BuildAsync(last, last, cached, now, cancellation) is CatalogueResult.Built { Catalogue: var lastGood }
            ? new CatalogueReading(lastGood, Why(first), TryAgain(first, now), first is CatalogueResult.Refused)
            : throw new GitException(Why(first) + (served is null ? "" : " What was served last cannot be read any more either."));
    }

    /// <summary>The commit that was served last, by an earlier process as well; null: none.</summary>
    /// <exception cref="GitException">The file that tells cannot be read.</exception>
    public CommitId? ReadServed() =>
        ServedHead.Read(dataFolder, repository.Key) ?? CatalogueCache.Load(dataFolder, repository.Key)?.Head;

    /// <summary>Where the texts of an edition are read at a start: what was kept of the one served last, before git.</summary>
    public KeptTexts Texts => KeptTexts.Open(dataFolder, repository.Key, repository.Blobs);

    /// <summary>Remembers what is served now, for the next start.</summary>
    /// <param name="served">The catalogue.</param>
    /// <param name="texts">What of it the edition was read from.</param>
    /// <param name="largest">Texts over so many bytes are not kept.</param>
    /// <exception cref="GitException">The file that tells what was served last, or a text, cannot be read.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The data folder may not be written.</exception>
    public async Task KeepAsync(LibraryCatalogue served, IReadOnlySet<BlobId> texts, int largest, CancellationToken cancellation)
    {
        if (ServedHead.Read(dataFolder, repository.Key) != served.Head)
        {
            ServedHead.Write(dataFolder, repository.Key, served.Head);
        }

        if (!ReferenceEquals(kept, served))
        {
            CatalogueCache.Save(dataFolder, repository.Key, served);
            kept = served;
        }

        await Texts.KeepAsync(texts, largest, cancellation);
    }

    private async Task<CatalogueResult> BuildAsync(
        CommitId head, CommitId? served, LibraryCatalogue? cached, DateTimeOffset now, CancellationToken cancellation)
    {
        if (served is { } known && cached?.Head != known && !await PublishedLine.HoldsAsync(repository, head, known, cancellation))
        {
            return new CatalogueResult.Refused(known, head);
        }

        var result = await CatalogueBuilder.BuildAsync(repository, head, cached, holdBack, now, cancellation);

        // A cache that is not of what was served last may lie beside the line, after a history was accepted for one: it is only in the way.
        return result is CatalogueResult.Refused && cached is not null && cached.Head != served
            ? await CatalogueBuilder.BuildAsync(repository, head, null, holdBack, now, cancellation)
            : result;
    }

    /// <summary>A clock comes to every date by itself, and records come back.</summary>
    private static DateTimeOffset? TryAgain(CatalogueResult result, DateTimeOffset now) =>
        result is CatalogueResult.Unconfirmed ? now + AskAgain : (result as CatalogueResult.DatedAhead)?.Dated - CatalogueBuilder.ToleratedSkew;

    private string Why(CatalogueResult result) => result switch
    {
        CatalogueResult.Refused refused =>
            $"The branch {repository.Branch} was rewritten: {refused.Served.Abbreviated}, which was served, is not on the line of {refused.Offered.Abbreviated}, which therefore is not. "
            + $"Push the old history again; or take the new one with “policyhub library accept {refused.Offered.Abbreviated} --reason WHY”, given the same --data, --library, --branch and --folder, and start again.",
        CatalogueResult.DatedAhead ahead =>
            $"The commit {ahead.Commit.Abbreviated} is dated {ahead.Dated:yyyy-MM-dd HH:mm} UTC, more than five minutes ahead. Check the clock of whoever made it; until then it is not served.",
        CatalogueResult.NotOnLine line =>
            $"The commit “{line.After}”, after which commits need an approval, is not on the published line of {repository.Branch}, which stands at {line.Offered.Abbreviated}. "
            + "Set PolicyHub:Library:HoldBackAfter to a commit of that line, to its head if all that is there now is to be served as it is; or set it to nothing.",
        CatalogueResult.Unconfirmed unconfirmed =>
            $"The records can't be asked which commits up to {unconfirmed.Offered.Abbreviated} were approved, so none of them is served until they can.",
        _ => throw new InvalidOperationException("A result that nobody thought of."),
    };
}

/// <param name="Catalogue">What may be served.</param>
/// <param name="NotTaken">Why it is not what the branch holds, in one or two sentences for an administrator; null when it is.</param>
/// <param name="TryAgain">When it may be taken without news from the repository; null: only with news.</param>
/// <param name="IsRewritten">Whether that is because published history was rewritten.</param>
public sealed record CatalogueReading(LibraryCatalogue Catalogue, string? NotTaken = null, DateTimeOffset? TryAgain = null, bool IsRewritten = false);
