using PolicyHub.Content.Editions;
using PolicyHub.Content.Search;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Editions;

/// <summary>The library of other days: what could be read, what applies, for whom, and that little is held twice.</summary>
public sealed class PastEditionsTests : IDisposable
{
    private static readonly LibraryPath Fees = LibraryPath.Parse("fees.md");

    private readonly TestRepository repository = new();
    private readonly PastEditions past = new(mostBytes: 64 * 1024 * 1024);

    public void Dispose()
    {
        past.Dispose();
        repository.Dispose();
    }

    [Fact]
    public async Task At_AdoptedRetroactively_AnswersTheTwoQuestionsDifferently()
    {
        repository
            .Commit("First", commit => commit.At("2026-01-02 00:00").Write("fees.md", "# Fees\n\nTen dollars.\n"))
            .Commit("Council", commit => commit.At("2026-03-01 00:00").Write("fees.md", "---\neffective: 2026-02-01\n---\n# Fees\n\nTwelve dollars.\n"));
        using var editions = await TestEdition.OpenAsync(repository);
        var today = await editions.AtAsync("2026-06-01T00:00Z");

        var on = await AtAsync(editions, today, DateQuestion.On, "2026-02-15T12:00Z");
        var applies = await AtAsync(editions, today, DateQuestion.For, "2026-02-15T12:00Z");
        var before = await AtAsync(editions, today, DateQuestion.For, "2026-01-15T12:00Z");

        Assert.Contains("Ten", TextOf(on), StringComparison.Ordinal);
        Assert.Contains("Twelve", TextOf(applies), StringComparison.Ordinal);
        Assert.Contains("Ten", TextOf(before), StringComparison.Ordinal);
        Assert.Single(on.Search(new SearchQuery { Text = "ten dollars" }, Reader.Anyone).Hits);
        Assert.Empty((await AtAsync(editions, today, DateQuestion.On, "2026-01-01T00:00Z")).Documents(Reader.Anyone));
    }

    [Fact]
    public async Task At_TextsFromBeforePolicyHub_AnswerWhichRuleAppliesAndAreNeverRead()
    {
        repository
            .Commit("Start", commit => commit.At("2026-01-02 00:00").Write("fees.md", "# Fees\n\nTen dollars.\n"))
            .Commit("Old\n\nRecorded-from: Binder 7, as recorded by Ann", commit => commit.At("2026-01-03 00:00").Write("fees.md", "---\neffective: 2019-01-01\n---\n# Fees\n\nFive dollars.\n"))
            .Commit("Today's again", commit => commit.At("2026-01-04 00:00").Write("fees.md", "# Fees\n\nTen dollars.\n"));
        using var editions = await TestEdition.OpenAsync(repository);
        var today = await editions.AtAsync("2026-06-01T00:00Z");

        var applies = await AtAsync(editions, today, DateQuestion.For, "2020-05-05T00:00Z");
        var history = today.Find(Fees, Reader.Anyone)!.History;

        Assert.Contains("Five", TextOf(applies), StringComparison.Ordinal);
        Assert.Equal("Binder 7, as recorded by Ann", applies.Find(Fees, Reader.Anyone)!.Version.Commit.RecordedFrom);
        Assert.Contains("Ten", TextOf(await AtAsync(editions, today, DateQuestion.On, "2026-01-03T12:00Z")), StringComparison.Ordinal);
        Assert.Equal(["1", "0.1"], history.Versions.Select(version => version.Label.ToString()));
        Assert.DoesNotContain(today.Problems, problem => problem.Code == "recorded-on-top");
    }

    [Fact]
    public async Task Build_RecordLeftOnTop_IsTold()
    {
        repository
            .Commit("Start", commit => commit.At("2026-01-02 00:00").Write("fees.md", "# Fees\n\nTen dollars.\n"))
            .Commit("Old\n\nRecorded-from: Binder 7, as recorded by Ann", commit => commit.At("2026-01-03 00:00").Write("fees.md", "# Fees\n\nFive dollars.\n"));
        using var editions = await TestEdition.OpenAsync(repository);

        var today = await editions.AtAsync("2026-06-01T00:00Z");

        Assert.Contains("Ten", TextOf(today), StringComparison.Ordinal);
        Assert.Contains(today.Problems, problem => problem.Code == "recorded-on-top");
    }

