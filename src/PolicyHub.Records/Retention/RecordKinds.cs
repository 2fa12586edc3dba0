using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Feedback;
using PolicyHub.Records.Mails;
using PolicyHub.Records.Notices;
using PolicyHub.Records.People;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Reading;
using PolicyHub.Records.Searches;
using PolicyHub.Records.Sessions;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Retention;

/// <summary>Every kind of record that there is.</summary>
public static class RecordKinds
{
    public const string Accounts = "accounts";
    public const string CounterPcs = "counterpcs";
    public const string Sessions = "sessions";
    public const string Notices = "notices";
    public const string Feedback = "feedback";
    public const string Pins = "pins";
    public const string Recent = "recent";
    public const string Proposals = "proposals";
    public const string Deputies = "deputies";
    public const string Mails = "mails";
    public const string Seen = "seen";
    public const string Searches = "searches";
    public const string Audit = "audit";
    public const string Keys = "keys";

    public static ImmutableArray<RecordKind> All { get; } =
    [
        new()
        {
            Name = Accounts,
            Entities = [typeof(Person), typeof(IdentityUserClaim<Guid>), typeof(IdentityUserLogin<Guid>), typeof(IdentityUserToken<Guid>), typeof(IdentityUserPasskey<Guid>), typeof(Invitation)],
            IsPersonal = true,
            Rows = (db, person) => db.Users.AsNoTracking().Where(one => person == null || one.Id == person).OrderBy(one => one.Id).AsAsyncEnumerable().Select(Row),
            Forget = ForgetAccountsAsync,
        },
        new()
        {
            Name = CounterPcs,
            Entities = [typeof(CounterPc)],
            IsPersonal = true,
            Rows = (db, person) => db.Set<CounterPc>().AsNoTracking().Where(one => person == null || one.By == person).OrderBy(one => one.Made).AsAsyncEnumerable().Select(Row),
            Forget = (db, before, cancellation) => db.Set<CounterPc>().Where(one => one.Revoked < before).ExecuteDeleteAsync(cancellation),
        },
        new()
        {
            Name = Sessions,
            Entities = [typeof(Session), typeof(UsedOnce)],
            IsPersonal = true,
            Rows = (db, person) => db.Sessions.AsNoTracking().Where(one => person == null || one.PersonId == person).OrderBy(one => one.Begun).AsAsyncEnumerable().Select(Row),
            Forget = async (db, before, cancellation) =>
            {
                // Hashes that tell of nobody, and are no row of anybody's.
                await db.Set<UsedOnce>().Where(one => one.Ends < before).ExecuteDeleteAsync(cancellation);
                return await db.Sessions.Where(one => one.Ends < before).ExecuteDeleteAsync(cancellation);
            },
        },
        new()
        {
            Name = Notices,
            Entities = [typeof(PostedNotice)],
            IsPersonal = true,
            Rows = (db, person) => db.Set<PostedNotice>().AsNoTracking().Where(one => person == null || one.PostedById == person).OrderBy(one => one.Posted).AsAsyncEnumerable().Select(Row),
            Forget = (db, before, cancellation) => db.Set<PostedNotice>().Where(one => one.Until < before).ExecuteDeleteAsync(cancellation),
        },
        new()
        {
            Name = Feedback,
            Entities = [typeof(FeedbackNote)],
            IsPersonal = true,
            Rows = (db, person) => db.Set<FeedbackNote>().AsNoTracking().Where(one => person == null || one.PersonId == person).OrderBy(one => one.At).AsAsyncEnumerable().Select(Row),

            // What nobody has answered yet stays until somebody has.
            Forget = (db, before, cancellation) => db.Set<FeedbackNote>()
                .Where(one => one.Closed < before || (one.State == FeedbackState.Thanked && one.At < before)).ExecuteDeleteAsync(cancellation),
        },
        new()
        {
            Name = Pins,
            Entities = [typeof(Pin)],
            IsPersonal = true,
            IsOwnersAlone = true,
            Rows = (db, person) => db.Set<Pin>().AsNoTracking().Where(one => person == null || one.PersonId == person).OrderBy(one => one.At).AsAsyncEnumerable()
                .Select(one => new RecordRow(one.At, new JsonObject { ["at"] = Text(one.At), ["person"] = one.PersonId.ToString("D"), ["path"] = one.Path })),
            Forget = (db, before, cancellation) => db.Set<Pin>().Where(one => one.At < before).ExecuteDeleteAsync(cancellation),
        },
        new()
        {
            Name = Recent,
            Entities = [typeof(RecentPage)],
            IsPersonal = true,
            IsOwnersAlone = true,
            Rows = (db, person) => db.Set<RecentPage>().AsNoTracking().Where(one => person == null || one.PersonId == person).OrderBy(one => one.At).AsAsyncEnumerable()
                .Select(one => new RecordRow(one.At, new JsonObject { ["at"] = Text(one.At), ["person"] = one.PersonId.ToString("D"), ["path"] = one.Path })),
            Forget = (db, before, cancellation) => db.Set<RecentPage>().Where(one => one.At < before).ExecuteDeleteAsync(cancellation),
        },
        new()
        {
            Name = Proposals,
            Entities = [typeof(Proposal), typeof(ProposalFile), typeof(ProposalEntry), typeof(ApprovalTask), typeof(ApprovalGiven)],
            IsPersonal = true,
            Rows = ProposalRecords.RowsAsync,

            // What was sent stays in git; what was never sent and lies for that long is given up with the rest.
            Forget = (db, before, cancellation) => db.Set<Proposal>()
                .Where(one => one.Closed < before || ((one.State == ProposalState.Draft || one.State == ProposalState.Rejected) && one.Changed < before)).ExecuteDeleteAsync(cancellation),
        },
        new()
        {
            Name = Deputies,
            Entities = [typeof(Deputy)],
            IsPersonal = true,
            Rows = (db, person) => db.Set<Deputy>().AsNoTracking().Where(one => person == null || one.PersonId == person).OrderBy(one => one.Made).AsAsyncEnumerable()
                .Select(one => new RecordRow(one.Made, new JsonObject
                {
                    ["made"] = Text(one.Made), ["person"] = one.PersonId.ToString("D"), ["name"] = one.Name, ["position"] = one.Position, ["setBy"] = one.SetBy,
                    ["from"] = one.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["until"] = one.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                })),
            Forget = (db, before, cancellation) =>
            {
                var day = DateOnly.FromDateTime(before.UtcDateTime);
                return db.Set<Deputy>().Where(one => one.Until < day).ExecuteDeleteAsync(cancellation);
            },
        },
        new()
        {
            Name = Mails,
            Entities = [typeof(WaitingMail)],
            IsPersonal = true,
            Rows = (db, person) => db.Set<WaitingMail>().AsNoTracking().Where(one => person == null || one.PersonId == person).OrderBy(one => one.Made).AsAsyncEnumerable().Select(Row),
            Forget = (db, before, cancellation) => db.Set<WaitingMail>().Where(one => one.Made < before).ExecuteDeleteAsync(cancellation),
        },
        new()
        {
            Name = Seen,
            Entities = [typeof(SeenUrgent)],
            IsPersonal = true,
            IsOwnersAlone = true,
            Rows = (db, person) => db.Set<SeenUrgent>().AsNoTracking().Where(one => person == null || one.PersonId == person).OrderBy(one => one.At).AsAsyncEnumerable().Select(Row),
            Forget = (db, before, cancellation) => db.Set<SeenUrgent>().Where(one => one.At < before).ExecuteDeleteAsync(cancellation),
        },
        new()
        {
            Name = Searches,
            Entities = [typeof(QueryDay)],
            Rows = (db, person) => db.Set<QueryDay>().AsNoTracking().Where(_ => person == null).OrderBy(one => one.Day).ThenBy(one => one.Words).AsAsyncEnumerable().Where(IsOfEnough).Select(Row),
            Forget = ForgetSearchesAsync,
        },
        new()
        {
            Name = Audit,
            Entities = [typeof(AuditEntry), typeof(AuditPersonal)],
            IsPersonal = true,
            Rows = AuditRows,

            // Rows of the log are never taken out; what stands beside them is, by the log itself, which tells of it.
        },
        new() { Name = Keys, Entities = [typeof(DataKey)] },
    ];

