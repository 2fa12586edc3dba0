using System.Collections.Immutable;
using System.Globalization;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Comparison;

/// <summary>What changed in the front matter, in words: one line a field that differs, in the order of the new text.</summary>
public static class DetailsComparison
{
    /// <summary>Letters; a shorter value is easier to read whole, before and after, than with marks in it.</summary>
    private const int ShortValue = 30;

    /// <summary>Never throws.</summary>
    /// <param name="settings">Today's: its words, and its names for positions and audiences.</param>
    public static ImmutableArray<FieldChange> Of(Document old, Document fresh, LibrarySettings settings)
    {
        var before = Fields(old, settings);
        var after = Fields(fresh, settings);
        var changes = ImmutableArray.CreateBuilder<FieldChange>();
        foreach (var label in after.Keys.Concat(before.Keys.Where(label => !after.ContainsKey(label))))
        {
            var (left, right) = (before.GetValueOrDefault(label), after.GetValueOrDefault(label));
            if ((left ?? right)!.IsList)
            {
                AddList(changes, label, left?.Values ?? [], right?.Values ?? []);
            }
            else if ((left?.Values ?? []) is var was && (right?.Values ?? []) is var values && !was.SequenceEqual(values, StringComparer.Ordinal))
            {
                changes.Add(Change(label, was.FirstOrDefault(), values.FirstOrDefault()));
            }
        }

        return changes.ToImmutable();
    }

    /// <summary>By label; a second of one label, such as of two questions with the same words, is numbered.</summary>
    private static OrderedDictionary<string, DocumentField> Fields(Document document, LibrarySettings settings)
    {
        var fields = new OrderedDictionary<string, DocumentField>(StringComparer.Ordinal);
        foreach (var field in new DocumentFields(document, settings).All())
        {
            var label = field.Label;
            for (var count = 2; !fields.TryAdd(label, field); count++)
            {
                label = string.Create(CultureInfo.InvariantCulture, $"{field.Label} ({count})");
            }
        }

        return fields;
    }

    private static void AddList(ImmutableArray<FieldChange>.Builder changes, string label, ImmutableArray<string> old, ImmutableArray<string> fresh)
    {
        var removed = Without(old, fresh);
        var added = Without(fresh, old);
        var isReordered = removed.IsEmpty && added.IsEmpty && !old.SequenceEqual(fresh, StringComparer.Ordinal);
        if (isReordered || !removed.IsEmpty || !added.IsEmpty)
        {
            changes.Add(new FieldChange(label) { Removed = removed, Added = added, IsReordered = isReordered });
        }
    }

    /// <summary>What is more often in one list than in the other.</summary>
    private static ImmutableArray<string> Without(ImmutableArray<string> list, ImmutableArray<string> other)
    {
        var left = other.CountBy(value => value, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return list.RemoveAll(value =>
        {
            var count = left.GetValueOrDefault(value);
            left[value] = count - 1;
            return count > 0;
        });
    }

    private static FieldChange Change(string label, string? old, string? fresh)
    {
        var change = new FieldChange(label) { Before = old, After = fresh };
        if (old is null || fresh is null || Math.Max(old.Length, fresh.Length) <= ShortValue)
        {
            return change;
        }

        var pieces = WordDiff.Run(old, fresh);
        var kept = pieces.Where(piece => piece.Mark == Mark.Kept).Sum(piece => piece.Text.Length);
        return 2 * kept >= Math.Min(old.Length, fresh.Length) ? change with { Marked = pieces } : change;
    }
}

/// <param name="Label">The field in words, such as “In effect from”.</param>
public sealed record FieldChange(string Label)
{
    /// <summary>The value of a field with one; null where it had none.</summary>
    public string? Before { get; init; }

    public string? After { get; init; }

    /// <summary>Both values as one, words marked, where they are long and much alike; else empty.</summary>
    public ImmutableArray<MarkedPiece> Marked { get; init; } = [];

    /// <summary>What a list lost.</summary>
    public ImmutableArray<string> Removed { get; init; } = [];

    public ImmutableArray<string> Added { get; init; } = [];

    /// <summary>The list holds what it held, in another order.</summary>
    public bool IsReordered { get; init; }
}
