using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Tests.Editing;

public sealed class KeptLinesTests
{
    public static TheoryData<string, string, string> Cases => new()
    {
        { "*   One __bold__\n*   Two\n    goes on\n*   Three", "- One **bold**\n- Two changed\n- Three", "*   One __bold__\n* Two changed\n*   Three" },
        { "*   One\n*   Two", "- One\n- New\n- Two", "*   One\n* New\n*   Two" },
        { "*   One\n*   Two\n*   Three", "- One\n- Three", "*   One\n*   Three" },
        { "1) One\n1) Two __b__\n1) Three", "1. One\n2. Two **b**\n3. Changed", "1) One\n1) Two __b__\n3) Changed" },
        { "*  One\n\n*  Two\n\n   More", "- One\n\n- Two\n\n  Less", "*  One\n\n* Two\n\n  Less" },
        { "|a|b|\n|-|-|\n|1|__2__|\n|3|4|", "| a | b |\n| --- | --- |\n| 1 | **2** |\n| 3 | 5 |", "|a|b|\n|-|-|\n|1|__2__|\n| 3 | 5 |" },
        { "Just __words__", "Just **words** more", "Just **words** more" },
        { "*   One\n*   Two", "- One\n- Two", "*   One\n*   Two" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Merge_KeepsTheLinesOfWhatWasNotTouched(string source, string markdown, string merged) => Assert.Equal(merged, KeptLines.Merge(source, markdown, Normal));

    private static string Normal(string markdown) => new HtmlToMarkdown(href => href).Convert(new DocumentRenderer(LibrarySettings.Default.Words).Render(
        new Document { Path = LibraryPath.Parse("a.md"), Title = "", Summary = "", Kind = DocumentKind.Page, Body = markdown, BodyLine = 1 }).Html.Value);
}
