using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Audit;

/// <summary>
/// What the chain is made of, in one place. A hash is the SHA-256, in lower-case hexadecimal, of a text in UTF-8: a line that names the
/// form, then for each field a line with its name, a space and the length of its value in bytes, then the value and a line break. Lengths
/// make it unambiguous whatever a value holds; whoever distrusts PolicyHub can compute it with <c>sha256sum</c>.
/// <code>
/// policyhub-audit-1
/// number 1
/// 7
/// at 24
/// 2026-11-23T09:00:00.000Z
/// kind, actor, position, what, subject, commit, details, count, personal, previous
/// </code>
/// The salted hash of a personal field has the form <c>policyhub-audit-personal-1</c> and the fields <c>salt</c>, <c>field</c>, <c>value</c>.
/// A change of the form takes the next number; rows that stand are never hashed anew.
/// </summary>
public static class AuditHash
{
    /// <summary>The form of new rows.</summary>
    public const int Form = 1;

    /// <summary>What the first row has in the place of the hash before it.</summary>
    public const string BeforeFirst = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>The hash that a row must have; null where this program does not know its form.</summary>
    public static string? Of(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Form != Form ? null : Hash(
            "policyhub-audit-1",
            ("number", entry.Number.ToString(CultureInfo.InvariantCulture)),
            ("at", InstantConverter.Write(entry.At)),
            ("kind", entry.Kind),
            ("actor", entry.Actor),
            ("position", entry.Position),
            ("what", entry.What),
            ("subject", entry.Subject),
            ("commit", entry.Commit),
            ("details", entry.Details),
            ("count", entry.Count.ToString(CultureInfo.InvariantCulture)),
            ("personal", entry.Personal),
            ("previous", entry.Previous));
    }

    /// <summary>What the chain holds of a personal field.</summary>
    public static string OfPersonal(string salt, string field, string value) =>
        Hash("policyhub-audit-personal-1", ("salt", salt), ("field", field), ("value", value));

    private static string Hash(string form, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var text = new StringBuilder(form).Append('\n');
        foreach (var (name, value) in fields)
        {
            text.Append(name).Append(' ').Append(Encoding.UTF8.GetByteCount(value).ToString(CultureInfo.InvariantCulture)).Append('\n').Append(value).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
