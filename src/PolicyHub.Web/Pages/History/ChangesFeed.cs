using System.Globalization;
using System.Text;
using System.Xml;
using PolicyHub.Content.Editions;
using PolicyHub.Web.Pages.Errors;

namespace PolicyHub.Web.Pages.History;

/// <summary><c>GET /changes.atom</c>: the latest changes as an Atom feed (RFC 4287), with the filters of the page.</summary>
public static class ChangesFeed
{
    private const int Most = 100;

    private const string Atom = "http://www.w3.org/2005/Atom";

    private static readonly string[] Reads = ["GET", "HEAD"];

    public static void MapChangesFeed(this IEndpointRouteBuilder endpoints) => endpoints.MapMethods(HistoryLinks.FeedPath, Reads, Serve);

    private static IResult Serve(string? area, string? kind, string? person, string? since, string? until, Visit visit, HttpContext http)
    {
        var asked = new ChangesAsked(area, kind, person, since, until);
        if (!asked.TryRead(visit, out var filter, out var sentence))
        {
            FailureReason.Set(http, sentence);
            return Results.BadRequest();
        }

        var rows = ChangeLog.Of(visit.Today, visit.Reader).Find(filter).Take(Most).Select(change => new ChangeRow(change, visit)).ToList();
        return Results.Bytes(Write(rows, asked, visit, $"{http.Request.Scheme}://{http.Request.Host}"), "application/atom+xml; charset=utf-8");
    }

    private static byte[] Write(List<ChangeRow> rows, ChangesAsked asked, Visit visit, string site)
    {
        using var bytes = new MemoryStream();
        using (var feed = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true }))
        {
            feed.WriteStartElement("feed", Atom);
            Element(feed, "title", visit.Format("app.title", visit["changes.title"], visit.Settings.Name));
            Element(feed, "id", "urn:policyhub:changes:" + string.Join(':', asked.Pairs.Select(pair => Uri.EscapeDataString(pair.Value ?? ""))));
            Element(feed, "updated", Time(rows.Count > 0 ? rows[0].Change.Published : visit.Today.Catalogue.HeadPublished));
            Link(feed, "self", site + HistoryLinks.Feed(asked));
            Link(feed, "alternate", site + HistoryLinks.Changes(asked));
            foreach (var row in rows)
            {
                Write(feed, row, visit, site);
            }

            feed.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private static void Write(XmlWriter feed, ChangeRow row, Visit visit, string site)
    {
        var change = row.Change;
        feed.WriteStartElement("entry", Atom);
        Element(feed, "title", $"{change.Title}: {row.What}{(row.IsUnreadable ? ", " + visit["history.unreadable"] : "")}");
        Element(feed, "id", $"urn:policyhub:change:{change.Commit.Id.Hex}:{Uri.EscapeDataString(change.Path.Value)}");
        Element(feed, "updated", Time(change.Published));
        feed.WriteStartElement("author", Atom);
        Element(feed, "name", change.Commit.Author.Length > 0 ? change.Commit.Author : visit.Settings.Name);
        feed.WriteEndElement();
        Link(feed, "alternate", site + (row.WhatChanged ?? row.HistoryAddress));
        Element(feed, "summary", row.Note.Length > 0 ? row.Note : row.What);
        feed.WriteEndElement();
    }

    private static void Link(XmlWriter feed, string relation, string address)
    {
        feed.WriteStartElement("link", Atom);
        feed.WriteAttributeString("rel", relation);
        feed.WriteAttributeString("href", address);
        feed.WriteEndElement();
    }

    private static void Element(XmlWriter feed, string name, string text) => feed.WriteElementString(name, Atom, Clean(text));

    /// <summary>Without the letters that XML has no way to write.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    private static string Time(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
