using System.Diagnostics;
using System.Text;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Tests.Editions;
using PolicyHub.Testing;
using Document = PolicyHub.Content.Documents.Document;

namespace PolicyHub.Content.Tests.Editing;

public sealed class ProposedCheckTests : IDisposable
{
    private readonly TestRepository repository = new TestRepository()
        .Commit("One", commit => commit.Write("library.yml", "access:\n  secret: hr\ngroups:\n  hr: HR\n")
            .Write("a.md", "---\nid: A-1\ntitle: Late fees\nalso-known-as: [penalty]\n---\nSee [gone](no.md) and [b](b.md#part).\n\n## One\n\nWords about penalty\n")
            .Write("b.md", "---\nid: B-1\ntitle: Other\n---\nSee [a](a.md#one).\n\n## Part\n\nText\n")
            .Write("old.md", "---\nid: C-1\n---\n# Old\n")
            .Write("secret/x.md", "---\nid: S-1\n---\n# X\n\nSee [b](../b.md#part) and [b](../b.md).\n")
            .Write("term.md", "---\ntitle: Before\nkind: term\nplain: before\ninstead-of: [prior to, escalate]\n---\nNot prior to.\n")
            .Write("search-contracts.yml", "- {ask: penalty, find: A-1, top: 1, owner: lead}\n"))
        .Commit("Two", commit => commit.Delete("old.md"));

    [Theory]
    [InlineData("b.md", "---\nid: B-1\ntitle: Other\n---\nSee [a](a.md#two).\n\n## Part\n", "broken-anchor b.md")]
    [InlineData("b.md", "---\nid: B-1\ntitle: Other\n---\nSee [a](z.md).\n\n## Part\n", "broken-link b.md")]
    [InlineData("b.md", "---\nid: B-1\ntitle: Other\n---\n## Section\n", "broken-anchor a.md")]
    [InlineData("b.md", "---\nid: A-1\ntitle: Other\n---\n## Part\n", "duplicate-id b.md")]
    [InlineData("b.md", "---\nid: C-1\ntitle: Other\n---\n## Part\n", "id-of-another b.md")]
    [InlineData("b.md", "---\nid: B-1\neffective: soon\n---\n## Part\n", "wrong-date b.md")]
    [InlineData("b.md", "---\nid: [B-1\n---\n## Part\n", "front-matter-unreadable b.md")]
    [InlineData("b.md", null, "broken-link a.md")]
    [InlineData("new.md", "# New\n\n[Here](#nowhere)\n", "broken-anchor new.md")]
    [InlineData("search-contracts.yml", "- {ask: penalty, find: A-1}\n", "missing-field search-contracts.yml")]
    [InlineData("b.md", "---\nid: B-1\ntitle: Other\n---\n\n\nNew words.\n\nSee [a](a.md#one).\n\n## Part\n", "")]
    public async Task Run_AChange_TellsWhatItWouldAdd(string path, string? text, string added)
    {
        var found = new ProposedCheck(await EditionAsync()).Run([File(path, text)], Reader.Anyone);

        Assert.Equal(added, string.Join("; ", found.Added.Select(problem => $"{problem.Code} {problem.File}").Distinct()));
        Assert.Equal(added.Length > 0, found.Blocks);
    }

    [Fact]
    public async Task Run_WhatWasWrongBefore_IsToldApartAndDoesNotBlock()
    {
        var found = new ProposedCheck(await EditionAsync()).Run([File("a.md", "---\nid: A-1\n---\nNew line.\n\nSee [gone](no.md).\n\n## One\n")], Reader.Anyone);

        Assert.Equal("broken-link", Assert.Single(found.Standing).Code);
        Assert.Empty(found.Added);
        Assert.False(found.Blocks);
        Assert.Equal(2, new ProposedCheck(await EditionAsync()).Run([File("a.md", "---\nid: A-1\n---\nSee [gone](no.md), [gone](no.md).\n\n## One\n")], Reader.Anyone) is var twice ? twice.Added.Length + twice.Standing.Length : 0);
    }

    [Fact]
    public async Task Run_WhatTheReaderMayNotSee_BlocksWithoutBeingNamed()
    {
        var check = new ProposedCheck(await EditionAsync());
        ProposedFile[] files = [File("b.md", "# Other\n"), File("a.md", "---\nid: A-1\n---\n## One\n")];

        Assert.Equal((true, true, 0), (check.Run(files, Reader.Anyone) is var hidden && hidden.BreaksUnseen, hidden.Blocks, hidden.Added.Length));
        Assert.Equal((false, "secret/x.md"), (check.Run(files, Reader.Auditor) is var seen && seen.BreaksUnseen, Assert.Single(seen.Added).File));
    }

