using System.Collections.Immutable;
using System.Text;
using PolicyHub.Content.Comparison;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Editing;

/// <summary>A stretch of a merged text.</summary>
public abstract record MergePart
{
    /// <summary>Nobody else wrote here, or all wrote the same.</summary>
    public sealed record Agreed(string Text) : MergePart;

    /// <summary>Both wrote here, each something else: whole lines, and whole paragraphs where lines flow into one.</summary>
    /// <param name="Base">What both began with; may be empty.</param>
    /// <param name="InFrontMatter">It stands among the fields.</param>
    public sealed record Conflict(string Base, string Mine, string Theirs, bool InFrontMatter) : MergePart;
}

/// <summary>
/// Two texts that were both made from a third, put together line by line (the way of <c>diff3</c>). Whatever either of them wrote is in the result or in a conflict; what stands between
/// is decided by nobody but a person. Line ends do not count as changes.
/// </summary>
public sealed class TextMerge
{
    private const int MostLines = 50_000;

    private readonly bool hasMark;
    private readonly string end;

    private TextMerge(bool hasMark, string end, ImmutableArray<MergePart> parts) => (this.hasMark, this.end, Parts) = (hasMark, end, parts);

    /// <summary>In the order of the text.</summary>
    public ImmutableArray<MergePart> Parts { get; }

    public IEnumerable<MergePart.Conflict> Conflicts => Parts.OfType<MergePart.Conflict>();

    /// <summary>The merged file; null while there is a conflict.</summary>
    public byte[]? Merged => Conflicts.Any() ? null : Choose([]);

    /// <summary>Merges three files. Null: one of them is no text, or has too many lines, and only one of the two can be taken as a whole.</summary>
    public static TextMerge? Of(ReadOnlySpan<byte> before, ReadOnlySpan<byte> mine, ReadOnlySpan<byte> theirs)
    {
        if (FrontMatter.Decode(before) is not { } old || FrontMatter.Decode(mine) is not { } left || FrontMatter.Decode(theirs) is not { } right)
        {
            return null;
        }

        if (Math.Max(Math.Max(Count(old), Count(left)), Count(right)) > MostLines)
        {
            return null;
        }

        var heads = (Old: HeadOf(old), Left: HeadOf(left), Right: HeadOf(right));
        var head = Merge(Lines(heads.Old), Lines(heads.Left), Lines(heads.Right), inFrontMatter: true);
        if (!head.OfType<MergePart.Conflict>().Any() && IsBroken(string.Concat(head.Cast<MergePart.Agreed>().Select(part => part.Text)), heads.Left, heads.Right))
        {
            head = [new MergePart.Conflict(heads.Old, heads.Left, heads.Right, InFrontMatter: true)];
        }

        var body = Merge(Lines(old[heads.Old.Length..]), Lines(left[heads.Left.Length..]), Lines(right[heads.Right.Length..]), inFrontMatter: false);
        var hadMark = before.StartsWith("\uFEFF"u8);
        var mark = mine.StartsWith("\uFEFF"u8) != hadMark ? !hadMark : theirs.StartsWith("\uFEFF"u8);
        return new TextMerge(mark, left.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n", [.. head, .. body]);
    }

    /// <summary>The file with a text for each conflict, in their order: one of its two, or any other.</summary>
    /// <exception cref="ArgumentException">There are as many conflicts as texts, or it can't be said which is whose.</exception>
    public byte[] Choose(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count != Conflicts.Count())
        {
            throw new ArgumentException("One text for each conflict is wanted.", nameof(texts));
        }

        var file = new StringBuilder(hasMark ? "\uFEFF" : "");
        var next = 0;
        for (var index = 0; index < Parts.Length; index++)
        {
            var text = Parts[index] switch
            {
                MergePart.Agreed agreed => agreed.Text,
                MergePart.Conflict conflict when texts[next++] is var chosen => chosen == conflict.Mine || chosen == conflict.Theirs ? chosen : chosen.ReplaceLineEndings(end),
                _ => "",
            };
            if (text.Length > 0 && file.Length > (hasMark ? 1 : 0) && file[^1] is not ('\n' or '\r'))
            {
                file.Append(end);
            }

            file.Append(text);
        }

        return Encoding.UTF8.GetBytes(file.ToString());
    }

