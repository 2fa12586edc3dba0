using PolicyHub.Content.Editions;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Editions;

public sealed class DocumentTimelineTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Events_MovedDeletedAndReturned_AreToldNewestFirst()
    {
        using var repository = new TestRepository()
            .Commit("Begin", commit => commit.At("2026-01-01 00:00").Write("a.md", "---\nid: X-1\n---\n# Old name\n\nText of some length.\n"))
            .Commit("Move", commit => commit.At("2026-02-01 00:00").Move("a.md", "sub/a.md"))
            .Commit("Small\n\nChange: minor sub/a.md\n", commit => commit.At("2026-03-01 00:00").Write("sub/a.md", "---\nid: X-1\n---\n# New name\n\nText of some length.\n"))
            .Commit("Gone", commit => commit.At("2026-04-01 00:00").Delete("sub/a.md"))
            .Commit("Back", commit => commit.At("2026-05-01 00:00").Write("b.md", "---\nid: X-1\n---\n# New name\n\nText of some length, again.\n"));
        var timeline = await TimelineAsync(repository, Reader.Anyone);

        Assert.Equal(
            ["Returned 3 New name, moved from sub/a.md", "Ended 2 New name", "Minor 1.1 New name, was Old name", "Moved  Old name, moved from a.md", "Began 1 Old name"],
            timeline.Events.Select(change => $"{change.Kind} {change.Version?.Label} {change.Title}{(change.MovedFrom is { } from ? $", moved from {from}" : "")}{(change.RenamedFrom is { } name ? $", was {name}" : "")}"));
        Assert.Equal("1.1", timeline.Events[0].Before!.Label.ToString());
    }

    [Fact]
    public async Task Events_TextFromBefore_StandsWhereItBelongsInTime()
    {
        using var repository = new TestRepository()
            .Commit("Begin", commit => commit.At("2026-01-01 00:00").Write("a.md", "# A\n\nToday.\n"))
            .Commit("Old text\n\nRecorded-from: Binder 12, as recorded by Ann\n", commit => commit.At("2026-02-01 00:00").Write("a.md", "---\neffective: 2019-01-01\n---\n# Was A\n\nOf 2019.\n"))
            .Commit("Back on top", commit => commit.At("2026-02-01 01:00").Write("a.md", "# A\n\nToday.\n"));
        var timeline = await TimelineAsync(repository, Reader.Anyone);

        Assert.Equal([DocumentEventKind.Began, DocumentEventKind.Recorded], timeline.Events.Select(change => change.Kind));
        Assert.Equal(["0.1", "1"], timeline.Versions.Select(version => version.Label.ToString()));
        Assert.Empty(timeline.SpansOf(timeline.Versions[0]));
        Assert.Single(timeline.OtherDaysOf(timeline.Versions[0]));
        Assert.Null(timeline.At(DateQuestion.On, new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal("0.1", timeline.At(DateQuestion.For, new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero))!.Version.Label.ToString());
        Assert.Equal("A", timeline.Title);
    }

    [Fact]
    public async Task New_VersionThatCarriedALabel_IsLeftOutForOthers()
    {
        using var repository = new TestRepository()
            .Commit("One", commit => commit.At("2026-01-01 00:00").Write("a.md", "---\naccess: hr\n---\n# Secret name\n"))
            .Commit("Two", commit => commit.At("2026-02-01 00:00").Write("a.md", "# Open name\n"));

        var anyone = await TimelineAsync(repository, Reader.Anyone);
        var holder = await TimelineAsync(repository, new Reader(["hr"]));

        Assert.Equal(["2"], anyone.Versions.Select(version => version.Label.ToString()));
        Assert.Single(anyone.Events);
        Assert.Single(anyone.InEffect);
        Assert.Null(anyone.Events[0].RenamedFrom);
        Assert.Equal(["1", "2"], holder.Versions.Select(version => version.Label.ToString()));
        Assert.Equal("Secret name", holder.Events[0].RenamedFrom);
    }

    private static async Task<DocumentTimeline> TimelineAsync(TestRepository repository, Reader reader)
    {
        using var editions = await TestEdition.OpenAsync(repository);
        var today = await editions.AtAsync("2026-12-01T00:00Z");
        return DocumentTimeline.Of(Assert.Single(today.Catalogue.Documents), today, reader, Now);
    }
}
