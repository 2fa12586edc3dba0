using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

public sealed class PostingsTests
{
    private static readonly Ranking Ranking = new();

    /// <summary>Lists long enough for several chunks, changed at both ends, in the middle, and past the slots that 16 bits hold.</summary>
    [Fact]
    public void Change_LongLists_EqualsBuildFromAll()
    {
        var random = new Random(7);
        var documents = Enumerable.Range(0, 70_000).Select(_ => Random(random)).ToArray();
        var reference = ReferenceLengths.Of(LengthTotals.Of(documents));
        var postings = new PostingsBuilder(Ranking, reference, Words).Build(documents);
        Assert.True(postings[0].Chunks > 20);
        foreach (var slots in new int[][] { [0], [69_999], [65_535, 65_536], [3, 4, 5, 40_000], [.. Enumerable.Range(2_000, 3_000)], [.. Enumerable.Range(65_000, 2_000)] })
        {
            var (removed, added) = (new SortedDictionary<int, AnalysedDocument>(), new SortedDictionary<int, AnalysedDocument>());
            var after = (AnalysedDocument?[])documents.Clone();
            foreach (var slot in slots)
            {
                // Some leave their slot free, and come back in a later round.
                if (documents[slot] is { } old)
                {
                    removed.Add(slot, old);
                }

                after[slot] = random.Next(3) == 0 ? null : Random(random);
                if (after[slot] is { } fresh)
                {
                    added.Add(slot, fresh);
                }
            }

            var builder = new PostingsBuilder(Ranking, reference, Words);
            postings = builder.Change(postings, removed, added);
            Same(builder.Build(after), postings);
            documents = after!;
        }
    }

    [Fact]
    public void Change_EverythingTakenOut_LeavesNothing()
    {
        var documents = Enumerable.Range(0, 3_000).Select(_ => Random(new Random(1))).ToArray();
        var builder = new PostingsBuilder(Ranking, ReferenceLengths.Of(LengthTotals.Of(documents)), Words);
        var all = new SortedDictionary<int, AnalysedDocument>(Enumerable.Range(0, documents.Length).ToDictionary(slot => slot, slot => documents[slot]));
        var empty = builder.Change(builder.Build(documents), all, []);
        Assert.All(empty, list => Assert.Equal((0, 0, false), (list.Count, list.Chunks, list.Holds(0))));
        Same(builder.Build(documents), builder.Change(empty, [], all));
    }

    [Fact]
    public void Impact_OfAFrequency_IsWithinA32ndOfIt()
    {
        for (var frequency = 1 / 120f; frequency < 490; frequency *= 1.003f)
        {
            Assert.InRange(Impact.Frequencies[Impact.Of(frequency)] / frequency, 1 - (1 / 32f), 1 + (1 / 32f));
        }

        Assert.Equal((0, 1, 255), (Impact.Of(0), Impact.Of(1e-9f), Impact.Of(1e9f)));
    }

    private const int Words = 40;

    private static void Same(Postings[] expected, Postings[] actual)
    {
        for (var word = 0; word < expected.Length; word++)
        {
            Assert.Equal(All(expected[word]), All(actual[word]));
            Assert.Equal(expected[word].Count, actual[word].Count);
            var slots = new List<int>();
            foreach (var slot in actual[word])
            {
                slots.Add(slot);
            }

            Assert.Equal(All(expected[word]).Select(one => one.Slot), slots);
            Assert.All(slots.Where((_, i) => i % 97 == 0), slot => Assert.Equal((true, slots.Contains(slot + 1)), (actual[word].Holds(slot), actual[word].Holds(slot + 1))));
        }
    }

    private static List<(int Slot, byte Impact)> All(Postings postings)
    {
        var all = new List<(int, byte)>();
        for (var i = 0; i < postings.Chunks; i++)
        {
            for (var at = 0; at < postings[i].Count; at++)
            {
                all.Add((postings[i].Base | postings[i].Slots[at], postings[i].Impacts[at]));
            }
        }

        return all;
    }

    /// <summary>A title and a text of words of which the first are the most frequent.</summary>
    private static AnalysedDocument Random(Random random)
    {
        int[] words = [.. Enumerable.Range(0, random.Next(2, 6)).Select(_ => random.Next(random.Next(1, Words)))];
        return new AnalysedDocument
        {
            Source = Library.Doc("a", "A"),
            Units = Array.ConvertAll(words, word => (ushort)word),
            Runs = [new Run(Field.Title, -1, 0, 1), new Run(Field.Body, 0, 1, words.Length)],
            Lengths = [words.Length - 1, 0, 0, 0, 0, 0, 0, 1],
            SectionLengths = [words.Length - 1],
            TextStarts = [],
            SectionsWithText = 1,
            AnswerRuns = [],
            Tie = 0,
            Id = "",
        };
    }
}
