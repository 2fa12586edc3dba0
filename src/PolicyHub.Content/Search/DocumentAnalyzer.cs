using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Search;

/// <summary>Turns documents into streams of word numbers, with numbers of its own: one a thread, put together afterwards.</summary>
internal sealed class DocumentAnalyzer(Analyzer analyzer)
{
    private const int MostSections = ushort.MaxValue;

    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<int> words = [];
    private readonly List<Run> runs = [];

    /// <summary>See <see cref="AnalysedDocument.TextStarts"/>.</summary>
    private readonly List<int> starts = [];

    /// <summary>The words met, in the order of their numbers.</summary>
    public List<string> Met { get; } = [];

    /// <summary>A document whose words have the numbers of a dictionary: those of <see cref="Analyse"/>, translated.</summary>
    public static AnalysedDocument Translate(AnalysedDocument document, int[] words, List<int> translation, List<ushort> units)
    {
        units.Clear();
        var translated = new Run[document.Runs.Length];
        for (var i = 0; i < translated.Length; i++)
        {
            var start = units.Count;
            foreach (var word in words.AsSpan(document.Runs[i].Start..document.Runs[i].End))
            {
                WordStream.Append(units, translation[word]);
            }

            translated[i] = document.Runs[i] with { Start = start, End = units.Count };
        }

        return document with { Units = [.. units], Runs = translated };
    }

    /// <returns>The document without its words, and these, in numbers of this analyzer; runs are places in them.</returns>
    public (AnalysedDocument Document, int[] Words) Analyse(SearchableDocument source)
    {
        words.Clear();
        runs.Clear();
        starts.Clear();
        var document = source.Document;
        Add(Field.Title, document.Title);
        Add(Field.Id, document.Id);
        Add(Field.AlsoKnownAs, document.AlsoKnownAs);
        Add(Field.Summary, document.Summary);
        Add(Field.Summary, document.Tags);
        foreach (var answer in document.Answers)
        {
            Add(Field.Details, answer.Say);
            Add(Field.Details, answer.OnlyIf);
        }

        foreach (var (field, text) in DetailTexts.Of(document.Details))
        {
            Add(field, text);
        }

        var sectionLengths = new int[Math.Min(source.Sections.Length, MostSections)];
        var answerRuns = new int[document.Answers.Length];
        answerRuns.AsSpan().Fill(-1);
        var answersIn = document.Answers
            .Select((answer, number) => (answer.Ask, Number: number, Section: SectionOf(answer, source)))
            .ToLookup(answer => answer.Section);
        for (var i = 0; i < sectionLengths.Length; i++)
        {
            var section = source.Sections[i];
            Add(Field.Heading, section.Heading, i);
            foreach (var (ask, number, _) in answersIn[i])
            {
                var run = runs.Count;
                Add(Field.Answers, ask, i);
                answerRuns[number] = runs.Count > run ? run : -1;
            }

            var before = words.Count;
            Add(Field.Body, section.Text, i);
            sectionLengths[i] = words.Count - before;
        }

        var lengths = new int[Ranking.Fields];
        foreach (var run in runs)
        {
            lengths[(int)run.Field] += run.Length;
        }

        var analysed = new AnalysedDocument
        {
            Source = source,
            Units = [],
            Runs = [.. runs],
            Lengths = lengths,
            SectionLengths = sectionLengths,
            TextStarts = [.. starts],
            SectionsWithText = sectionLengths.Count(length => length > 0),
            AnswerRuns = answerRuns,
            Tie = AnalysedDocument.TieOf(document.Path.Value),
            Id = AnalysedDocument.NormalizeId(document.Id ?? ""),
        };
        return (analysed, [.. words]);
    }

    /// <summary>The section that an answer cites; the first where it cites none, or one that is not there.</summary>
    private static int SectionOf(DirectAnswer answer, SearchableDocument source)
    {
        for (var i = 1; i < source.Sections.Length && answer.Section is not null; i++)
        {
            if (source.Sections[i].Anchor.Equals(answer.Section, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return 0;
    }

    private void Add(Field field, IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            Add(field, text);
        }
    }

    private void Add(Field field, string? text, int section = -1)
    {
        var start = words.Count;
        var lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        var reader = new WordReader(text, analyzer, stackalloc char[WordReader.Longest]);
        for (var next = AnalysedDocument.Stride; reader.Next();)
        {
            if (field == Field.Body && words.Count - start == next)
            {
                starts.Add(reader.IsPart ? -1 : reader.Start);
                next += AnalysedDocument.Stride;
            }

            if (!lookup.TryGetValue(reader.Folded, out var number))
            {
                number = Met.Count;
                var word = reader.Folded.ToString();
                Met.Add(word);
                numbers.Add(word, number);
            }

            words.Add(number);
        }

        if (words.Count > start)
        {
            runs.Add(new Run(field, section, start, words.Count));
        }
    }
}
