using System.Collections.Immutable;

namespace PolicyHub.Content.Search;

/// <summary>Direct answers of the best documents whose question is the one asked: shown above the list, so only when well covered.</summary>
internal sealed class AnswerFinder(MatchMap map, QueryPlan plan, ReaderView view)
{
    /// <summary>So many documents, the first found, are asked for answers.</summary>
    public const int Documents = 10;

    private const int MostAnswers = 3;

    /// <summary>Share of what was asked that the question and the names of its document must have.</summary>
    private const float LeastOfQuery = 0.7f;

    /// <summary>Share of the things asked, see <see cref="MatchMap.ShareMet"/>, that the question or one name of its document, with the title, must have.</summary>
    private const float LeastMet = 0.65f;

    /// <summary>Share of the question that must have been asked.</summary>
    private const float LeastOfQuestion = 0.35f;

    private int[] buffer = [];

    public ImmutableArray<AnswerHit> Find(List<RankedDocument> ranked)
    {
        var found = new List<(AnswerHit Hit, float Score, int Rank)>();
        for (var rank = 0; rank < Math.Min(Documents, ranked.Count); rank++)
        {
            var document = view.Data.Documents[ranked[rank].Slot]!;
            for (var answer = 0; answer < document.AnswerRuns.Length; answer++)
            {
                if (document.AnswerRuns[answer] < 0)
                {
                    continue;
                }

                var question = document.Read(document.Runs[document.AnswerRuns[answer]], ref buffer);
                var cover = map.Look(question);
                if (cover.Text < LeastOfQuestion)
                {
                    continue;
                }

                var withNames = map.Look(WithNames(document, question, _ => true)).Query;
                if (withNames >= LeastOfQuery && ShareMet(document, question) >= LeastMet)
                {
                    found.Add((new AnswerHit(document.Source, document.Source.Document.Answers[answer]), cover.Both + (0.1f * withNames), rank));
                }
            }
        }

        return plan.Clauses.Count == 0 ? [] :
        [
            .. found.OrderByDescending(answer => answer.Score).ThenBy(answer => answer.Rank).Take(MostAnswers).Select(answer => answer.Hit),
        ];
    }

    /// <summary>
    /// What the question has of the things asked, or one of the names, whichever has more. The words of one text belong together;
    /// those of several ("How high can grass be?", "bill for mowing") make up what nobody asks.
    /// </summary>
    private float ShareMet(AnalysedDocument document, ReadOnlySpan<int> question)
    {
        var most = map.ShareMet(WithNames(document, question, run => run.Field == Field.Title));
        foreach (var name in document.Runs)
        {
            if (name.Field == Field.AlsoKnownAs && most < LeastMet)
            {
                most = Math.Max(most, map.ShareMet(WithNames(document, [], run => run.Field == Field.Title || run == name)));
            }
        }

        return most;
    }

    /// <summary>The question with the title and the callers' words of its document, as far as wanted: who asks may use either.</summary>
    private static int[] WithNames(AnalysedDocument document, ReadOnlySpan<int> question, Func<Run, bool> wanted)
    {
        var asked = new List<int>(question.ToArray());
        foreach (var run in document.Runs)
        {
            if (run.Field is Field.Title or Field.AlsoKnownAs && wanted(run))
            {
                foreach (var word in document.WordsOf(run))
                {
                    asked.Add(word);
                }
            }
        }

        return [.. asked];
    }
}
