using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Feedback;
using PolicyHub.Records.Notices;
using PolicyHub.Records.People;
using PolicyHub.Records.Reading;
using PolicyHub.Records.Searches;
using PolicyHub.Records.Storage;
using PolicyHub.Records.Tests.Audit;
using PolicyHub.Testing;

namespace PolicyHub.Records.Tests.Reading;

/// <summary>What staff keep, on both databases: pins, pages, notices, notes and counts.</summary>
public sealed class StaffBooksTests
{
    private static readonly Guid Ann = new("5d1d5f1e-0d7a-4a61-9b0a-2f3ad0a7f001");

    private readonly TestClock clock = new(AuditSample.Morning);

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Reading_PinsAndPages_AreKeptInOrderAndBounded(RecordsProvider provider)
    {
        using var records = await OpenAsync(provider);
        var book = new ReadingBook(records, clock);
        for (var number = 0; number < ReadingBook.MostPins; number++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.True(await book.PinAsync(Ann, $"p{number:00}", CancellationToken.None));
        }

        Assert.False(await book.PinAsync(Ann, "one more", CancellationToken.None));
        Assert.True(await book.PinAsync(Ann, "p00", CancellationToken.None));
        await book.UnpinAsync(Ann, "p01", CancellationToken.None);
        Assert.Equal(["p00", "p02"], (await book.PinsOfAsync(Ann, CancellationToken.None)).Take(2));

        var pages = Enumerable.Range(0, 25).Select(number => new OpenedPage(Ann, $"p{number:00}", clock.GetUtcNow().AddSeconds(number))).ToList();
        await book.OpenedAsync([.. pages, new OpenedPage(Guid.NewGuid(), "of nobody", clock.GetUtcNow())], CancellationToken.None);
        await book.OpenedAsync([new OpenedPage(Ann, "p10", clock.GetUtcNow().AddMinutes(1))], CancellationToken.None);
        var recent = await book.RecentOfAsync(Ann, CancellationToken.None);
        Assert.Equal((ReadingBook.MostRecent, "p10", "p24"), (recent.Length, recent[0].Path, recent[1].Path));
        await book.ForgetRecentAsync(Ann, CancellationToken.None);
        Assert.Empty(await book.RecentOfAsync(Ann, CancellationToken.None));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Pin_TheSameManyTimesAtOnce_IsOne(RecordsProvider provider)
    {
        using var records = await OpenAsync(provider);
        var book = new ReadingBook(records, clock);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => book.PinAsync(Ann, "p", CancellationToken.None))), Assert.True);
        Assert.Single(await book.PinsOfAsync(Ann, CancellationToken.None));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Notice_PostedExtendedEnded_RunsMeanwhileAndIsLogged(RecordsProvider provider)
    {
        using var records = await OpenAsync(provider);
        using var log = AuditSample.Log(records, clock);
        var book = new NoticeBook(records, log, clock);
        var notice = new PostedNotice { Id = Guid.NewGuid(), Desk = "d", Audience = "", What = "Down", Details = "", PostedBy = "Ann", Posted = clock.GetUtcNow(), Until = clock.GetUtcNow().AddHours(1) };
        var posts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => book.PostAsync(notice, AuditSample.Ann, CancellationToken.None)));
        Assert.Single(posts, posted => posted);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull(await book.ExtendAsync(notice.Id, clock.GetUtcNow().AddDays(9), AuditSample.Ann, CancellationToken.None));
        clock.Advance(TimeSpan.FromHours(23.9));
        Assert.Single(await book.RunningAsync(CancellationToken.None));
        Assert.NotNull(await book.EndAsync(notice.Id, AuditSample.Ann, CancellationToken.None));
        Assert.Null(await book.EndAsync(notice.Id, AuditSample.Ann, CancellationToken.None));
        Assert.Empty(await book.RunningAsync(CancellationToken.None));
        Assert.Equal(("Ann Auditor", 1), ((await book.PastAsync(0, 10, CancellationToken.None)).Notices[0].EndedBy, (await book.PastAsync(0, 10, CancellationToken.None)).Total));
        await using var db = records.CreateDbContext();
        Assert.Equal(["posted", "extended", "ended"], await db.Set<AuditEntry>().OrderBy(row => row.Number).Select(row => row.What).ToListAsync());
        await Assert.ThrowsAsync<ArgumentException>(() => book.PostAsync(
            new PostedNotice { Id = Guid.NewGuid(), Desk = "d", Audience = "", What = "Too long", Details = "", PostedBy = "Ann", Posted = clock.GetUtcNow(), Until = clock.GetUtcNow().AddHours(24.1) }, AuditSample.Ann, CancellationToken.None));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Feedback_SentTwiceAndClosedTwice_IsOnce(RecordsProvider provider)
    {
        using var records = await OpenAsync(provider);
        var box = new FeedbackBox(records, clock);
        var note = new FeedbackNote
        {
            Id = Guid.NewGuid(),
            Path = "p",
            Title = "P",
            Section = "",
            Version = "1",
            Commit = "c",
            Blob = "b",
            Owners = ["billing-lead"],
            Query = "",
            Answered = false,
            Note = "n",
            PersonId = Ann,
            ShownName = "",
            At = clock.GetUtcNow(),
        };
        Assert.Single(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => box.SendAsync(note, CancellationToken.None))), sent => sent);
        Assert.Equal(["billing-lead"], Assert.Single(await box.OpenAsync(CancellationToken.None)).Owners);
        Assert.Equal((1, 1), await box.CountOpenAsync(CancellationToken.None));
        Assert.NotNull(await box.CloseAsync(note.Id, FeedbackState.Rejected, "No.", "Bob", CancellationToken.None));
        Assert.Null(await box.CloseAsync(note.Id, FeedbackState.Resolved, "Yes.", "Bob", CancellationToken.None));
        Assert.Equal("No.", Assert.Single(await box.OfAsync(Ann, clock.GetUtcNow().AddDays(-1), CancellationToken.None)).Word);
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Searches_ToldAgain_TakeThePlaceOfWhatWasTold(RecordsProvider provider)
    {
        using var records = await OpenAsync(provider);
        var book = new QueryBook(records);
        var day = new DateOnly(2026, 11, 23);
        QueryDay Row(string source, int none) => new() { Day = day, Words = "w", Source = source, People = 5, None = none };
        await book.SaveAsync([Row("one", 3)], CancellationToken.None);
        await book.SaveAsync([Row("one", 4)], CancellationToken.None);
        await book.SaveAsync([Row("two", 7)], CancellationToken.None);
        Assert.Equal(4, Assert.Single(await book.OfOthersAsync("two", day, CancellationToken.None)).None);
        Assert.Empty(await book.OfOthersAsync("two", day.AddDays(1), CancellationToken.None));
    }

    private static async Task<TestRecords> OpenAsync(RecordsProvider provider)
    {
        var records = await TestRecords.OpenAsync(provider);
        await using var db = records.CreateDbContext();
        db.Add(new Person { Id = Ann, Name = "Ann", UserName = "ann", NormalizedUserName = "ANN", Made = AuditSample.Morning });
        await db.SaveChangesAsync();
        return records;
    }
}
