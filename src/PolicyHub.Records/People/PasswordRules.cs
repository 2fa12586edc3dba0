using System.Globalization;
using System.Text;

namespace PolicyHub.Records.People;

/// <summary>
/// The rules of NIST SP 800-63B-4, 3.1.1.2, for passwords: at least 15 characters, as a password may be all that is asked (whoever adds a
/// second factor may take it away again), at most 256, any letters, signs and spaces, no rule of composition, no end of validity. Refused is
/// what attackers try first: what is left once names, commonplace words, runs such as <c>abcd</c> or <c>qwerty</c> and repetitions are taken
/// out must still be 8 characters.
/// </summary>
public static class PasswordRules
{
    public const int Shortest = 15;
    public const int Longest = 256;
    public const int ShortestPin = 6;
    public const int LongestPin = 12;

    private const int ShortestRest = 8;

    private const int RunLength = 3;

    /// <summary>Words that passwords are most often made of; our own list.</summary>
    private static readonly string[] Commonplace =
    [
        "password", "passwort", "passphrase", "letmein", "welcome", "changeme", "default", "secret", "admin", "administrator", "login", "signin", "user", "guest",
        "test", "temp", "iloveyou", "monkey", "dragon", "sunshine", "princess", "football", "baseball", "superman", "batman", "master", "hello", "shadow", "trustno",
        "spring", "summer", "autumn", "fall", "winter", "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "correcthorsebatterystaple", "policyhub", "policy", "cityhall", "city", "town", "county", "company", "office", "work",
    ];

    /// <summary>Rows in which a run is no more than a finger that slides.</summary>
    private static readonly string[] Rows =
    [
        "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop", "qsdfghjklm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    ];

    private static readonly HashSet<string> Runs =
        [.. Rows.Concat(Rows.Select(row => new string([.. row.Reverse()]))).SelectMany(row => Enumerable.Range(0, row.Length - RunLength + 1).Select(start => row.Substring(start, RunLength)))];

    /// <summary>What is wrong with a password, by the end of its key in the words (<c>password.wrong.…</c>); null: nothing.</summary>
    /// <param name="context">The names of the person and of the organisation.</param>
    public static string? Fault(string password, IEnumerable<string> context)
    {
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(context);
        var normal = Passwords.Normal(password);
        return normal.EnumerateRunes().Count() < Shortest ? "short"
            : password.Length > Longest ? "long"
            : Rest(normal, context) < ShortestRest ? "easy"
            : null;
    }

    /// <summary>What is wrong with a PIN; null: nothing.</summary>
    public static string? PinFault(string pin, string badge)
    {
        ArgumentNullException.ThrowIfNull(pin);
        ArgumentNullException.ThrowIfNull(badge);
        return pin.Length is < ShortestPin or > LongestPin || !pin.All(char.IsAsciiDigit) ? "digits"
            : pin.Distinct().Count() < 3 || (badge.Length > 0 && (badge.Contains(pin, StringComparison.Ordinal) || pin.Contains(badge, StringComparison.Ordinal)))
                || Enumerable.Range(1, pin.Length - 1).All(at => pin[at] - pin[at - 1] == 1) || Enumerable.Range(1, pin.Length - 1).All(at => pin[at] - pin[at - 1] == -1)
                || IsRepeated(pin) ? "easy"
            : null;
    }

    /// <summary>How many characters are left when what everybody guesses is taken out.</summary>
    private static int Rest(string password, IEnumerable<string> context)
    {
        var text = Fold(password);
        var words = context.SelectMany(name => name.Split([' ', '.', '-', '_', '@', '\''], StringSplitOptions.RemoveEmptyEntries).Append(name))
            .Select(Fold).Where(word => word.Length >= 3).Concat(Commonplace).OrderByDescending(word => word.Length);
        text = words.Aggregate(text, (rest, word) => rest.Replace(word, " ", StringComparison.Ordinal));
        var rest = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var isSlide = at + 1 >= RunLength && Runs.Contains(text.Substring(at + 1 - RunLength, RunLength));
            if (text[at] != ' ' && !isSlide && (at == 0 || text[at] != text[at - 1]))
            {
                rest.Append(text[at]);
            }
        }

        var left = rest.ToString();
        return left.Distinct().Count() < 5 ? 0 : left.Length - Repeated(left);
    }

    /// <summary>How many characters only repeat what stands before them: <c>tomato tomato</c> is worth one tomato.</summary>
    private static int Repeated(string text)
    {
        for (var unit = 1; unit <= text.Length / 2; unit++)
        {
            if (Enumerable.Range(unit, text.Length - unit).All(at => text[at] == text[at - unit]))
            {
                return text.Length - unit;
            }
        }

        return 0;
    }

    private static bool IsRepeated(string text) => Repeated(text) > 0;

    /// <summary>Small letters without accents and signs; figures that stand for letters, as those.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            if (char.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && (char.IsLetterOrDigit(letter) || letter is '@' or '$' or '!'))
            {
                folded.Append(letter);
            }
        }

        // p@ssw0rd is password; a figure among figures stays one.
        for (var at = 0; at < folded.Length; at++)
        {
            var isAmongLetters = (at > 0 && char.IsLetter(folded[at - 1])) || (at + 1 < folded.Length && char.IsLetter(folded[at + 1]));
            folded[at] = (folded[at], isAmongLetters) switch { ('@', _) => 'a', ('$', _) => 's', ('!', _) => 'i', ('0', true) => 'o', ('3', true) => 'e', _ => folded[at] };
        }

        return folded.ToString();
    }
}
