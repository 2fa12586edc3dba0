using System.Collections.Immutable;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Search;

namespace PolicyHub.Content.Editing;

/// <summary>Words of government speak in a text, and what to say instead.</summary>
/// <param name="Written">As it stands in the text.</param>
/// <param name="Plain">What the library's own term says instead.</param>
/// <param name="Term">The term that says so.</param>
/// <param name="Field">The field of the front matter in which it stands, such as <c>answers[0].say</c>; null: the body.</param>
/// <param name="Anchor">That of its section; empty for what stands above the first heading.</param>
/// <param name="Line">The line of the file, from 1; that of its section, or of its field, where it can't be told.</param>
public sealed record PlainWordHint(string Written, string Plain, LibraryPath Term, string? Field, string Anchor, int Line);

/// <summary>Finds what the library's terms say is not to be said. Knows all forms of a word. Keep one for as long as its edition is served; safe for use by many threads.</summary>
public sealed class PlainWords
{
    private const int Most = 200;

    private readonly Analyzer analyzer;
    private readonly ILookup<string, (ImmutableArray<string> Stems, ImmutableArray<string> Words, TermDetails Term, EditionDocument Document)> phrases;

    public PlainWords(Edition edition)
    {
        ArgumentNullException.ThrowIfNull(edition);
        analyzer = Analyzer.For(edition.Settings.Language);
        phrases = (from document in edition.All
                   let term = document.Document.Details as TermDetails
                   where term is not null
                   from phrase in term.InsteadOf
                   let words = analyzer.Words(phrase).Select(word => word.Folded).ToImmutableArray()
                   where words.Length > 0
                   let stems = words.Select(analyzer.Stem).ToImmutableArray()
                   select (stems, words, term, document)).ToLookup(phrase => phrase.stems[0], phrase => (phrase.stems, phrase.words, phrase.term, phrase.document), StringComparer.Ordinal);
    }

    /// <summary>In the order of the text; a term itself, which has to name what is not said, has none.</summary>
    public ImmutableArray<PlainWordHint> Find(Document document, RenderedBody body, Reader reader)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(body);
        if (document.Kind == DocumentKind.Term)
        {
            return [];
        }

        var lines = document.Body.Split('\n');
        var fields = document.Answers.Index().SelectMany(answer => new[] { ($"answers[{answer.Index}].say", answer.Item.Say), ($"answers[{answer.Index}].only-if", answer.Item.OnlyIf ?? "") })
            .Prepend(("summary", document.WrittenAt.Of("summary").Line > 0 ? document.Summary : "")).Prepend(("title", document.Title));
        var inFields = from field in fields
                       from found in In(field.Item2, reader)
                       select new PlainWordHint(found.Written, found.Plain, found.Term, field.Item1, "", document.WrittenAt.Of(field.Item1).Line);
        var inBody = from section in body.Sections
                     from found in In(section.Heading, reader).Concat(In(section.Text, reader))
                     select new PlainWordHint(found.Written, found.Plain, found.Term, null, section.Anchor, TextPlace.LineOf(document, lines, section, found.Written));
        return [.. inFields.Concat(inBody).Take(Most)];
    }

    private IEnumerable<(string Written, string Plain, LibraryPath Term)> In(string text, Reader reader)
    {
        var words = analyzer.Words(text);
        var stems = words.Select(word => analyzer.Stem(word.Folded)).ToList();
        for (var at = 0; at < words.Count;)
        {
            // Of two phrases that begin alike the longer is meant.
            var (found, _, term, document) = phrases[stems[at]]
                .Where(phrase => at + phrase.Stems.Length <= stems.Count && phrase.Stems.Index().All(stem => stems[at + stem.Index] == stem.Item && IsForm(words[at + stem.Index].Folded, phrase.Words[stem.Index])) && reader.MaySee(phrase.Document.Access))
                .OrderByDescending(phrase => phrase.Stems.Length)
                .FirstOrDefault();
            if (document is null)
            {
                at++;
                continue;
            }

            yield return (text[words[at].Start..words[at + found.Length - 1].End], term.Plain, document.Path);
            at += found.Length;
        }
    }

    /// <summary>Whether a word is a form of another with the same stem: it has all of it but the last letter. “Utility” has the stem of “utilize” and is another word.</summary>
    private static bool IsForm(string written, string word) => written == word || (word.Length > 3 && written.StartsWith(word[..^1], StringComparison.Ordinal)) || (written.Length > 3 && word.StartsWith(written[..^1], StringComparison.Ordinal));
}