    [Fact]
    public async Task Run_ARename_IsCheckedWhereItGoes()
    {
        var check = new ProposedCheck(await EditionAsync());
        var text = Encoding.UTF8.GetBytes("---\nid: B-1\n---\nSee [a](../a.md#one).\n\n## Part\n");

        Assert.Equal(["broken-link a.md", "broken-link secret/x.md"], check.Run([new ProposedFile(LibraryPath.Parse("deep/b.md"), text, LibraryPath.Parse("b.md"))], Reader.Auditor).Added.Select(problem => $"{problem.Code} {problem.File}").Distinct());
        Assert.Empty(check.Run([new ProposedFile(LibraryPath.Parse("deep/b.md"), text, LibraryPath.Parse("b.md")), File("a.md", "---\nid: A-1\n---\n[b](deep/b.md#part)\n\n## One\n"), File("secret/x.md", "---\nid: S-1\n---\n[b](../deep/b.md)\n")], Reader.Auditor).Added);
    }

    [Fact]
    public async Task Run_ARenameThatKeepsItsEarlierAddress_BreaksNoLink()
    {
        var check = new ProposedCheck(await EditionAsync());
        var kept = MovedLinks.KeepAddress(Encoding.UTF8.GetBytes("---\nid: B-1\n---\nSee [a](../a.md#one).\n\n## Part\n"), LibraryPath.Parse("b.md"));
        Assert.Empty(check.Run([new ProposedFile(LibraryPath.Parse("deep/b.md"), kept, LibraryPath.Parse("b.md"))], Reader.Auditor).Added);
    }

    [Fact]
    public async Task RunContracts_ADocumentPushedOut_NamesWhatStandsInItsPlace()
    {
        var check = new ProposedCheck(await EditionAsync());

        Assert.Empty(check.RunContracts([File("b.md", "# Other\n\nWords.\n")], Reader.Anyone, 1, CancellationToken.None).Added);
        var found = check.RunContracts([File("penalty.md", "---\ntitle: Penalty\nalso-known-as: [penalty]\n---\n# Penalty\n\nPenalty\n")], Reader.Anyone, 1, CancellationToken.None);
        Assert.Equal("contract-broken", Assert.Single(found.Added).Code);
        Assert.Contains("penalty.md", found.Added[0].Sentence, StringComparison.Ordinal);
        Assert.True(found.Blocks);
    }

    [Fact]
    public async Task Find_GovernmentSpeak_NamesThePlainWordsAndTheirPlace()
    {
        var edition = await EditionAsync();
        var (document, body) = Read("---\ntitle: Escalating\nanswers:\n  - ask: x\n    say: Prior to noon\n---\nOne.\n\n## Two\n\n- This was **escalated** prior  to digging.\n");

        Assert.Equal(
            [("Escalating", "title", "", 2), ("Prior to", "answers[0].say", "", 5), ("escalated", null, "two", 11), ("prior  to", null, "two", 11)],
            new PlainWords(edition).Find(document, body, Reader.Anyone).Select(hint => (hint.Written, hint.Field, hint.Anchor, hint.Line)));
        Assert.All(new PlainWords(edition).Find(document, body, Reader.Anyone), hint => Assert.Equal(("before", "term.md"), (hint.Plain, hint.Term.Value)));
    }

    [Fact]
    public async Task To_ADocument_NamesWhoLeadsToItAndWhere()
    {
        var edition = await EditionAsync();

        Assert.Equal(["a.md part"], LinksHere.To(edition, LibraryPath.Parse("b.md"), Reader.Anyone).Select(link => $"{link.Source.Path} {string.Join(",", link.Anchors)}"));
        Assert.Equal(["a.md part", "secret/x.md part"], LinksHere.To(edition, LibraryPath.Parse("b.md"), Reader.Auditor).Select(link => $"{link.Source.Path} {string.Join(",", link.Anchors)}").Order());
    }

    [Theory]
    [InlineData("One two. Three four? Five.", 3)]
    [InlineData("Open 8 a.m. to noon. Ask Mr. Park, ext. 12.", 2)]
    [InlineData("It costs $2.50. Pay at riverton.example/pay.", 2)]
    [InlineData("He said \"Stop.\" Then he left", 2)]
    public void SentencesOf_ALine_AreCutWhereANewOneStarts(string text, int count) => Assert.Equal(count, ReadingLevel.SentencesOf(text).Count());

