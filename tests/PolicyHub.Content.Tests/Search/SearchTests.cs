using PolicyHub.Content.Documents;
using PolicyHub.Content.Search;
using static PolicyHub.Content.Tests.Search.Library;

namespace PolicyHub.Content.Tests.Search;

public sealed class SearchTests
{
    private static readonly SearchIndex Riverton = Index(
        Doc("late-fees", "Late fees", "A late fee is added after ten days.\n## Waiving a fee\nThe counter may waive one late fee a year. The waiver is noted.\n## Shut-off\nWater is shut off after 60 days.", id: "UB-014",
            known: ["penalty", "late charge"], tags: ["money"], audience: ["counter", "phone"],
            answers: [new DirectAnswer("Can I waive a late fee?", "Yes, one a year.", "The account is in good standing.", "waiving-a-fee")]),
        Doc("payment-plans", "Payment plans", "Who can't pay a bill at once may pay in parts.\n## Late payment\nA plan that is late ends.", known: ["installments"], tags: ["money"]),
        Doc("reconnection", "Reconnection after shutoff", "The water comes back on the day of payment. The reconnection fee is $45.00.", id: "UB-021"),
        Doc("permit-form", "Permit application form", "Fill in form P-2 for a fence.\n## Late applications\nCall 555-0123.", kind: DocumentKind.Form, audience: ["counter"]),
        Doc("glossary", "Glossary", "What the words mean, from fee to waiver. A penalty is a late charge.\n## Overview\nWords.", kind: DocumentKind.Page),
        Doc("trash", "Missed collection", "Put the cart out by seven. Trash is collected weekly."),
        Doc("holidays", "Holidays", "Offices are closed on public holidays, trash collection moves by a day."));

    [Theory]
    [InlineData("late fees", "late-fees")]
    [InlineData("late fee waiver", "late-fees")]
    [InlineData("UB-014", "late-fees")]
    [InlineData("ub 014", "late-fees")]
    [InlineData("ub014", "late-fees")]
    [InlineData("UB-02", "reconnection")]
    [InlineData("missed collection", "trash")]
    [InlineData("holiday", "holidays")]
    [InlineData("waiving fees", "late-fees")]
    [InlineData("penalty", "late-fees")]
    [InlineData("installment", "payment-plans")]
    [InlineData("P-2", "permit-form")]
    [InlineData("5550123", "permit-form")]
    [InlineData("555-0123", "permit-form")]
    [InlineData("$45", "reconnection")]
    [InlineData("Overview", "glossary")]
    public void Search_CallersWords_FindFirst(string query, string path) => Assert.Equal(path, Riverton.Find(query).Paths()[0]);

    /// <summary>The list under the box asks for ten, the page for thirty, another program for fifty or a thousand.</summary>
    [Fact]
    public void Search_MoreAskedFor_ListsThemInTheSameOrder()
    {
        var random = new Random(11);
        string Words(int most) => string.Join(' ', Enumerable.Range(0, random.Next(most)).Select(_ => $"w{random.Next(40)}"));
        var index = Index([.. Enumerable.Range(0, 120).Select(i => Doc($"d{i:000}", $"Fee {Words(4)}", $"A fee. {Words(60)}\n## Part {Words(3)}\nFee {Words(30)}"))]);
        SearchResults Search(int limit) => index.Search(new SearchQuery { Text = "fee w7", Limit = limit }, Reader.Anyone);
        string[] Find(int limit) => Search(limit).Paths();

        var box = Find(10);
        Assert.Equal(box, Find(30).Take(10));
        Assert.Equal(30, Find(30).Length);
        Assert.Equal(Find(30), Find(50).Take(30));
        Assert.Equal(50, Find(50).Length);
        Assert.Equal(Find(50), Find(1000).Take(50));
        Assert.InRange(Search(1000).Total, 51, 120);
        Assert.Equal(Search(1000).Total, Find(1000).Distinct().Count());
    }

    [Theory]
    [InlineData("late fee wai", "late-fees")]
    [InlineData("pay", "payment-plans")]
    [InlineData("missed coll", "trash")]
    [InlineData("r", "reconnection")]
    [InlineData("UB-", "late-fees")]
    public void Search_LastWordUnfinished_StandsForItsWords(string query, string path) => Assert.Contains(path, Riverton.Find(query).Paths().Take(2));

