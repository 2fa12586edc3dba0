using System.Numerics;
using System.Runtime.CompilerServices;

namespace PolicyHub.Content.Search;

/// <summary>
/// Scores of one level, documents or sections, in dense arrays: a clause's words one after the other, the best alternative of
/// each, then the sum over clauses. What a group of terms gives is the business of the level.
/// </summary>
internal abstract class Level(Ranking ranking)
{
    private float[] word = [];
    private float[] clause = [];
    private float[] part = [];
    private byte[] groups = [];

    /// <summary>Gathered term frequency of a group, zero outside of <see cref="Gather(int, float)"/>.</summary>
    protected float[] Frequency { get; private set; } = [];

    /// <summary>The places that <see cref="Frequency"/> has been raised at.</summary>
    protected int[] Touched { get; private set; } = [];

    protected int TouchedCount { get; set; }

    protected Ranking Ranking => ranking;

    public float[] Total { get; private set; } = [];

    /// <summary>The importance of the clauses that occur.</summary>
    public float[] Cover { get; private set; } = [];

    public int Size { get; private set; }

    /// <summary>What is added from here on is added only where something was found.</summary>
    protected bool StaysWithFound { get; set; }

    public void Score(QueryPlan plan, int size)
    {
        Prepare(size);
        foreach (var next in plan.Clauses.Where(next => !next.IsCommon))
        {
            ScoreClause(next);
        }

        if (plan.Clauses.Any(next => next.IsCommon))
        {
            // MaxScore's idea (Turtle and Flood 1995): what hardly counts need not be looked for everywhere.
            StayWithFound();
            foreach (var next in plan.Clauses.Where(next => next.IsCommon))
            {
                ScoreClause(next);
            }
        }
    }

    /// <summary>From here on, places without a score are of no interest; unless none has one.</summary>
    protected virtual void StayWithFound()
    {
    }

    private void ScoreClause(Clause next)
    {
        if (next.Words.Count == 1 && next.Alternatives.Count == 0)
        {
            if (next.Words[0].Alternatives is [{ Groups: [var group] } only] && !StaysWithFound)
            {
                // One thing may stand for the word, as for most: what it scores needs no place to be compared in.
                AddOnly(group, only.Weight, next.Words[0].Word.Times, next.Importance);
                return;
            }

            ScoreWord(next.Words[0]);
            Add(word, Total, Cover, next.Words[0].Word.Times, next.Importance);
            return;
        }

        foreach (var one in next.Words)
        {
            ScoreWord(one);
            Add(word, clause, null, one.Word.Times, 0);
        }

        foreach (var alternative in next.Alternatives)
        {
            Max(alternative, clause);
        }

        Add(clause, Total, Cover, 1, next.Importance);
    }

    /// <summary>Touches each place of a word with what the word weighs there, over all fields.</summary>
    protected abstract void Gather(int word, float weight);

    /// <summary>Raises what is less than the score of a word by itself.</summary>
    protected virtual void Saturate(int word, float scale, float[] into)
    {
        TouchedCount = 0;
        Gather(word, 1f);
        Saturate(scale, into, isSum: false);
    }

    /// <summary>Adds the score of a word by itself to <see cref="Total"/>, and an importance to <see cref="Cover"/> wherever it occurs.</summary>
    protected virtual void AddOnly(int word, float scale, float importance)
    {
        TouchedCount = 0;
        Gather(word, 1f);
        AddTouched(scale, importance);
    }

    private void AddOnly(TermGroup group, float weight, float times, float importance)
    {
        var scale = times * weight * group.Rarity;
        if (group.Words.Length == 1 && group.Weights[0] == 1f)
        {
            AddOnly(group.Words[0], scale, importance);
            return;
        }

        if (GatherDense(group))
        {
            AddDense(scale, importance);
            return;
        }

        Gather(group);
        AddTouched(scale, importance);
    }

    /// <summary>Raises <see cref="Frequency"/> by all forms of a word without a list of where, if they are in so many places that going over all is cheaper.</summary>
    protected virtual bool GatherDense(TermGroup group) => false;

    private void AddDense(float scale, float importance)
    {
        var (factor, worth, half) = (new Vector<float>(scale), new Vector<float>(importance), new Vector<float>(ranking.Saturation));
        for (var place = 0; place < Size; place += Vector<float>.Count)
        {
            // The arrays have room past the last place, and what is past it has no frequency.
            var frequency = new Vector<float>(Frequency, place);
            (new Vector<float>(Total, place) + (factor * frequency / (half + frequency))).CopyTo(Total, place);
            var met = Vector.ConditionalSelect(Vector.GreaterThan(frequency, Vector<float>.Zero), worth, Vector<float>.Zero);
            (new Vector<float>(Cover, place) + met).CopyTo(Cover, place);
            Vector<float>.Zero.CopyTo(Frequency, place);
        }
    }

