namespace PolicyHub.Records.Proposals;

/// <summary>How far a proposal has come.</summary>
public enum ProposalState
{
    /// <summary>It is being written; its author and whoever wrote it before see it.</summary>
    Draft,

    /// <summary>It waits for approval.</summary>
    Sent,

    /// <summary>An approver asked for changes, or what it is based on has moved: its author goes on with it.</summary>
    Returned,

    /// <summary>The last approval is in, and it is on its way to the published branch.</summary>
    Approved,

    /// <summary>It was published, approved.</summary>
    Published,

    /// <summary>An approver said no; its author may take it up again.</summary>
    Rejected,

    /// <summary>Its author gave it up.</summary>
    Withdrawn,

    /// <summary>It was urgent, is published, and waits for its approval.</summary>
    Urgent,

    /// <summary>It was urgent and had no yes in time, or a no: the earlier text is on its way back.</summary>
    TakingBack,

    /// <summary>It was urgent, and the earlier text is published again.</summary>
    TakenBack,
}

/// <summary>What can be done with a proposal.</summary>
public enum ProposalAct
{
    /// <summary>Changes a text of it, or what is said of it.</summary>
    Save,

    /// <summary>Sends it for approval.</summary>
    Send,

    /// <summary>Goes on writing what was sent or rejected; every approval that it had is void.</summary>
    TakeUp,

    /// <summary>Gives it to another author.</summary>
    HandOver,

    /// <summary>Gives it up.</summary>
    Withdraw,

    Comment,

    Approve,

    AskForChanges,

    Reject,

    /// <summary>Gives a step to another person or position, with a reason.</summary>
    Reassign,

    /// <summary>The last approval is in.</summary>
    Complete,

    /// <summary>It stands on the published branch.</summary>
    Publish,

    /// <summary>It can't be published as it is, since what it is based on has moved.</summary>
    Return,

    /// <summary>Publishes it before it is approved.</summary>
    PublishUrgent,

    /// <summary>No yes came in time.</summary>
    Expire,

    /// <summary>The earlier text stands on the published branch again.</summary>
    TakeBack,
}

/// <summary>What somebody is to a proposal.</summary>
public enum ProposalRole
{
    /// <summary>It has nothing to do with them, and they are not told that it is there.</summary>
    Stranger,

    /// <summary>Writes it now.</summary>
    Author,

    /// <summary>Wrote some of it before, and can't approve it for that.</summary>
    Writer,

    /// <summary>Is asked for a yes now.</summary>
    Approver,

    /// <summary>Was asked, or will be.</summary>
    OtherApprover,

    Auditor,

    Administrator,

    /// <summary>The program itself.</summary>
    Hub,
}

