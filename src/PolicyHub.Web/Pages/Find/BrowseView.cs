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

    /// <summary>A library that names no area still has folders; one that holds nearly everything is opened.</summary>
    private static List<Door> Folders(List<EditionDocument> documents)
    {
        var within = "";
        for (var depth = 0; depth < 5; depth++)
        {
            var groups = documents
                .Where(document => document.Path.Value.StartsWith(within, StringComparison.Ordinal) && document.Path.Value.IndexOf('/', within.Length) > 0)
                .GroupBy(document => document.Path.Value[within.Length..document.Path.Value.IndexOf('/', within.Length)], StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.CurrentCulture)
                .ToList();
            if (groups.FirstOrDefault(group => group.Count() > documents.Count * 3 / 4) is not { } nearlyAll)
            {
                return [.. groups.Select(group => new Door(LabelOf(group.Key), ReadLinks.Area(within + group.Key), group.Count()))];
            }

            within += nearlyAll.Key + "/";
        }

        return [];
    }

    private static string LabelOf(string folder)
    {
        var words = folder.Replace('-', ' ').Replace('_', ' ');
        return char.ToUpper(words[0], System.Globalization.CultureInfo.CurrentCulture) + words[1..];
    }

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
