using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PolicyHub.Web.Counting;

/// <summary>
/// A query as it may be counted: without what identifies a resident. Masked before anything else is done with it: e-mail addresses; dates
/// as people write them, with a year (a date of birth can't be told from another); and five or more digits, also where spaces, dots,
/// dashes, slashes or brackets part them (accounts, phones, cards). More is masked than must be: a wording that is lost costs little.
/// </summary>
public static partial class Wording
{
    private const string Months = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|june|july|august|september|sept|october|november|december";

    /// <summary>The wording in one spelling: masked, lower case, one space between words. Empty when nothing but masks is left.</summary>
    public static string Of(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var text = Valid(typed).Normalize(NormalizationForm.FormKC);
        text = new string([.. text.Where(letter => char.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format) || char.IsWhiteSpace(letter))]);
        text = DateInWords().Replace(Mail().Replace(text, "[e-mail]"), "[date]");
        var masked = Date().Replace(Digits().Replace(text, run => Date().Match(run.Value).Length == run.Length ? "[date]" : "[number]"), "[date]");
        var words = Spaces().Replace(masked, " ").Trim().ToLower(CultureInfo.InvariantCulture);
        return Mask().Replace(words, "").Any(char.IsLetter) ? words : "";
    }

    /// <summary>Half a pair of surrogates can't be normalized.</summary>
    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    [GeneratedRegex(@"[^\s@]+\s?@\s?[^\s@]+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Mail();

    [GeneratedRegex(@"\d{1,4}\s?[./\-–]\s?\d{1,2}\s?[./\-–]\s?\d{1,4}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Date();

    [GeneratedRegex($@"\b(\d{{1,2}}(st|nd|rd|th)?[\s.\-]*(of\s+)?({Months})[\s.,'’\-]*\d{{2,4}}|({Months})[\s.\-]*\d{{1,2}}(st|nd|rd|th)?[\s.,'’\-]+\d{{2,4}})", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DateInWords();

    [GeneratedRegex(@"\d([\s.\-–/()]{0,3}\d){4,}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Digits();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\[(e-mail|date|number)\]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Mask();
}
