using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Search;
using PolicyHub.Content.Tests.Editions;
using PolicyHub.Content.Tests.Search;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Access;

/// <summary>The edition for everybody. Every word of what is for staff, or stands in a document that is not public, starts with “zq”.</summary>
public sealed class PublicEditionTests : IDisposable
{
    private const string Settings = """
        name: Riverton
        kinds: { charter: charter, process: process, authority: authority, desks: desk, forms: form, terms: term, notices: notice, systems: system }
        areas: { rules: Rules, hr: Zqarea }
        audiences: { zqcrew: Zqcrew people }
        positions:
          clerk: { title: City Clerk, held-by: [Zqann Zqlee] }
          hidden: { title: Zqposition, held-by: [Zqbob] }
        groups: { zqhr: Zqhuman resources }
        access: { hr: zqhr, "": public, files/closed: zqhr }
        emergency: hr/zqemergency.md

        """;

    private static readonly LibraryPath Fees = LibraryPath.Parse("rules/fees.md");

    private readonly TestRepository repository = new();

    public PublicEditionTests() => repository
        .Commit("Zqfirst note by Zqauthor", commit => commit.At("2026-01-02 00:00").By("Zqauthor", "zq@example.org")
            .Write("library.yml", Settings)
            .Write("hr/zqold-fees.md", "---\nid: F-1\ntitle: Zqold title\n---\nZqold text.\n"))
        .Commit("Zqmove", commit => commit.At("2026-01-03 00:00").Move("hr/zqold-fees.md", "rules/fees.md"))
        .Commit("Zqsecond note", commit => commit.At("2026-02-01 00:00").By("Zqauthor", "zq@example.org")
            .Write("library.yml", Settings)
            .Write("rules/fees.md", """
                ---
                id: F-1
                title: Late fees
                desk: zqdesk
                owners: [clerk, zqnobody]
                audience: [zqcrew]
                must-read: [zqcrew]
                review-by: 2026-05-05
                tags: [money]
                also-known-as: [penalty]
                replaces: [zq-77, hr/zqpay.md]
                implements: [zq-77]
                legal-basis: [Code 13]
                answers:
                  - { ask: How much is the late fee?, say: Ten dollars., only-if: it is late }
                redirect_from: [/old-fees]
                ---
                > [!DO]
                > Zqdo this.

                A late fee is ten dollars. See [pay](../hr/zqpay.md "Zqtitle"), [the form](../forms/waiver.md), ![zebra crossing](../files/closed/zqmap.png)
                and ![a map](../files/map.png), or [the old one](../hr/zqold-fees.md).

                > [!NEVER]
                > Zqnever promise.[^1]

                > [!SAY]
                > It is ten dollars.

                > [!NOTE]
                > > [!DO] Zqinner
                > > zqlines

                [^1]: Zqfootnote.

                """)
            .Write("hr/zqpay.md", "---\nid: zq-77\ntitle: Zqpay scale\ndesk: clerk\ntags: [zqtag, money]\nalso-known-as: [zqsalary]\nanswers:\n  - { ask: What is zqpay?, say: Zqmuch. }\nredirect_from: [/zqoldpay]\n---\nZqpay late fee. See [fees](../rules/fees.md).\n")
            .Write("hr/zqemergency.md", "# Zqemergency\n")
            .Write("staff.md", "---\ntitle: Zqstaff page\naccess: zqhr\n---\nZqstaff links to [fees](rules/fees.md).\n")
            .Write("desks/zqdesk.md", "---\ntitle: Zqdesk\naccess: zqhr\nhandles: [late fee]\n---\nZqdesk.\n")
            .Write("desks/clerk.md", "---\ntitle: Clerk desk\nphone: 555-0100\nextension: zq4412\ntransfer: Zqtransfer by star 2\nhours: [Mon-Fri 8:00-17:00]\nhandles: [records]\ncovered-by: zqdesk\nnot-ours:\n  - { topic: Zqtopic, who: Zqwho, phone: zq555 }\n---\nThe clerk.\n")
            .Write("authority/limits.md", "---\ntitle: What can be decided\nlimits:\n  - { role: Zqrole, may: Zqmay waive, up-to: zq50, per: zqday, above-it: zqboss }\n---\nWe decide with care.\n")
            .Write("process/guest.md", "---\ntitle: Guest\nsteps:\n  - { letter: G, name: Greet, do: [Zqsmile], say: [Good morning] }\n---\n")
            .Write("charter/charter.md", "---\ntitle: Our charter\npromises:\n  - { promise: We answer, within: 60 seconds, made-by: [zqdesk, clerk], kept-by: [zqdesk], topic: zqtopic, source: Zqreport }\n---\n")
            .Write("notices/road.md", "---\ntitle: Road closed\nfrom: 2026-01-01\nuntil: 2027-01-01\nsay: The road is closed\ndo-not-promise: Zqwhen it opens\noverrides: [hr/zqpay.md, rules/fees.md]\n---\n")
            .Write("notices/zq.md", "---\ntitle: Zqnotice\naccess: zqhr\nfrom: 2026-01-01\nuntil: 2027-01-01\noverrides: [rules/fees.md]\n---\n")
            .Write("systems/billing.md", "---\ntitle: Billing system\nfor: bills\nurl: https://zqbilling.example\naccess-by: Zqgatekeeper\nwhen-down: Zqpaper\n---\n")
            .Write("forms/waiver.md", "---\ntitle: Waiver form\nfile: ../files/waiver.pdf\nsample: ../files/closed/zqsample.pdf\n---\nFill it in.\n")
            .Write("terms/zqterm.md", "---\ntitle: Zqplain\naccess: zqhr\ninstead-of: [zqjargon, late fee]\n---\n")
            .Write("terms/bill.md", "---\ntitle: bill\ninstead-of: [invoice]\n---\n")
            .Write("rules/do-first.md", "[!DO] zqforgotten mark\n\nThe summary of it.\n")
            .Write("files/map.png", "map").Write("files/waiver.pdf", "pdf").Write("files/closed/zqmap.png", "zq").Write("files/closed/zqsample.pdf", "zq").Write("files/unlinked.pdf", "zq")
            .Write("synonyms.yml", "- { words: [charge, zqsalary], means: [late fee] }\n- { words: [zqpay], means: [bill] }\n- { words: [stipend], means: [zqpay scale] }\n")
            .Write("search-pins.yml", "- { ask: [zqpay, dues], find: rules/fees.md, reason: Zqreason, until: 2027-01-01, owner: zqowner }\n- { ask: bill, find: zq-77, reason: Zqreason, until: 2027-01-01, owner: clerk }\n"));

