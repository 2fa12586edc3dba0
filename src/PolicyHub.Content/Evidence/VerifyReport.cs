using System.Collections.Immutable;

namespace PolicyHub.Content.Evidence;

/// <summary>What came of checking a pack.</summary>
/// <param name="Mismatches">A sentence for each thing that is not as it should be, at most <see cref="MostTold"/>; empty: the pack is proved.</param>
/// <param name="Remarks">What whoever checks should know besides.</param>
/// <param name="List">What the pack says that it holds; null where it does not say so in a form that can be read.</param>
public sealed record VerifyReport(ImmutableArray<string> Mismatches, ImmutableArray<string> Remarks, PackList? List)
{
    public const int MostTold = 200;

    public bool IsProved => Mismatches.IsEmpty;
}

/// <summary>Gathers what is found; names from a pack are made fit for a terminal.</summary>
internal sealed class Findings
{
    private readonly ImmutableArray<string>.Builder mismatches = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<string>.Builder remarks = ImmutableArray.CreateBuilder<string>();

    public int Count { get; private set; }

    public void Mismatch(string sentence)
    {
        Count++;
        if (mismatches.Count < VerifyReport.MostTold)
        {
            mismatches.Add(Plain(sentence));
        }
    }

    public void Remark(string sentence) => remarks.Add(Plain(sentence));

    public VerifyReport Report(PackList? list)
    {
        if (Count > mismatches.Count)
        {
            remarks.Add($"{Count - mismatches.Count} more mismatches are not listed.");
        }

        return new VerifyReport(mismatches.ToImmutable(), remarks.ToImmutable(), list);
    }

    private static string Plain(string text) => string.Concat(text.Select(letter =>
        char.IsControl(letter) || letter is (>= '\u200B' and <= '\u200F') or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF' ? '\uFFFD' : letter));
}
