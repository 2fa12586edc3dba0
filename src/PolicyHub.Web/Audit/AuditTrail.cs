using System.Collections.Immutable;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Records.Storage;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Audit;

/// <summary>
/// Tells the audit log what is done over HTTP: who asks, in which position and from where are taken from the request. A site that keeps no
/// records (a preview, the pages of a pack) tells nobody. What can't be told is not done: a failure to write goes to the caller.
/// </summary>
public sealed class AuditTrail(IServiceProvider services)
{
    private readonly AuditLog? log = services.GetService<RecordsLocation>() is null ? null : services.GetRequiredService<AuditLog>();
    private readonly AuditRefusals? refusals = services.GetService<AuditRefusals>();

    /// <summary>Who makes a request, as the log names them.</summary>
    public static AuditActor Who(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return HubIdentity.Of(context) switch
        {
            { Person: { } person } => Who(context, person),
            { CounterPc: { } pc } => new AuditActor { Reference = AuditActor.ReferenceOfPc(pc.Id), Name = pc.Name, Address = Address(context) },
            { } => new AuditActor { Reference = "staff", Address = Address(context) },
            null => AuditActor.Unknown(Address(context)),
        };
    }

    /// <summary>A person who has said who they are for what the request does, if only for that.</summary>
    public static AuditActor Who(HttpContext context, SignedIn person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return new AuditActor
        {
            Reference = AuditActor.ReferenceOf(person.Id),
            Position = string.Join(", ", person.Positions),
            Name = person.Name,
            Address = Address(context),
        };
    }

    /// <summary>A person who is signing in, and is not yet the one who asks.</summary>
    public static AuditActor Who(HttpContext context, Person person) => AuditActor.Of(person, Address(context));

    /// <summary>Adds a row about something that was done, or is about to be; the row is on disk when this returns.</summary>
    /// <param name="what">In a few words that name no person.</param>
    /// <param name="personal">Free text by or about a person, such as a reason.</param>
    /// <param name="who">Where it is another than makes the request.</param>
    /// <returns>The row; null where no records are kept.</returns>
    public async Task<AuditHead?> TellAsync(
        HttpContext context, AuditKind kind, string what, string subject = "", string commit = "",
        ImmutableSortedDictionary<string, string>? details = null, ImmutableSortedDictionary<string, string>? personal = null, AuditActor? who = null) =>
        log is null ? null : await log.AppendAsync(
            new AuditEvent
            {
                Kind = kind,
                Who = who ?? Who(context),
                What = what,
                Subject = subject,
                Commit = commit,
                Details = details ?? AuditFields.None,
                Personal = personal ?? AuditFields.None,
            },
            CancellationToken.None);

    /// <summary>
    /// Tells that a table of the library goes out as a file, before it does. What everybody may read without being known is nobody's to tell of,
    /// and who asks for the head of an answer gets no file.
    /// </summary>
    /// <param name="what">The table, such as <c>changes.csv</c>.</param>
    /// <param name="subject">The document that it is about, by its path; empty: the library.</param>
    /// <param name="asked">What narrowed it; what is empty is left out. Nothing personal.</param>
    public Task ExportedAsync(HttpContext context, string what, string subject, string commit, IEnumerable<(string Name, string? Value)> asked)
    {
        ArgumentNullException.ThrowIfNull(context);
        return HubIdentity.Of(context) is null || HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : TellAsync(
                context, AuditKind.Export, what, subject, commit, AuditFields.Of([.. asked.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => (pair.Name, pair.Value!))]));
    }

    /// <summary>Tells that someone was refused something; equal ones from one source are counted together (<see cref="AuditRefusals"/>).</summary>
    /// <param name="what">What was refused, such as <c>page</c> or <c>password</c>.</param>
    /// <param name="subject">What they asked for.</param>
    /// <param name="personal">What they gave themselves out for, where that is told.</param>
    public Task RefusedAsync(HttpContext context, string what, string subject = "", ImmutableSortedDictionary<string, string>? personal = null) =>
        refusals?.AddAsync(
            new AuditEvent { Kind = AuditKind.Refusal, Who = Who(context), What = what, Subject = subject, Personal = personal ?? AuditFields.None }, CancellationToken.None)
        ?? Task.CompletedTask;

    private static string? Address(HttpContext context) => context.Connection.RemoteIpAddress is { } address
        ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString()
        : null;
}
