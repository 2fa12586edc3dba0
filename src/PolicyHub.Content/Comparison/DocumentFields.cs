using System.Collections.Immutable;
using System.Globalization;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Comparison;

/// <param name="IsList">Values come and go; else there is one value, or none.</param>
internal sealed record DocumentField(string Label, ImmutableArray<string> Values, bool IsList);

/// <summary>The fields of a document in words, those that are empty left out. A field of one promise, step or limit carries its name.</summary>
internal sealed class DocumentFields(Document document, LibrarySettings settings)
{
    private readonly List<DocumentField> fields = [];

    public IReadOnlyList<DocumentField> All()
    {
        One("title", document.Title);
        One("summary", document.Summary);
        One("id", document.Id);
        One("kind", settings.Words[$"kind.{document.Kind.Slug()}"]);
        One("desk", document.Desk);
        List("owners", document.Owners.Select(slug => settings.Positions.TryGetValue(slug, out var position) ? position.Title : slug));
        List("section-owners", document.SectionOwners.SelectMany(owned => owned.Positions.Select(slug => $"{owned.Anchor}: {(settings.Positions.TryGetValue(slug, out var position) ? position.Title : slug)}")));
        List("audience", document.Audience.Select(slug => settings.Audiences.GetValueOrDefault(slug, slug)));
        One("access", document.Access);
        List("public-shows", document.PublicShows);
        List("tags", document.Tags);
        List("also-known-as", document.AlsoKnownAs);
        One("effective", document.Effective is { } effective ? In(effective) : settings.Words["field.effective.none"]);
        One("review-by", In(document.ReviewBy));
        One("rescinded", In(document.Rescinded));
        One("reason", document.RescindedReason);
        List("replaces", document.Replaces);
        List("replaced-by", document.ReplacedBy);
        List("legal-basis", document.LegalBasis);
        One("adopted-by", document.AdoptedBy);
        One("adopted", In(document.Adopted));
        List("implements", document.Implements);
        List("must-read", document.MustRead.Select(slug => settings.Audiences.GetValueOrDefault(slug, slug)));
        List("answers", document.Answers.Select(answer => answer.Ask));
        foreach (var answer in document.Answers)
        {
            One("say", answer.Say, answer.Ask);
            One("only-if", answer.OnlyIf, answer.Ask);
            One("section", answer.Section, answer.Ask);
        }

        List("redirect-from", document.RedirectFrom);
        AddDetails();
        return fields;
    }

    private void AddDetails()
    {
        switch (document.Details)
        {
            case CharterDetails charter:
                Add(charter);
                break;
            case ProcessDetails process:
                List("steps", process.Steps.Select(step => step.Name));
                foreach (var step in process.Steps)
                {
                    One("letter", step.Letter, step.Name);
                    Channels("do", step.Do, step.Name);
                    Channels("say", step.Say, step.Name);
                }

                break;
            case StandardDetails standard:
                Channels("basic", standard.Basic);
                Channels("exceptional", standard.Exceptional);
                foreach (var (topic, time) in standard.Times)
                {
                    One("time", time, topic);
                }

                break;
            case AuthorityDetails authority:
                List("limits", authority.Limits.Select(NameOf));
                foreach (var limit in authority.Limits)
                {
                    One("up-to", limit.UpTo, NameOf(limit));
                    One("per", limit.Per, NameOf(limit));
                    One("above-it", limit.AboveIt, NameOf(limit));
                }

                break;
            case FormDetails form:
                One("file", form.File);
                One("sample", form.Sample);
                break;
            case TermDetails term:
                List("instead-of", term.InsteadOf);
                One("plain", term.Plain);
                break;
            case DeskDetails desk:
                Add(desk);
                break;
            case SystemDetails system:
                One("for", system.For);
                One("url", system.Url);
                One("access-by", system.AccessBy);
                One("when-down", system.WhenDown);
                break;
            case NoticeDetails notice:
                One("from", In(notice.From));
                One("until", In(notice.Until));
                One("say", notice.Say);
                One("do-not-promise", notice.DoNotPromise);
                List("overrides", notice.Overrides.Select(path => path.Value));
                break;
            default:
                break;
        }
    }

