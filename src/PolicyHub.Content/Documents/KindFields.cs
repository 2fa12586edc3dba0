using System.Collections.Immutable;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Documents;

/// <summary>The fields that only one kind has.</summary>
internal static class KindFields
{
    /// <summary>Null for kinds without fields of their own, and for a notice that does not say when it runs.</summary>
    public static KindDetails? Read(DocumentKind kind, string title, FieldReader fields) => kind switch
    {
        DocumentKind.Charter => new CharterDetails(fields.Maps("promises", ReadPromise)),
        DocumentKind.Process => new ProcessDetails(fields.Maps("steps", ReadStep)),
        DocumentKind.Standard => new StandardDetails(fields.Channels("basic"), fields.Channels("exceptional"), ReadTimes(fields)),
        DocumentKind.Authority => new AuthorityDetails(fields.Maps("limits", ReadLimit)),
        DocumentKind.Form => new FormDetails(fields.Text("file"), fields.Text("sample")),
        DocumentKind.Term => new TermDetails(fields.List("instead-of"), fields.Text("plain") ?? title),
        DocumentKind.Desk => ReadDesk(fields),
        DocumentKind.System => new SystemDetails(fields.Text("for"), fields.Text("url"), fields.Text("access-by"), fields.Text("when-down")),
        DocumentKind.Notice => ReadNotice(fields),
        _ => null,
    };

    private static Promise? ReadPromise(FieldReader fields) => fields.Required("promise") is not { } text ? null : new Promise
    {
        Text = text,
        MadeBy = fields.List("made-by"),
        KeptBy = fields.List("kept-by"),
        Topic = fields.Text("topic"),
        Within = fields.Text("within"),
        Measure = fields.Text("measure"),
        Source = fields.Text("source"),
        Target = fields.Text("target"),
        IfMissed = fields.Text("if-missed"),
        Confirmed = fields.Date("confirmed"),
    };

    private static ProcessStep? ReadStep(FieldReader fields) => fields.Required("name") is not { } name
        ? null
        : new ProcessStep(fields.Text("letter") ?? name[..1].ToUpperInvariant(), name, fields.Channels("do"), fields.Channels("say"));

    private static ImmutableArray<KeyValuePair<string, string>> ReadTimes(FieldReader fields) =>
    [
        .. from entry in fields.Map("times")
           let lines = fields.Texts(entry.Value, $"times.{entry.Key}")
           where lines.Length > 0
           select KeyValuePair.Create(entry.Key, lines[0]),
    ];

    private static AuthorityLimit? ReadLimit(FieldReader fields)
    {
        var (role, may) = (fields.Required("role"), fields.Required("may"));
        return role is null || may is null
            ? null
            : new AuthorityLimit(role, may, fields.Text("up-to"), fields.Text("per"), fields.Text("above-it"));
    }

    private static DeskDetails ReadDesk(FieldReader fields)
    {
        var spans = ImmutableArray.CreateBuilder<OpenSpan>();
        foreach (var line in fields.List("hours"))
        {
            if (OpeningHoursText.TryParse(line, out var read))
            {
                spans.AddRange(read);
            }
            else
            {
                fields.Report(ProblemCatalogue.WrongHours(fields.File, fields.At("hours"), line));
            }
        }

        return new DeskDetails
        {
            Phone = fields.Text("phone"),
            Extension = fields.Text("extension"),
            Email = fields.Text("email"),
            Hours = new OpeningHours([.. spans.Distinct()], ReadClosed(fields)),
            Transfer = fields.Text("transfer"),
            Address = fields.Text("address"),
            Languages = fields.List("languages"),
            AfterHours = fields.Text("after-hours"),
            CoveredBy = fields.Text("covered-by"),
            Handles = fields.List("handles"),
            NotOurs = fields.Maps("not-ours", ReadNotOurs),
        };
    }

    /// <summary>Extra closed days: dates, or maps of date and reason.</summary>
    private static ImmutableArray<ClosedDay> ReadClosed(FieldReader fields) => fields.MapsOrTexts(
        "closed",
        (text, at) =>
        {
            if (DeclaredMoment.TryParse(text, out var moment))
            {
                return new ClosedDay(moment.Date, null);
            }

            fields.Report(ProblemCatalogue.WrongDate(fields.File, at, "closed", text));
            return null;
        },
        day =>
        {
            if (!day.Has("date"))
            {
                day.ReportMissing("date");
            }

            return day.Date("date") is { } date ? new ClosedDay(date, day.Text("why")) : null;
        });

    private static NotOurs? ReadNotOurs(FieldReader fields)
    {
        var (topic, who) = (fields.Required("topic"), fields.Required("who"));
        return topic is null || who is null ? null : new NotOurs(topic, who, fields.Text("phone"));
    }

    private static NoticeDetails? ReadNotice(FieldReader fields)
    {
        foreach (var name in (ReadOnlySpan<string>)["from", "until"])
        {
            if (!fields.Has(name) || fields.IsEmpty(name))
            {
                fields.ReportMissing(name);
            }
        }

        var (from, until) = (fields.Moment("from"), fields.Moment("until"));
        return from is not { } starts || until is not { } ends ? null : new NoticeDetails
        {
            From = starts,
            Until = ends,
            Say = fields.Text("say"),
            DoNotPromise = fields.Text("do-not-promise"),
            Overrides = ReadOverrides(fields),
        };
    }

    private static ImmutableArray<LibraryPath> ReadOverrides(FieldReader fields)
    {
        var paths = ImmutableArray.CreateBuilder<LibraryPath>();
        foreach (var written in fields.List("overrides"))
        {
            if (LibraryPath.TryParse(written.TrimStart('/'), out var path))
            {
                paths.Add(path);
            }
            else
            {
                fields.Report(ProblemCatalogue.WrongPath(fields.File, fields.At("overrides"), written));
            }
        }

        return paths.ToImmutable();
    }
}
