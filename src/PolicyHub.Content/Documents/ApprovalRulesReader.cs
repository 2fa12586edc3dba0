using System.Collections.Immutable;
using System.Globalization;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Documents;

/// <summary>
/// Reads <c>approvals</c> of <c>library.yml</c>. A rule that cannot be read stays, with nobody who could approve by it: what it covers is
/// closed until it is mended, and never opened by falling to a wider rule.
/// </summary>
internal static class ApprovalRulesReader
{
    private const int LongestDays = 366;

    private static readonly string[] Keys = ["default", "files", "folders", "desks", "kinds", "remind-after", "deputy-after", "above-after", "urgent"];

    private static readonly string[] RuleKeys = ["by", "need", "in-order"];

    private static readonly string[] UrgentKeys = ["by", "approve-within"];

    /// <param name="positions">Those of the same file; none: any may be named.</param>
    public static ApprovalRules Read(FieldReader settings, ImmutableDictionary<string, Position> positions)
    {
        if (settings.Nested("approvals") is not { } fields)
        {
            return ApprovalRules.None;
        }

        ReportUnknown(fields, "approvals.", Keys);
        var defaults = ApprovalRules.None;
        var urgent = fields.Nested("urgent");
        if (urgent is not null)
        {
            ReportUnknown(urgent, "approvals.urgent.", UrgentKeys);
        }

        var kinds = ImmutableDictionary.CreateBuilder<DocumentKind, ApprovalRule>();
        foreach (var (written, rule, at) in Rules(fields, "kinds", positions))
        {
            if (DocumentKinds.TryParse(written.ToLowerInvariant(), out var kind))
            {
                kinds[kind] = rule;
            }
            else
            {
                fields.Report(ProblemCatalogue.UnknownKind(fields.File, at, written, DocumentKinds.Slugs));
            }
        }

        return new ApprovalRules
        {
            Default = Rule(fields, "default", positions) ?? defaults.Default,
            Files = Rule(fields, "files", positions),
            Folders = [.. Rules(fields, "folders", positions).Select(entry => KeyValuePair.Create(SettingsReader.Folder(entry.Key), entry.Rule))],
            Desks = Rules(fields, "desks", positions).ToImmutableDictionary(entry => entry.Key, entry => entry.Rule),
            Kinds = kinds.ToImmutable(),
            RemindAfter = Time(fields, "approvals.", "remind-after", "3 days") ?? defaults.RemindAfter,
            DeputyAfter = Time(fields, "approvals.", "deputy-after", "5 days") ?? defaults.DeputyAfter,
            AboveAfter = Time(fields, "approvals.", "above-after", "7 days") ?? defaults.AboveAfter,
            UrgentBy = urgent is null ? [] : Named(urgent, "approvals.urgent.", positions, mayOwn: false),
            UrgentApproveWithin = urgent is null ? defaults.UrgentApproveWithin : Time(urgent, "approvals.urgent.", "approve-within", "24 hours") ?? defaults.UrgentApproveWithin,
        };
    }

    private static ApprovalRule? Rule(FieldReader fields, string name, ImmutableDictionary<string, Position> positions)
    {
        if (!fields.Has(name))
        {
            return null;
        }

        if (fields.Nested(name) is { } rule)
        {
            return ReadRule(rule, $"approvals.{name}.", positions);
        }

        fields.Report(ProblemCatalogue.NoApprover(fields.File, fields.At(name), $"approvals.{name}"));
        return Closed;
    }

    private static IEnumerable<(string Key, ApprovalRule Rule, SourcePosition At)> Rules(FieldReader fields, string name, ImmutableDictionary<string, Position> positions)
    {
        foreach (var entry in fields.Map(name))
        {
            var prefix = $"approvals.{name}.{entry.Key}.";
            if (entry.Value is YamlMap map)
            {
                yield return (entry.Key, ReadRule(fields.Inside(map, prefix), prefix, positions), entry.KeyPosition);
            }
            else
            {
                fields.Report(ProblemCatalogue.WrongField(fields.File, entry.Value.Position, prefix.TrimEnd('.'), "fields with values, such as { by: [city-manager] }"));
                yield return (entry.Key, Closed, entry.KeyPosition);
            }
        }
    }

    private static ApprovalRule ReadRule(FieldReader fields, string prefix, ImmutableDictionary<string, Position> positions)
    {
        ReportUnknown(fields, prefix, RuleKeys);
        var by = Named(fields, prefix, positions, mayOwn: true);
        var inOrder = fields.Text("in-order") switch
        {
            null or "false" => false,
            "true" => true,
            var written => Wrong(fields, prefix, "in-order", written, "true", whenWrong: true),
        };
        return new ApprovalRule { By = by, Need = Need(fields, prefix, by.Length), InOrder = inOrder };
    }

    /// <summary>More than there are would leave a change that nobody can approve; all of them is what was meant.</summary>
    private static int Need(FieldReader fields, string prefix, int most)
    {
        if (fields.Text("need") is not { } written)
        {
            return 1;
        }

        return int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var need) && need >= 1 && need <= Math.Max(1, most)
            ? need
            : Wrong(fields, prefix, "need", written, Math.Max(1, most).ToString(CultureInfo.InvariantCulture), whenWrong: Math.Max(1, most));
    }

    /// <summary>Positions as named, those that do not exist included: nobody holds them, so they open nothing.</summary>
    private static ImmutableArray<string> Named(FieldReader fields, string prefix, ImmutableDictionary<string, Position> positions, bool mayOwn)
    {
        var named = fields.List("by");
        if (named.IsEmpty)
        {
            fields.Report(ProblemCatalogue.NoApprover(fields.File, fields.At("by"), prefix.TrimEnd('.')));
        }

        foreach (var (number, name) in named.Index())
        {
            if (!(mayOwn && name == ApprovalRule.Owner) && !positions.IsEmpty && !positions.ContainsKey(name))
            {
                fields.Report(ProblemCatalogue.UnknownPosition(fields.File, fields.At("by", number), name, mayOwn ? positions.Keys.Append(ApprovalRule.Owner) : positions.Keys));
            }
        }

        return [.. named.Distinct(StringComparer.Ordinal)];
    }

    /// <summary><c>24 hours</c>, <c>3 days</c> or <c>2 weeks</c>.</summary>
    private static TimeSpan? Time(FieldReader fields, string prefix, string name, string example)
    {
        if (fields.Text(name) is not { } written)
        {
            return null;
        }

        var parts = written.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var hours = parts is [_, "hour" or "hours"] ? 1 : parts is [_, "day" or "days"] ? 24 : parts is [_, "week" or "weeks"] ? 7 * 24 : 0;
        if (hours > 0 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 && (long)count * hours <= LongestDays * 24)
        {
            return TimeSpan.FromHours(count * hours);
        }

        return Wrong<TimeSpan?>(fields, prefix, name, written, example, whenWrong: null);
    }

    private static T Wrong<T>(FieldReader fields, string prefix, string name, string written, string example, T whenWrong)
    {
        fields.Report(ProblemCatalogue.WrongSetting(fields.File, fields.At(name), prefix + name, written, example));
        return whenWrong;
    }

    private static void ReportUnknown(FieldReader fields, string prefix, string[] known)
    {
        foreach (var entry in fields.Entries.Where(entry => !known.Contains(entry.Key, StringComparer.Ordinal)))
        {
            fields.Report(ProblemCatalogue.UnknownSetting(fields.File, entry.KeyPosition, prefix + entry.Key, known.Select(key => prefix + key)));
        }
    }

    private static ApprovalRule Closed { get; } = new() { By = [] };
}
