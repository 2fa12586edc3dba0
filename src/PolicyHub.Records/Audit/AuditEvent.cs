using System.Collections.Immutable;
using PolicyHub.Records.People;

namespace PolicyHub.Records.Audit;

/// <summary>
/// Who did something. The reference and the position stay in the chain for ever; name, mail and address stand beside it, so that they can
/// be erased when their time has come.
/// </summary>
public sealed record AuditActor
{
    /// <summary>The program itself, as in a schedule or at the start.</summary>
    public static AuditActor Hub { get; } = new() { Reference = "policyhub" };

    /// <summary>Someone at the command line of the server.</summary>
    public static AuditActor CommandLine { get; } = new() { Reference = "command-line" };

    /// <summary>Says who without saying the name: the id of a person or of a counter PC; empty: nobody was signed in.</summary>
    public required string Reference { get; init; }

    /// <summary>The positions that they held at that moment.</summary>
    public string Position { get; init; } = "";

    public string? Name { get; init; }

    public string? Mail { get; init; }

    /// <summary>The address of the machine.</summary>
    public string? Address { get; init; }

    /// <summary>A person, as they are now.</summary>
    /// <param name="address">The address of their machine.</param>
    public static AuditActor Of(Person person, string? address)
    {
        ArgumentNullException.ThrowIfNull(person);
        return new AuditActor
        {
            Reference = ReferenceOf(person.Id),
            Position = string.Join(", ", person.Positions),
            Name = person.Name,
            Mail = person.Email,
            Address = address,
        };
    }

    /// <summary>Nobody who is known.</summary>
    public static AuditActor Unknown(string? address) => new() { Reference = "", Address = address };

    /// <summary>How the log refers to a person.</summary>
    public static string ReferenceOf(Guid person) => "person:" + person.ToString("D");

    /// <summary>How the log refers to a counter PC, as do the sessions of those who act there.</summary>
    public static string ReferenceOfPc(Guid pc) => "counter-pc:" + pc.ToString("D");
}

/// <summary>One thing that was done, as it is handed to <see cref="AuditLog"/>. Texts that are too long are cut, and control characters are taken out.</summary>
public sealed record AuditEvent
{
    public required AuditKind Kind { get; init; }

    public required AuditActor Who { get; init; }

    /// <summary>What was done, in a few words that name no person, such as <c>password</c> or <c>/audit</c>.</summary>
    public required string What { get; init; }

    /// <summary>What or whom it was done to, by a name that stays: a path of the library, <see cref="AuditActor.ReferenceOf"/> of a person.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The commit of the library that it was about, or at which it was done; empty: none.</summary>
    public string Commit { get; init; } = "";

    /// <summary>What else an auditor must know, name by name. Nothing personal: this can't be erased.</summary>
    public ImmutableSortedDictionary<string, string> Details { get; init; } = AuditFields.None;

    /// <summary>Free text by or about a person, name by name, such as a reason: can be erased, like name, mail and address.</summary>
    public ImmutableSortedDictionary<string, string> Personal { get; init; } = AuditFields.None;

    /// <summary>How many equal ones this stands for.</summary>
    public int Count { get; init; } = 1;

    /// <summary>All that stands beside the chain.</summary>
    internal ImmutableSortedDictionary<string, string> AllPersonal()
    {
        var all = Personal.ToBuilder();
        foreach (var (field, value) in new[] { (AuditFields.Name, Who.Name), (AuditFields.Mail, Who.Mail), (AuditFields.Address, Who.Address) })
        {
            if (!string.IsNullOrEmpty(value))
            {
                all[field] = value;
            }
        }

        return all.ToImmutable();
    }
}

/// <summary>Names of fields.</summary>
public static class AuditFields
{
    public const string Name = "name";

    public const string Mail = "mail";

    /// <summary>The address of the machine.</summary>
    public const string Address = "address";

    public const string Reason = "reason";

    public static ImmutableSortedDictionary<string, string> None { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Fields, name by name.</summary>
    public static ImmutableSortedDictionary<string, string> Of(params (string Name, string Value)[] fields) =>
        None.AddRange(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
}
