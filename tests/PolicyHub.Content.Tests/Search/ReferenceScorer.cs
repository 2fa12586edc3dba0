using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

/// <summary>
/// The core of the ranking once more, slow and obvious: BM25F over whole documents and over their sections for words as they stand, without
/// prefixes, corrections, synonyms or the second look. It keeps no index: every number is counted anew from the texts. Usual lengths and rounding
/// follow the rules that <see cref="ReferenceLengths"/> and <see cref="Impact"/> state, in arithmetic of its own.
/// </summary>
internal sealed class ReferenceScorer(IReadOnlyList<SearchableDocument> documents, Ranking ranking)
{
    private static readonly Analyzer English = Analyzer.For("en");

    private static readonly float[] Fallback = [256, 16, 16, 32, 16, 8, 1, 4];

    private readonly List<Entry> entries = [.. documents.Select(document => new Entry(document))];

    /// <summary>Paths and scores, best first.</summary>
    public List<(string Path, float Score)> Search(string[] words)
    {
        var found = new List<(string Path, float Score, float Cover)>();
        foreach (var entry in entries)
        {
            var (total, cover) = (0f, 0f);
            var sections = new float[entry.Source.Sections.Length];
            foreach (var word in words)
            {
                var forms = FormsOf(word);
                if (forms.Count == 0)
                {
                    continue;
                }

                var rarity = Rarity(forms.Max(form => entries.Count(other => other.Has(form))));
                var score = rarity * Saturated(Sum(forms, word, form => InDocument(entry, form)));
                total += score;
                cover += score > 0 ? rarity : 0;
                for (var section = 0; section < sections.Length; section++)
                {
                    sections[section] += rarity * Saturated(Sum(forms, word, form => InSection(entry, section, form)));
                }
            }

            if (total > 0)
            {
                found.Add((entry.Source.Document.Path.WithoutExtension, (ranking.DocumentShare * total) + (ranking.SectionShare * sections.Max()), cover));
            }
        }

        var least = found.Count == 0 ? 0 : found.Max(hit => hit.Cover) * ranking.LeastCover;
        return
        [
            .. found.Where(hit => hit.Cover >= least)
                .OrderByDescending(hit => hit.Score)
                .Select(hit => (hit.Path, hit.Score)),
        ];
    }

    private List<string> FormsOf(string word) =>
    [
        .. entries.SelectMany(entry => entry.Texts).SelectMany(text => text.Words).Distinct(StringComparer.Ordinal)
            .Where(other => English.Stem(other).Equals(English.Stem(word), StringComparison.Ordinal)),
    ];

    private float Sum(List<string> forms, string typed, Func<string, float> frequency)
    {
        var isWord = forms.Contains(typed);
        return forms.Sum(form => frequency(form) * (form.Equals(typed, StringComparison.Ordinal) || !isWord ? 1f : ranking.Form));
    }

    private float InDocument(Entry entry, string word)
    {
        var sum = 0f;
        foreach (var field in Enum.GetValues<Field>())
        {
            var usual = Usual([.. entries.Where(other => other.Source.Access.Length == 0).Select(other => other.Length(field))], Fallback[(int)field]);
            var b = ranking.Lengths[(int)field];
            sum += ranking.Weights[(int)field] * entry.Count(field, word) / (1 - b + (b * entry.Length(field) / usual));
        }

        return Rounded(sum);
    }

    /// <summary>The power of two nearest to the average of the lengths that are not 0, of documents that everyone may see; where there are none of these, a number that stands for nothing.</summary>
    private static float Usual(int[] lengths, float fallback)
    {
        var positive = lengths.Where(length => length > 0).ToList();
        var average = positive.Count == 0 ? 1 : positive.Average();
        return lengths.Length == 0 ? fallback : (float)Enumerable.Range(0, 24).Select(power => Math.Pow(2, power)).MinBy(power => Math.Abs(Math.Log2(power) - Math.Log2(Math.Max(1, average))));
    }

    /// <summary>The index keeps 16 frequencies from one power of two to the next, evenly spaced; from 17/16 of the lowest of them to 31/16 of the highest.</summary>
    private static float Rounded(float frequency)
    {
        if (frequency <= 0)
        {
            return 0;
        }

        var power = Math.Floor(Math.Log2(frequency));
        var step = Math.Pow(2, power) / 16;
        return (float)Math.Clamp(Math.Floor((frequency / step) + 0.5) * step, 17.0 / 16 / 128, 31.0 / 16 * 256);
    }

    private float InSection(Entry entry, int section, string word)
    {
        var usual = Usual([.. entries.Where(other => other.Source.Access.Length == 0).SelectMany(other => other.Texts.Where(text => text.Field == Field.Body)).Select(text => text.Words.Length)], 64);
        var own = entry.Texts.Where(text => text.Section == section).ToList();
        int Count(Field field) => own.Where(text => text.Field == field).Sum(text => text.Words.Count(other => other.Equals(word, StringComparison.Ordinal)));
        var length = own.Where(text => text.Field == Field.Body).Sum(text => text.Words.Length);
        return (Count(Field.Body) / (1 - ranking.SectionLength + (ranking.SectionLength * length / usual)))
            + (Count(Field.Heading) * ranking.SectionHeading)
            + (Count(Field.Answers) * ranking.SectionAnswer);
    }

    private float Saturated(float frequency) => frequency / (ranking.Saturation + frequency);

    private float Rarity(int having) => MathF.Log(1 + ((entries.Count - having + 0.5f) / (having + 0.5f)));

    private sealed class Entry
    {
        public Entry(SearchableDocument source)
        {
            Source = source;
            var document = source.Document;
            Add(Field.Title, document.Title);
            Add(Field.Id, document.Id ?? "");
            Add(Field.AlsoKnownAs, [.. document.AlsoKnownAs]);
            Add(Field.Summary, [document.Summary, .. document.Tags]);
            foreach (var answer in document.Answers)
            {
                Add(Field.Details, answer.Say, answer.OnlyIf ?? "");
                Texts.Add((Field.Answers, 0, Split(answer.Ask)));
            }

            for (var i = 0; i < source.Sections.Length; i++)
            {
                Texts.Add((Field.Heading, i, Split(source.Sections[i].Heading)));
                Texts.Add((Field.Body, i, Split(source.Sections[i].Text)));
            }
        }

        public SearchableDocument Source { get; }

        public List<(Field Field, int Section, string[] Words)> Texts { get; } = [];

        public bool Has(string word) => Texts.Exists(text => text.Words.Contains(word));

        public int Length(Field field) => Texts.Where(text => text.Field == field).Sum(text => text.Words.Length);

        public int Count(Field field, string word) => Texts.Where(text => text.Field == field).Sum(text => text.Words.Count(other => other.Equals(word, StringComparison.Ordinal)));

        private static string[] Split(string text) => [.. English.Words(text).Select(word => word.Folded)];

        private void Add(Field field, params ReadOnlySpan<string> texts)
        {
            foreach (var text in texts)
            {
                Texts.Add((field, -1, Split(text)));
            }
        }
    }
}
