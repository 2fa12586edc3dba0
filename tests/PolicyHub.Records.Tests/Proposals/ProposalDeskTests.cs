using Microsoft.EntityFrameworkCore;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Storage;
using static PolicyHub.Records.Tests.Proposals.Riverton;

namespace PolicyHub.Records.Tests.Proposals;

/// <summary>From a draft to the published branch and back, on both databases and a real repository.</summary>
public sealed class ProposalDeskTests
{
    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Approve_TheLastYes_PublishesTheVeryBytesWithWhoAndWhich(RecordsProvider provider)
    {
        using var city = await OpenAsync(provider, hasRemote: provider == RecordsProvider.PostgreSql);
        var sent = await city.SentAsync("# A now\n", "finance-director", "city-manager");
        Assert.Equal((1, 1, ProposalState.Sent), (sent.Number, sent.Revision, sent.State));
        Assert.Equal("# A\n", city.Published("a.md"));

        // The second is not asked before the first has answered.
        Assert.Equal(ProposalRefusal.NotAllowed, Refused(await city.Desk.ApproveAsync(sent.Id, Ruth, sent.Hash, "", CancellationToken.None)));
        Assert.Equal(ProposalState.Sent, Done(await city.Desk.ApproveAsync(sent.Id, Priya, sent.Hash, "Fine.", CancellationToken.None)).State);
        Assert.Equal("# A\n", city.Published("a.md"));
        var published = Done(await city.Desk.ApproveAsync(sent.Id, Ruth, sent.Hash, "", CancellationToken.None));

        Assert.Equal(ProposalState.Published, published.State);
        Assert.Equal("# A now\n", city.Published("a.md"));
        var message = city.Git("log", "-1", "--format=%an%n%B", city.Library.BranchRef);
        Assert.StartsWith("Maria Lopez\nAsk for the account number first\n\nThe board asked for it.\n\nProposal: 1\nProposal-revision: " + sent.Commit, message, StringComparison.Ordinal);
        Assert.Contains($"Approved-by: Priya Nair <Priya.Nair@riverton.example> as finance-director 2026-11-23T09:00:00Z {sent.Hash}", message, StringComparison.Ordinal);
        Assert.Contains($"Approved-by: Ruth Alvarez <Ruth.Alvarez@riverton.example> as city-manager 2026-11-23T09:00:00Z {sent.Hash}", message, StringComparison.Ordinal);
        await using var db = city.Records.CreateDbContext();
        var rows = await db.Set<AuditEntry>().OrderBy(row => row.Number).ToListAsync(CancellationToken.None);
        Assert.Equal(["begun", "sent", "approved", "approved", "published"], rows.Select(row => row.What));
        Assert.All(rows.Skip(1), row => Assert.Contains(sent.Hash, row.Details, StringComparison.Ordinal));
        Assert.Contains(published.Published[0], rows[^1].Details, StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Approve_ByWhoeverWroteSavedOrIsNotAsked_IsRefused(RecordsProvider provider)
    {
        using var city = await OpenAsync(provider);
        var proposal = await city.WriteAsync();
        Assert.Equal(ProposalState.Draft, Done(await city.Book.HandOverAsync(proposal.Id, Maria, Priya.Id, Priya.Name, CancellationToken.None)).State);
        var sent = Done(await city.Desk.SendAsync(proposal.Id, Priya, Route("finance-director"), null, CancellationToken.None));

        // Priya sent it, Maria wrote it; a position changes nothing of that.
        Assert.Equal(ProposalRefusal.NotAllowed, Refused(await city.Desk.ApproveAsync(sent.Id, Priya, sent.Hash, "", CancellationToken.None)));
        Assert.Equal(ProposalRefusal.NotAllowed, Refused(await city.Desk.ApproveAsync(sent.Id, Maria with { Positions = ["finance-director"] }, sent.Hash, "", CancellationToken.None)));
        Assert.Equal(ProposalRefusal.NotAllowed, Refused(await city.Desk.ApproveAsync(sent.Id, Owen, sent.Hash, "", CancellationToken.None)));
        Assert.Equal(ProposalRefusal.Gone, Refused(await city.Desk.ApproveAsync(sent.Id, Sam, sent.Hash, "", CancellationToken.None)));
        Assert.Null(await city.Book.FindAsync(sent.Id, Sam, CancellationToken.None));

        // Another in the position may.
        Assert.Equal(ProposalState.Published, Done(await city.Desk.ApproveAsync(sent.Id, Sam with { Positions = ["finance-director"] }, sent.Hash, "", CancellationToken.None)).State);
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task TakeUp_AfterAYes_VoidsItAndAnOldYesIsNoneToTheNewText(RecordsProvider provider)
    {
        using var city = await OpenAsync(provider);
        var sent = await city.SentAsync("# A now\n", "finance-director", "city-manager");
        Done(await city.Desk.ApproveAsync(sent.Id, Priya, sent.Hash, "", CancellationToken.None));
        Assert.Equal(ProposalRefusal.NotAllowed, (await city.Book.SaveAsync(sent.Id, Maria, 0, "a.md", 0, Text("# A later\n"), CancellationToken.None)).Refusal);
        Done(await city.Book.TakeUpAsync(sent.Id, Maria, CancellationToken.None));
        Assert.Null((await city.Book.SaveAsync(sent.Id, Maria, 0, "a.md", 0, Text("# A later\n"), CancellationToken.None)).Refusal);

        var again = Done(await city.Desk.SendAsync(sent.Id, Maria, Route("finance-director", "city-manager"), null, CancellationToken.None));
        Assert.Equal((1, 2), (again.Number, again.Revision));
        Assert.NotEqual(sent.Hash, again.Hash);
        Assert.Equal(ProposalRefusal.Stale, Refused(await city.Desk.ApproveAsync(sent.Id, Priya, sent.Hash, "", CancellationToken.None)));
        Assert.Equal(ProposalRefusal.NotAllowed, Refused(await city.Desk.ApproveAsync(sent.Id, Ruth, again.Hash, "", CancellationToken.None)));
        Done(await city.Desk.ApproveAsync(sent.Id, Priya, again.Hash, "", CancellationToken.None));
        Assert.Equal(ProposalState.Published, Done(await city.Desk.ApproveAsync(sent.Id, Ruth, again.Hash, "", CancellationToken.None)).State);
        Assert.Equal("# A later\n", city.Published("a.md"));
        Assert.Equal([2, 1], (await new ProposalRefs(city.Library).ReadAsync(1, CancellationToken.None)).Select(revision => revision.Number));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Save_FromTwoTabs_KeepsTheFirstAndTellsTheSecond(RecordsProvider provider)
    {
        using var city = await OpenAsync(provider);
        var proposal = await city.WriteAsync();
        Assert.Equal(new SaveOutcome(1), await city.Book.SaveAsync(proposal.Id, Maria, 0, "a.md", 0, Text("# One\n"), CancellationToken.None));
        Assert.Equal(new SaveOutcome(1, ProposalRefusal.Stale), await city.Book.SaveAsync(proposal.Id, Maria, 0, "a.md", 0, Text("# Two\n"), CancellationToken.None));

        // Sent twice, as a browser may: it is there.
        Assert.Equal(new SaveOutcome(1), await city.Book.SaveAsync(proposal.Id, Maria, 0, "a.md", 0, Text("# One\n"), CancellationToken.None));
        Assert.Equal(ProposalRefusal.Gone, (await city.Book.SaveAsync(proposal.Id, Sam, 0, "a.md", 1, Text("# Sam\n"), CancellationToken.None)).Refusal);
        Assert.Equal(Text("# One\n"), (await city.Book.ReadAsync(proposal.Id, 0, "a.md", CancellationToken.None))!.Text!);
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Save_ManyAtOnceWhileItIsSent_IsInTheRevisionOrRefused(RecordsProvider provider)
    {
        using var city = await OpenAsync(provider);
        var proposal = await city.WriteAsync();
        var last = "# A now\n";
        var saving = Task.Run(async () =>
        {
            var stamp = 0;
            for (var save = 0; save < 60; save++)
            {
                var text = $"# A, save {save}\n";
                var outcome = await city.Book.SaveAsync(proposal.Id, Maria, 0, "a.md", stamp, Text(text), CancellationToken.None);
                if (outcome.Refusal == ProposalRefusal.NotAllowed)
                {
                    return;
                }

                if (outcome.Refusal is null)
                {
                    (last, stamp) = (text, outcome.Stamp);
                }
            }
        });
        ProposalOutcome sent = new ProposalOutcome.Refused(ProposalRefusal.Stale);
        for (var tries = 0; tries < 30 && sent is not ProposalOutcome.Done; tries++)
        {
            sent = await city.Desk.SendAsync(proposal.Id, Maria, Route("finance-director"), null, CancellationToken.None);
            Assert.True(sent is ProposalOutcome.Done or ProposalOutcome.Refused { Why: ProposalRefusal.Stale });
        }

        await saving;
        var revision = (await city.Desk.RevisionAsync(Done(sent), CancellationToken.None))!;
        Assert.Equal(last, city.Git("cat-file", "blob", revision.Change.Steps[0].Paths[0].New!.Value.Hex));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Approve_BaseHasMoved_ReturnsItAndNobodysTextIsLost(RecordsProvider provider)
    {
        using var city = await OpenAsync(provider, hasRemote: true);
        var sent = await city.SentAsync();
        city.Remote!.Commit("Outside", "a.md", "# A of others\n").Flush();

        var outcome = Assert.IsType<ProposalOutcome.Refused>(await city.Desk.ApproveAsync(sent.Id, Priya, sent.Hash, "", CancellationToken.None));
        Assert.Equal((ProposalRefusal.Moved, "a.md"), (outcome.Why, Assert.Single(outcome.Paths)));
        Assert.Equal(ProposalState.Returned, outcome.GivenBack?.State);
        Assert.Equal(ProposalState.Returned, (await city.FindAsync(sent.Id)).State);
        Assert.Equal("# A of others\n", city.Published("a.md"));
        Assert.Equal(Text("# A now\n"), (await city.Book.ReadAsync(sent.Id, 0, "a.md", CancellationToken.None))!.Text!);
        Assert.All((await city.Book.FindAsync(sent.Id, Ben, CancellationToken.None))!.Given, given => Assert.True(given.IsVoid));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Continue_BaseMovedWhileTheRemoteWasAway_GivesBackWhatIsToBeTold(RecordsProvider provider)
    {
        using var city = await OpenAsync(provider, hasRemote: true);
        var sent = await city.SentAsync();
        await ApproveWhileTheRemoteIsAwayAsync(city, sent);
        city.Remote!.Commit("Outside", "a.md", "# A of others\n").Flush();

        Assert.Equal(ProposalState.Returned, Assert.Single(await city.Desk.ContinueAsync(CancellationToken.None)).State);
        Assert.Empty(await city.Desk.ContinueAsync(CancellationToken.None));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Continue_PublicationWhoseRowWasLost_FindsItAndPublishesNothingTwice(RecordsProvider provider)
    {
        using var city = await OpenAsync(provider);
        var sent = await city.SentAsync();
        var published = Done(await city.Desk.ApproveAsync(sent.Id, Priya, sent.Hash, "", CancellationToken.None));

        // As if the process had ended between the commit and the row.
        await using (var db = city.Records.CreateDbContext())
        {
            await db.Set<Proposal>().ExecuteUpdateAsync(set => set.SetProperty(one => one.State, ProposalState.Approved).SetProperty(one => one.Published, []), CancellationToken.None);
        }

        var found = Assert.Single(await city.Desk.ContinueAsync(CancellationToken.None));
        Assert.Equal((ProposalState.Published, published.Published[0]), (found.State, Assert.Single(found.Published)));
        Assert.Equal("2", city.Git("rev-list", "--count", city.Library.BranchRef).Trim());
        Assert.Empty(await city.Desk.ContinueAsync(CancellationToken.None));
    }

    /// <summary>Whoever looks for what was interrupted, here or in another process, may find a yes before its own request has published it.</summary>
    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Approve_AnotherPublishesItAtTheSameMoment_IsPublishedAndToldByTheOther(RecordsProvider provider)
    {
        using var city = await OpenAsync(provider);
        var sent = await city.SentAsync();
        var others = city.BeforeDeskOpensOnce(desk => desk.ContinueAsync(CancellationToken.None));
        var outcome = Assert.IsType<ProposalOutcome.Done>(await city.Desk.ApproveAsync(sent.Id, Priya, sent.Hash, "", CancellationToken.None));

        Assert.Equal((ProposalState.Published, true), (outcome.Proposal.State, outcome.IsByAnother));
        Assert.Equal(ProposalState.Published, Assert.Single(await others).State);
        Assert.Equal("2", city.Git("rev-list", "--count", city.Library.BranchRef).Trim());
        Assert.Equal(["begun", "sent", "approved", "published"], await city.LoggedAsync());
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Approve_AnotherGivesItBackAtTheSameMoment_IsToldByTheOther(RecordsProvider provider)
    {
        using var city = await OpenAsync(provider, hasRemote: true);
        var sent = await city.SentAsync();
        city.Remote!.Commit("Outside", "a.md", "# A of others\n").Flush();
        var others = city.BeforeDeskOpensOnce(desk => desk.ContinueAsync(CancellationToken.None));
        var outcome = Assert.IsType<ProposalOutcome.Refused>(await city.Desk.ApproveAsync(sent.Id, Priya, sent.Hash, "", CancellationToken.None));

        Assert.Equal((ProposalRefusal.Moved, null), (outcome.Why, outcome.GivenBack));
        Assert.Equal(ProposalState.Returned, Assert.Single(await others).State);
        Assert.Equal(["begun", "sent", "approved", "returned"], await city.LoggedAsync());
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Urgent_AnotherPublishesAndTakesItBackAtTheSameMoment_IsDoneOnce(RecordsProvider provider)
    {
        using var city = await OpenAsync(provider);
        var proposal = await city.WriteAsync("# A, boil water\n");

        // The desk opens the repository once to send and once to publish.
        var others = city.BeforeDeskOpensOnce(desk => desk.ContinueAsync(CancellationToken.None), after: 1);
        var urgent = Assert.IsType<ProposalOutcome.Done>(
            await city.Desk.PublishUrgentAsync(proposal.Id, Maria, "billing-lead", "Water main break", TimeSpan.FromHours(24), Route("finance-director"), null, CancellationToken.None));
        Assert.Equal((ProposalState.Urgent, true, 1), (urgent.Proposal.State, urgent.IsByAnother, urgent.Proposal.Published.Length));
        Assert.Single(await others);

        others = city.BeforeDeskOpensOnce(desk => desk.ContinueAsync(CancellationToken.None));
        var back = Assert.IsType<ProposalOutcome.Done>(await city.Desk.RejectAsync(proposal.Id, Priya, urgent.Proposal.Hash, "No.", CancellationToken.None));
        Assert.Equal((ProposalState.TakenBack, true), (back.Proposal.State, back.IsByAnother));
        Assert.Single(await others);
        Assert.Equal("# A\n", city.Published("a.md"));
        Assert.Equal(["begun", "published-urgent", "published-urgent", "rejected", "taken-back"], await city.LoggedAsync());
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Approve_RemoteIsGone_WaitsAndIsPublishedOnceItIsBack(RecordsProvider provider)
    {
        using var city = await OpenAsync(provider, hasRemote: true);
        var sent = await city.SentAsync();
        await ApproveWhileTheRemoteIsAwayAsync(city, sent);

        Assert.Equal(ProposalState.Published, Assert.Single(await city.Desk.ContinueAsync(CancellationToken.None)).State);
        Assert.Equal("# A now\n", city.Remote!.Git("show", "main:a.md"));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Reject_ThenTakenUpAndSentAgain_IsApprovedAndPublished(RecordsProvider provider)
    {
        using var city = await OpenAsync(provider);
        var sent = await city.SentAsync();
        Assert.Equal(ProposalRefusal.Invalid, Refused(await city.Desk.RejectAsync(sent.Id, Priya, sent.Hash, " ", CancellationToken.None)));
        Assert.Equal(ProposalState.Rejected, Done(await city.Desk.RejectAsync(sent.Id, Priya, sent.Hash, "The board has not decided.", CancellationToken.None)).State);
        Done(await city.Book.TakeUpAsync(sent.Id, Maria, CancellationToken.None));
        var again = Done(await city.Desk.SendAsync(sent.Id, Maria, Route("finance-director"), null, CancellationToken.None));
        Assert.Equal(ProposalState.Published, Done(await city.Desk.ApproveAsync(sent.Id, Priya, again.Hash, "", CancellationToken.None)).State);
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Urgent_WithoutAYesInTime_TheEarlierTextStandsAgainByItself(RecordsProvider provider)
    {
        using var city = await OpenAsync(provider);
        var proposal = await city.WriteAsync("# A, boil water\n");
        var urgent = Done(await city.Desk.PublishUrgentAsync(proposal.Id, Maria, "billing-lead", "Water main break", TimeSpan.FromHours(24), Route("finance-director"), null, CancellationToken.None));
        Assert.Equal(ProposalState.Urgent, urgent.State);
        Assert.Equal("# A, boil water\n", city.Published("a.md"));
        Assert.DoesNotContain("Approved-by", city.Git("log", "-1", "--format=%B", city.Library.BranchRef), StringComparison.Ordinal);
        Assert.Empty(await city.Desk.ContinueAsync(CancellationToken.None));

        city.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(ProposalState.TakenBack, Assert.Single(await city.Desk.ContinueAsync(CancellationToken.None)).State);
        Assert.Equal("# A\n", city.Published("a.md"));
        Assert.Single(await city.Book.UrgentAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Urgent_TakenBackWhereATextWaits_TodaysTextStandsAgainAndTheOtherStillComes()
    {
        using var city = await OpenAsync(RecordsProvider.Sqlite, hasRemote: true);
        var today = await city.BlobAsync("a.md");
        const string Later = "---\neffective: 2027-01-01\n---\n# A, later\n";
        city.Remote!.Commit("Later", "a.md", Later).Flush();
        await city.Library.FetchAsync(CancellationToken.None);
        var proposal = await city.Book.StartAsync(
            Maria,
            [
                new StartedFile("a.md", Text("# A, boil water\n")) { Base = await city.BlobAsync("a.md"), Origin = today },
                new StartedFile("a.md", Text(Later)) { Step = 1, Base = await city.BlobAsync("a.md"), Origin = await city.BlobAsync("a.md") },
            ],
            CancellationToken.None);
        Assert.Null((await city.Book.DescribeAsync(proposal.Id, Maria, 0, new ProposalFacts { Note = "Boil water" }, CancellationToken.None)).Refusal);
        Done(await city.Desk.PublishUrgentAsync(proposal.Id, Maria, "billing-lead", "Water main break", TimeSpan.FromHours(24), Route("finance-director"), null, CancellationToken.None));
        city.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(ProposalState.TakenBack, Assert.Single(await city.Desk.ContinueAsync(CancellationToken.None)).State);
        Assert.Equal(
            [Later, "# A\n", Later, "# A, boil water\n", Later, "# A\n"],
            city.Git("log", "--format=%H", city.Library.BranchRef, "--", "a.md").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(commit => city.Git("show", $"{commit}:a.md")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Urgent_Answered_StaysOrGoes(bool isYes)
    {
        using var city = await OpenAsync(RecordsProvider.Sqlite);
        var proposal = await city.WriteAsync("# A, boil water\n");
        var urgent = Done(await city.Desk.PublishUrgentAsync(proposal.Id, Maria, "billing-lead", "Water main break", TimeSpan.FromHours(24), Route("finance-director"), null, CancellationToken.None));
        var outcome = isYes
            ? await city.Desk.ApproveAsync(urgent.Id, Priya, urgent.Hash, "", CancellationToken.None)
            : await city.Desk.RejectAsync(urgent.Id, Priya, urgent.Hash, "It was repaired.", CancellationToken.None);
        Assert.Equal(isYes ? ProposalState.Published : ProposalState.TakenBack, Done(outcome).State);
        Assert.Equal(isYes ? "# A, boil water\n" : "# A\n", city.Published("a.md"));
    }

    [Fact]
    public async Task AskOn_AnUrgentChange_IsAskedOnWithinItsTime()
    {
        using var city = await OpenAsync(RecordsProvider.Sqlite);
        var proposal = await city.WriteAsync("# A, boil water\n");
        Done(await city.Desk.PublishUrgentAsync(proposal.Id, Maria, "billing-lead", "Water main break", TimeSpan.FromHours(24), Route("finance-director"), null, CancellationToken.None));
        Task<System.Collections.Immutable.ImmutableArray<ApprovalTask>> AskOnAsync() => city.Approvals.AskOnAsync(
            TimeSpan.FromDays(3), TimeSpan.FromDays(5), TimeSpan.FromDays(7), TimeSpan.FromHours(24), _ => "city-manager", CancellationToken.None);

        Assert.Empty(await AskOnAsync());
        city.Clock.Advance(TimeSpan.FromHours(6));
        Assert.Null(Assert.Single(await AskOnAsync()).DeputiesAsked);
        city.Clock.Advance(TimeSpan.FromHours(6));
        Assert.NotNull(Assert.Single(await AskOnAsync()).DeputiesAsked);
        city.Clock.Advance(TimeSpan.FromHours(6));
        Assert.Equal(["city-manager"], Assert.Single(await AskOnAsync()).PassedOn);
        Assert.Empty(await AskOnAsync());
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task AskOn_NobodyAnswers_RemindsThenDeputiesThenAbove(RecordsProvider provider)
    {
        using var city = await OpenAsync(provider);
        var sent = await city.SentAsync();
        Assert.NotNull(await city.Approvals.AppointAsync(Priya, "finance-director", Sam.Id, new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 30), CancellationToken.None));
        Assert.Null(await city.Approvals.AppointAsync(Priya, "city-manager", Sam.Id, new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 30), CancellationToken.None));
        Assert.Single(await city.Approvals.WaitingForAsync(Priya, CancellationToken.None));
        Assert.Empty(await city.Approvals.WaitingForAsync(Ruth, CancellationToken.None));

        Task<System.Collections.Immutable.ImmutableArray<ApprovalTask>> AskOnAsync() => city.Approvals.AskOnAsync(
            TimeSpan.FromDays(3), TimeSpan.FromDays(5), TimeSpan.FromDays(7), TimeSpan.FromHours(24), position => position == "finance-director" ? "city-manager" : null, CancellationToken.None);
        Assert.Empty(await AskOnAsync());
        city.Clock.Advance(TimeSpan.FromDays(3));
        Assert.NotNull(Assert.Single(await AskOnAsync()).Reminded);
        Assert.Empty(await AskOnAsync());
        city.Clock.Advance(TimeSpan.FromDays(4));
        Assert.Equal(["city-manager"], Assert.Single(await AskOnAsync()).PassedOn);
        Assert.Single(await city.Approvals.WaitingForAsync(Ruth, CancellationToken.None));

        // A deputy stands for whoever holds the position, and is recorded as such.
        Assert.Equal(ProposalState.Published, Done(await city.Desk.ApproveAsync(sent.Id, Sam, sent.Hash, "", CancellationToken.None)).State);
        Assert.True(Assert.Single((await city.Book.FindAsync(sent.Id, Ben, CancellationToken.None))!.Given).IsDeputy);
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Reassign_ByAnAdministrator_AsksSomebodyElseAndApprovesNothing(RecordsProvider provider)
    {
        using var city = await OpenAsync(provider);
        var sent = await city.SentAsync();
        var task = Assert.Single((await city.Book.FindAsync(sent.Id, Owen, CancellationToken.None))!.Tasks);
        Assert.Equal(ProposalRefusal.Invalid, Refused(await city.Approvals.ReassignAsync(sent.Id, task.Id, Owen, Maria.Id, "She wrote it", CancellationToken.None)));
        Assert.Equal(ProposalRefusal.NotAllowed, Refused(await city.Approvals.ReassignAsync(sent.Id, task.Id, Priya, Sam.Id, "Away", CancellationToken.None)));
        Done(await city.Approvals.ReassignAsync(sent.Id, task.Id, Owen, Sam.Id, "Priya has left", CancellationToken.None));
        Assert.Equal(ProposalState.Sent, (await city.FindAsync(sent.Id)).State);
        Assert.Equal(ProposalState.Published, Done(await city.Desk.ApproveAsync(sent.Id, Sam, sent.Hash, "", CancellationToken.None)).State);
    }

    /// <summary>The yes stands, and what it approves waits.</summary>
    private static async Task ApproveWhileTheRemoteIsAwayAsync(Riverton city, Proposal sent)
    {
        Directory.Move(city.Remote!.Folder, city.Remote.Folder + ".away");
        Assert.Equal(ProposalRefusal.Unreachable, Refused(await city.Desk.ApproveAsync(sent.Id, Priya, sent.Hash, "", CancellationToken.None)));
        var waiting = await city.FindAsync(sent.Id);
        Assert.Equal(ProposalState.Approved, waiting.State);
        Assert.NotEqual("", waiting.Waits);
        Directory.Move(city.Remote.Folder + ".away", city.Remote.Folder);
    }
}
