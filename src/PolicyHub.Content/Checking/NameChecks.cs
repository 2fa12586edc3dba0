using PolicyHub.Content.Documents;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Checking;

/// <summary>Ids, addresses and the names of desks, audiences, positions and other documents.</summary>
internal static class NameChecks
{
    public static IEnumerable<Problem> Run(LibraryIndex index) =>
        index.Documents.SelectMany(document => Unique(index, document)
            .Concat(Desks(index, document))
            .Concat(People(index, document))
            .Concat(OtherDocuments(index, document)))
        .Concat(Emergency(index))
        .Concat(ApprovingDesks(index));

    private static IEnumerable<Problem> Unique(LibraryIndex index, CheckedDocument document)
    {
        var (file, at) = (document.File, document.Document.WrittenAt);
        if (document.Document.Id is { } id && index.ById[id] is var first && first != document)
        {
            yield return ProblemCatalogue.DuplicateId(file, at.Of("id"), id, first.File);
        }

        foreach (var (number, address) in document.Document.RedirectFrom.Index())
        {
            var key = LibraryIndex.Address(address);
            var position = at.Of("redirect_from", number);
            if (index.Redirects[key] is var holder && holder != document)
            {
                yield return ProblemCatalogue.DuplicateRedirect(file, position, address, holder.File);
            }
            else if (LibraryPath.TryParse(key + ".md", out var path) && index.ByPath.TryGetValue(path, out var page) && page != document)
            {
                yield return ProblemCatalogue.RedirectFromPage(file, position, address, page.File);
            }
        }
    }

    private static IEnumerable<Problem> Desks(LibraryIndex index, CheckedDocument document)
    {
        var at = document.Document.WrittenAt;
        IEnumerable<(string Desk, SourcePosition At)> named = document.Document.Desk is { } desk ? [(desk, at.Of("desk"))] : [];
        named = document.Document.Details switch
        {
            DeskDetails { CoveredBy: { } cover } => named.Append((cover, at.Of("covered-by"))),
            CharterDetails charter => named.Concat(charter.Promises.Index().SelectMany(promise =>
                promise.Item.MadeBy.Index().Select(by => (by.Item, at.Of($"promises[{promise.Index}].made-by", by.Index)))
                .Concat(promise.Item.KeptBy.Index().Select(by => (by.Item, at.Of($"promises[{promise.Index}].kept-by", by.Index)))))),
            _ => named,
        };
        return named
            .Where(name => !index.Desks.ContainsKey(name.Desk))
            .Select(name => ProblemCatalogue.UnknownDesk(document.File, name.At, name.Desk, index.Desks.Where(desk => index.IsForAll(desk.Value.Document.Path)).Select(desk => desk.Key)));
    }

    private static IEnumerable<Problem> People(LibraryIndex index, CheckedDocument document)
    {
        var (file, at, settings) = (document.File, document.Document.WrittenAt, index.Library.Settings);
        if (!settings.Audiences.IsEmpty)
        {
            foreach (var (name, field, number) in Listed(document.Document.Audience, "audience").Concat(Listed(document.Document.MustRead, "must-read")))
            {
                if (!settings.Audiences.ContainsKey(name))
                {
                    yield return ProblemCatalogue.UnknownAudience(file, at.Of(field, number), name, settings.Audiences.Keys);
                }
            }
        }

        if (settings.Positions.IsEmpty)
        {
            yield break;
        }

        foreach (var (number, owner) in document.Document.Owners.Index())
        {
            var position = at.Of("owners", number) is { Line: > 0 } found ? found : at.Of("owner", number);
            if (!settings.Positions.TryGetValue(owner, out var held))
            {
                yield return ProblemCatalogue.UnknownPosition(file, position, owner, settings.Positions.Keys);
            }
            else if (held.HeldBy.IsEmpty)
            {
                yield return ProblemCatalogue.OwnerNotHeld(file, position, held.Title);
            }
        }

        foreach (var owned in document.Document.SectionOwners)
        {
            foreach (var (number, position) in owned.Positions.Index())
            {
                var written = at.Of($"section-owners.{owned.Anchor}", number);
                if (!settings.Positions.TryGetValue(position, out var held))
                {
                    yield return ProblemCatalogue.UnknownPosition(file, written, position, settings.Positions.Keys);
                }
                else if (held.HeldBy.IsEmpty)
                {
                    yield return ProblemCatalogue.OwnerNotHeld(file, written, held.Title);
                }
            }
        }

        if (document.Document.Details is not AuthorityDetails authority)
        {
            yield break;
        }

        foreach (var (number, limit) in authority.Limits.Index())
        {
            if (!settings.Positions.ContainsKey(limit.Role) && !settings.Audiences.ContainsKey(limit.Role) && !settings.Audiences.IsEmpty)
            {
                yield return ProblemCatalogue.UnknownRole(file, at.Of($"limits[{number}].role"), limit.Role, settings.Positions.Keys.Concat(settings.Audiences.Keys));
            }

            if (limit.AboveIt is { } above && !settings.Positions.ContainsKey(above))
            {
                yield return ProblemCatalogue.UnknownPosition(file, at.Of($"limits[{number}].above-it"), above, settings.Positions.Keys);
            }
        }
    }

    private static IEnumerable<(string Name, string Field, int Number)> Listed(IEnumerable<string> names, string field) =>
        names.Index().Select(name => (name.Item, field, name.Index));

    private static IEnumerable<Problem> OtherDocuments(LibraryIndex index, CheckedDocument document)
    {
        var (file, at) = (document.File, document.Document.WrittenAt);
        foreach (var (number, name) in document.Document.ReplacedBy.Index().Where(name => index.Named(name.Item) is null))
        {
            yield return ProblemCatalogue.UnknownDocument(file, at.Of("replaced-by", number), "replaced-by", name);
        }

        // What a document replaces is often gone; only history can tell, and a folder on disk has none.
        foreach (var (number, name) in document.Document.Replaces.Index().Where(name => index.Named(name.Item) is null && !index.Library.KnownBefore.Contains(name.Item)))
        {
            yield return ProblemCatalogue.ReplacesUnknown(file, at.Of("replaces", number), name);
        }

        if (document.Document.Details is NoticeDetails notice)
        {
            foreach (var (number, path) in notice.Overrides.Index().Where(path => index.PageAt(path.Item, out _) is null))
            {
                yield return ProblemCatalogue.UnknownDocument(file, at.Of("overrides", number), "overrides", path.Value);
            }
        }
    }

    private static IEnumerable<Problem> Emergency(LibraryIndex index)
    {
        if (index.Library.Settings.Emergency is { } path && !index.ByPath.ContainsKey(path))
        {
            yield return ProblemCatalogue.UnknownEmergencyPage(SettingsReader.FileName, index.Library.Settings.WrittenAt.Of("emergency"), path.Value);
        }
    }

    private static IEnumerable<Problem> ApprovingDesks(LibraryIndex index) => index.Library.Settings.Approvals.Desks.Keys
        .Where(desk => !index.Desks.ContainsKey(desk))
        .Order(StringComparer.Ordinal)
        .Select(desk => ProblemCatalogue.UnknownDesk(
            SettingsReader.FileName, index.Library.Settings.WrittenAt.Of($"approvals.desks.{desk}"), desk, index.Desks.Where(known => index.IsForAll(known.Value.Document.Path)).Select(known => known.Key)));
}
