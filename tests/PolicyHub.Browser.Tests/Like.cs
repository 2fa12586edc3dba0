using System.Text.RegularExpressions;

namespace PolicyHub.Browser.Tests;

/// <summary>Patterns to expect texts by.</summary>
internal static class Like
{
    public static Regex Pattern(string pattern) => new(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
}
