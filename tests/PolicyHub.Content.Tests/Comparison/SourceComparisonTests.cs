using FsCheck;
using FsCheck.Fluent;
using PolicyHub.Content.Comparison;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Comparison;

public sealed class SourceComparisonTests
{
    private static readonly Gen<string> Texts = Gen.Elements("\n", "\r\n", "a", "b c", "late fee ", "- ", "\n\n", "x.", "😀", "\t").ListOf().Select(string.Concat);

    [Fact]
    public void Of_ChangedLine_ShowsBothStatesWithWordsMarked()
    {
        var part = Assert.Single(SourceComparison.Of("title: Fees\n\nThe fee is ten dollars.\n", "title: Fees\n\nThe fee is twelve dollars.\n").Parts);

        Assert.Equal(
            ["1 1 title: Fees", "2 2 ", "3 - The fee is [ten] dollars.", "- 3 The fee is [twelve] dollars.", "4 4 "],
            part.Lines.Select(Show));
    }

    [Fact]
    public void Of_TwoChangesFarApart_LeavesOutWhatIsBetween()
    {
        var lines = Enumerable.Range(1, 40).Select(number => $"line {number}").ToArray();
        var changed = lines.ToArray();
        (changed[4], changed[30]) = ("something else", "other words here");
        var comparison = SourceComparison.Of(string.Join('\n', lines), string.Join('\n', changed));

        Assert.Equal([(1, 8), (19, 8)], comparison.Parts.Select(part => (part.LinesBefore, part.Lines.Length)));
        Assert.Equal((6, 2, 2), (comparison.LinesAfter, comparison.Added, comparison.Removed));
    }

    [Fact]
    public void Of_OtherLineEnds_IsTheSame() => Assert.True(SourceComparison.Of("a\r\nb\r\n", "a\nb\n").IsSame);

    [Fact]
    public void Of_TextOverTheCap_IsNotCompared()
    {
        var comparison = SourceComparison.Of(new string('x', SourceComparison.Largest + 1), "x");

        Assert.True(comparison.IsTooLarge);
        Assert.False(comparison.IsSame);
    }

    [Fact]
    public void Of_AnyTwoTexts_HoldsBoth() => Seeded.Check(from old in Texts.Resize(60) from fresh in Texts.Resize(60) select (old, fresh), pair =>
    {
        var (old, fresh) = (pair.old.ReplaceLineEndings("\n").Split('\n'), pair.fresh.ReplaceLineEndings("\n").Split('\n'));
        var comparison = SourceComparison.Of(pair.old, pair.fresh);
        Assert.Equal(old.SequenceEqual(fresh, StringComparer.Ordinal), comparison.IsSame);
        Assert.Equal(fresh, Rebuilt(comparison, old, line => line.New, line => line.Old));
        Assert.Equal(old, Rebuilt(comparison, fresh, line => line.Old, line => line.New));
    });

    /// <summary>One text, from the other and what the comparison shows.</summary>
    private static List<string> Rebuilt(SourceComparison comparison, string[] other, Func<SourceLine, int?> number, Func<SourceLine, int?> numberInOther)
    {
        var (rebuilt, at) = (new List<string>(), 0);
        foreach (var part in comparison.Parts)
        {
            rebuilt.AddRange(other[at..(at + part.LinesBefore)]);
            rebuilt.AddRange(part.Lines.Where(line => number(line) is not null).Select(line => string.Concat(line.Pieces.Select(piece => piece.Text))));
            at += part.LinesBefore + part.Lines.Count(line => numberInOther(line) is not null);
        }

        rebuilt.AddRange(other[at..]);
        return rebuilt;
    }

    private static string Show(SourceLine line) =>
        $"{Number(line.Old)} {Number(line.New)} {string.Concat(line.Pieces.Select(piece => piece.Mark == Mark.Kept ? piece.Text : $"[{piece.Text}]"))}";

    private static string Number(int? line) => line?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-";
}
