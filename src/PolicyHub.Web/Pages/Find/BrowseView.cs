using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Web.Pages.Read;

namespace PolicyHub.Web.Pages.Find;

/// <summary>A way in, with how many documents it leads to.</summary>
public sealed record Door(string Label, string Address, int Count);

/// <summary>Every way to browse the library; only ways that lead somewhere.</summary>
public sealed class BrowseView
{
    private const int MostTags = 60;

    public BrowseView(Visit visit)
    {
        var documents = visit.Edition.Documents(visit.Reader).ToList();
        Areas =
        [
            .. visit.Settings.Areas.Select(area => new Door(
                area.Value, ReadLinks.Area(area.Key), documents.Count(document => document.Path.Value.StartsWith(area.Key + "/", StringComparison.Ordinal)))),
        ];
        if (Areas.Count == 0)
        {
            Areas = Folders(documents);
        }

        Areas = [.. Areas.Where(area => area.Count > 0)];
        Kinds =
        [
            .. documents.GroupBy(document => document.Kind).OrderBy(group => visit.KindNames(group.Key), StringComparer.CurrentCulture)
                .Select(group => new Door(visit.KindNames(group.Key), ReadLinks.Kind(group.Key), group.Count())),
        ];
        Audiences = Count(documents, document => document.Document.Audience, visit.AudienceName, ReadLinks.Audience, int.MaxValue);
        Tags = Count(documents, document => document.Document.Tags, tag => tag, ReadLinks.Tag, MostTags);
        Desks = [.. documents.Where(document => document.Kind == DocumentKind.Desk).Select(visit.StandOf).OfType<DeskNow>()];
    }

    public IReadOnlyList<Door> Areas { get; }

    public IReadOnlyList<Door> Kinds { get; }

    public IReadOnlyList<Door> Audiences { get; }

    public IReadOnlyList<Door> Tags { get; }

    public IReadOnlyList<DeskNow> Desks { get; }

    /// <summary>A library that names no area still has folders.</summary>
    private static List<Door> Folders(List<EditionDocument> documents) =>
    [
        .. documents.Where(document => document.Path.Value.Contains('/')).GroupBy(document => document.Path.Value.Split('/')[0], StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.CurrentCulture)
            .Select(group => new Door(group.Key.Replace('-', ' ').Replace('_', ' '), ReadLinks.Area(group.Key), group.Count())),
    ];

    private static List<Door> Count(
        List<EditionDocument> documents,
        Func<EditionDocument, IEnumerable<string>> values,
        Func<string, string> label,
        Func<string, string> address,
        int most) =>
    [
        .. documents.SelectMany(values).GroupBy(value => value, StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(group => group.Count()).Take(most)
            .Select(group => new Door(label(group.Key), address(group.Key), group.Count()))
            .OrderBy(door => door.Label, StringComparer.CurrentCulture),
    ];
}
