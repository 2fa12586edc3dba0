using PolicyHub.Content.Documents;
using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

public sealed class ReferenceTests
{
    /// <summary>The second look off: what is left is BM25F, which the reference knows.</summary>
    private static readonly Ranking Core = new() { LooksTwice = false, SectionCandidates = 1000, CandidateShare = 0 };

    private static readonly DateTimeOffset FirstDay = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Search_PlainWords_ScoresAsTheReferenceDoes()
    {
        for (var seed = 100; seed < 140; seed++)
        {
            var random = new Random(seed);
            // Terms would add synonyms, which the reference does not know.
            var documents = Library.Random(random, random.Next(2, 25)).Select(source => source with { Document = source.Document with { Details = null } }).ToArray();
            var index = SearchIndex.Build(documents, "en", null, null, Core);
            var reference = new ReferenceScorer(documents, Core);
            foreach (var text in new[] { "late", "water bill", "refund permit trash", "the payment of a bill", "cart cart water", "nowhere late" })
            {
                var expected = reference.Search(text.Split(' '));
                var found = index.Search(new SearchQuery { Text = text, Unfinished = false, Exactly = true, Limit = 100 }, Reader.Anyone);

                Assert.Equal(expected.Count, found.Total);
                foreach (var hit in found.Hits)
                {
                    var score = expected.Single(other => other.Path.Equals(hit.Document.Document.Path.WithoutExtension, StringComparison.Ordinal)).Score;
                    Assert.Equal(score, hit.Score, 1e-3);
                }

                Assert.Equal(found.Hits.OrderByDescending(hit => hit.Score).Select(hit => hit.Score), found.Hits.Select(hit => hit.Score));
            }
        }
    }

    /// <summary>A filter keeps what passes it of the list without it, in the same order and with the same scores.</summary>
    [Fact]
    public void Search_EveryFilter_KeepsWhatPassesIt()
    {
        for (var seed = 200; seed < 230; seed++)
        {
            var documents = Library.Random(new Random(seed), 30).Select((source, day) => source with { InEffectSince = FirstDay.AddDays(day) }).ToArray();
            // No least cover: a filter may take away the best document, and with it the measure of the rest.
            var index = SearchIndex.Build(documents, "en", null, null, new Ranking { LeastCover = 0, SectionCandidates = 1000, CandidateShare = 0 });
            foreach (var text in new[] { "late fee", "water", "refund of the payment", "shutof" })
            {
                var all = index.Search(new SearchQuery { Text = text, Limit = 100 }, Reader.Anyone).Hits;
                void Holds(SearchQuery query, Func<SearchableDocument, bool> passes) => Assert.Equal(
                    all.Where(hit => passes(hit.Document)).Select(hit => (hit.Document.Key, hit.Score)),
                    index.Search(query with { Limit = 100 }, Reader.Anyone).Hits.Select(hit => (hit.Document.Key, hit.Score)));

                Holds(new SearchQuery { Text = text, Kind = DocumentKind.Policy }, source => source.Document.Kind == DocumentKind.Policy);
                Holds(new SearchQuery { Text = text, Tag = "money" }, source => source.Document.Tags.Contains("money"));
                Holds(new SearchQuery { Text = text, Audience = "counter" }, source => source.Document.Audience.Contains("counter"));
                Holds(new SearchQuery { Text = text, Since = FirstDay.AddDays(10) }, source => source.InEffectSince >= FirstDay.AddDays(10));
                Holds(new SearchQuery { Text = text, Until = FirstDay.AddDays(20) }, source => source.InEffectSince <= FirstDay.AddDays(20));
                Holds(
                    new SearchQuery { Text = text, Since = FirstDay.AddDays(5), Until = FirstDay.AddDays(5), Tag = "money" },
                    source => source.InEffectSince == FirstDay.AddDays(5) && source.Document.Tags.Contains("money"));
                Holds(new SearchQuery { Text = $"kind:page {text}" }, source => source.Document.Kind == DocumentKind.Page);
                Holds(new SearchQuery { Text = $"-permit {text}" }, source => !Text(source).Contains("permit", StringComparison.Ordinal));
            }
        }
    }

    /// <summary>A facet counts what the same search finds without its own filter, and with that name as its filter.</summary>
    [Fact]
    public void Search_Facets_CountWhatEachFilterWouldFind()
    {
        for (var seed = 400; seed < 430; seed++)
        {
            var index = SearchIndex.Build(Library.Random(new Random(seed), 30, "leads"), "en", null, null, new Ranking { LeastCover = 0 });
            foreach (var query in new[]
            {
                new SearchQuery { Text = "late fee" },
                new SearchQuery { Text = "late fee", Tag = "money" },
                new SearchQuery { Text = "water", Audience = "counter", Kind = DocumentKind.Policy },
                new SearchQuery { Text = "water", Audience = "counter", Tag = "money" },
            })
            {
                var found = index.Search(query with { Facets = true }, Reader.Anyone);
                int Total(SearchQuery other) => index.Search(other, Reader.Anyone).Total;

                Assert.Equal(Total(query with { Tag = "Money" }), found.Tags.SingleOrDefault(tag => tag.Name == "money")?.Count ?? 0);
                Assert.Equal(Total(query with { Audience = "Counter" }), found.Audiences.SingleOrDefault(audience => audience.Name == "counter")?.Count ?? 0);
                Assert.Empty(index.Search(query, Reader.Anyone).Tags);
            }
        }
    }

    /// <summary>A phrase is found exactly where its words stand behind one another in one text.</summary>
    [Fact]
    public void Search_Phrase_IsFoundWhereItStands()
    {
        for (var seed = 300; seed < 330; seed++)
        {
            var documents = Library.Random(new Random(seed), 30);
            var index = SearchIndex.Build(documents, "en", null, null, new Ranking { LeastCover = 0 });
            foreach (var phrase in new[] { "late fee", "of the", "water bill pay" })
            {
                Assert.Equal(
                    documents.Where(source => Text(source).Contains($" {phrase} ", StringComparison.Ordinal)).Select(source => source.Document.Path).Order(),
                    index.Search(new SearchQuery { Text = $"\"{phrase}\"", Limit = 100 }, Reader.Anyone).Hits.Select(hit => hit.Document.Document.Path).Order());
            }
        }
    }

    /// <summary>All texts of a document, a bar between them, so that a phrase is in one of them or in none.</summary>
    private static string Text(SearchableDocument source)
    {
        var document = source.Document;
        string[] texts =
        [
            document.Title, document.Summary, .. document.Tags, .. document.AlsoKnownAs,
            .. document.Answers.SelectMany(answer => new[] { answer.Ask, answer.Say }),
            .. document.Details is TermDetails term ? [term.Plain, .. term.InsteadOf] : Array.Empty<string>(),
            .. source.Sections.SelectMany(section => new[] { section.Heading, section.Text }),
        ];
        return $" {string.Join(" | ", texts)} ".Replace('\n', ' ');
    }
}