    [Theory]
    [InlineData("the", 1)]
    [InlineData("water", 2)]
    [InlineData("late", 1)]
    [InlineData("table", 2)]
    [InlineData("waived", 1)]
    [InlineData("wanted", 2)]
    [InlineData("fees", 1)]
    [InlineData("charges", 2)]
    [InlineData("utility", 4)]
    [InlineData("reconnection", 4)]
    [InlineData("whole", 1)]
    [InlineData("25", 1)]
    public void Syllables_OfAWord_AreHeard(string word, int count) => Assert.Equal(count, ReadingLevel.Syllables(word));

    [Fact]
    public void Of_ATextOfKnownCounts_IsTheFormula()
    {
        // 32 words of one syllable in 4 sentences: 0.39 · 8 + 11.8 · 1 − 15.59 = −0.67, shown as 0.
        Assert.Equal(new { Grade = 0.0, Words = 32, Sentences = 4 }, Level(string.Concat(Enumerable.Repeat("We go and see the dog run there. ", 4))) is var easy ? new { easy!.Grade, easy.Words, easy.Sentences } : null);

        // 30 words of 4 syllables in 1 sentence: 0.39 · 30 + 11.8 · 4 − 15.59 = 43.3.
        var hard = Level("Short.\n\n## A\n\n" + string.Join(' ', Enumerable.Repeat("reconnection", 30)) + "\n")!;
        Assert.Equal((31, 2), (hard.Words, hard.Sentences));
        Assert.Equal(Math.Round((0.39 * 31 / 2) + (11.8 * 121 / 31) - 15.59, 1), hard.Grade);
        Assert.Equal((30, "a", 5), Assert.Single(hard.Longest) is var longest ? (longest.Words, longest.Anchor, longest.Line) : default);
        Assert.Null(Level("Too short to tell."));
    }

    /// <summary>Not a time limit: what one pause in typing costs is measured against reading and checking the whole library anew.</summary>
    [Fact]
    public async Task Run_OnTheStarterLibrary_CostsLittleOfACheckOfAll()
    {
        var folder = new PolicyHub.Content.Catalogue.FolderLibrary(Search.StarterLibrary.FindFolder());
        var now = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        var whole = Stopwatch.StartNew();
        var edition = await new EditionBuilder(folder).BuildAsync(folder.Scan(now), now, null, isPreview: true, CancellationToken.None);
        edition.Complete();
        whole.Stop();
        var (check, plain) = (new ProposedCheck(edition), new PlainWords(edition));
        var late = edition.Find(LibraryPath.Parse("policies/utility-billing/late-fees.md"), Reader.Anyone)!;
        var source = await System.IO.File.ReadAllTextAsync(Path.Combine(Search.StarterLibrary.FindFolder(), late.Path.Value));
        var times = new List<double>();
        for (var round = 0; round < 30; round++)
        {
            var watch = Stopwatch.StartNew();
            var text = Encoding.UTF8.GetBytes(source + $"\nPrior to this, see [x](missing-{round}.md).\n");
            var found = check.Run([new ProposedFile(late.Path, text)], Reader.Anyone);
            var (document, body) = Read(Encoding.UTF8.GetString(text));
            Assert.NotNull(ReadingLevel.Of(document, body, "en-US"));
            Assert.NotEmpty(plain.Find(document, body, Reader.Anyone));
            times.Add(watch.Elapsed.TotalMilliseconds);
            Assert.Equal("broken-link", Assert.Single(found.Added).Code);

            // “Utility” has the stem of “utilize”, and is another word.
            Assert.DoesNotContain(plain.Find(document, body, Reader.Anyone), hint => hint.Written.StartsWith("utilit", StringComparison.OrdinalIgnoreCase));
        }

        times.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"one change: median {times[15]:0.0} ms, worst of 30 {times[29]:0.0} ms; whole library {whole.ElapsedMilliseconds} ms"));
        Assert.True(times[15] < whole.Elapsed.TotalMilliseconds / 4, $"{times[15]} ms of {whole.ElapsedMilliseconds} ms");
    }

    public void Dispose() => repository.Dispose();

    private static ReadingLevel? Level(string text) => Read(text) is var (document, body) ? ReadingLevel.Of(document, body, "en-US") : null;

    private static (Document Document, RenderedBody Body) Read(string text)
    {
        var document = DocumentReader.Read(LibraryPath.Parse("policies/utility-billing/new.md"), Encoding.UTF8.GetBytes(text), LibrarySettings.Default).Document!;
        return (document, new DocumentRenderer(Words.English).Render(document));
    }

    private static ProposedFile File(string path, string? text) => new(LibraryPath.Parse(path), text is null ? null : Encoding.UTF8.GetBytes(text));

    private async Task<Edition> EditionAsync()
    {
        using var library = await TestEdition.OpenAsync(repository);
        return await library.AtAsync("2030-01-01T00:00Z");
    }
}