/// <summary>Who may do what with a proposal, and what becomes of it: one table, and the only place that decides it.</summary>
public static class ProposalFlow
{
    private static readonly Dictionary<(ProposalState From, ProposalAct Act), (ProposalState To, ProposalRole[] By)> Table = new()
    {
        [(ProposalState.Draft, ProposalAct.Save)] = (ProposalState.Draft, [ProposalRole.Author]),
        [(ProposalState.Draft, ProposalAct.Send)] = (ProposalState.Sent, [ProposalRole.Author]),
        [(ProposalState.Draft, ProposalAct.PublishUrgent)] = (ProposalState.Urgent, [ProposalRole.Author]),
        [(ProposalState.Draft, ProposalAct.HandOver)] = (ProposalState.Draft, [ProposalRole.Author]),
        [(ProposalState.Draft, ProposalAct.Withdraw)] = (ProposalState.Withdrawn, [ProposalRole.Author]),
        [(ProposalState.Draft, ProposalAct.Comment)] = (ProposalState.Draft, [ProposalRole.Author, ProposalRole.Writer, ProposalRole.OtherApprover]),
        [(ProposalState.Returned, ProposalAct.Save)] = (ProposalState.Returned, [ProposalRole.Author]),
        [(ProposalState.Returned, ProposalAct.Send)] = (ProposalState.Sent, [ProposalRole.Author]),
        [(ProposalState.Returned, ProposalAct.PublishUrgent)] = (ProposalState.Urgent, [ProposalRole.Author]),
        [(ProposalState.Returned, ProposalAct.HandOver)] = (ProposalState.Returned, [ProposalRole.Author]),
        [(ProposalState.Returned, ProposalAct.Withdraw)] = (ProposalState.Withdrawn, [ProposalRole.Author]),
        [(ProposalState.Returned, ProposalAct.Comment)] = (ProposalState.Returned, [ProposalRole.Author, ProposalRole.Writer, ProposalRole.OtherApprover]),
        [(ProposalState.Sent, ProposalAct.TakeUp)] = (ProposalState.Draft, [ProposalRole.Author]),
        [(ProposalState.Sent, ProposalAct.Withdraw)] = (ProposalState.Withdrawn, [ProposalRole.Author]),
        [(ProposalState.Sent, ProposalAct.Comment)] = (ProposalState.Sent, [ProposalRole.Author, ProposalRole.Writer, ProposalRole.Approver, ProposalRole.OtherApprover]),
        [(ProposalState.Sent, ProposalAct.Approve)] = (ProposalState.Sent, [ProposalRole.Approver]),
        [(ProposalState.Sent, ProposalAct.AskForChanges)] = (ProposalState.Returned, [ProposalRole.Approver]),
        [(ProposalState.Sent, ProposalAct.Reject)] = (ProposalState.Rejected, [ProposalRole.Approver]),
        [(ProposalState.Sent, ProposalAct.Reassign)] = (ProposalState.Sent, [ProposalRole.Administrator]),
        [(ProposalState.Sent, ProposalAct.Complete)] = (ProposalState.Approved, [ProposalRole.Hub]),
        [(ProposalState.Approved, ProposalAct.Publish)] = (ProposalState.Published, [ProposalRole.Hub]),
        [(ProposalState.Approved, ProposalAct.Return)] = (ProposalState.Returned, [ProposalRole.Hub]),
        [(ProposalState.Rejected, ProposalAct.TakeUp)] = (ProposalState.Draft, [ProposalRole.Author]),
        [(ProposalState.Rejected, ProposalAct.Comment)] = (ProposalState.Rejected, [ProposalRole.Author, ProposalRole.Writer, ProposalRole.OtherApprover]),
        [(ProposalState.Urgent, ProposalAct.Comment)] = (ProposalState.Urgent, [ProposalRole.Author, ProposalRole.Writer, ProposalRole.Approver, ProposalRole.OtherApprover]),
        [(ProposalState.Urgent, ProposalAct.Approve)] = (ProposalState.Urgent, [ProposalRole.Approver]),
        [(ProposalState.Urgent, ProposalAct.Reassign)] = (ProposalState.Urgent, [ProposalRole.Administrator]),
        [(ProposalState.Urgent, ProposalAct.Complete)] = (ProposalState.Published, [ProposalRole.Hub]),
        [(ProposalState.Urgent, ProposalAct.Return)] = (ProposalState.Returned, [ProposalRole.Hub]),
        [(ProposalState.Urgent, ProposalAct.Reject)] = (ProposalState.TakingBack, [ProposalRole.Approver]),
        [(ProposalState.Urgent, ProposalAct.Expire)] = (ProposalState.TakingBack, [ProposalRole.Hub]),
        [(ProposalState.TakingBack, ProposalAct.TakeBack)] = (ProposalState.TakenBack, [ProposalRole.Hub]),
    };

    /// <summary>The states in which nothing can be done any more.</summary>
    public static bool IsClosed(ProposalState state) => state is ProposalState.Published or ProposalState.Withdrawn or ProposalState.TakenBack;

    /// <summary>Whether its texts may be changed.</summary>
    public static bool IsWritten(ProposalState state) => state is ProposalState.Draft or ProposalState.Returned;

    /// <summary>Whether it is seen: by whoever has to do with it, auditors and administrators.</summary>
    public static bool IsSeenBy(ProposalRole role) => role is not ProposalRole.Stranger;

    /// <summary>What becomes of a proposal; null: it can't be done, or not by them.</summary>
    public static ProposalState? Next(ProposalState state, ProposalAct act, ProposalRole by) =>
        Table.TryGetValue((state, act), out var next) && next.By.Contains(by) ? next.To : null;

    /// <summary>Whether a state is one to which something leads.</summary>
    public static bool Leads(ProposalAct act, ProposalState to) => Table.Any(one => one.Key.Act == act && one.Value.To == to);

    /// <summary>What somebody may do with a proposal in its state.</summary>
    public static IEnumerable<ProposalAct> Open(ProposalState state, ProposalRole by) => Enum.GetValues<ProposalAct>().Where(act => Next(state, act, by) is not null);
}
