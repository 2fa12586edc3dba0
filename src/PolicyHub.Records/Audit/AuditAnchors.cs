using System.Globalization;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Audit;

/// <summary>A head of the log as text, for a commit and for whoever keeps it elsewhere.</summary>
public static class AuditAnchors
{
    private const string Separator = ": ";

    /// <summary>One line: number, hash and instant, with a space between them.</summary>
    public static string Line(AuditHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return string.Create(CultureInfo.InvariantCulture, $"{head.Number} {head.Hash} {InstantConverter.Write(head.At)}");
    }

    /// <summary>The head that a line of <see cref="Line"/> tells of; the instant may be left out. Null where it is none.</summary>
    public static AuditHead? TryParseLine(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts is [var number, var hash, ..] && parts.Length <= 3
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var row) && row > 0
            && hash.Length == AuditHash.BeforeFirst.Length && hash.All(char.IsAsciiHexDigitLower)
            && (parts.Length == 2 || DateTimeOffset.TryParse(parts[2], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            ? new AuditHead(row, hash, parts.Length == 2 ? default : DateTimeOffset.Parse(parts[2], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))
            : null;
    }

    /// <summary>The message of the commit that anchors a head.</summary>
    public static string Message(AuditHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return string.Create(CultureInfo.InvariantCulture, $"The audit log ends with row {head.Number}\n\nAudit-head{Separator}{Line(head)}\n");
    }

    /// <summary>The head that a commit anchors; null: it anchors none.</summary>
    public static AuditHead? TryParseMessage(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var line = message.Split('\n').FirstOrDefault(line => line.StartsWith("Audit-head" + Separator, StringComparison.Ordinal));
        return line is null ? null : TryParseLine(line[(line.IndexOf(Separator, StringComparison.Ordinal) + Separator.Length)..]);
    }
}
