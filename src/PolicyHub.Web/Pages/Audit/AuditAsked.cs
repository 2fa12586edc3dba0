using System.Globalization;
using PolicyHub.Content.Documents;
using PolicyHub.Records.Audit;

namespace PolicyHub.Web.Pages.Audit;

/// <summary>Which rows an address asks for, as written in it.</summary>
/// <param name="LookUp">The number of the row that told why one person is looked up; the rows are then of that person.</param>
public sealed record AuditAsked(string? Kind, string? Since, string? Until, string? Text, string? LookUp)
{
    private const int Longest = 200;

    /// <summary>For an address; what is empty is left out.</summary>
    public IEnumerable<(string Name, string? Value)> Pairs => [("kind", Kind), ("since", Since), ("until", Until), ("text", Text), ("look-up", LookUp)];

    public bool IsAll => Pairs.All(pair => string.IsNullOrEmpty(pair.Value));

    /// <summary>False where a value is none of its kind; then the sentence says which, and what to write. The person is not looked at here.</summary>
    public bool TryRead(Visit visit, out AuditQuestion question, out string sentence)
    {
        (question, sentence) = (new AuditQuestion(), "");
        if (!string.IsNullOrEmpty(Kind) && AuditKinds.All.All(kind => kind.Slug() != Kind))
        {
            sentence = visit.Format("audit.wrong.kind", string.Join(", ", AuditKinds.All.Select(kind => kind.Slug())));
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

        var zone = visit.Settings.Zone;
        question = new AuditQuestion
        {
            Kind = Kind,
            Since = string.IsNullOrEmpty(Since) ? null : since.FirstInstant(zone),
            Until = string.IsNullOrEmpty(Until) ? null : until.LastInstant(zone),
            Text = string.IsNullOrWhiteSpace(Text) ? null : Text.Trim(),
        };
        return true;
    }
}
