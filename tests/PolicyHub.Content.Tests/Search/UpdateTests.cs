using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

public sealed class UpdateTests
{
    private static readonly string[] Queries = ["late fee", "latefee", "watr", "pay", "s", "shut off", "the", "refund -fee", "\"late fee\"", "UB-003", "kind:page", "secret1", "fresh words"];

    /// <summary>An index made from the last one by what changed is the index made from all.</summary>
    [Fact]
    public void Build_FromPrevious_EqualsBuildFromAll()
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var random = new Random(seed);
            var documents = Library.Random(random, 40, "hr").ToList();
            var index = SearchIndex.Build(documents, "en");
            for (var step = 0; step < 12; step++)
            {
                Change(random, documents, step);
                index = SearchIndex.Build(documents, "en", index);
                var whole = SearchIndex.Build(documents, "en");
                foreach (var text in Queries)
                {
                    foreach (var reader in new[] { Reader.Anyone, new Reader(["hr"]) })
                    {
                        var query = new SearchQuery { Text = text };
                        Assert.Equal(whole.Search(query, reader).Print(), index.Search(query, reader).Print());
                    }
                }
            }
        }
    }

    [Fact]
    public void Build_SameKeyOtherDay_ShowsTheNewDay()
    {
        var document = Library.Doc("a", "Late fees", "Text.");
        var index = Library.Index(document, Library.Doc("b", "Other", "Text."));
        var later = document with { InEffectSince = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero) };
        var next = SearchIndex.Build([later, Library.Doc("b", "Other", "Text.")], "en", index);
        Assert.Equal(later.InEffectSince, next.Find("late").Hits[0].Document.InEffectSince);
    }

    [Fact]
    public void Build_OtherAccess_IsNotTakenFromTheLast()
    {
        var index = Library.Index(Library.Doc("a", "Late fees", "Text."));
        var hidden = SearchIndex.Build([Library.Doc("a", "Late fees", "Text.") with { Access = "hr" }], "en", index);
        Assert.Empty(hidden.Find("late").Hits);
    }

    [Fact]
    public void Search_WhileOthersSearch_GivesTheSame()
    {
        var index = SearchIndex.Build(Library.Random(new Random(1), 60, "hr"), "en");
        var expected = Queries.Select(text => index.Find(text).Print()).ToArray();
        Parallel.For(0, 400, i => Assert.Equal(expected[i % Queries.Length], index.Find(Queries[i % Queries.Length]).Print()));
    }

    private static void Change(Random random, List<SearchableDocument> documents, int step)
    {
        switch (random.Next(4))
        {
            case 0:
                documents.RemoveAt(random.Next(documents.Count));
                break;
            case 1:
                documents.Add(Library.Doc($"new{step}", "Fresh words", $"Fresh words number{step} about a late fee."));
                break;
            default:
                var place = random.Next(documents.Count);
                var old = documents[place];
                var section = old.Sections[0];
                documents[place] = old with
                {
                    Key = $"{old.Key}*{step}",
                    Sections = old.Sections.SetItem(0, section with { Text = $"fresh refund watre {section.Text} step{step}" }),
                };
                break;
        }
    }
}
