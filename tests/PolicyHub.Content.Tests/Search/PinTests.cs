using PolicyHub.Content.Documents;
using PolicyHub.Content.Problems;
using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

/// <summary>Sections that owners put first for a question.</summary>
public sealed class PinTests
{
    private static readonly SearchableDocument[] Documents =
    [
        Library.Doc("fees", "Late fees", "A late fee is added.\n## Waivers\nOne a year.", id: "UB-014", audience: ["counter"]),
        Library.Doc("bills", "High bills", "A leak.\n## Check\nThe meter.", kind: DocumentKind.Process, tags: ["water"]),
        Library.Doc("secret", "Secret", "For few.", access: "leads"),
    ];

    [Theory]
    [InlineData("why did my bill go up")]
    [InlineData("Why did my bills go UP?")]
    [InlineData("up go bill my did why ")]
    [InlineData("my bill: why did it go up", false)]
    [InlineData("why did my bill go", false)]
    [InlineData("why did my bill go up now", false)]
    [InlineData("why did my bill go up -meter", false)]
    [InlineData("why did my bill go up id:UB-014", false)]
    public void Search_SameWordsInAnyFormAndOrder_HasThePinFirst(string text, bool isPinned = true)
    {
        var results = Pinned(Pin("bills#check", "why did my bill go up")).Find(text);

        Assert.Equal(isPinned, results.Hits is [{ Pinned: "Because." }, ..]);
        Assert.All(results.Hits.Skip(isPinned ? 1 : 0), hit => Assert.Null(hit.Pinned));
        if (isPinned)
        {
            Assert.Equal(("bills.md", 1), (results.Hits[0].Document.Document.Path.Value, results.Hits[0].Section));
            Assert.Single(results.Hits, hit => hit.Document.Document.Path.Value == "bills.md");
        }
    }

    [Fact]
    public void Search_PinThatWordsDoNotFind_IsCountedOnceAndStandsAboveWhatTheyFind()
    {
        var plain = Pinned().Find("late fee");
        var pinned = Pinned(Pin("bills", "late fee")).Find("late fee");

        Assert.Equal(["bills", "fees"], pinned.Paths());
        Assert.Equal(plain.Total + 1, pinned.Total);
        Assert.Equal(plain.Kinds.Sum(kind => kind.Count) + 1, pinned.Kinds.Sum(kind => kind.Count));
        Assert.Contains(new KindCount(DocumentKind.Process, 1), pinned.Kinds);
        Assert.True(pinned.Hits[0].Score >= pinned.Hits[1].Score);
    }

    [Fact]
    public void Search_PinOfWhatIsFoundAnyway_CountsNothingTwice()
    {
        var pinned = Pinned(Pin("UB-014#waivers", "late fee")).Find("late fee");

        Assert.Equal((1, 1, 1), (pinned.Total, pinned.Kinds.Sum(kind => kind.Count), pinned.Hits.Length));
        Assert.Equal(1, pinned.Hits[0].Section);
        Assert.DoesNotContain(1, pinned.Hits[0].OtherSections);
    }

    [Fact]
    public void Search_TwoPins_StandInTheOrderOfTheFile() =>
        Assert.Equal(["bills", "fees"], Pinned(Pin("bills", "late fee"), Pin("fees", "late fees")).Find("late fee").Paths());

    [Fact]
    public void Search_PinOfWhatTheReaderMayNotSee_LeavesNoTrace()
    {
        var pinned = Pinned(Pin("secret", "late fee"));

        Assert.Equal(Pinned().Find("late fee").Print(), pinned.Find("late fee").Print());
        Assert.Equal("secret", pinned.Find("late fee", "leads").Paths()[0]);
    }

    [Theory]
    [InlineData("kind", false)]
    [InlineData("tag", false)]
    [InlineData("audience", true)]
    [InlineData("", true)]
    public void Search_Filters_HoldForPins(string filter, bool expected)
    {
        var query = new SearchQuery { Text = "zeppelin" };
        query = filter switch
        {
            "kind" => query with { Kind = DocumentKind.Process },
            "tag" => query with { Tag = "water" },
            "audience" => query with { Audience = "counter" },
            _ => query,
        };

        var results = Pinned(Pin("fees", "zeppelin")).Search(query, Reader.Anyone);

        Assert.Equal(expected ? 1 : 0, results.Hits.Length);
        Assert.Equal(expected ? 1 : 0, results.Total);
    }

    [Fact]
    public void Explain_Pin_GivesItsReason()
    {
        var (index, query) = (Pinned(Pin("bills", "zeppelin")), new SearchQuery { Text = "zeppelin" });

        var sentences = index.Explain(query, Reader.Anyone, index.Search(query, Reader.Anyone).Hits[0]).Sentences(Words.English);

        Assert.Equal(["Placed first for this question: Because.", "“zeppelin” does not stand here."], sentences);
    }

    private static SearchIndex Pinned(params Pin[] pins) => SearchIndex.Build(Documents, "en", pins: pins);

    private static Pin Pin(string find, params string[] asks) => new()
    {
        Asks = [.. asks],
        Find = FindTarget.Parse(find, SourcePosition.None),
        Reason = "Because.",
        Until = new DeclaredMoment(new DateOnly(2030, 1, 1)),
        File = PinsReader.FileName,
        At = SourcePosition.None,
    };
}
