using PolicyHub.Content.Rendering;
using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

public sealed class AccessTests
{
    private static readonly string[] Queries =
    [
        "late fee", "secret1", "secre", "hr secret", "waivers", "watr bill", "s", "h", "legal", "latefee", "shut off", "\"secret1 waivers\"", "fee -secret1",
        "kind:policy", "id:UB-00", "late fee waivr", "the", "refnd of payment", "shutof", "hrsecret1",
    ];

    /// <summary>For a reader, a hidden document might as well not exist: not one score, count, correction, suggestion or answer differs.</summary>
    [Fact]
    public void Search_HiddenDocuments_ChangeNothing()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var documents = Library.Random(new Random(seed), 12, "hr", "legal");
            var synonyms = new SynonymSet([new SynonymEntry(["refund"], ["payment"])]);
            var index = SearchIndex.Build(documents, "en", synonyms: synonyms);
            foreach (var labels in new string[][] { [], ["hr"], ["hr", "legal"], ["other"] })
            {
                var reader = new Reader(labels);
                var without = SearchIndex.Build([.. documents.Where(document => reader.MaySee(document.Access))], "en", synonyms: synonyms);
                foreach (var text in Queries)
                {
                    foreach (var exactly in new[] { false, true })
                    {
                        var query = new SearchQuery { Text = text, Exactly = exactly };
                        Assert.Equal(seed + text + exactly + without.Search(query, reader).Print(), seed + text + exactly + index.Search(query, reader).Print());
                    }
                }

                var html = new SafeHtml("<p>late secret1 waivers watr fee</p>");
                Assert.Equal(without.Mark(html, "secret1 watr fee", reader).Value, index.Mark(html, "secret1 watr fee", reader).Value);
            }
        }
    }

    [Fact]
    public void Search_HiddenDocument_IsFoundByWhoMaySeeIt()
    {
        var index = Library.Index(Library.Doc("a", "Open", "Text."), Library.Doc("b", "Severance", "Secret severance.", access: "hr"));
        Assert.Empty(index.Find("severance").Hits);
        Assert.Null(index.Find("severence").CorrectedTo);
        Assert.Null(index.Find("severence").Suggestion);
        Assert.Equal(["b"], index.Find("severance", "hr").Paths());
    }
}