    private void Add(CharterDetails charter)
    {
        List("promises", charter.Promises.Select(promise => promise.Text));
        foreach (var promise in charter.Promises)
        {
            List("made-by", promise.MadeBy, promise.Text);
            List("kept-by", promise.KeptBy, promise.Text);
            One("topic", promise.Topic, promise.Text);
            One("within", promise.Within, promise.Text);
            One("measure", promise.Measure, promise.Text);
            One("source", promise.Source, promise.Text);
            One("target", promise.Target, promise.Text);
            One("if-missed", promise.IfMissed, promise.Text);
            One("confirmed", In(promise.Confirmed), promise.Text);
        }
    }

    private void Add(DeskDetails desk)
    {
        One("phone", desk.Phone);
        One("extension", desk.Extension);
        One("email", desk.Email);
        List("hours", desk.Hours.Spans.OrderBy(span => ((int)span.Day + 6) % 7).ThenBy(span => span.From).Select(In));
        List("closed", desk.Hours.Closed.Select(day => day.Why is null ? In(day.Date)! : $"{In(day.Date)}, {day.Why}"));
        One("transfer", desk.Transfer);
        One("address", desk.Address);
        List("languages", desk.Languages);
        One("after-hours", desk.AfterHours);
        One("covered-by", desk.CoveredBy);
        List("handles", desk.Handles);
        List("not-ours", desk.NotOurs.Select(other => string.Join(", ", new[] { other.Topic, other.Who, other.Phone }.Where(text => text is not null))));
    }

    private static string NameOf(AuthorityLimit limit) => $"{limit.Role}, {limit.May}";

    private void One(string field, string? value, string? of = null)
    {
        if (!string.IsNullOrEmpty(value))
        {
            fields.Add(new DocumentField(Label(field, of), [value], IsList: false));
        }
    }

    private void List(string field, IEnumerable<string> values, string? of = null)
    {
        ImmutableArray<string> all = [.. values];
        if (!all.IsEmpty)
        {
            fields.Add(new DocumentField(Label(field, of), all, IsList: true));
        }
    }

    private void Channels(string field, ImmutableArray<ChannelLines> channels, string? of = null)
    {
        foreach (var channel in channels)
        {
            var name = channel.Channel.Length == 0 ? null : settings.Words.Keys.Contains($"channel.{channel.Channel}") ? settings.Words[$"channel.{channel.Channel}"] : channel.Channel;
            List(field, channel.Lines, name is null ? of : of is null ? name : $"{of}, {name}");
        }
    }

    private string Label(string field, string? of) =>
        of is null ? settings.Words[$"field.{field}"] : settings.Words.Format("field.of", settings.Words[$"field.{field}"], of);

    private string? In(DateOnly? date) => date?.ToString(settings.Words["format.day"], CultureInfo.CurrentCulture);

    private string? In(DeclaredMoment? moment) => moment is { } declared ? In(declared) : null;

    /// <summary>As declared: a written offset is part of it.</summary>
    private string In(DeclaredMoment moment) => (moment.Time, moment.Offset) switch
    {
        (null, _) => In((DateOnly?)moment.Date)!,
        ({ } time, null) => $"{In((DateOnly?)moment.Date)}, {In(time)}",
        ({ } time, { } offset) => string.Create(CultureInfo.InvariantCulture, $"{In((DateOnly?)moment.Date)}, {In(time)} UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}"),
    };

    private string In(TimeOnly time) => time.ToString(settings.Words["format.time"], CultureInfo.CurrentCulture);

    private string In(OpenSpan span) => settings.Words.Format(
        "field.hours.span",
        CultureInfo.CurrentCulture.DateTimeFormat.GetDayName(span.Day),
        In(span.From),
        span.Until is { } until ? In(until) : settings.Words["hours.midnight"]);
}