    private void SaturateDense(float scale, float[] into)
    {
        var (factor, half) = (new Vector<float>(scale), new Vector<float>(ranking.Saturation));
        for (var place = 0; place < Size; place += Vector<float>.Count)
        {
            var frequency = new Vector<float>(Frequency, place);
            Vector.Max(new Vector<float>(into, place), factor * frequency / (half + frequency)).CopyTo(into, place);
            Vector<float>.Zero.CopyTo(Frequency, place);
        }
    }

    private void AddTouched(float scale, float importance)
    {
        for (var i = 0; i < TouchedCount; i++)
        {
            var place = Touched[i];
            Total[place] += scale * Frequency[place] / (ranking.Saturation + Frequency[place]);
            Cover[place] += importance;
            Frequency[place] = 0;
        }
    }

    /// <param name="frequency">More than 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Touch(int place, float frequency)
    {
        // Without a branch: whether another form of the word was here before nobody can foretell.
        ref var sum = ref Frequency[place];
        Touched[TouchedCount] = place;
        TouchedCount += sum == 0 ? 1 : 0;
        sum += frequency;
    }

    private void ScoreWord(WordClause clause)
    {
        foreach (var alternative in clause.Alternatives)
        {
            Max(alternative, word);
        }
    }

    private void Max(Alternative alternative, float[] into)
    {
        if (alternative.Groups.Length == 1)
        {
            Saturate(alternative.Groups[0], alternative.Weight, into, isSum: false);
            return;
        }

        foreach (var group in alternative.Groups)
        {
            Saturate(group, alternative.Weight, part, isSum: true);
        }

        for (var place = 0; place < Size; place++)
        {
            if (groups[place] == alternative.Groups.Length)
            {
                into[place] = Math.Max(into[place], part[place]);
            }

            (part[place], groups[place]) = (0, 0);
        }
    }

    /// <summary>BM25: rarity × tf / (k1 + tf), with tf gathered over fields and forms before it saturates (BM25F).</summary>
    private void Saturate(TermGroup group, float weight, float[] into, bool isSum)
    {
        if (group.Words.Length == 1 && !isSum && group.Weights[0] == 1f)
        {
            Saturate(group.Words[0], weight * group.Rarity, into);
            return;
        }

        if (!isSum && GatherDense(group))
        {
            SaturateDense(weight * group.Rarity, into);
            return;
        }

        Gather(group);
        Saturate(weight * group.Rarity, into, isSum);
    }

    private void Gather(TermGroup group)
    {
        TouchedCount = 0;
        for (var i = 0; i < group.Words.Length; i++)
        {
            Gather(group.Words[i], group.Weights[i]);
        }
    }

    private void Saturate(float scale, float[] into, bool isSum)
    {
        for (var i = 0; i < TouchedCount; i++)
        {
            var place = Touched[i];
            var score = scale * Frequency[place] / (ranking.Saturation + Frequency[place]);
            Frequency[place] = 0;
            if (isSum)
            {
                into[place] += score;
                groups[place]++;
            }
            else if (score > into[place])
            {
                into[place] = score;
            }
        }
    }

    /// <summary>Adds scores to a sum, notes what they cover, and clears them.</summary>
    private void Add(float[] scores, float[] sum, float[]? cover, float times, float importance)
    {
        var from = scores.AsSpan(0, Size);
        var place = 0;
        var (factor, worth) = (new Vector<float>(times), new Vector<float>(importance));
        var onlyFound = cover is not null && StaysWithFound;
        for (; place <= Size - Vector<float>.Count; place += Vector<float>.Count)
        {
            var score = new Vector<float>(from[place..]);
            score = onlyFound ? Vector.ConditionalSelect(Vector.GreaterThan(new Vector<float>(cover!, place), Vector<float>.Zero), score, Vector<float>.Zero) : score;
            (new Vector<float>(sum, place) + (score * factor)).CopyTo(sum, place);
            if (cover is not null)
            {
                var met = Vector.ConditionalSelect(Vector.GreaterThan(score, Vector<float>.Zero), worth, Vector<float>.Zero);
                (new Vector<float>(cover, place) + met).CopyTo(cover, place);
            }
        }

        for (; place < Size; place++)
        {
            if (onlyFound && cover![place] <= 0)
            {
                continue;
            }

            sum[place] += from[place] * times;
            if (cover is not null && from[place] > 0)
            {
                cover[place] += importance;
            }
        }

        from.Clear();
    }

    private void Prepare(int size)
    {
        (Size, StaysWithFound) = (size, false);
        if (Total.Length < size)
        {
            // What goes over 64 places at a time may go over the end.
            var room = size + (size / 4) + 64;
            (Total, Cover, Frequency, Touched) = (new float[room], new float[room], new float[room], new int[room + 1]);
            (word, clause, part, groups) = (new float[room], new float[room], new float[room], new byte[room]);
            return;
        }

        // The others are left clean by those who use them.
        Total.AsSpan(0, size).Clear();
        Cover.AsSpan(0, size).Clear();
    }
}