    [Theory]
    [InlineData("late fee waver", "late fee waiver")]
    [InlineData("reconection", "reconnection")]
    [InlineData("missd collection", "missed collection")]
    [InlineData("colection missed", "collection missed")]
    [InlineData("aplication form", "application form")]
    [InlineData("holidyas", "holidays")]
    [InlineData("qenalty", "penalty")]
    public void Search_SlipInAnyWord_IsCorrectedAndShown(string query, string corrected)
    {
        var right = Riverton.Search(new SearchQuery { Text = corrected, Unfinished = false }, Reader.Anyone);
        var found = Riverton.Search(new SearchQuery { Text = query, Unfinished = false }, Reader.Anyone);

        Assert.Equal(corrected, found.CorrectedTo);
        Assert.Equal(right.Paths()[0], found.Paths()[0]);
    }

    [Fact]
    public void Search_Exactly_CorrectsNothingAndOffersTheSpelling()
    {
        var found = Riverton.Search(new SearchQuery { Text = "reconection", Exactly = true }, Reader.Anyone);

        Assert.Empty(found.Hits);
        Assert.Equal("reconnection", found.Suggestion);
    }

    [Fact]
    public void Search_SlipInAnUnfinishedWord_IsStillFound() => Assert.Equal("reconnection", Riverton.Find("reconec").Paths()[0]);

    [Theory]
    [InlineData("latefee", "late-fees")]
    [InlineData("latefees waived", "late-fees")]
    [InlineData("shut off", "reconnection")]
    [InlineData("shutoff", "late-fees")]
    [InlineData("shut-off", "reconnection")]
    [InlineData("re connection", "reconnection")]
    public void Search_RunTogetherOrSplit_FindsTheOtherSpelling(string query, string path) => Assert.Contains(path, Riverton.Find(query).Paths());

    [Theory]
    [InlineData("\"late fee\"", "late-fees")]
    [InlineData("“late charge”", "late-fees,glossary")]
    [InlineData("\"fee late\"", "")]
    [InlineData("\"late fe", "late-fees")]
    [InlineData("late -fee", "payment-plans,permit-form")]
    [InlineData("late -\"late fee\" -kind", "payment-plans,permit-form,glossary")]
    [InlineData("late kind:form", "permit-form")]
    [InlineData("kind:form", "permit-form")]
    [InlineData("id:ub-014", "late-fees")]
    [InlineData("late id:UB-021", "")]
    public void Search_Syntax_Filters(string query, string paths) =>
        Assert.Equal(paths.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(), Riverton.Find(query).Paths().Order());

    [Fact]
    public void Search_Filters_HoldInsideTheSearchAndInItsCounts()
    {
        var all = Riverton.Find("late");
        var forms = Riverton.Search(new SearchQuery { Text = "late", Kind = DocumentKind.Form }, Reader.Anyone);

        Assert.Equal(all.Kinds, forms.Kinds);
        Assert.Equal(all.Total, all.Kinds.Sum(kind => kind.Count));
        Assert.Equal(["permit-form"], forms.Paths());
        Assert.Equal(1, forms.Total);
        Assert.All(Riverton.Search(new SearchQuery { Text = "late", Tag = "Money" }, Reader.Anyone).Hits, hit => Assert.Contains("money", hit.Document.Document.Tags));
        Assert.All(Riverton.Search(new SearchQuery { Text = "late", Audience = "counter" }, Reader.Anyone).Hits, hit => Assert.Contains("counter", hit.Document.Document.Audience));
    }

    [Fact]
    public void Search_AnswersQuestion_ShowsItAboveTheList()
    {
        Assert.Equal("Yes, one a year.", Assert.Single(Riverton.Find("can i waive a late fee").Answers).Answer.Say);
        Assert.Single(Riverton.Find("waive late fee").Answers);
        Assert.Empty(Riverton.Find("late").Answers);
        Assert.Empty(Riverton.Find("late permit applications for a fence").Answers);
    }

    [Fact]
    public void Search_Hit_OpensTheSectionWithItsMarks()
    {
        var hit = Riverton.Find("late fee waver").Hits[0];

        Assert.Equal("Waiving a fee", hit.Document.Sections[hit.Section].Heading);
        Assert.Equal("[Late] [fees]", Marked(hit.Title));
        Assert.Contains("[late] [fee]", Marked(hit.Excerpt), StringComparison.Ordinal);
        Assert.Contains("[waiver]", Marked(hit.Excerpt), StringComparison.Ordinal);
    }