    [Fact]
    public async Task At_WhatIsRestrictedToday_IsNotShownAsItWasWhenOpen()
    {
        repository
            .Commit("Open", commit => commit.At("2026-01-02 00:00").Write("fees.md", "# Fees\n").Write("hr/pay.md", "# Pay\n").Write("gone.md", "# Gone\n").Write("once.md", "---\naccess: legal\n---\n# Once\n"))
            .Commit("Closed", commit => commit.At("2026-03-01 00:00")
                .Write("library.yml", "access: { hr: hr }\n")
                .Write("fees.md", "---\naccess: finance\n---\n# Fees\n")
                .Write("gone.md", "---\naccess: finance\n---\n# Gone\n").Write("once.md", "# Once\n"))
            .Commit("Withdrawn", commit => commit.At("2026-04-01 00:00").Delete("gone.md"));
        using var editions = await TestEdition.OpenAsync(repository);
        var today = await editions.AtAsync("2026-06-01T00:00Z");

        var then = await AtAsync(editions, today, DateQuestion.On, "2026-02-01T00:00Z");

        Assert.Empty(then.Documents(Reader.Anyone));
        Assert.Empty(then.Search(new SearchQuery { Text = "fees" }, Reader.Anyone).Hits);
        Assert.Equal(["Fees", "Gone"], then.Documents(new Reader(["finance"])).Select(document => document.Title));
        Assert.Equal(["Pay"], then.Documents(new Reader(["hr"])).Select(document => document.Title));
        Assert.Equal(["Once"], then.Documents(new Reader(["legal"])).Select(document => document.Title));
    }

    [Fact]
    public async Task At_InstantsBetweenTwoChanges_AreOneEditionThatSharesItsTexts()
    {
        repository
            .Commit("One", commit => commit.At("2026-01-02 00:00").Write("fees.md", "# Fees\n\nTen.\n").Write("dogs.md", "# Dogs\n"))
            .Commit("Two", commit => commit.At("2026-03-01 00:00").Write("fees.md", "# Fees\n\nTwelve.\n"));
        using var editions = await TestEdition.OpenAsync(repository);
        var today = await editions.AtAsync("2026-06-01T00:00Z");

        var first = await AtAsync(editions, today, DateQuestion.On, "2026-02-01T00:00Z");

        Assert.Same(first, await AtAsync(editions, today, DateQuestion.On, "2026-01-02T00:00Z"));
        Assert.Same(today, await AtAsync(editions, today, DateQuestion.On, "2026-03-01T00:00Z"));
        Assert.NotSame(first, today);
        var dogs = LibraryPath.Parse("dogs.md");
        Assert.Same(today.Find(dogs, Reader.Anyone)!.Rendered, first.Find(dogs, Reader.Anyone)!.Rendered);
    }

    [Fact]
    public async Task At_MoreThanTheLimit_DropsTheOneNotAskedForLongest()
    {
        for (var day = 1; day <= 9; day++)
        {
            var text = $"# Fees\n\n{new string((char)('a' + day), 20_000)}\n";
            repository.Commit("Change", commit => commit.At($"2026-01-0{day} 00:00").Write("fees.md", text));
        }

        using var editions = await TestEdition.OpenAsync(repository);
        using var small = new PastEditions(mostBytes: 400_000);
        var today = await editions.AtAsync("2026-06-01T00:00Z");
        Task<Edition> On(int day) => small.AtAsync(today, editions.Blobs, PointInTime.On(DateTimeOffset.Parse($"2026-01-0{day}T12:00Z", System.Globalization.CultureInfo.InvariantCulture)), TestContext.Current.CancellationToken);

        var first = await On(1);
        var second = await On(2);
        Assert.Same(first, await On(1));
        for (var day = 3; day <= 5; day++)
        {
            await On(day);
        }

        Assert.InRange(small.Bytes, 1, 400_000);
        Assert.NotSame(second, await On(2));
        Assert.Contains("ccc", TextOf(await On(2)), StringComparison.Ordinal);
    }

    private async Task<Edition> AtAsync(TestEdition editions, Edition today, DateQuestion question, string instant) =>
        await past.AtAsync(
            today, editions.Blobs,
            new PointInTime(question, DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture), question == DateQuestion.On ? DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture) : today.At),
            TestContext.Current.CancellationToken);

    private static string TextOf(Edition edition) => edition.Find(Fees, Reader.Anyone)!.Rendered.Html.Value;
}
