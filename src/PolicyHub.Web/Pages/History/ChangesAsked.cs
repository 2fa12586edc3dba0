using System.Globalization;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;

namespace PolicyHub.Web.Pages.History;

/// <summary>Which changes an address asks for, as written in it.</summary>
public sealed record ChangesAsked(string? Area, string? Kind, string? Person, string? Since, string? Until)
{
    private const int Longest = 200;

    /// <summary>For an address or a hidden field; what is empty is left out of both.</summary>
    public IEnumerable<(string Name, string? Value)> Pairs =>
        [("area", Area), ("kind", Kind), ("person", Person), ("since", Since), ("until", Until)];

    public bool IsAll => Pairs.All(pair => string.IsNullOrEmpty(pair.Value));

    /// <summary>False where a value is none of its kind; then the sentence says which, and what to write.</summary>
    public bool TryRead(Visit visit, out ChangeFilter filter, out string sentence)
    {
        (filter, sentence) = (new ChangeFilter(), "");
        var kind = default(DocumentKind);
        if (!string.IsNullOrEmpty(Kind) && !DocumentKinds.TryParse(Kind, out kind))
        {
            sentence = visit.Format("changes.wrong.kind", string.Join(", ", DocumentKinds.Slugs));
            return false;
        }

        var (since, until) = (default(DeclaredMoment), default(DeclaredMoment));
        if ((!string.IsNullOrEmpty(Since) && !DeclaredMoment.TryParse(Since, out since)) || (!string.IsNullOrEmpty(Until) && !DeclaredMoment.TryParse(Until, out until)))
        {
            sentence = visit["asof.wrong.date"];
            return false;
        }

        if (Pairs.Any(pair => pair.Value?.Length > Longest))
        {
            sentence = visit.Format("changes.wrong.long", Longest.ToString(CultureInfo.CurrentCulture));
            return false;
        }

        var zone = visit.Today.Settings.Zone;
        var last = string.IsNullOrEmpty(Until) ? (DateTimeOffset?)null : until.LastInstant(zone);
        filter = new ChangeFilter
        {
            Area = string.IsNullOrWhiteSpace(Area?.Trim('/')) ? null : Area.Trim('/'),
            Kind = string.IsNullOrEmpty(Kind) ? null : kind,
            Person = string.IsNullOrWhiteSpace(Person) ? null : Person.Trim(),
            Since = string.IsNullOrEmpty(Since) ? null : since.FirstInstant(zone),

            // On another day nothing that came later is told of.
            Until = visit.AsOf is { Question: DateQuestion.On, At: var at } && (last is null || at < last) ? at : last,
        };
        return true;
    }
}
