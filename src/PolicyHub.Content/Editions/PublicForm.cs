using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Editions;

/// <summary>
/// A document without what is for staff. Every field is named here or in <see cref="OfDetails"/>: a new one is for staff until somebody says
/// otherwise.
/// </summary>
/// <param name="shown">All documents that are public, whole.</param>
/// <param name="isFile">Whether a file may be shown.</param>
internal sealed class PublicForm(ImmutableArray<EditionDocument> shown, LibrarySettings settings, Func<LibraryPath, bool> isFile)
{
    /// <summary>A text is cut once for all editions that hold it.</summary>
    private static readonly ConditionalWeakTable<Document, string> Bodies = [];

    private readonly HashSet<string> desks = [.. EditionMaps.Desks(shown).Keys];
    private readonly HashSet<LibraryPath> paths = [.. shown.Select(document => document.Path)];
    private readonly HashSet<string> ids = new(shown.Select(document => document.Document.Id).OfType<string>(), StringComparer.OrdinalIgnoreCase);

    /// <param name="shows">What of the staff's is shown all the same, by <see cref="StaffParts.Names"/>.</param>
    public Document Of(Document document, IEnumerable<string> shows)
    {
        var wanted = shows.ToHashSet(StringComparer.Ordinal);
        var body = wanted.Contains(StaffParts.CallOuts) ? document.Body : Bodies.GetValue(document, whole => StaffParts.Without(whole.Body));
        return new Document
        {
            Path = document.Path,
            Title = TitleOf(document, body),
            Summary = SummaryOf(document, body),
            Id = document.Id,
            Kind = document.Kind,
            Desk = document.Desk is { } desk && desks.Contains(desk) ? desk : null,
            Owners = [.. document.Owners.Where(settings.Positions.ContainsKey)],
            Access = document.Access,
            PublicShows = [.. document.PublicShows.Where(wanted.Contains)],
            Tags = document.Tags,
            AlsoKnownAs = document.AlsoKnownAs,
            Effective = document.Effective,
            Rescinded = document.Rescinded,
            Replaces = Public(document, document.Replaces),
            ReplacedBy = Public(document, document.ReplacedBy),
            LegalBasis = document.LegalBasis,
            AdoptedBy = document.AdoptedBy,
            Adopted = document.Adopted,
            Implements = Public(document, document.Implements),
            Answers = document.Answers,
            RedirectFrom = document.RedirectFrom,
            Details = OfDetails(document, wanted),
            Body = body,
            BodyLine = document.BodyLine,
        };
    }

    /// <summary>The files that the front matter of a public document names.</summary>
    public static IEnumerable<LibraryPath> FilesOf(Document document) => document.Details is not FormDetails form ? [] :
        new[] { form.File, form.Sample }.OfType<string>().Select(written => document.Path.TryResolve(written, out var path) ? path : (LibraryPath?)null).OfType<LibraryPath>();

    private KindDetails? OfDetails(Document document, HashSet<string> wanted) => document.Details switch
    {
        CharterDetails charter => new CharterDetails([.. charter.Promises.Select(promise => new Promise
        {
            Text = promise.Text,
            MadeBy = [.. promise.MadeBy.Where(desks.Contains)],
            KeptBy = [.. promise.KeptBy.Where(desks.Contains)],
            Within = promise.Within,
            Measure = promise.Measure,
            Target = promise.Target,
            IfMissed = promise.IfMissed,
            Confirmed = promise.Confirmed,
        })]),
        ProcessDetails process => new ProcessDetails(
            [.. process.Steps.Select(step => new ProcessStep(step.Letter, step.Name, wanted.Contains(StaffParts.Steps) ? step.Do : [], step.Say))]),
        StandardDetails standard => new StandardDetails(standard.Basic, standard.Exceptional, standard.Times),
        AuthorityDetails authority => new AuthorityDetails(wanted.Contains(StaffParts.Limits) ? authority.Limits : []),
        FormDetails form => new FormDetails(File(document, form.File), File(document, form.Sample)),
        TermDetails term => new TermDetails(term.InsteadOf, term.Plain),
        DeskDetails desk => new DeskDetails
        {
            Phone = desk.Phone,
            Email = desk.Email,
            Hours = desk.Hours,
            Address = desk.Address,
            Languages = desk.Languages,
            AfterHours = desk.AfterHours,
            CoveredBy = desk.CoveredBy is { } cover && desks.Contains(cover) ? cover : null,
            Handles = desk.Handles,
        },
        SystemDetails system => new SystemDetails(system.For, null, null, null),
        NoticeDetails notice => new NoticeDetails
        {
            From = notice.From,
            Until = notice.Until,
            Say = notice.Say,
            Overrides = [.. notice.Overrides.Where(paths.Contains)],
        },
        _ => null,
    };

    /// <summary>A title or summary that the front matter did not give was taken from the top of the body, and is taken from what is left of it.</summary>
    private static string TitleOf(Document document, string body) =>
        document.Title == OneLine(BodyDefaults.Read(document.Path, document.Body, needsTitle: true).Title)
            ? OneLine(BodyDefaults.Read(document.Path, body, needsTitle: true).Title)
            : document.Title;

    private static string SummaryOf(Document document, string body) =>
        document.Summary == OneLine(BodyDefaults.Read(document.Path, document.Body, needsTitle: false).Summary)
            ? OneLine(BodyDefaults.Read(document.Path, body, needsTitle: false).Summary)
            : document.Summary;

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    /// <summary>References that lead to a public document; what names another, or nothing that is known, may be the name of a hidden one.</summary>
    private ImmutableArray<string> Public(Document from, ImmutableArray<string> references) =>
    [
        .. references.Where(written => ids.Contains(written)
            || (from.Path.TryResolve(written, out var beside) && paths.Contains(beside))
            || (LibraryPath.TryParse(written.TrimStart('/'), out var fromRoot) && paths.Contains(fromRoot))),
    ];

    private string? File(Document from, string? written) => written is not null && from.Path.TryResolve(written, out var path)
        && (paths.Contains(path) || isFile(path)) ? written : null;
}
