using System.Collections.Immutable;
using System.Text;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Publishing;

/// <summary>Texts that wait for their day, corrected, moved and called off in a real repository: what is published is read back day by day.</summary>
public sealed class UpcomingTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly LibraryPath Path = LibraryPath.Parse("fees.md");

    private readonly TemporaryFolder folder = new();
    private readonly TestRepository remote = new();

    [Fact]
    public async Task Of_APathWithAnUpcomingText_KnowsTodaysAndTheTip()
    {
        using var library = await OpenAsync("Call 555-0100.", ("2026-12-01", "Call 555-0100. The fee is $6."));
        var texts = PathTexts.Of(await EditionAsync(library), Path, Now);

        Assert.Equal(("Call 555-0100.", "Call 555-0100. The fee is $6."), (await BodyAsync(library, texts.Today), await BodyAsync(library, texts.Tip)));
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), Assert.Single(texts.Upcoming).At);
        Assert.Equal(new PathTexts(LibraryPath.Parse("no.md"), null, null, []), PathTexts.Of(await EditionAsync(library), LibraryPath.Parse("no.md"), Now));
    }

    [Fact]
    public async Task Lost_TodaysTextCorrectedWithAllThatWaits_IsNothingAndEachIsReadOnItsDay()
    {
        using var library = await OpenAsync("Call 555-0100.\n\nThe fee is $5.", ("2026-12-01", "Call 555-0100.\n\nThe fee is $6."), ("2027-01-01", "Call 555-0100.\n\nThe fee is $7."));
        var edition = await EditionAsync(library);
        var texts = PathTexts.Of(edition, Path, Now);
        var corrected = Text(null, "Call 555-0123.\n\nThe fee is $5.");
        var today = await ReadAsync(library, texts.Today);
        var plan = ImmutableArray.Create(new PlannedText(null, corrected));
        foreach (var upcoming in texts.Upcoming)
        {
            var waiting = await ReadAsync(library, upcoming.Blob);
            plan = plan.Add(new PlannedText(null, CarriedText.Of(today, corrected, waiting)!.Text));
        }

        Assert.Empty(LostUpcoming.By(edition, Coming(texts, plan, texts.Today, texts.Upcoming[0].Blob, texts.Upcoming[1].Blob), Now));
        Assert.Equal([texts.Upcoming[1].Blob], LostUpcoming.By(edition, Coming(texts, plan[..2], texts.Today, texts.Upcoming[0].Blob), Now).Select(lost => lost.Blob));
        await PublishAsync(library, await ChangeAsync(library, texts, plan));

        Assert.Equal("Call 555-0123.\n\nThe fee is $5.", await ReadAtAsync(library, "2026-11-24"));
        Assert.Equal("Call 555-0123.\n\nThe fee is $6.", await ReadAtAsync(library, "2026-12-02"));
        Assert.Equal("Call 555-0123.\n\nThe fee is $7.", await ReadAtAsync(library, "2027-01-02"));
    }

    [Fact]
    public async Task Lost_ATextAloneOrOfTheSameDayFromElsewhere_IsTold()
    {
        using var library = await OpenAsync("Call 555-0100.", ("2026-12-01", "The fee is $6."));
        var edition = await EditionAsync(library);
        var texts = PathTexts.Of(edition, Path, Now);
        var gone = new LostUpcoming(Path, texts.Upcoming[0].Blob, texts.Upcoming[0].At, null);

        Assert.Equal([gone], LostUpcoming.By(edition, [new ComingText(Path, null, 0, texts.Today, null, false)], Now));
        Assert.Equal([gone], LostUpcoming.By(edition, [new ComingText(Path, null, 0, texts.Today, texts.Upcoming[0].Version.Effective, false)], Now));
        Assert.Equal([gone], LostUpcoming.By(edition, [new ComingText(Path, null, 0, texts.Tip, null, true)], Now));
        Assert.Equal([gone with { Instead = LostUpcoming.AtOnce }], LostUpcoming.By(edition, [new ComingText(Path, null, 0, texts.Tip, null, false)], Now));
        Assert.Empty(LostUpcoming.By(edition, [new ComingText(Path, null, 0, texts.Tip, texts.Upcoming[0].Version.Effective, false)], Now));
        Assert.Empty(LostUpcoming.By(edition, [new ComingText(LibraryPath.Parse("new.md"), Path, 0, texts.Tip, texts.Upcoming[0].Version.Effective, false)], Now));
        Assert.Equal([gone], LostUpcoming.By(edition, [new ComingText(LibraryPath.Parse("new.md"), Path, 0, texts.Today, null, false)], Now));
        Assert.Empty(LostUpcoming.By(edition, [new ComingText(LibraryPath.Parse("other.md"), null, 0, null, null, false)], Now));
    }

    [Fact]
    public void TryParse_AKey_IsWhatWasLost()
    {
        var moved = new LostUpcoming(LibraryPath.Parse("a b/c d.md"), new BlobId(new string('a', 40)), Now, Now.AddDays(3));
        Assert.All([moved, moved with { Instead = null }, moved with { Instead = LostUpcoming.AtOnce }], lost => Assert.Equal(lost, LostUpcoming.TryParse(lost.Key)));
        Assert.All(["", "a b c d", $"{moved.Key[..20]} - x", moved.Key.Replace(" a b/", " /", StringComparison.Ordinal)], key => Assert.Null(LostUpcoming.TryParse(key)));
    }

    [Fact]
    public async Task Cancel_AnUpcomingText_LeavesTodaysInEffect()
    {
        using var library = await OpenAsync("Now.", ("2026-12-01", "December."), ("2027-01-01", "January."));
        var edition = await EditionAsync(library);
        var texts = PathTexts.Of(edition, Path, Now);

        var plan = ScheduledChange.Cancel(edition, texts, texts.Upcoming[0], Now);
        var change = await ChangeAsync(library, texts, plan);
        Assert.Equal([(texts.Upcoming[0].Blob, (DateTimeOffset?)null)], LostUpcoming.By(edition, Coming(texts, plan, texts.Today, texts.Upcoming[1].Blob), Now).Select(lost => (lost.Blob, lost.Instead)));
        await PublishAsync(library, change);

        Assert.Equal("Now.", await ReadAtAsync(library, "2026-12-02"));
        Assert.Equal("January.", await ReadAtAsync(library, "2027-01-02"));
        texts = PathTexts.Of(edition = await EditionAsync(library), Path, Now);
        await PublishAsync(library, await ChangeAsync(library, texts, ScheduledChange.Cancel(edition, texts, Assert.Single(texts.Upcoming), Now)));
        Assert.Equal("Now.", await ReadAtAsync(library, "2027-01-02"));
    }

    [Theory]
    [InlineData("2026-12-15", 2, "Now.", "December.")]
    [InlineData("2026-11-25", 1, "December.", "December.")]
    public async Task Move_AnUpcomingText_TakesEffectOnItsNewDayOnly(string day, int steps, string before, string after)
    {
        using var library = await OpenAsync("Now.", ("2026-12-01", "December."));
        var edition = await EditionAsync(library);
        var texts = PathTexts.Of(edition, Path, Now);
        Assert.True(DeclaredMoment.TryParse(day, out var moment));

        var plan = await ScheduledChange.MoveAsync(edition, texts, texts.Upcoming[0], moment, library.Blobs, Now, CancellationToken.None);
        var change = await ChangeAsync(library, texts, plan);
        Assert.Equal(steps, change.Steps.Length);
        Assert.Equal(
            [(texts.Upcoming[0].Blob, (DateTimeOffset?)moment.FirstInstant(TimeZoneInfo.Utc))],
            LostUpcoming.By(edition, Coming(texts, plan, [.. new[] { texts.Today, texts.Upcoming[0].Blob }[^steps..]]), Now).Select(lost => (lost.Blob, lost.Instead)));
        await PublishAsync(library, change);

        Assert.Equal("Now.", await ReadAtAsync(library, "2026-11-24"));
        Assert.Equal(before, await ReadAtAsync(library, "2026-12-02"));
        Assert.Equal(after, await ReadAtAsync(library, "2026-12-16"));
    }

    [Fact]
    public void Of_ACorrectionOfWhatTheUpcomingChangesToo_IsAConflictAndKeepsItsDate()
    {
        var carried = CarriedText.Of(Text("2026-01-01", "The fee is $5."), Text("2026-11-01", "The fee is $5.50."), Text("2026-12-01", "The fee is $6."))!;

        Assert.Null(carried.Text);
        Assert.Equal(("The fee is $6.\n", "The fee is $5.50.\n"), Assert.Single(carried.Merge.Conflicts) is var conflict ? (conflict.Mine, conflict.Theirs) : default);
        Assert.Equal(Text("2026-12-01", "The fee is $6.50."), carried.Choose(["The fee is $6.50.\n"]));
    }

    public void Dispose()
    {
        remote.Dispose();
        folder.Dispose();
    }

    private static byte[] Text(string? effective, string body) => Encoding.UTF8.GetBytes($"---\nid: F-1\ntitle: Fees\n{(effective is null ? "" : $"effective: {effective}\n")}---\n{body}\n");

    private static ChangeSet Change(params ChangedPath[] paths) => new() { Steps = [new ChangeStep { Paths = [.. paths], Note = "Note" }] };

    private static List<ComingText> Coming(PathTexts texts, ImmutableArray<PlannedText> plan, params BlobId?[] origins) =>
        [.. plan.Select((text, step) => new ComingText(texts.Path, null, step, origins[step], text.Effective, false))];

    private static async Task<ChangeSet> ChangeAsync(LibraryRepository library, PathTexts texts, ImmutableArray<PlannedText> plan)
    {
        // Each step goes on from what the one before leaves; the first, from what the branch holds.
        var (steps, there) = (ImmutableArray.CreateBuilder<ChangeStep>(), texts.Tip);
        foreach (var text in plan)
        {
            var next = text.Text is { } bytes ? await library.WriteTextAsync(bytes, CancellationToken.None) : text.Blob;
            steps.Add(Change(new ChangedPath(Path, there, next)).Steps[0]);
            there = next;
        }

        var change = new ChangeSet { Steps = steps.ToImmutable() };
        Assert.Null(change.Fault);
        return change;
    }

    private static async Task PublishAsync(LibraryRepository library, ChangeSet change)
    {
        using var publisher = new Publisher(library);
        Assert.IsType<PublishOutcome.Published>(await publisher.PublishAsync(change, [new Trailer("Proposal", "1")], new Signatory("Ann", "ann@riverton.example"), Now, CancellationToken.None));
    }

    private static async Task<Edition> EditionAsync(LibraryRepository library, DateTimeOffset? at = null)
    {
        var catalogue = Assert.IsType<CatalogueResult.Built>(await CatalogueBuilder.BuildAsync(library, await library.ReadHeadAsync(CancellationToken.None), null, DateTimeOffset.MaxValue.AddDays(-1), CancellationToken.None)).Catalogue;
        return await new EditionBuilder(library.Blobs).BuildAsync(catalogue, at ?? Now.AddHours(1), null, isPreview: false, CancellationToken.None);
    }

    private static async Task<string> ReadAtAsync(LibraryRepository library, string day) =>
        (await EditionAsync(library, DateTimeOffset.Parse(day + "T00:00Z", System.Globalization.CultureInfo.InvariantCulture))).Find(Path, Reader.Anyone)!.Document.Body.TrimEnd();

    private static async Task<byte[]> ReadAsync(LibraryRepository library, BlobId? blob) => (await library.Blobs.ReadAsync([blob!.Value], 1_000_000, CancellationToken.None))[0]!;

    private static async Task<string> BodyAsync(LibraryRepository library, BlobId? blob) => Encoding.UTF8.GetString(await ReadAsync(library, blob)).Split("---\n")[2].TrimEnd();

    private async Task<LibraryRepository> OpenAsync(string today, params (string Day, string Body)[] upcoming)
    {
        remote.Commit("Now", Path.Value, Encoding.UTF8.GetString(Text(null, today)));
        foreach (var (day, body) in upcoming)
        {
            remote.Commit(day, Path.Value, Encoding.UTF8.GetString(Text(day, body)));
        }

        remote.Flush();
        return await LibrarySource.OpenAsync(new LibraryLocation { DataFolder = folder["data"], Library = new Uri(remote.Folder).AbsoluteUri }, GitSettings.Default, CancellationToken.None);
    }
}
