using System.Collections.Immutable;
using PolicyHub.Content.Problems;
namespace PolicyHub.Content.Search { 
public sealed record SynonymSet { public static SynonymSet Empty { get; } = new(); }
internal static class SynonymReader { public static (SynonymSet Set, ImmutableArray<Problem> Problems) Read(byte[] b) => (SynonymSet.Empty, []); }
}
namespace PolicyHub.Content.Checking {
public static class ProblemPrinter { public static string Json(ImmutableArray<Problem> p) => ""; public static string GitHub(ImmutableArray<Problem> p) => ""; public static string Plain(ImmutableArray<Problem> p) => string.Join("\n", p); }
}
