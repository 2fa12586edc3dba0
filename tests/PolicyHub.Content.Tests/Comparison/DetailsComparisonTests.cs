using System.Globalization;
using PolicyHub.Content.Comparison;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Tests.Documents;

namespace PolicyHub.Content.Tests.Comparison;

public sealed class DetailsComparisonTests
{
    private static readonly LibrarySettings Settings = Reading.Settings("positions:\n  billing-lead: { title: Billing lead, held-by: Ada K. }\naudiences:\n  phone: Phone staff\n");

    public DetailsComparisonTests() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");

    [Theory]
    [InlineData("effective: 2026-10-01", "effective: 2026-12-01", "In effect from: 1 Oct 2026 > 1 Dec 2026")]
    [InlineData("title: X", "effective: 2026-12-01 08:30", "In effect from: when published > 1 Dec 2026, 8:30 AM")]
    [InlineData("tags: [a, b]", "tags: [b, c]", "Tags: -a +c")]
    [InlineData("tags: [a, b]", "tags: [b, a]", "Tags: order")]
    [InlineData("tags: [a, a]", "tags: [a]", "Tags: -a")]
    [InlineData("audience: phone", "kind: page", "Applies to: -Phone staff")]
    [InlineData("title: X", "owner: billing-lead", "Owners: +Billing lead")]
    [InlineData("desk: billing", "desk: permits", "Desk: billing > permits")]
    [InlineData("desk: billing", "title: X", "Desk: billing > ")]
    [InlineData("answers: [{ ask: May I?, say: 'Yes.' }]", "answers: [{ ask: May I?, say: 'No.' }]", "May I?: Say: Yes. > No.")]
    [InlineData("summary: 'A fee may be waived once in 24 months.'", "summary: 'A fee may be waived once in 12 months.'", "Summary: A fee may be waived once in [24][12] months.")]
    public void Of_OneFieldThatDiffers_SaysSoInWords(string old, string fresh, string expected) =>
        Assert.Equal(expected, string.Join("; ", Compare($"---\ntitle: X\nsummary: s\n{Rest(old)}\n---\nBody.", $"---\ntitle: X\nsummary: s\n{Rest(fresh)}\n---\nBody.")));

    [Fact]
    public void Of_PromiseWithAnotherTarget_NamesThePromise() => Assert.Equal(
        ["Answer the phone: Target: 80 % > 90 %"],
        Compare(Charter("{ promise: Answer the phone, target: 80 % }"), Charter("{ promise: Answer the phone, target: 90 % }")));

    [Fact]
    public void Of_TwoQuestionsWithTheSameWords_ShowsTheChangeOfTheSecond() => Assert.Equal(
        ["May I?: Say (2): B > C"],
        Compare(
            "---\ntitle: X\nanswers: [{ ask: May I?, say: A }, { ask: May I?, say: B }]\n---\n",
            "---\ntitle: X\nanswers: [{ ask: May I?, say: A }, { ask: May I?, say: C }]\n---\n"));

    [Fact]
    public void Of_BodyAlone_SaysNothing() => Assert.Empty(Compare("---\ntitle: X\nsummary: s\n---\nOne.", "---\ntitle: X\nsummary: s\n---\nTwo."));

    private static string Charter(string promise) => $"---\ntitle: X\nsummary: s\nkind: charter\npromises: [{promise}]\n---\n";

    /// <summary>A field twice would be a problem of its own.</summary>
    private static string Rest(string field) => field == "title: X" ? "" : field;

    private static List<string> Compare(string old, string fresh) =>
        [.. DetailsComparison.Of(Read(old), Read(fresh), Settings).Select(Show)];

    private static Document Read(string text) => Reading.Read(text.Replace("summary: s\nsummary:", "summary:", StringComparison.Ordinal)).Document!;

    private static string Show(FieldChange change) => change.Label + ": " + (
        change.IsReordered ? "order"
        : !change.Marked.IsEmpty ? string.Concat(change.Marked.Select(piece => piece.Mark == Mark.Kept ? piece.Text : $"[{piece.Text}]"))
        : change.Removed.Length + change.Added.Length > 0 ? string.Join(' ', change.Removed.Select(value => "-" + value).Concat(change.Added.Select(value => "+" + value)))
        : $"{change.Before} > {change.After}");
}