    private static List<MergePart> Merge(List<string> old, List<string> left, List<string> right, bool inFrontMatter)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        int Name(string line) => names.TryGetValue(Content(line), out var name) ? name : names[Content(line)] = names.Count;
        List<int> oldNames = [.. old.Select(Name)], leftNames = [.. left.Select(Name)], rightNames = [.. right.Select(Name)];
        var inRight = SequenceDiff.Match(oldNames, rightNames).ToDictionary(pair => pair.Old, pair => pair.New);
        var stable = SequenceDiff.Match(oldNames, leftNames).Where(pair => inRight.ContainsKey(pair.Old)).Select(pair => (pair.Old, Left: pair.New, Right: inRight[pair.Old]));

        var chunks = new List<Chunk>();
        var (oldAt, leftAt, rightAt) = (0, 0, 0);
        foreach (var (oldEnd, leftEnd, rightEnd) in stable.Append((old.Count, left.Count, right.Count)))
        {
            if (oldEnd > oldAt || leftEnd > leftAt || rightEnd > rightAt)
            {
                chunks.AddRange(Changed(old[oldAt..oldEnd], left[leftAt..leftEnd], right[rightAt..rightEnd], inFrontMatter));
            }

            if (oldEnd < old.Count)
            {
                // Line ends, where only they changed, are those of whoever changed them.
                chunks.Add(new Chunk([left[leftEnd] == old[oldEnd] ? right[rightEnd] : left[leftEnd]], null));
            }

            (oldAt, leftAt, rightAt) = (oldEnd + 1, leftEnd + 1, rightEnd + 1);
        }