    /// <summary>People without whom no figure about searches is given out.</summary>
    private const int LeastPeople = 5;

    public static RecordKind Of(string name) => All.First(kind => kind.Name == name);

    private static bool IsOfEnough(QueryDay row) => row.People >= LeastPeople;

    private static RecordRow Row(Person one) => new(one.Made, new JsonObject
    {
        ["made"] = Text(one.Made),
        ["id"] = one.Id.ToString("D"),
        ["name"] = one.Name,
        ["signsInAs"] = one.UserName,
        ["mail"] = one.Email,
        ["source"] = one.Source.ToString(),
        ["desk"] = one.Desk,
        ["audience"] = one.Audience,
        ["groups"] = Texts(one.Groups),
        ["positions"] = Texts(one.Positions),
        ["mayDo"] = Texts(one.GrantTexts),
        ["starts"] = one.Starts?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["ends"] = one.Ends?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["isDisabled"] = one.IsDisabled,
    });

    private static RecordRow Row(CounterPc one) => new(one.Made, new JsonObject
    {
        ["made"] = Text(one.Made),
        ["id"] = one.Id.ToString("D"),
        ["name"] = one.Name,
        ["desk"] = one.Desk,
        ["audience"] = one.Audience,
        ["setUpBy"] = one.By.ToString("D"),
        ["enrolled"] = Text(one.Enrolled),
        ["revoked"] = Text(one.Revoked),
    });

    private static RecordRow Row(Session one) => new(one.Begun, new JsonObject
    {
        ["begun"] = Text(one.Begun),
        ["person"] = one.PersonId.ToString("D"),
        ["how"] = one.Method,
        ["seen"] = Text(one.Seen),
        ["ends"] = Text(one.Ends),
        ["ended"] = Text(one.Revoked),
    });