    public void Dispose() => repository.Dispose();

    [Fact]
    public async Task ForPublic_Whole_HoldsNoWordOfTheStaff()
    {
        using var editions = await TestEdition.OpenAsync(repository);
        var edition = await editions.AtAsync("2026-06-01T00:00Z");
        edition.ForPublic.Complete();

        var shown = Everything.In(edition.ForPublic);

        Assert.DoesNotContain(shown.Split('\n'), line => line.Contains("zq", StringComparison.OrdinalIgnoreCase));
        Assert.True(Everything.In(edition).ToUpperInvariant().Split("ZQ").Length > 100);
        foreach (var kept in new[]
        {
            "A late fee is ten dollars", "It is ten dollars", "City Clerk", "Code 13", "555-0100", "We answer", "Good morning", "The road is closed", "penalty", "Fill it in", "old-fees", "The summary of it",
        })
        {
            Assert.Contains(kept, shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ForPublic_Searched_KnowsNoWordOfTheStaff()
    {
        using var editions = await TestEdition.OpenAsync(repository);
        var whole = await editions.AtAsync("2026-06-01T00:00Z");
        var edition = whole.ForPublic;
        var words = Everything.In(whole).Split([.. " \n.,/-“”\"#=<>:[]()&"], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.StartsWith("zq", StringComparison.OrdinalIgnoreCase) && word.Length > 4).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        Assert.True(words.Count > 40, string.Join(' ', words));
        Assert.NotEmpty(whole.Search(new SearchQuery { Text = "zqpay" }, Reader.Auditor).Hits);
        foreach (var word in words.SelectMany(word => new[] { word, word[..^1], word[..3], word.Replace("zq", "zk", StringComparison.OrdinalIgnoreCase) }))
        {
            var found = edition.Search(new SearchQuery { Text = word, Facets = true }, Reader.Auditor);

            Assert.False(edition.Index.KnowsMoreOf(word, SearchIndex.Build([], "en")), word);
            Assert.DoesNotContain("zq", found.Print(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task ForPublic_Searched_CountsPinsAndTakesSynonymsOfPublicWordsAlone()
    {
        using var editions = await TestEdition.OpenAsync(repository);
        var edition = (await editions.AtAsync("2026-06-01T00:00Z")).ForPublic;

        SearchResults Find(string text) => edition.Search(new SearchQuery { Text = text, Facets = true }, Reader.Anyone);

        Assert.Contains("rules/fees", Find("charge").Paths());
        Assert.Equal("rules/fees", Find("dues").Paths()[0]);
        Assert.Null(Find("dues").Hits[0].Pinned);
        Assert.Equal("terms/bill", Find("bill").Paths()[0]);
        Assert.Equal([new FacetCount("money", 1)], Find("late fee").Tags);
        Assert.Empty(Find("late fee").Audiences);
        Assert.Equal("Ten dollars.", Assert.Single(Find("how much is the late fee").Answers).Answer.Say);
    }

    [Fact]
    public async Task ForPublic_Asked_KnowsNoHistoryAndNoHiddenThing()
    {
        using var editions = await TestEdition.OpenAsync(repository);
        var edition = (await editions.AtAsync("2026-06-01T00:00Z")).ForPublic;
        var fees = edition.Find(Fees, Reader.Anyone)!;

        Assert.True(edition.IsPublic);
        Assert.Same(edition, edition.ForPublic);
        Assert.Null(edition.FindHistory("rules/fees", Reader.Auditor));
        Assert.Null(edition.FindHistoryById("zq-77", Reader.Auditor));
        Assert.Null(edition.FindById("zq-77", Reader.Auditor));
        Assert.Null(edition.FindRedirect("zqoldpay", Reader.Auditor));
        Assert.Null(edition.FindRedirect("hr/zqold-fees", Reader.Auditor));
        Assert.Same(fees, edition.FindRedirect("old-fees", Reader.Anyone));
        Assert.Same(fees, edition.FindById("f-1", Reader.Anyone));
        Assert.Null(edition.DeskOf(fees, Reader.Auditor));
        Assert.Equal("Clerk desk", edition.FindDesk("clerk", Reader.Anyone)!.Title);
        Assert.Equal(["Road closed"], edition.NoticesAt(edition.At, Reader.Auditor).Select(notice => notice.Title));
        Assert.Empty(edition.ChangesFor(Reader.Auditor));
        Assert.Equal("", edition.NoteOf(fees.Version, Reader.Auditor));
        Assert.Single(DocumentTimeline.Of(fees.History, edition, Reader.Auditor, edition.At).Versions);
        Assert.Empty(ChangeLog.Of(edition, Reader.Auditor).Find(new ChangeFilter()));
        Assert.Empty(edition.LinksTo(fees, Reader.Auditor));
        Assert.Empty(edition.Problems);
        Assert.Null(edition.Settings.Emergency);
        Assert.Equal(["Rules"], edition.Settings.Areas.Select(area => area.Value));
        Assert.Null(fees.Upcoming);
    }

    [Fact]
    public async Task ForPublic_Files_AreThoseThatPublicDocumentsShow()
    {
        using var editions = await TestEdition.OpenAsync(repository);
        var whole = await editions.AtAsync("2026-06-01T00:00Z");

        string[] Served(Edition edition) => [.. new[] { "files/map.png", "files/waiver.pdf", "files/closed/zqmap.png", "files/closed/zqsample.pdf", "files/unlinked.pdf", "library.yml", "synonyms.yml" }
            .Where(path => edition.FindFile(LibraryPath.Parse(path)) is not null)];

        Assert.Equal(["files/map.png", "files/waiver.pdf"], Served(whole.ForPublic));
        Assert.Equal(7, Served(whole).Length);
    }

    [Fact]
    public async Task ForPublic_LinkToWhatIsNotPublic_IsItsWordsAlone()
    {
        using var editions = await TestEdition.OpenAsync(repository);
        var html = (await editions.AtAsync("2026-06-01T00:00Z")).ForPublic.Find(Fees, Reader.Anyone)!.Rendered.Html.Value;

        Assert.Contains("See pay, <a href=\"/docs/forms/waiver\">the form</a>, zebra crossing", html, StringComparison.Ordinal);
        Assert.Contains("<img src=\"/files/files/map.png\"", html, StringComparison.Ordinal);
        Assert.Contains("or the old one.", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[call-outs]", true, false, false)]
    [InlineData("limits", false, true, false)]
    [InlineData("[steps, limits, call-outs]", true, true, true)]
    [InlineData("all", false, false, false)]
    [InlineData("", false, false, false)]
    public async Task ForPublic_DocumentThatSaysOtherwise_ShowsWhatItNames(string shows, bool callOuts, bool limits, bool steps)
    {
        repository.Commit("Shows", commit => commit.At("2026-03-01 00:00")
            .Write("authority/limits.md", $"---\npublic-shows: {shows}\nlimits:\n  - {{ role: Clerk, may: waive }}\n---\n> [!DO] Smile.\n")
            .Write("process/guest.md", $"---\npublic-shows: {shows}\nsteps:\n  - {{ name: Greet, do: [Smile] }}\n---\n"));
        using var editions = await TestEdition.OpenAsync(repository);
        var edition = (await editions.AtAsync("2026-06-01T00:00Z")).ForPublic;

        var authority = edition.Find(LibraryPath.Parse("authority/limits.md"), Reader.Anyone)!;
        var process = edition.Find(LibraryPath.Parse("process/guest.md"), Reader.Anyone)!;

        Assert.Equal(callOuts, authority.Rendered.Html.Value.Contains("Smile", StringComparison.Ordinal));
        Assert.Equal(limits, ((AuthorityDetails)authority.Document.Details!).Limits.Length > 0);
        Assert.Equal(steps, ((ProcessDetails)process.Document.Details!).Steps[0].Do.Length > 0);
    }

    /// <summary>An index that was made of an earlier form of the same blob, which showed more, is not used again for it.</summary>
    [Fact]
    public async Task ForPublic_OfAnotherDay_ShowsWhatBothDaysSayMayBeShown()
    {
        repository
            .Commit("Shown", commit => commit.At("2026-03-01 00:00").Write("rules/a.md", "---\ntitle: A\npublic-shows: call-outs\n---\n> [!DO] Zqsmile.\n"))
            .Commit("Not shown", commit => commit.At("2026-04-01 00:00").Write("rules/a.md", "---\ntitle: A\n---\n> [!DO] Zqsmile.\n"));
        using var editions = await TestEdition.OpenAsync(repository);
        using var past = new PastEditions(1 << 24);
        var before = await editions.AtAsync("2026-03-02T00:00Z");
        Assert.NotEmpty(before.ForPublic.Search(new SearchQuery { Text = "zqsmile" }, Reader.Anyone).Hits);
        var today = await editions.AtAsync("2026-06-01T00:00Z", before);

        var then = await past.AtAsync(today, editions.Blobs, PointInTime.On(before.At), TestContext.Current.CancellationToken);
        var light = past.Bytes;

        Assert.Empty(today.ForPublic.Search(new SearchQuery { Text = "zqsmile" }, Reader.Anyone).Hits);
        Assert.Empty(then.ForPublic.Search(new SearchQuery { Text = "zqsmile" }, Reader.Anyone).Hits);
        Assert.DoesNotContain("zq", Everything.In(then.ForPublic), StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(then.ForPublic.Find(Fees, Reader.Anyone));
        Assert.True(past.Bytes > light);
    }

    [Fact]
    public async Task ForPublic_NewerTextThatCannotBeReadAndIsNotPublic_ClosesTheDocument()
    {
        repository
            .Commit("Good", commit => commit.At("2026-03-01 00:00").Write("own.md", "---\naccess: public\n---\n# Own\n").Write("still.md", "---\naccess: public\n---\n# Still\n"))
            .Commit("Broken", commit => commit.At("2026-04-01 00:00").Write("own.md", "---\naccess: zqhr\nbroken: [\n---\n# Own\n").Write("still.md", "# Still\n"));
        using var editions = await TestEdition.OpenAsync(repository);
        var edition = await editions.AtAsync("2026-06-01T00:00Z");

        Assert.NotNull(edition.Find(LibraryPath.Parse("own.md"), Reader.Anyone));
        Assert.Null(edition.ForPublic.Find(LibraryPath.Parse("own.md"), Reader.Anyone));
        Assert.NotNull(edition.ForPublic.Find(LibraryPath.Parse("still.md"), Reader.Anyone));
    }
}
