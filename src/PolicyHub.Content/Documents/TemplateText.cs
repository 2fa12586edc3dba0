using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace PolicyHub.Content.Documents;

/// <summary>What a new document begins with, and what of it must not be published.</summary>
internal static partial class TemplateText
{
    private static readonly ConditionalWeakTable<Words, StrongBox<ImmutableArray<string>>> Kept = [];

    /// <summary>The body of a new document, lines ended by line feeds.</summary>
    public static string Of(DocumentKind kind, Words words) => words.Format($"template.{kind.Slug()}", words["policy.what-happens-next"]).TrimEnd() + "\n";

    /// <summary>What tells authors what goes where, brackets included.</summary>
    public static ImmutableArray<string> Hints(Words words) => Kept.GetValue(words, _ => new([.. DocumentKinds.All.SelectMany(kind => Hint().Matches(Of(kind, words)).Select(match => match.Value)).Distinct(StringComparer.Ordinal)])).Value;

    [GeneratedRegex(@"\[[^!\[\]\n][^\[\]\n]{8,}\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hint();
}