        return PartsOf(Grown(chunks, inFrontMatter), inFrontMatter);
    }

    /// <summary>A stretch that at least one side changed.</summary>
    private static IEnumerable<Chunk> Changed(List<string> old, List<string> left, List<string> right, bool inFrontMatter)
    {
        if (Same(left, old) || Same(left, right))
        {
            return [new Chunk(right, null)];
        }

        if (Same(right, old))
        {
            return [new Chunk(left, null)];
        }

        // Fields stand each on a line of its own, and two people may well have changed two that are neighbours.
        return inFrontMatter && old.Count > 1 && old.Count == left.Count && old.Count == right.Count && old.Zip(left, right).All(lines => FieldOf(lines.First) is { Length: > 0 } field && field == FieldOf(lines.Second) && field == FieldOf(lines.Third))
            ? old.Zip(left, right).SelectMany(lines => Changed([lines.First], [lines.Second], [lines.Third], inFrontMatter: false))
            : [new Chunk([], (old, left, right))];
    }

    /// <summary>Lines that flow into one paragraph with a conflict are part of it: half a sentence tells nobody anything.</summary>
    private static List<Chunk> Grown(List<Chunk> chunks, bool inFrontMatter)
    {
        if (inFrontMatter)
        {
            return chunks;
        }

        for (var index = 0; index < chunks.Count; index++)
        {
            if (chunks[index].Conflict is not { } conflict)
            {
                continue;
            }

            // A line above flows into the first line of each side, unless one of them begins something new.
            while (index > 0 && chunks[index - 1] is { Conflict: null, Lines: [var above] } && IsFlowing(above) && Starts(conflict).All(line => Flows(line)))
            {
                conflict = (Put(above, conflict.Old), Put(above, conflict.Left), Put(above, conflict.Right));
                chunks.RemoveAt(--index);
                chunks[index] = new Chunk([], conflict);
            }

            while (index + 1 < chunks.Count && chunks[index + 1] is { Conflict: null, Lines: [var below] } && Flows(below) && new[] { conflict.Left, conflict.Right }.Any(side => side is [.., var last] && IsFlowing(last)))
            {
                conflict = ([.. conflict.Old, below], [.. conflict.Left, below], [.. conflict.Right, below]);
                chunks.RemoveAt(index + 1);
                chunks[index] = new Chunk([], conflict);
            }
        }

        return chunks;

        static List<string> Put(string line, List<string> lines) => [line, .. lines];
        static IEnumerable<string> Starts((List<string> Old, List<string> Left, List<string> Right) conflict) => new[] { conflict.Left, conflict.Right }.Where(side => side.Count > 0).Select(side => side[0]);
    }

    private static List<MergePart> PartsOf(List<Chunk> chunks, bool inFrontMatter)
    {
        var parts = new List<MergePart>();
        var agreed = new StringBuilder();
        foreach (var chunk in chunks)
        {
            if (chunk.Conflict is not { } conflict)
            {
                Append(agreed, chunk.Lines);
                continue;
            }

            Flush();
            parts.Add(new MergePart.Conflict(Joined(conflict.Old), Joined(conflict.Left), Joined(conflict.Right), inFrontMatter));
        }

        Flush();
        return parts;

        void Flush()
        {
            if (agreed.Length > 0)
            {
                parts.Add(new MergePart.Agreed(agreed.ToString()));
                agreed.Clear();
            }
        }
    }

    private static string Joined(List<string> lines)
    {
        var text = new StringBuilder();
        Append(text, lines);
        return text.ToString();
    }

    /// <summary>The last line of a file may have no end; where something follows it now, it gets one.</summary>
    private static void Append(StringBuilder text, List<string> lines)
    {
        foreach (var line in lines)
        {
            text.Append(text.Length > 0 && text[^1] is not ('\n' or '\r') ? "\n" : "").Append(line);
        }
    }

    /// <summary>Whether merged front matter can't be read, or has a field twice, though each of the two could and had not.</summary>
    private static bool IsBroken(string merged, string left, string right) => !IsSound(merged) && IsSound(left) && IsSound(right);

    private static bool IsSound(string head)
    {
        var matter = FrontMatter.Split(head);
        if (head.Length == 0 || matter.Yaml is not { } yaml)
        {
            return head.Length == 0;
        }

        var (root, failure) = YamlTree.Read(yaml, 0);
        return failure is null && matter.Body.Length == 0 && (root is not YamlMap map || map.Entries.Select(entry => entry.Key).Distinct(StringComparer.Ordinal).Count() == map.Entries.Count);
    }

    private static string HeadOf(string text) => FrontMatter.Split(text) is { IsUnclosed: false, Yaml: not null } matter ? text[..(text.Length - matter.Body.Length)] : "";

    private static string FieldOf(string line) => line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && !char.IsWhiteSpace(line[0]) ? line[..colon] : "";

    /// <summary>Whether the next line may go on with the sentence of this one.</summary>
    private static bool IsFlowing(string line) => Content(line).Trim() is { Length: > 0 } text && text[0] is not ('#' or '|' or '`' or '~') && text[^1] != '|';

    /// <summary>Whether a line goes on with the one before it.</summary>
    private static bool Flows(string line) => IsFlowing(line) && Content(line).TrimStart() is { Length: > 0 } text && text[0] is not ('-' or '*' or '+' or '>' or ':' or '[') && !char.IsAsciiDigit(text[0]);

    private static bool Same(List<string> one, List<string> other) => one.Count == other.Count && one.Zip(other).All(pair => Content(pair.First) == Content(pair.Second));

    private static string Content(string line) => line.TrimEnd('\r', '\n');

    private static int Count(string text) => text.AsSpan().Count('\n') + text.AsSpan().Count('\r') + 1;

    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var length = text.AsSpan(at).IndexOfAny('\r', '\n');
            var next = length < 0 ? text.Length : at + length + (text.AsSpan(at + length).StartsWith("\r\n") ? 2 : 1);
            lines.Add(text[at..next]);
            at = next;
        }

        return lines;
    }

    /// <summary>Lines that are agreed, or what each side has.</summary>
    private sealed record Chunk(List<string> Lines, (List<string> Old, List<string> Left, List<string> Right)? Conflict);
}
