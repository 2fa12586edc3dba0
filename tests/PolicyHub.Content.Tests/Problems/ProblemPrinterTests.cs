using System.Text.Json;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Tests.Problems;

public sealed class ProblemPrinterTests
{
    private static readonly Problem[] Problems =
    [
        new("broken-link", Severity.Error, "a/x.md", new SourcePosition(3, 7), "“y.md” is not there.", "Correct it."),
        new("image-without-alt", Severity.Warning, "a/x.md", new SourcePosition(9, 1), "No description.", "Write one."),
        new("page-too-large", Severity.Error, "b, 100%:\n.md", SourcePosition.None, "Too large:\r\n::error::x", "Cut it."),
    ];

    [Fact]
    public void Plain_Problems_AreALineEachByFileAndCounted() => Assert.Equal(
        """
        a/x.md:3:7 error broken-link “y.md” is not there. → Correct it.
        a/x.md:9:1 warning image-without-alt No description. → Write one.

        b, 100%: .md error page-too-large Too large:  ::error::x → Cut it.

        2 errors, 1 warning, 0 notes

        """,
        ProblemPrinter.Plain(Problems));

    [Fact]
    public void Plain_NoProblems_IsTheCount() => Assert.Equal("0 errors, 0 warnings, 0 notes\n", ProblemPrinter.Plain([]));

    [Fact]
    public void Json_Problems_AreAllThereWithCounts()
    {
        using var json = JsonDocument.Parse(ProblemPrinter.Json(Problems));

        var first = json.RootElement.GetProperty("problems")[0];
        Assert.Equal(("broken-link", "error", "a/x.md", 3, 7), (
            first.GetProperty("code").GetString(), first.GetProperty("severity").GetString(), first.GetProperty("file").GetString(), first.GetProperty("line").GetInt32(), first.GetProperty("column").GetInt32()));
        Assert.Equal(("“y.md” is not there.", "Correct it."), (first.GetProperty("sentence").GetString(), first.GetProperty("whatToDo").GetString()));
        Assert.Equal((3, 2, 1, 0), (
            json.RootElement.GetProperty("problems").GetArrayLength(), json.RootElement.GetProperty("errors").GetInt32(), json.RootElement.GetProperty("warnings").GetInt32(), json.RootElement.GetProperty("notes").GetInt32()));
    }

    [Fact]
    public void GitHub_Problems_AreCommandsThatNothingWrittenCanEnd() => Assert.Equal(
        """
        ::error file=content/a/x.md,line=3,col=7,title=broken-link::“y.md” is not there. Correct it.
        ::warning file=content/a/x.md,line=9,col=1,title=image-without-alt::No description. Write one.
        ::error file=content/b%2C 100%25%3A%0A.md,title=page-too-large::Too large:%0D%0A::error::x Cut it.

        """,
        ProblemPrinter.GitHub(Problems, "content/"));

    [Fact]
    public void IsFailure_OneError_IsEnough()
    {
        Assert.True(ProblemPrinter.IsFailure(Problems));
        Assert.False(ProblemPrinter.IsFailure(Problems[1..2]));
    }
}
