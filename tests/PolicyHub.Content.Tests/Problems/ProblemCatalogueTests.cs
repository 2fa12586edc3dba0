using System.Reflection;
using System.Text.RegularExpressions;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Tests.Problems;

public sealed partial class ProblemCatalogueTests
{
    public static TheoryData<string> Methods => [.. Catalogue().Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Problem_OfTheCatalogue_HasAStableCodeAndTwoSentences(string name)
    {
        var problem = Make(Catalogue().Single(method => method.Name == name), "x\u001b[31m" + new string('y', 5000));

        Assert.Matches(Code(), problem.Code);
        Assert.EndsWith(".", problem.Sentence, StringComparison.Ordinal);
        Assert.True(problem.WhatToDo is [.., '.' or '?' or '`' or ')'], problem.WhatToDo);
        Assert.DoesNotContain(problem.Sentence + problem.WhatToDo, char.IsControl);
        Assert.DoesNotContain("  ", problem.Sentence + problem.WhatToDo, StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_OfTheCatalogue_AreEachOfOneMethod()
    {
        var codes = Catalogue().Select(method => Make(method, "x").Code).ToList();

        Assert.Equal(codes.Distinct(StringComparer.Ordinal).Count(), codes.Count);
        Assert.InRange(codes.Count, 40, 200);
    }

    private static IEnumerable<MethodInfo> Catalogue() =>
        typeof(ProblemCatalogue).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.ReturnType == typeof(Problem));

    /// <summary>Calls a method with the text for each of its texts but the file, which is always a path.</summary>
    private static Problem Make(MethodInfo method, string text) => (Problem)method.Invoke(null, [.. method.GetParameters().Select(parameter => parameter switch
    {
        { Name: "file" or "other" or "standard" or "target" } => "a/x.md",
        { ParameterType: var type } when type == typeof(string) => text,
        { ParameterType: var type } when type == typeof(IEnumerable<string>) => (object)new[] { "x" },
        { ParameterType: var type } when type == typeof(int) => 1024,
        { ParameterType: var type } when type == typeof(long) => 1024L,
        { ParameterType: var type } => Activator.CreateInstance(type),
    })])!;

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
