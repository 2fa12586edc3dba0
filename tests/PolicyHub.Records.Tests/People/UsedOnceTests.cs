using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Sessions;
using PolicyHub.Records.Storage;
using PolicyHub.Records.Tests.Audit;

namespace PolicyHub.Records.Tests.People;

public sealed class UsedOnceTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Take_ByManyAtOnce_IsTakenOnce(RecordsProvider provider)
    {
        using var books = await AccountBooks.OpenAsync(provider);
        var book = new UsedOnceBook(books.Records, books.Clock);
        var until = AuditSample.Morning.AddMinutes(5);
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => book.TakeAsync("passkey", "a challenge", until, Now))));
        Assert.Single(taken, one => one);
        Assert.True(await book.TakeAsync("sign-out", "a challenge", until, Now));
        Assert.True(await book.TakeAsync("passkey", "another", until, Now));
        Assert.False(await book.TakeAsync("passkey", "a challenge", until, Now));

        // What nobody would take any more goes with the next that comes; what was used is not told.
        books.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.True(await book.TakeAsync("passkey", "later", until.AddHours(1), Now));
        await using var db = books.Records.CreateDbContext();
        Assert.Equal(SessionBook.IdOf("passkey later"), (await db.Set<UsedOnce>().SingleAsync(Now)).Id);
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task End_BySayingTheSameAgain_EndsNothing(RecordsProvider provider)
    {
        using var books = await AccountBooks.OpenAsync(provider);
        var (person, _) = await books.InviteAsync("casey");
        var first = await books.SignInAsync(person.Id);
        var until = AuditSample.Morning.AddMinutes(5);
        Assert.True(await books.Sessions.EndOnceAsync("issuer 1", until, session => session.PersonId == person.Id, Now));
        Assert.False(await books.IsOpenAsync(first));

        var second = await books.SignInAsync(person.Id);
        Assert.False(await books.Sessions.EndOnceAsync("issuer 1", until, session => session.PersonId == person.Id, Now));
        Assert.True(await books.IsOpenAsync(second));

        // What could not be done was not said.
        await Assert.ThrowsAnyAsync<Exception>(() => books.Sessions.EndOnceAsync("issuer 2", until, session => Fails(session), Now));
        Assert.True(await books.Sessions.EndOnceAsync("issuer 2", until, session => session.PersonId == person.Id, Now));
        Assert.False(await books.IsOpenAsync(second));
    }

    private static bool Fails(Session session) => session.Id.Length > 1000;
}