    private static RecordRow Row(PostedNotice one) => new(one.Posted, new JsonObject
    {
        ["posted"] = Text(one.Posted),
        ["id"] = one.Id.ToString("D"),
        ["desk"] = one.Desk,
        ["audience"] = one.Audience,
        ["what"] = one.What,
        ["details"] = one.Details,
        ["postedBy"] = one.PostedBy,
        ["until"] = Text(one.Until),
        ["extended"] = Text(one.Extended),
        ["extendedBy"] = one.ExtendedBy,
        ["ended"] = Text(one.Ended),
        ["endedBy"] = one.EndedBy,
    });

    private static RecordRow Row(FeedbackNote one) => new(one.At, new JsonObject
    {
        ["at"] = Text(one.At),
        ["id"] = one.Id.ToString("D"),
        ["person"] = one.PersonId?.ToString("D"),
        ["path"] = one.Path,
        ["title"] = one.Title,
        ["section"] = one.Section,
        ["version"] = one.Version,
        ["commit"] = one.Commit,
        ["blob"] = one.Blob,
        ["owners"] = Texts(one.Owners),
        ["searchedFor"] = one.Query,
        ["answered"] = one.Answered,
        ["note"] = one.Note,
        ["shownName"] = one.ShownName,
        ["state"] = one.State.ToString(),
        ["word"] = one.Word,
        ["closedBy"] = one.ClosedBy,
        ["closed"] = Text(one.Closed),
    });

    private static RecordRow Row(WaitingMail one) => new(one.Made, new JsonObject
    {
        ["made"] = Text(one.Made),
        ["person"] = one.PersonId?.ToString("D"),
        ["to"] = one.Address,
        ["subject"] = one.Subject,
        ["text"] = one.Text,
        ["tries"] = one.Tries,
    });

    private static RecordRow Row(SeenUrgent one) => new(one.At, new JsonObject
    {
        ["at"] = Text(one.At),
        ["person"] = one.PersonId.ToString("D"),
        ["path"] = one.Path,
        ["title"] = one.Title,
        ["change"] = one.ProposalId.ToString("D"),
        ["inEffectFrom"] = Text(one.Since),
    });

    private static RecordRow Row(QueryDay one) => new(new DateTimeOffset(one.Day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), new JsonObject
    {
        ["day"] = one.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["words"] = one.Words,
        ["people"] = one.People,
        ["results"] = one.Results,
        ["chosen"] = one.Chosen,
        ["reformulated"] = one.Reformulated,
        ["abandoned"] = one.Abandoned,
        ["none"] = one.None,
        ["reported"] = one.Reported,
    });

    private static IAsyncEnumerable<RecordRow> AuditRows(RecordsDb db, Guid? person)
    {
        var reference = person is { } id ? AuditActor.ReferenceOf(id) : null;
        var rows =
            from entry in db.Set<AuditEntry>().AsNoTracking()
            where reference == null || entry.Actor == reference || entry.Subject == reference
            orderby entry.Number
            select new { entry, personal = db.Set<AuditPersonal>().Where(field => field.Entry == entry.Number).ToList() };
        return rows.AsAsyncEnumerable().Select(row => new RecordRow(row.entry.At, new JsonObject
        {
            ["at"] = Text(row.entry.At),
            ["number"] = row.entry.Number,
            ["kind"] = row.entry.Kind,
            ["what"] = row.entry.What,
            ["subject"] = row.entry.Subject,
            ["who"] = row.entry.Actor,
            ["position"] = row.entry.Position,
            ["commit"] = row.entry.Commit,
            ["details"] = row.entry.Details,
            ["count"] = row.entry.Count,

            // What somebody else gave as a reason, or where they were, is theirs.
            ["personal"] = reference is not null && row.entry.Actor != reference ? null : Fields(row.personal),
        }));
    }

    private static JsonObject Fields(List<AuditPersonal> personal) =>
        new(personal.OrderBy(field => field.Field, StringComparer.Ordinal).Select(field => KeyValuePair.Create<string, JsonNode?>(field.Field, field.Value)));

    private static async Task<int> ForgetAccountsAsync(RecordsDb db, DateTimeOffset before, CancellationToken cancellation)
    {
        var day = DateOnly.FromDateTime(before.UtcDateTime);
        await db.Set<Invitation>().Where(one => one.Ends < before).ExecuteDeleteAsync(cancellation);
        return await db.Users.Where(one => one.Ends < day).ExecuteDeleteAsync(cancellation);
    }

    private static Task<int> ForgetSearchesAsync(RecordsDb db, DateTimeOffset before, CancellationToken cancellation)
    {
        var day = DateOnly.FromDateTime(before.UtcDateTime);
        return db.Set<QueryDay>().Where(one => one.Day < day).ExecuteDeleteAsync(cancellation);
    }

    private static string? Text(DateTimeOffset? instant) => instant is { } at ? InstantConverter.Write(at) : null;

    private static JsonArray Texts(ImmutableArray<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}
