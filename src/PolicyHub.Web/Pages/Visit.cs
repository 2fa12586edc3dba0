using System.Globalization;
using Microsoft.AspNetCore.Html;
using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Web.Pages.Read;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Pages;

/// <summary>
/// One request: the edition that it reads, taken once, who reads, and the instant at which it is answered.
/// Pages, partials and endpoints take everything from here, so that no answer mixes two editions or two times.
/// </summary>
public sealed class Visit(CurrentEdition current, Fragments fragments, TimeProvider time, IHttpContextAccessor accessor)
{
    private readonly Dictionary<LibraryPath, DeskNow?> desks = [];
    private Edition? edition;
    private DateTimeOffset? now;
    private Dates? dates;

    /// <summary>The edition of this request.</summary>
    /// <exception cref="EditionNotReadyException">The first edition is still being built.</exception>
    public Edition Edition => edition ??= current.Value;

    /// <summary>False until a first edition stands; then pages that need none still have settings and words.</summary>
    public bool HasEdition => edition is not null || current.IsReady;

    /// <summary>Who reads. Until sign-in exists nobody holds a label, so a document with an access rule is not served.</summary>
    public Reader Reader { get; } = Reader.Anyone;

    public LibrarySettings Settings => HasEdition ? Edition.Settings : LibrarySettings.Default;

    public Words Words => Settings.Words;

    /// <summary>The words on screen for a key of <c>words.en.yml</c>.</summary>
    public string this[string key] => Words[key];

    /// <summary>The instant of this request, the same wherever the answer asks.</summary>
    public DateTimeOffset Now => now ??= time.GetUtcNow();

    /// <summary>Dates as people of this organisation say them.</summary>
    public Dates Dates => dates ??= new Dates(Settings, Now);

    /// <summary>The address of this page, for a form that comes back to it.</summary>
    public string BackTo => accessor.HttpContext?.Request is { } request ? request.Path + request.QueryString : "/";

    /// <summary>
    /// A part of a page that the edition settles, written once. A reader who holds a label gets a part of their own each time:
    /// what one may see is never copied for another.
    /// </summary>
    public async ValueTask<IHtmlContent> OnceAsync(string key, Func<Task<IHtmlContent>> write) =>
        HasEdition && Reader.Labels.Count == 0 ? await fragments.OnceAsync(Edition, key, write) : await write();

    /// <summary>Today in the organisation's zone, for the keys of parts that say something about the day.</summary>
    public int Today => Dates.Local.DayOfYear;

    public string Format(string key, params object?[] values) => Words.Format(key, values);

    /// <summary>The desk of a document as it stands now; null when it names none that exists.</summary>
    public DeskNow? DeskOf(EditionDocument document) => StandOf(Edition.DeskOf(document, Reader));

    /// <summary>A desk as it stands now; worked out once a visit. Null when the document is no desk.</summary>
    public DeskNow? StandOf(EditionDocument? desk)
    {
        if (desk is null)
        {
            return null;
        }

        if (!desks.TryGetValue(desk.Path, out var stand))
        {
            desks[desk.Path] = stand = DeskNow.Of(desk, this);
        }

        return stand;
    }

    /// <summary>The word for a kind, in the singular.</summary>
    public string KindName(DocumentKind kind) => Words[$"kind.{kind.Slug()}"];

    /// <summary>The word for a kind, in the plural.</summary>
    public string KindNames(DocumentKind kind) => Words[$"kind.{kind.Slug()}.many"];

    /// <summary>One or many of a thing: <paramref name="key"/> with <c>.one</c> or <c>.many</c>, the count put in.</summary>
    public string Count(string key, int count) =>
        Words.Format(count == 1 ? $"{key}.one" : $"{key}.many", count.ToString("N0", CultureInfo.CurrentCulture));

    /// <summary>A role as people call it: an audience, a position, else as written.</summary>
    public string RoleName(string slug) =>
        Settings.Audiences.TryGetValue(slug, out var audience) ? audience
        : Settings.Positions.TryGetValue(slug, out var position) ? position.Title
        : slug;

    /// <summary>The label of an audience; the slug itself where the library names none.</summary>
    public string AudienceName(string slug) => Settings.Audiences.GetValueOrDefault(slug, slug);
}
