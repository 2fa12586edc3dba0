using PolicyHub.Records.Retention;

namespace PolicyHub.Web.Privacy;

/// <summary>How long records are kept; section <c>PolicyHub:Retention</c>.</summary>
public sealed class RetentionOptions
{
    /// <summary>Nothing of any kind is taken out as long as this stands.</summary>
    public bool Hold { get; set; }

    public KeptOptions Accounts { get; set; } = new() { Kept = TimeSpan.FromDays(365) };

    public KeptOptions CounterPcs { get; set; } = new() { Kept = TimeSpan.FromDays(365) };

    public KeptOptions Sessions { get; set; } = new() { Kept = TimeSpan.FromDays(30) };

    public KeptOptions Notices { get; set; } = new() { Kept = TimeSpan.FromDays(1095) };

    public KeptOptions Feedback { get; set; } = new() { Kept = TimeSpan.FromDays(1095) };

    public KeptOptions Pins { get; set; } = new() { Kept = TimeSpan.FromDays(1095) };

    public KeptOptions Recent { get; set; } = new() { Kept = TimeSpan.FromDays(30) };

    public KeptOptions Proposals { get; set; } = new() { Kept = TimeSpan.FromDays(1095) };

    public KeptOptions Deputies { get; set; } = new() { Kept = TimeSpan.FromDays(1095) };

    public KeptOptions Mails { get; set; } = new() { Kept = TimeSpan.FromDays(7) };

    public KeptOptions Seen { get; set; } = new() { Kept = TimeSpan.FromDays(90) };

    public KeptOptions Audit { get; set; } = new() { Kept = TimeSpan.FromDays(2555) };

    public HoldOptions Searches { get; set; } = new();

    /// <summary>The kinds whose time is set here, by the name of the setting.</summary>
    internal IEnumerable<(string Name, KeptOptions Rule)> Kinds =>
        [(nameof(Accounts), Accounts), (nameof(CounterPcs), CounterPcs), (nameof(Sessions), Sessions), (nameof(Notices), Notices), (nameof(Feedback), Feedback), (nameof(Pins), Pins), (nameof(Recent), Recent), (nameof(Proposals), Proposals), (nameof(Deputies), Deputies), (nameof(Mails), Mails), (nameof(Seen), Seen), (nameof(Audit), Audit)];

    /// <summary>The rule of every kind.</summary>
    /// <param name="queriesKept">How long counts of searches are kept.</param>
    public RetentionRules Rules(TimeSpan queriesKept)
    {
        var rules = Kinds.ToDictionary(kind => kind.Name.ToLowerInvariant(), kind => new RetentionRule(kind.Rule.Kept, Hold || kind.Rule.Hold), StringComparer.Ordinal);
        rules[RecordKinds.Searches] = new RetentionRule(queriesKept, Hold || Searches.Hold);
        rules[RecordKinds.Keys] = new RetentionRule(null, IsHeld: false);
        return new RetentionRules(rules);
    }
}

/// <summary>The rule of one kind.</summary>
public sealed class KeptOptions
{
    public TimeSpan Kept { get; set; }

    /// <summary>Nothing of this kind is taken out as long as this stands.</summary>
    public bool Hold { get; set; }
}

/// <summary>The hold of a kind whose time is set elsewhere.</summary>
public sealed class HoldOptions
{
    /// <inheritdoc cref="KeptOptions.Hold"/>
    public bool Hold { get; set; }
}
