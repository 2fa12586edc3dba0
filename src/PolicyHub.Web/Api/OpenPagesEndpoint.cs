using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Records.Notices;
using PolicyHub.Web.Notices;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Pages.History;
using PolicyHub.Web.Pages.Notices;
using PolicyHub.Web.Pages.Read;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Api;

/// <summary>
/// <c>GET /api/open?held=PATH VERSION&amp;held=…&amp;since=INSTANT</c>: what an open page asks every few seconds. Says which of the texts
/// that it shows are not in effect any more, which notices began since it was written, and which posted ones run.
/// </summary>
public static class OpenPagesEndpoint
{
    public const string Address = "/api/open";

    /// <summary>Texts that one page may show at once.</summary>
    private const int Most = 40;

    /// <summary>So much of a blob's hash names it among the versions of one document.</summary>
    private const int HashLength = 12;

    private static readonly string[] Extensions = [".md", ".markdown"];

    private static readonly string[] Reads = ["GET", "HEAD"];

    public static void MapOpenPages(this IEndpointRouteBuilder endpoints) => endpoints.MapMethods(Address, Reads, Look).RequireAuthorization(Policies.Reading);

    /// <summary>How a page names a text that it shows: where it stands, and which text it is.</summary>
    public static string Held(EditionDocument document) => $"{document.Path.WithoutExtension} {document.Version.Blob!.Value.Hex[..HashLength]}";

    /// <summary>Whether a text is the one that a page named by the beginning of its hash.</summary>
    internal static bool IsHash(string named, BlobId blob) => named.Length == HashLength && blob.Hex.StartsWith(named, StringComparison.Ordinal);

    private static OpenPage Look(Visit visit, NoticeBoard board, [FromQuery] string[]? held, string? since)
    {
        var known = DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from) ? from : visit.Now;
        return new OpenPage(
            visit.Now,
            [.. (held ?? []).Distinct(StringComparer.Ordinal).Take(Most).Select(text => Changed(text, visit)).OfType<ChangedText>()],
            [.. visit.Edition.NoticesAt(visit.Now, visit.Reader).Where(notice => BeganAt(notice, visit) > known)
                .Select(notice => new BegunNotice(visit.Format("open.notice", notice.Title), ReadLinks.Document(notice)))],
            [.. board.Running.Select(notice => new RunningNotice(NoticeLinks.Anchor(notice), Sentence(notice, board, visit), NoticeLinks.One(notice)))]);
    }

    private static string Sentence(PostedNotice notice, NoticeBoard board, Visit visit) =>
        visit.Format(notice.Details.Length == 0 ? "posted.open" : "posted.open.details", board.DeskName(notice.Desk), When(notice.Over, visit), notice.What, notice.Details);

    /// <summary>Null where the text is in effect, and where there never was such a one that the reader may see.</summary>
    private static ChangedText? Changed(string held, Visit visit)
    {
        var space = held.LastIndexOf(' ');
        var (path, hash) = space < 0 ? (held, "") : (held[..space], held[(space + 1)..]);
        if (hash.Length == HashLength && visit.IsPublic)
        {
            return ChangedForAll(held, path, hash, visit);
        }

        if (hash.Length != HashLength || visit.Edition.FindHistory(path, visit.Reader) is not { } history)
        {
            return null;
        }

        var zone = visit.Settings.Zone;
        var shown = history.Versions.LastOrDefault(version => version.Blob?.Hex.StartsWith(hash, StringComparison.Ordinal) == true);
        var spans = Resolver.Spans(history.Versions, visit.Now, zone);
        var current = spans.FirstOrDefault(span => span.Holds(visit.Now));
        if (shown is null || !visit.Today.MaySee(history, shown, visit.Reader) || current?.Version.Blob == shown.Blob)
        {
            return null;
        }

        // What an unreadable newer text stands for is what everybody reads.
        if (visit.Edition.Find(history.Path, visit.Reader)?.Version.Blob == shown.Blob)
        {
            return null;
        }

        var title = shown.Title ?? history.Path.Name;
        var at = current?.From ?? spans.LastOrDefault(span => span.Until <= visit.Now)?.Until ?? visit.Now;
        return new ChangedText(
            held,
            visit.Format(current is null ? "open.gone" : "open.changed", title, When(at, visit)),
            ReadLinks.Document(history.PathAt(visit.Now)),
            current is null ? null : HistoryLinks.Compare(history, visit, shown.Label.ToString(), current.Version.Label.ToString()));
    }

    /// <summary>Everybody is told of the text that stands there now, where another does, and of nothing that is gone or not public any more.</summary>
    private static ChangedText? ChangedForAll(string held, string path, string hash, Visit visit) =>
        Extensions.Select(extension => LibraryPath.TryParse(path + extension, out var parsed) ? visit.Edition.Find(parsed, visit.Reader) : null)
            .FirstOrDefault(document => document is not null) is { } now && !now.Version.Blob!.Value.Hex.StartsWith(hash, StringComparison.Ordinal)
            ? new ChangedText(held, visit.Format("open.changed", now.Title, When(now.InEffectSince, visit)), ReadLinks.Document(now), null)
            : null;

    /// <summary>When a notice that runs came to be read: when it started, or when it was published after that.</summary>
    private static DateTimeOffset BeganAt(EditionDocument notice, Visit visit)
    {
        var from = ((NoticeDetails)notice.Document.Details!).From.FirstInstant(visit.Settings.Zone);
        var published = notice.History.Versions[0].Published;
        return published > from ? published : from;
    }

    private static string When(DateTimeOffset instant, Visit visit)
    {
        var local = TimeZoneInfo.ConvertTime(instant, visit.Settings.Zone).DateTime;
        return local.Date == visit.Dates.Local.Date ? visit.Dates.TimeText(local) : $"{visit.Dates.DayText(instant)}, {visit.Dates.TimeText(local)}";
    }
}

/// <param name="Now">When it was looked at.</param>
/// <param name="Posted">What leads have posted: all that runs, so that a page adds what it lacks and takes away what has ended.</param>
public sealed record OpenPage(DateTimeOffset Now, IReadOnlyList<ChangedText> Changed, IReadOnlyList<BegunNotice> Notices, IReadOnlyList<RunningNotice> Posted);

/// <param name="Held">As the page named it.</param>
/// <param name="Sentence">What happened to it and when, as people say it.</param>
/// <param name="Url">Where the text of now is read, or why there is none.</param>
/// <param name="Compare">What changed; null where nothing took its place.</param>
public sealed record ChangedText(string Held, string Sentence, string Url, string? Compare);

public sealed record BegunNotice(string Sentence, string Url);

/// <param name="Id">Names it on a page that shows it already.</param>
public sealed record RunningNotice(string Id, string Sentence, string Url);
