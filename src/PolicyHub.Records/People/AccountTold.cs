using PolicyHub.Records.Audit;

namespace PolicyHub.Records.People;

/// <summary>How the audit log tells what was done to accounts; each row stands in the transaction of the change.</summary>
internal static class AccountTold
{
    /// <summary>Something that was done to the account of a person.</summary>
    public static AuditEvent Of(AuditActor who, string what, Guid person, params (string Name, string Value)[] details) =>
        new() { Kind = AuditKind.Account, Who = who, What = what, Subject = AuditActor.ReferenceOf(person), Details = AuditFields.Of(details) };

    public static AuditEvent Made(AuditActor who, Person person, params (string Name, string Value)[] details) =>
        Of(who, "account-made", person.Id, [("roles", string.Join(", ", person.GrantTexts)), .. details]);

    /// <summary>What a person may do and see was changed; none where it is as before, and of the sample people of Development.</summary>
    /// <param name="before">As <see cref="Rights"/> wrote it.</param>
    public static IEnumerable<AuditEvent> Changed(AuditActor who, string before, Person person)
    {
        if (person.Source != PersonSource.Sample && Rights(person) is var after && after != before)
        {
            yield return Of(who, "rights", person.Id, ("before", before), ("after", after)) with { Kind = AuditKind.RoleChange };
        }
    }

    public static string Rights(Person person) => string.Join(", ", person.GrantTexts) + (person.Groups.IsEmpty ? "" : "; groups: " + string.Join(", ", person.Groups));
}