    [Fact]
    public void Search_LongSection_ShowsTheWindowThatAnswers()
    {
        var filler = string.Join(' ', Enumerable.Repeat("Nothing to see in these lines of text.", 40));
        var hit = Index(Doc("long", "Long", $"{filler} The deposit is 150 dollars. {filler}")).Find("deposit").Hits[0];

        Assert.Contains("[deposit] is 150 dollars", Marked(hit.Excerpt), StringComparison.Ordinal);
        Assert.InRange(hit.Excerpt.Text.Length, 20, 400);
        Assert.StartsWith("…", hit.Excerpt.Text, StringComparison.Ordinal);
        Assert.EndsWith("…", hit.Excerpt.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_ExactIdTitleOrHeading_GoesFirst()
    {
        var loud = string.Join(' ', Enumerable.Repeat("form forms overview ub 014", 50));
        var index = Index(
            Doc("loud", "Everything about the form and its overview", loud, known: ["form letters"]),
            Doc("form", "Form", "Short."),
            Doc("id", "Something else", "Short.", id: "UB-014"),
            Doc("heading", "Other", "Short.\n## Overview\nShort."));

        Assert.Equal("form", index.Find("form").Paths()[0]);
        Assert.Equal("form", index.Find("forms").Paths()[0]);
        Assert.Equal("id", index.Find("ub-014").Paths()[0]);
        Assert.Equal("heading", index.Find("overview").Paths()[0]);
        Assert.Equal(1, index.Find("overview").Hits[0].Section);
    }

    [Fact]
    public void Search_Synonyms_WorkInBothDirectionsAndNeverAboveTheExactWord()
    {
        var synonyms = new SynonymSet([new SynonymEntry(["money back", "reimbursement"], ["refund"]), new SynonymEntry(["plastic"], ["card"], OneWay: true)]);
        var index = SearchIndex.Build(
        [
            Doc("refund", "Getting a refund", "Ask for your refund at the counter."),
            Doc("back", "Getting money back", "Ask for your money back at the counter."),
            Doc("card", "Cards", "Pay by card."),
            Doc("plastic", "Plastics", "Sort plastic."),
            Doc("term", "Arrears", "", kind: DocumentKind.Term, details: new TermDetails(["delinquent"], "past due")),
            Doc("due", "Past due accounts", "Accounts past due are called."),
        ], "en", synonyms: synonyms);

        Assert.Equal(["back", "refund"], index.Find("money back").Paths()[..2]);
        Assert.Equal(["refund", "back"], index.Find("refunds").Paths());
        Assert.Equal(["refund"], index.Find("reimbursement").Paths());
        Assert.Equal(["plastic", "card"], index.Find("plastic").Paths());
        Assert.Equal(["card"], index.Find("card").Paths());
        Assert.Contains("due", index.Find("delinquent").Paths());
        Assert.Contains("[refund]", Marked(index.Find("reimbursement").Hits[0].Excerpt), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\"")]
    [InlineData("-")]
    [InlineData("\"\" -\"\" kind: id:")]
    [InlineData("🎉🎉")]
    [InlineData("\0\u0001\u001B[31m")]
    [InlineData("\uD800 \uDFFF")]
    [InlineData("‮late eef")]
    [InlineData("kind:kind:form -kind:form")]
    [InlineData("%00../../etc/passwd'; DROP TABLE--")]
    public void Search_HostileText_NeverThrows(string query) => Assert.NotNull(Riverton.Find(query));

    [Fact]
    public void Search_VeryLongText_IsAnsweredAll()
    {
        Assert.NotNull(Riverton.Find(new string('a', 10_000)));
        Assert.NotNull(Riverton.Find(string.Join(' ', Enumerable.Repeat("late \"fee waver\" -x", 3_000))));
        Assert.Equal("late-fees", Riverton.Find("hello I have a question about my bill I was away for two weeks and now there is a late fee on it and I would like to know whether the counter can waive the late fee for me").Paths()[0]);
    }

    [Fact]
    public void Search_RandomText_NeverThrowsAndGivesValidMarks()
    {
        var random = new Random(23);
        const string Letters = "late fewaivr\"“”-:'’.,()0145kind:form id:UB-é水🎉\u0301\u202E\0\n\t";
        for (var i = 0; i < 3_000; i++)
        {
            var query = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => Letters[random.Next(Letters.Length)]));
            var found = Riverton.Find(query);
            foreach (var text in found.Hits.SelectMany(hit => new[] { hit.Title, hit.Heading, hit.Excerpt }))
            {
                var last = 0;
                foreach (var mark in text.Marks)
                {
                    Assert.True(mark.Start >= last && mark.Length > 0 && mark.Start + mark.Length <= text.Text.Length, query);
                    last = mark.Start + mark.Length;
                }
            }
        }
    }

