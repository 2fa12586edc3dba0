using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace PolicyHub.Content.Documents;

/// <summary>What a new document begins with, and what of it must not be published.</summary>
internal static partial class TemplateText
{
    private static readonly ConditionalWeakTable<Words, SearchValues<string>> Kept = [];

    /// <summary>The body of a new document, lines ended by line feeds.</summary>
    public static string Of(DocumentKind kind, Words words) => words.Format($"template.{kind.Slug()}", words["policy.what-happens-next"]).TrimEnd() + "\n";

    /// <summary>What tells authors what goes where, brackets included.</summary>
    public static IEnumerable<string> Hints(Words words) =>
        DocumentKinds.All.SelectMany(kind => Hint().Matches(Of(kind, words)).Select(match => match.Value)).Distinct(StringComparer.Ordinal);

    /// <summary>Where in a text a hint stands first, and which; null: none does.</summary>
    public static (int At, string Hint)? Find(Words words, string text) =>
        text.AsSpan().IndexOfAny(Kept.GetValue(words, _ => SearchValues.Create([.. Hints(words)], StringComparison.Ordinal))) is var at and >= 0 ? (at, text[at..(text.IndexOf(']', at) + 1)]) : null;

    [GeneratedRegex(@"\[[^!\[\]\n][^\[\]\n]{8,}\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hint();
}
