using PolicyHub.Content.Editions;
using PolicyHub.Content.Search;
using PolicyHub.Content.Tests.Editions;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Access;

/// <summary>Who sees what of the past: whoever may by the rule that a text stood under then, and by the one that its document stands under today.</summary>
public sealed class PastAccessTests : IDisposable
{
    // “old” is a group that there was, and is no more.
    private static readonly string[] Rules = ["public", "open", "hr", "old", "[public, hr]", "{ a: b }"];

    private readonly TestRepository repository = new();
    private readonly PastEditions past = new(1 << 26);

    public void Dispose()
    {
        past.Dispose();
        repository.Dispose();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task At_RuleThenAndRuleToday_BothCount(bool byFolder, bool isGone)
    {
        var pairs = Rules.SelectMany((_, then) => Rules.Select((_, now) => (Then: then, Now: now))).ToList();
        repository
            .Commit("Then", commit => Write(commit.At("2026-01-02 00:00"), pair => pair.Then, "groups: [hr, old]\n"))
            .Commit("Now", commit => Write(commit.At("2026-03-01 00:00"), pair => pair.Now, "groups: [hr]\n"));
        if (isGone)
        {
            repository.Commit("Gone", commit =>
            {
                commit.At("2026-04-01 00:00");
                pairs.ForEach(pair => commit.Delete(PathOf(pair)));
            });
        }

        using var editions = await TestEdition.OpenAsync(repository);
        var today = await editions.AtAsync("2026-06-01T00:00Z");
        var member = new Reader(today.Settings.LabelsOf(["hr", "old", "public"]));
        Assert.Equal(["hr"], member.Labels);
        foreach (var question in new[] { DateQuestion.On, DateQuestion.For })
        {
            var then = await past.AtAsync(today, editions.Blobs, new PointInTime(question, Instant("2026-02-01T00:00Z"), question == DateQuestion.On ? Instant("2026-02-01T00:00Z") : today.At), TestContext.Current.CancellationToken);
            foreach (var (reader, edition, passes) in new (Reader, Edition, string[])[]
            {
                (Reader.Anyone, then.ForPublic, ["public"]),
                (Reader.Auditor, then.ForPublic, ["public"]),
                (Reader.Anyone, then, ["public", "open"]),
                (member, then, ["public", "open", "hr", "[public, hr]"]),
                (Reader.Auditor, then, Rules),
            })
            {
                string[] expected = [.. pairs.Where(pair => passes.Contains(Rules[pair.Then]) && passes.Contains(Rules[pair.Now])).Select(PathOf).Order(StringComparer.Ordinal)];
                Assert.Equal(expected, edition.Documents(reader).Select(document => document.Path.Value).Order(StringComparer.Ordinal));
                Assert.Equal(expected, edition.Search(new SearchQuery { Text = "marked", Limit = 100 }, reader).Hits.Select(hit => hit.Document.Document.Path.Value).Order(StringComparer.Ordinal));
                Assert.Equal(expected, pairs.Select(PathOf).Where(path => edition.Find(LibraryPath.Parse(path), reader) is not null).Order(StringComparer.Ordinal));
            }
        }

        void Write(TestCommit commit, Func<(int Then, int Now), int> rule, string groups)
        {
            commit.Write("library.yml", groups + (!byFolder ? "" : "access:\n" + string.Concat(
                pairs.Where(pair => Rules[rule(pair)] != "open").Select(pair => $"  r{pair.Then}{pair.Now}: {Rules[rule(pair)]}\n"))));
            foreach (var pair in pairs)
            {
                var own = byFolder || Rules[rule(pair)] == "open" ? "" : $"access: {Rules[rule(pair)]}\n";
                commit.Write(PathOf(pair), $"---\ntitle: Text {rule(pair)}\n{own}---\nMarked {rule(pair)} {own.Length}.\n");
            }
        }
    }

    [Fact]
    public async Task At_OwnRule_ComesBeforeItsFolders()
    {
        repository.Commit("All", commit => commit.At("2026-01-02 00:00")
            .Write("library.yml", "groups: [hr]\naccess: { \"\": public, closed: hr }\n")
            .Write("a.md", "# A\n").Write("b.md", "---\naccess: hr\n---\n# B\n").Write("closed/c.md", "# C\n").Write("closed/d.md", "---\naccess: public\n---\n# D\n"));
        using var editions = await TestEdition.OpenAsync(repository);
        var today = await editions.AtAsync("2026-06-01T00:00Z");

        Assert.Equal(["A", "D"], today.ForPublic.Documents(Reader.Anyone).Select(document => document.Title));
        Assert.Equal(["A", "D"], today.Documents(Reader.Anyone).Select(document => document.Title));
        Assert.Equal(["A", "B", "C", "D"], today.Documents(new Reader(["hr"])).Select(document => document.Title));
    }

    /// <summary>What is kept for one set of rights is given to no other.</summary>
    [Fact]
    public async Task Kept_ForOneReader_IsNotAnothers()
    {
        repository.Commit("All", commit => commit.At("2026-01-02 00:00").Write("library.yml", "groups: [hr]\n").Write("a.md", "# A\n"))
            .Commit("More", commit => commit.At("2026-01-03 00:00").Write("b.md", "---\naccess: hr\n---\n# B\n"))
            .Commit("Nobody", commit => commit.At("2026-01-04 00:00").Write("c.md", "---\naccess: { x: y }\n---\n# C\n"));
        using var editions = await TestEdition.OpenAsync(repository);
        var today = await editions.AtAsync("2026-06-01T00:00Z");
        foreach (var _ in Enumerable.Range(0, 2))
        {
            foreach (var (reader, count) in new[] { (Reader.Auditor, 3), (Reader.Anyone, 1), (new Reader(["hr"]), 2), (new Reader(["hr", "other"]), 2), (new Reader([]), 1) })
            {
                Assert.Equal(count, today.ChangesFor(reader).Length);
                Assert.Equal(count, ChangeLog.Of(today, reader).Find(new ChangeFilter()).Count());
                Assert.Equal(count, today.Catalogue.Documents.Count(history => DocumentTimeline.Of(history, today, reader, today.At).Versions.Length > 0));
                Assert.Equal(count, today.Search(new SearchQuery { Text = "kind:page" }, reader).Total);
            }
        }

        Assert.Same(ChangeLog.Of(today, new Reader(["hr"])), ChangeLog.Of(today, new Reader(["hr"])));
        for (var number = 0; number < 200; number++)
        {
            // However many sets of rights there are, each gets its own answer.
            Assert.Equal(number % 2 == 0 ? 2 : 1, today.ChangesFor(new Reader([number % 2 == 0 ? "hr" : "no", $"g{number}"])).Length);
        }
    }

    private static string PathOf((int Then, int Now) pair) => $"r{pair.Then}{pair.Now}/text.md";

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