    [Fact]
    public void Search_StopWords_AreKept()
    {
        var index = Index(Doc("no", "No means no", "When the answer is no."), Doc("how", "How to say it", "How to say it well."), Doc("it", "It", "It is."));
        Assert.Equal("no", index.Find("no").Paths()[0]);
        Assert.Equal("how", index.Find("how to").Paths()[0]);
    }

    [Fact]
    public void Search_Ties_GoByDayOfEffectThenPath()
    {
        var day = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        var index = Index(Doc("b", "Same", "Text."), Doc("a", "Same", "Text."), Doc("c", "Same", "Text.") with { InEffectSince = day });
        Assert.Equal(["c", "a", "b"], index.Find("same").Paths());
    }

    [Theory]
    [InlineData("late fee waver senior", "late fee waiver senior")]
    [InlineData("late fee waver", "late fee waiver")]
    public void Search_SlipWithSeveralCorrections_TakesTheOneThatGoesWithTheRest(string query, string corrected) =>
        Assert.Equal(corrected, StarterLibrary.Instance.Index.Search(new SearchQuery { Text = query }, Reader.Anyone).CorrectedTo);

    [Theory]
    [InlineData("my nayber is loud", "my neighbor is loud")]
    [InlineData("construcshun noise", "construction noise")]
    [InlineData("im mad about my bill", null)]
    [InlineData("hit a pot hole", null)]
    [InlineData("my water bil is high", "my water bill is high")]
    [InlineData("qqqzzzxxx", null)]
    public void Search_SpeltByEarOrNotAtAll_IsReadAsMeantOrLeftAlone(string query, string? corrected) =>
        Assert.Equal(corrected, StarterLibrary.Instance.Index.Search(new SearchQuery { Text = query }, Reader.Anyone).CorrectedTo);

    [Fact]
    public void Search_MisspeltWordOfASynonym_FindsWhatItMeans()
    {
        var synonyms = new SynonymSet([new SynonymEntry(["turnoff"], ["shutoff"]), new SynonymEntry(["silencer"], ["holidays"], Access: "police")]);
        var index = SearchIndex.Build([Doc("reconnection", "Reconnection after shutoff", "Text."), Doc("holidays", "Holidays", "Closed.")], "en", null, synonyms);
        Assert.Equal(["reconnection"], index.Find("turnof").Paths());
        Assert.Empty(index.Find("silencr").Paths());
        Assert.Equal(["holidays"], index.Find("silencr", "police").Paths());
    }

    [Theory]
    [InlineData("high bill", null)]
    [InlineData("high water bill", null)]
    [InlineData("low bill", null)]
    [InlineData("water smells", null)]
    [InlineData("grass high", "How high can grass be?")]
    [InlineData("late fee", "Can we waive a first late fee?")]
    [InlineData("late fee waver senior", "Can we waive a late fee for a customer who is 65 or over?")]
    [InlineData("parking ticket", "How much is a parking ticket?")]
    [InlineData("dog license", "How much is a pet license?")]
    [InlineData("dead animal", "Who picks up a dead animal?")]
    [InlineData("deposit back", "When does a customer get the deposit back?")]
    [InlineData("rotten egg smell in house", "I smell gas. What do I do?")]
    [InlineData("he threatened me", "Someone threatened me or the building.")]
    public void Search_ShortQuery_ShowsTheAnswerToItOrNone(string query, string? ask) =>
        Assert.Equal(ask, StarterLibrary.Instance.Index.Search(new SearchQuery { Text = query }, Reader.Anyone).Answers.FirstOrDefault()?.Answer.Ask);

    [Fact]
    public void Search_SynonymOfSeveralWords_IsMarkedWhereTheyStandTogether()
    {
        var synonyms = new SynonymSet([new SynonymEntry(["senior"], ["65 and over"], OneWay: true)]);
        var index = SearchIndex.Build([Doc("a", "Rates", "Over the phone and by mail, at 65 Main Street. Who is 65 and over pays less.")], "en", synonyms: synonyms);

        Assert.Equal("Over the phone and by mail, at 65 Main Street. Who is [65] [and] [over] pays less.", Marked(index.Find("senior").Hits[0].Excerpt));
        Assert.Equal(
            "<p>over and <mark>65</mark> <mark>and</mark> <mark>over</mark></p>",
            index.Mark(new PolicyHub.Content.Rendering.SafeHtml("<p>over and 65 and over</p>"), "senior", Reader.Anyone).Value);
    }
}
