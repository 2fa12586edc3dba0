using FsCheck.Fluent;
using PolicyHub.Records.Proposals;
using PolicyHub.Testing;
using static PolicyHub.Records.Proposals.ProposalAct;
using static PolicyHub.Records.Proposals.ProposalRole;
using static PolicyHub.Records.Proposals.ProposalState;

namespace PolicyHub.Records.Tests.Proposals;

/// <summary>Every state, act and role: what is not written down here is refused.</summary>
public sealed class ProposalFlowTests
{
    /// <summary>State, act, who may (letters below), what becomes of it. Written by hand, beside the table of the program and not from it.</summary>
    private const string Allowed = """
        Draft Save A Draft
        Draft Send A Sent
        Draft PublishUrgent A Urgent
        Draft HandOver A Draft
        Draft Withdraw A Withdrawn
        Draft Comment AWO Draft
        Returned Save A Returned
        Returned Send A Sent
        Returned PublishUrgent A Urgent
        Returned HandOver A Returned
        Returned Withdraw A Withdrawn
        Returned Comment AWO Returned
        Sent TakeUp A Draft
        Sent Withdraw A Withdrawn
        Sent Comment AWOP Sent
        Sent Approve P Sent
        Sent AskForChanges P Returned
        Sent Reject P Rejected
        Sent Reassign D Sent
        Sent Complete H Approved
        Approved Publish H Published
        Approved Return H Returned
        Rejected TakeUp A Draft
        Rejected Comment AWO Rejected
        Urgent Comment AWOP Urgent
        Urgent Approve P Urgent
        Urgent Reassign D Urgent
        Urgent Complete H Published
        Urgent Return H Returned
        Urgent Reject P TakingBack
        Urgent Expire H TakingBack
        TakingBack TakeBack H TakenBack
        """;

    private static readonly Dictionary<char, ProposalRole> Letters = new()
    {
        ['A'] = Author,
        ['W'] = Writer,
        ['P'] = Approver,
        ['O'] = OtherApprover,
        ['D'] = Administrator,
        ['H'] = ProposalRole.Hub,
    };

    public static TheoryData<ProposalState, ProposalAct, ProposalRole> Cells()
    {
        var cells = new TheoryData<ProposalState, ProposalAct, ProposalRole>();
        foreach (var state in Enum.GetValues<ProposalState>())
        {
            foreach (var act in Enum.GetValues<ProposalAct>())
            {
                foreach (var role in Enum.GetValues<ProposalRole>())
                {
                    cells.Add(state, act, role);
                }
            }
        }

        return cells;
    }

    [Fact]
    public void Next_EveryCell_IsAsWrittenDown()
    {
        var allowed = Allowed.Split('\n').Select(line => line.Trim().Split(' ')).SelectMany(line => line[2].Select(letter => (
            Key: (Enum.Parse<ProposalState>(line[0]), Enum.Parse<ProposalAct>(line[1]), Letters[letter]), To: Enum.Parse<ProposalState>(line[3])))).ToDictionary(pair => pair.Key, pair => pair.To);
        var cells = 0;
        foreach (var row in Cells())
        {
            var (state, act, role) = row.Data;
            ProposalState? wanted = allowed.TryGetValue((state, act, role), out var to) ? to : null;
            Assert.True(wanted == ProposalFlow.Next(state, act, role), $"{state} {act} {role}: {ProposalFlow.Next(state, act, role)?.ToString() ?? "refused"} instead of {wanted?.ToString() ?? "refused"}");
            cells++;
        }

        Assert.Equal(Enum.GetValues<ProposalState>().Length * Enum.GetValues<ProposalAct>().Length * Enum.GetValues<ProposalRole>().Length, cells);
    }

    [Fact]
    public void Walk_AtRandom_PublishesNothingWithoutACompleteOrAnUrgentAct() => Seeded.Check(Gen.Choose(0, 10_000).ListOf(), choices =>
    {
        var (state, isComplete, isUrgent) = (Draft, false, false);
        foreach (var choice in choices)
        {
            var moves = Enum.GetValues<ProposalRole>().SelectMany(role => ProposalFlow.Open(state, role).Select(act => (act, role))).ToList();
            if (moves.Count == 0)
            {
                Assert.True(ProposalFlow.IsClosed(state), $"{state} has no way out.");
                break;
            }

            var (act, by) = moves[choice % moves.Count];
            state = ProposalFlow.Next(state, act, by)!.Value;
            isComplete = act == Complete || (isComplete && act is not (TakeUp or Return));
            isUrgent |= act == PublishUrgent;
            Assert.True(state != Published || isComplete, "Published without its yes.");
            Assert.True(state is not (Urgent or TakingBack or TakenBack) || isUrgent, $"{state} without an urgent act.");
            Assert.False(ProposalFlow.IsWritten(state) && ProposalFlow.IsClosed(state));
        }
    });
}
