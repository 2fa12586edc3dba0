using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PolicyHub.Records.Audit;
using PolicyHub.Web.AsOf;

namespace PolicyHub.Web.Pages.Audit;

/// <summary>Rows of the log as files. Instants are in UTC, and the columns are those of the chain, so that whoever has the file can compute the hashes.</summary>
public static class AuditTable
{
    /// <summary>The fields that stand beside the chain, in the order of their columns.</summary>
    private static readonly string[] Personal = [AuditFields.Name, AuditFields.Mail, AuditFields.Address, AuditFields.Reason];

    public static IEnumerable<string?> Head { get; } =
        ["number", "at", "kind", "actor", "position", "what", "subject", "commit", "details", "count", .. Personal, "personal-hashes", "form", "previous", "hash"];

    public static IEnumerable<string?> Cells(AuditRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var entry = row.Entry;
        return
        [
            Number(entry.Number), AsOfDate.Exact(entry.At), entry.Kind, entry.Actor, entry.Position, entry.What, entry.Subject, entry.Commit, entry.Details, Number(entry.Count),
            .. Personal.Select(field => row.Personal.GetValueOrDefault(field)), entry.Personal, Number(entry.Form), entry.Previous, entry.Hash,
        ];
    }

    /// <summary>One line of JSON.</summary>
    public static string Line(AuditRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var entry = row.Entry;
        var line = new JsonObject
        {
            ["number"] = entry.Number,
            ["at"] = AsOfDate.Exact(entry.At),
            ["kind"] = entry.Kind,
            ["actor"] = entry.Actor,
            ["position"] = entry.Position,
            ["what"] = entry.What,
            ["subject"] = entry.Subject,
            ["commit"] = entry.Commit,
            ["details"] = entry.Details,
            ["count"] = entry.Count,
            ["personal"] = new JsonObject(row.Personal.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value))),
            ["personal-hashes"] = entry.Personal,
            ["form"] = entry.Form,
            ["previous"] = entry.Previous,
            ["hash"] = entry.Hash,
        };
        return line.ToJsonString(JsonSerializerOptions.Default);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
