using System.Collections.Immutable;

namespace PolicyHub.Content.Comparison;

/// <summary>
/// Two texts as their authors wrote them, line by line, words marked inside lines that are two states of one. Lines that neither lost nor
/// gained anything are left out but for a few around each change. How lines end is no difference.
/// </summary>
public sealed record SourceComparison
{
    /// <summary>Characters of one text; above it no comparison is made.</summary>
    public const int Largest = 512 * 1024;

    /// <summary>Unchanged lines shown before and after a change.</summary>
    private const int Around = 3;

    /// <summary>Letters; two states of a longer line are marked whole.</summary>
    private const int LongestLine = 20_000;

    /// <summary>True where a text is longer than <see cref="Largest"/>; then there are no parts.</summary>
    public bool IsTooLarge { get; private init; }

    /// <summary>Stretches with changes, in order; empty when the texts are the same.</summary>
    public ImmutableArray<SourcePart> Parts { get; private init; } = [];

    /// <summary>Unchanged lines after the last part.</summary>
    public int LinesAfter { get; private init; }

    public int Added { get; private init; }

    public int Removed { get; private init; }

    public bool IsSame => !IsTooLarge && Parts.IsEmpty;

    /// <summary>Never throws.</summary>
    public static SourceComparison Of(string old, string fresh)
    {
        if (Math.Max(old.Length, fresh.Length) > Largest)
        {
            return new SourceComparison { IsTooLarge = true };
        }

        var lines = Lines(old.ReplaceLineEndings("\n").Split('\n'), fresh.ReplaceLineEndings("\n").Split('\n'));
        var (parts, after) = Parted(lines);
        return new SourceComparison
        {
            Parts = parts,
            LinesAfter = after,
            Added = lines.Count(line => line.Mark == Mark.Added),
            Removed = lines.Count(line => line.Mark == Mark.Removed),
        };
    }

    /// <summary>Every line of both texts; what is kept once.</summary>
    private static List<SourceLine> Lines(string[] old, string[] fresh)
    {
        var numbers = new WordDiff.Numbers();
        var lines = new List<SourceLine>();
        foreach (var (oldPlace, newPlace) in Alignment.Of([.. old.Select(line => Part(line, numbers))], [.. fresh.Select(line => Part(line, numbers))]))
        {
            if (oldPlace < 0)
            {
                lines.Add(new SourceLine(null, newPlace + 1, Mark.Added, [new MarkedPiece(fresh[newPlace], Mark.Added)]));
            }
            else if (newPlace < 0)
            {
                lines.Add(new SourceLine(oldPlace + 1, null, Mark.Removed, [new MarkedPiece(old[oldPlace], Mark.Removed)]));
            }
            else if (old[oldPlace] == fresh[newPlace])
            {
                lines.Add(new SourceLine(oldPlace + 1, newPlace + 1, Mark.Kept, [new MarkedPiece(fresh[newPlace], Mark.Kept)]));
            }
            else
            {
                var pieces = old[oldPlace].Length + fresh[newPlace].Length > 2 * LongestLine
                    ? [new MarkedPiece(old[oldPlace], Mark.Removed), new MarkedPiece(fresh[newPlace], Mark.Added)]
                    : WordDiff.Run(old[oldPlace], fresh[newPlace]);
                lines.Add(new SourceLine(oldPlace + 1, null, Mark.Removed, pieces.RemoveAll(piece => piece.Mark == Mark.Added)));
                lines.Add(new SourceLine(null, newPlace + 1, Mark.Added, pieces.RemoveAll(piece => piece.Mark == Mark.Removed)));
            }
        }

        return lines;
    }

    private static Alignment.Part Part(string line, WordDiff.Numbers numbers)
    {
        int[] words = line.Length > LongestLine ? [] : [.. TextWords.Cut(line).Where(word => !string.IsNullOrWhiteSpace(word)).Select(numbers.Of).Order()];
        return new Alignment.Part(numbers.Of("\n" + line), words.Length == 0 ? 0 : 1, words);
    }

    private static (ImmutableArray<SourcePart> Parts, int After) Parted(List<SourceLine> lines)
    {
        var parts = ImmutableArray.CreateBuilder<SourcePart>();
        var shownTo = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Mark == Mark.Kept)
            {
                continue;
            }

            // A part goes on as long as the next change is so near that nothing would be left out between them.
            var (last, start) = (i, Math.Max(shownTo, i - Around));
            for (var next = i + 1; next < lines.Count && next <= last + (2 * Around) + 1; next++)
            {
                last = lines[next].Mark == Mark.Kept ? last : next;
            }

            var end = Math.Min(lines.Count, last + 1 + Around);
            parts.Add(new SourcePart(start - shownTo, [.. lines[start..end]]));
            (shownTo, i) = (end, end - 1);
        }

        return (parts.ToImmutable(), parts.Count == 0 ? 0 : lines.Count - shownTo);
    }
}

/// <param name="LinesBefore">Unchanged lines left out since the part before, or the start.</param>
public sealed record SourcePart(int LinesBefore, ImmutableArray<SourceLine> Lines);

/// <param name="Old">The number of the line in the old text, from 1; null where it is not in it.</param>
/// <param name="New">The number of the line in the new text.</param>
public sealed record SourceLine(int? Old, int? New, Mark Mark, ImmutableArray<MarkedPiece> Pieces);
