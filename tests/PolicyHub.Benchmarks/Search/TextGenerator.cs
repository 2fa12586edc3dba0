using System.Text;
using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Search;

namespace PolicyHub.Benchmarks.Search;

/// <summary>
/// Documents with the statistics of a model and no sense. Words come out of an urn that starts with the counts of the real text and
/// gets a new word as a Pitman-Yor process does (Teh 2006): its discount is the exponent of Heaps' law. Within a document,
/// some words come from the document itself, which makes them bursty as in real text.
/// </summary>
internal sealed class TextGenerator
{
    /// <summary>Words that grow the vocabulary get letters of their own after a real word, so that prefixes and slips meet them as they meet real ones.</summary>
    private const int MostNewLetters = 3;

    private readonly TextModel model;
    private readonly Random random;
    private readonly List<string> words;

    /// <summary>Each occurrence of each word: drawing one at random draws a word by its count.</summary>
    private readonly List<int> urn = [];
    private readonly List<int> own = [];

    public TextGenerator(TextModel model, int seed)
    {
        (this.model, random) = (model, new Random(seed));
        words = [.. model.Words];
        for (var word = 0; word < model.Counts.Length; word++)
        {
            for (var i = 0; i < model.Counts[word]; i++)
            {
                urn.Add(word);
            }
        }
    }

    /// <summary>Documents with at least so many sections in all; the last one is cut where the number is reached.</summary>
    public List<SearchableDocument> Documents(int sections)
    {
        var documents = new List<SearchableDocument>();
        for (var left = sections; left > 0; left -= documents[^1].Sections.Length)
        {
            documents.Add(Document(documents.Count, left));
        }

        return documents;
    }

    /// <summary>The share of words that the document had before, over some documents.</summary>
    public double ShareRepeated(int documents)
    {
        var (all, repeated) = (0L, 0L);
        for (var i = 0; i < documents; i++)
        {
            Document(i, int.MaxValue);
            all += own.Count;
            repeated += own.Count - own.Distinct().Count();
        }

        return (double)repeated / all;
    }

    private SearchableDocument Document(int number, int mostSections)
    {
        own.Clear();
        var shape = model.Shapes[random.Next(model.Shapes.Length)];
        var path = $"generated/{number}.md";
        return new SearchableDocument
        {
            Key = path,
            Access = "",
            Document = new Document
            {
                Path = LibraryPath.Parse(path),
                Title = Text(Math.Max(1, shape.Title)),
                Summary = Text(shape.Summary),
                Kind = DocumentKind.Page,
                Body = "",
                BodyLine = 1,
            },
            Sections =
            [
                .. shape.Sections.Take(mostSections).Select((section, i) =>
                    new RenderedSection(i == 0 ? "" : Text(Math.Max(1, section.Heading)), $"s{i}", i == 0 ? 0 : 2, Text(section.Text), 0, 0, 0)),
            ],
        };
    }

    private string Text(int length)
    {
        var text = new StringBuilder();
        for (var i = 0; i < length; i++)
        {
            text.Append(i == 0 ? "" : " ").Append(words[Next()]);
        }

        return text.ToString();
    }

    private int Next()
    {
        var word = own.Count > 0 && random.NextDouble() < model.Repeats ? own[random.Next(own.Count)] : Draw();
        own.Add(word);
        return word;
    }

    /// <summary>A new word with the chance discount × vocabulary / words of text, else one by its count.</summary>
    private int Draw()
    {
        var isNew = random.NextDouble() * urn.Count < model.Heaps * words.Count;
        var word = isNew ? words.Count : urn[random.Next(urn.Count)];
        if (isNew)
        {
            words.Add(NewWord());
        }

        urn.Add(word);
        return word;
    }

    /// <summary>A word is unknown to no one who numbers it by its place: the letters after it are that number's.</summary>
    private string NewWord()
    {
        var letters = new StringBuilder(words[random.Next(words.Count)]);
        for (var (rest, i) = (words.Count, 0); rest > 0 || i < MostNewLetters; rest /= 26, i++)
        {
            letters.Append((char)('a' + (rest % 26)));
        }

        return letters.Length <= 24 ? letters.ToString() : letters.ToString(letters.Length - 24, 24);
    }
}
