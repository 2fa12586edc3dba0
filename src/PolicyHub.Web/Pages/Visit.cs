using System.Globalization;
using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Web.AsOf;
using PolicyHub.Web.Pages.Read;
using PolicyHub.Web.Refresh;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages;

/// <summary>
/// One request: the edition that it reads, taken once, who reads, and the instant at which it is answered.
/// Pages, partials and endpoints take everything from here, so that no answer mixes two editions or two times.
/// </summary>
public sealed class Visit(CurrentEdition current, Fragments fragments, SiteOptions options, TimeProvider time, IHttpContextAccessor accessor)
{
    private Dictionary<LibraryPath, DeskNow?>? desks;
    private Edition? edition;
    private Edition? today;
    private LibrarySettings? settings;
    private DateTimeOffset? now;
    private Dates? dates;
    private Reader? reader;

    /// <summary>The edition of this request: of today, or of the day that it asks about.</summary>
    /// <exception cref="EditionNotReadyException">The first edition is still being built.</exception>
    public Edition Edition => edition ??= MayRead ? Today : throw new InvalidOperationException("Whoever has not signed in reads nothing here: the page lacks its policy.");

    /// <summary>The edition of today, whatever day the request asks about.</summary>
    /// <exception cref="EditionNotReadyException">The first edition is still being built.</exception>
    public Edition Today => today ??= IsPublic ? current.Value.ForPublic : current.Value;

    /// <summary>Whether this answer holds only what is public, as everybody would see it: nothing of it can be of any other document.</summary>
    public bool IsPublic { get; private set; }

    /// <summary>Whether staff look at what everybody would see, by the address of the page.</summary>
    public bool IsShownAsPublic { get; private set; }

    /// <summary>The day that the request asks about; null: today.</summary>
    public AsOfDate? AsOf { get; private set; }

    /// <summary>False until a first edition stands; then pages that need none still have settings and words.</summary>
    public bool HasEdition => today is not null || current.IsReady;

    /// <summary>Who asks; null: somebody who has not signed in.</summary>
    private HubIdentity? Who => HubIdentity.Of(accessor.HttpContext);

    /// <summary>Who has signed in; null: nobody, or staff with no name.</summary>
    public SignedIn? Person => Who?.Person;

    /// <summary>Whose are pins, feedback and notices: see <see cref="HubIdentity.Acting"/>; null: nobody's.</summary>
    public SignedIn? Acting => Who?.Acting;

    /// <summary>The counter PC that asks; null: it is none, or a person has signed in on it.</summary>
    public Records.People.CounterPc? CounterPc => Who?.CounterPc;

    /// <summary>The slug of the desk at which one asks: the person's, or the counter PC's; empty: none is known.</summary>
    public string Desk => Person?.Desk ?? CounterPc?.Desk ?? "";

    /// <summary>The slug of the audience that one belongs to, as <see cref="Desk"/>.</summary>
    public string Audience => Person?.Audience ?? CounterPc?.Audience ?? "";

    /// <summary>Whether staff ask, named or not.</summary>
    public bool IsStaff => Who is not null;

    /// <summary>Whether whoever asks may read anything.</summary>
    public bool MayRead => IsStaff || IsPublic;

    /// <summary>What whoever asks may see.</summary>
    public Reader Reader => reader ??= Person is { } person && HasEdition ? person.ReaderIn(Today.Settings) : Reader.Anyone;

    /// <summary>The library's settings: those of the day asked about, but its name, look, words and emergency page as of today.</summary>
    public LibrarySettings Settings => !HasEdition ? LibrarySettings.Default : settings ??= AsOf is null ? Today.Settings : Edition.Settings with
    {
        Name = Today.Settings.Name,
        ShortName = Today.Settings.ShortName,
        Theme = Today.Settings.Theme,
        Words = Today.Settings.Words,
        Language = Today.Settings.Language,
        Emergency = Today.Settings.Emergency,
    };

    public Words Words => Settings.Words;

    /// <summary>The words on screen for a key of <c>words.en.yml</c>.</summary>
    public string this[string key] => Words[key];

    /// <summary>The instant that this request is answered for, the same wherever the answer asks: now, or the one asked about.</summary>
    public DateTimeOffset Now => AsOf?.At ?? Clock;

    /// <summary>The instant at which this request is answered.</summary>
    public DateTimeOffset Clock => now ??= time.GetUtcNow();

    /// <summary>Dates as people of this organisation say them.</summary>
    public Dates Dates => dates ??= new Dates(Settings, Now);

    /// <summary>After so many seconds out of touch an open page says no longer that its text is in effect.</summary>
    public int NotCheckedAfter => (int)options.NotCheckedAfter.TotalSeconds;

    /// <summary>Scheme and host as the reader's browser has them.</summary>
    public string Origin => accessor.HttpContext?.Request is { } request ? $"{request.Scheme}://{request.Host.ToUriComponent()}" : "";

    /// <summary>The path of this page, with one slash before it: with two it would be the name of another site.</summary>
    public string Path => "/" + (accessor.HttpContext?.Request.Path.ToUriComponent() ?? "").TrimStart('/');

    /// <summary>What the address of this page asks, name by name.</summary>
    public IEnumerable<(string Name, string Value)> Asked =>
        accessor.HttpContext?.Request.Query.SelectMany(pair => pair.Value.Select(value => (pair.Key, value ?? ""))) ?? [];

    /// <summary>The address of this page, for a form that comes back to it.</summary>
    public string BackTo => accessor.HttpContext?.Request is { } request ? request.Path + request.QueryString : "/";

    /// <summary>
    /// The parts of a page that the edition and the reader's rights settle, each written once for all who have the same: what one may see is
    /// never copied for another. What differs from person to person may not stand in one.
    /// </summary>
    /// <param name="page">Names the page and all that its parts depend on beside the edition and the rights.</param>
    public PageParts Parts(string page) => HasEdition && MayRead ? fragments.Of(Edition, Reader, page) : PageParts.Fresh;

    /// <summary>The day of the answer in the organisation's zone, for the keys of parts that say something about the day.</summary>
    public int Day => DateOnly.FromDateTime(Dates.Local).DayNumber;

    /// <summary>Answers this request from the edition of another day.</summary>
    public void Read(AsOfDate asked, Edition of) => (AsOf, edition, settings, dates) = (asked, IsPublic ? of.ForPublic : of, null, null);

    /// <summary>Answers this request as it is answered to everybody: from the public edition, of today or of the day asked about.</summary>
    public void ReadAsPublic()
    {
        (IsPublic, IsShownAsPublic, today, settings, dates, reader) = (true, IsStaff, null, null, null, Reader.Anyone);
        edition = edition?.ForPublic;
        desks?.Clear();
    }

    /// <summary>What every link of this answer keeps; null: nothing.</summary>
    public KeptAddress? Kept => AsOf is null && !IsShownAsPublic ? null : new(AsOf, IsShownAsPublic);

    /// <summary>An address of ours as this answer links to it: with the day asked about in it, and the way it is read.</summary>
    public string Keep(string address) => Kept is { } kept ? DatedLinks.Keep(address, kept) : address;

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

        if ((desks ??= []).TryGetValue(desk.Path, out var stand) is false)
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
