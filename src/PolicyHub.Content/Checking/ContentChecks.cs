using PolicyHub.Content.Documents;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Checking;

/// <summary>What documents say: answers against their sections, promises against standards, notices, reviews.</summary>
internal static class ContentChecks
{
    public static IEnumerable<Problem> Run(LibraryIndex index)
    {
        var times = Standards(index);
        return index.Documents.SelectMany(document => document.OfItself
            .Concat(WhatHappensNext(index, document))
            .Concat(Promises(times, document))
            .Concat(Notice(index, document))
            .Concat(Review(index, document))
            .Concat(Hints(index, document)));
    }

    /// <summary>What can be said of a document without looking at anything else.</summary>
    public static IEnumerable<Problem> OfItself(CheckedDocument document) => Answers(document).Concat(OwnedSections(document)).Concat(Durations(document));

    /// <summary>What a template told its author, left standing.</summary>
    private static IEnumerable<Problem> Hints(LibraryIndex index, CheckedDocument document)
    {
        var body = document.Document.Body;
        if (TemplateText.Find(index.Library.Settings.Words, body) is { } found)
        {
            yield return ProblemCatalogue.HintLeft(document.File, new SourcePosition(document.Document.BodyLine + body.AsSpan(0, found.At).Count('\n'), 1), found.Hint);
        }
    }

    private static IEnumerable<Problem> OwnedSections(CheckedDocument document)
    {
        var anchors = document.Rendered.Sections.Select(section => section.Anchor).Where(anchor => anchor.Length > 0).ToList();
        return document.Document.SectionOwners.Where(owned => !anchors.Contains(owned.Anchor))
            .Select(owned => ProblemCatalogue.SectionOwnerMissing(document.File, document.Document.WrittenAt.Of($"section-owners.{owned.Anchor}"), owned.Anchor, anchors));
    }

    private static IEnumerable<Problem> Answers(CheckedDocument document)
    {
        foreach (var (number, answer) in document.Document.Answers.Index())
        {
            var sections = document.Rendered.Sections;
            if (answer.Section is { } anchor)
            {
                var start = sections.Select(section => section.Anchor).ToList().IndexOf(anchor);
                if (start < 0)
                {
                    yield return ProblemCatalogue.AnswerSectionMissing(
                        document.File, document.Document.WrittenAt.Of($"answers[{number}].section"), anchor, sections.Select(section => section.Anchor).Where(other => other.Length > 0));
                    continue;
                }

                // A heading holds what its own sub-headings hold.
                sections = [sections[start], .. sections.Skip(start + 1).TakeWhile(section => section.Level > sections[start].Level)];
            }

            var cited = Figures.CitedBy(string.Join('\n', sections.Select(section => section.Heading + "\n" + section.Text)));
            foreach (var (field, text) in new[] { ("say", answer.Say), ("only-if", answer.OnlyIf ?? "") })
            {
                foreach (var (written, figure) in Figures.In(text).DistinctBy(found => found.Figure))
                {
                    if (!cited.Contains(figure))
                    {
                        yield return ProblemCatalogue.AnswerFigureMissing(
                            document.File, document.Document.WrittenAt.Of($"answers[{number}].{field}"), written, answer.Section);
                    }
                }
            }
        }
    }

    /// <summary>A policy with answers is one that residents ask about, and they will ask what comes next.</summary>
    private static IEnumerable<Problem> WhatHappensNext(LibraryIndex index, CheckedDocument document)
    {
        var heading = index.Library.Settings.Words["policy.what-happens-next"];
        if (document.Document is { Kind: DocumentKind.Policy, Answers.IsEmpty: false }
            && !document.Rendered.Sections.Any(section => section.Heading.Trim().Equals(heading, StringComparison.OrdinalIgnoreCase)))
        {
            yield return ProblemCatalogue.NoWhatHappensNext(document.File, document.Document.WrittenAt.Of("answers"), heading);
        }
    }

    /// <summary>What each desk's own standards say, by desk and topic.</summary>
    private static ILookup<(string Desk, string Topic), (string Time, CheckedDocument Standard)> Standards(LibraryIndex index) => (
        from document in index.Documents
        where document.Document is { Desk: not null, Details: StandardDetails }
        from time in ((StandardDetails)document.Document.Details!).Times
        select (Key: (document.Document.Desk!, time.Key), Value: (time.Value, document))).ToLookup(pair => pair.Key, pair => pair.Value);

    private static IEnumerable<Problem> Promises(ILookup<(string Desk, string Topic), (string Time, CheckedDocument Standard)> times, CheckedDocument document) =>
        from promise in (document.Document.Details as CharterDetails)?.Promises.Index() ?? []
        where promise.Item.Topic is not null && PromisedTime.TryParse(promise.Item.Within, out _)
        from keeper in promise.Item.KeptBy.Distinct(StringComparer.Ordinal)
        from standard in times[(keeper, promise.Item.Topic!)]
        where PromisedTime.TryParse(standard.Time, out var takes) && PromisedTime.TryParse(promise.Item.Within, out var promised) && takes > promised
        select ProblemCatalogue.PromiseContradicted(
            document.File, document.Document.WrittenAt.Of($"promises[{promise.Index}].within"), promise.Item.Within!, keeper, standard.Time, standard.Standard.File);

    private static IEnumerable<Problem> Durations(CheckedDocument document)
    {
        var at = document.Document.WrittenAt;
        var written = document.Document.Details switch
        {
            CharterDetails charter => charter.Promises.Index().Where(promise => promise.Item.Within is not null).Select(promise => (promise.Item.Within!, at.Of($"promises[{promise.Index}].within"))),
            StandardDetails standard => standard.Times.Select(time => (time.Value, at.Of($"times.{time.Key}"))),
            _ => [],
        };
        return from time in written
               where !PromisedTime.TryParse(time.Item1, out _)
               select ProblemCatalogue.WrongDuration(document.File, time.Item2, time.Item1);
    }

    private static IEnumerable<Problem> Notice(LibraryIndex index, CheckedDocument document)
    {
        var zone = index.Library.Settings.Zone;
        if (document.Document.Details is NoticeDetails notice && notice.Until.LastInstant(zone) <= notice.From.FirstInstant(zone))
        {
            yield return ProblemCatalogue.NoticeEndsBeforeStart(document.File, document.Document.WrittenAt.Of("until"));
        }
    }

    private static IEnumerable<Problem> Review(LibraryIndex index, CheckedDocument document)
    {
        if (document.Document.ReviewBy is { } due && due < index.Library.Today && document.Document.Rescinded is null)
        {
            yield return ProblemCatalogue.ReviewDue(document.File, document.Document.WrittenAt.Of("review-by"), due);
        }
    }
}
