using System.Collections.Immutable;

namespace PolicyHub.Web.Pages;

/// <summary>
/// The keys of this browser: which key does what, kept in a cookie so that the server writes the right hints and access keys at once,
/// also without script. Arrows, Enter and Esc are no shortcuts: they work the box and what is open, as everywhere.
/// </summary>
public sealed class Shortcuts
{
    public const string Cookie = "keys";

    /// <summary>A key that is turned off.</summary>
    public const string Off = "off";

    /// <summary>What a key can do, in the order of the page, with the key that does it unless another was chosen.</summary>
    public static readonly ImmutableArray<(string Action, string Usual)> All =
        [("search", "/"), ("jump", "Ctrl+K"), ("copy", "Alt+C"), ("gap", "Alt+G"), ("new", "Alt+N"), ("emergency", "Alt+E"), ("help", "?")];

    private static readonly ImmutableArray<string> Letters = [.. Enumerable.Range('A', 26).Select(letter => $"Alt+{(char)letter}")];

    private static readonly Shortcuts Usual = new((string?)null);

    private readonly Dictionary<string, string> chosen;

    public Shortcuts(IHttpContextAccessor accessor)
    {
        if (accessor.HttpContext?.Request.Cookies[Cookie] is { Length: > 0 } cookie)
        {
            var kept = new Shortcuts(cookie);
            (IsOn, chosen, Key, Name) = (kept.IsOn, kept.chosen, kept.Key, "keys " + kept.Key);
        }
        else
        {
            (IsOn, chosen, Key) = (Usual.IsOn, Usual.chosen, Usual.Key);
        }
    }

    private Shortcuts(string? cookie)
    {
        (IsOn, chosen) = Parse(cookie);
        Key = string.Join(' ', All.Select(known => (known.Action, Key: this[known.Action])).Where(pair => pair.Key is not null).Select(pair => $"{pair.Action}:{pair.Key}"));
    }

    /// <summary>False: no key of ours does anything, and pages carry no access key.</summary>
    public bool IsOn { get; }

    /// <summary>The key that does something now; null when it or all keys are turned off.</summary>
    public string? this[string action] => IsOn && Chosen(action) is var key and not Off ? key : null;

    /// <summary>The letter of an <c>accesskey</c> attribute; null when the key is no Alt with a letter.</summary>
    public string? AccessKey(string action) => this[action] is { } key && key.StartsWith("Alt+", StringComparison.Ordinal) ? key[4..].ToLowerInvariant() : null;

    /// <summary>The choice for an action, whether or not keys are on.</summary>
    public string Chosen(string action) => chosen.TryGetValue(action, out var key) ? key : All.First(known => known.Action == action).Usual;

    /// <summary>Every action with its key, for the scripts.</summary>
    public string Key { get; }

    /// <summary>Differs where a page says other keys; empty for the usual ones.</summary>
    public string Name { get; } = "";

    /// <summary>The keys of some actions as <c>aria-keyshortcuts</c> wants them; null when all are off.</summary>
    public string? Aria(params ReadOnlySpan<string> actions)
    {
        var keys = new List<string>();
        foreach (var action in actions)
        {
            if (this[action] is { } key)
            {
                keys.Add(key.Replace("Ctrl", "Control", StringComparison.Ordinal));
            }
        }

        return keys.Count == 0 ? null : string.Join(' ', keys);
    }

    /// <summary>What may be chosen for an action: its own key, Alt with any letter, or none.</summary>
    public static IEnumerable<string> Choices(string usual) => Letters.Contains(usual) ? [.. Letters, Off] : [usual, .. Letters, Off];

    /// <summary>Keys that were chosen for two actions; with them no cookie may be written.</summary>
    public static IEnumerable<string> Twice(IReadOnlyDictionary<string, string> wanted) =>
        All.Select(known => wanted.GetValueOrDefault(known.Action, known.Usual)).Where(key => key != Off).CountBy(key => key).Where(pair => pair.Value > 1).Select(pair => pair.Key);

    /// <summary>What the cookie holds for a choice: <c>off</c> when all are off, then each action that is not as usual, <c>copy-X</c>.</summary>
    public static string Value(bool on, IReadOnlyDictionary<string, string> wanted) => string.Join('.',
        (on ? [] : new[] { Off }).Concat(
            from known in All
            let key = wanted.GetValueOrDefault(known.Action, known.Usual)
            where key != known.Usual && Choices(known.Usual).Contains(key, StringComparer.Ordinal)
            select $"{known.Action}-{(key == Off ? Off : key[4..])}"));

    /// <summary>The keys that a choice makes, for a page that shows it again.</summary>
    public static Shortcuts Of(bool on, IReadOnlyDictionary<string, string> wanted) => new(Value(on, wanted));

    /// <summary>Anything unknown in a cookie reads as no choice.</summary>
    private static (bool IsOn, Dictionary<string, string> Chosen) Parse(string? cookie)
    {
        var parts = (cookie ?? "").Split('.');
        var read =
            from part in parts
            let pair = part.Split('-', 2)
            where pair.Length == 2 && All.Any(known => known.Action == pair[0])
            let key = pair[1] == Off ? Off : "Alt+" + pair[1]
            where key == Off || Letters.Contains(key)
            select (Action: pair[0], Key: key);
        return (!parts.Contains(Off, StringComparer.Ordinal), read.DistinctBy(pair => pair.Action).ToDictionary(pair => pair.Action, pair => pair.Key, StringComparer.Ordinal));
    }
}
