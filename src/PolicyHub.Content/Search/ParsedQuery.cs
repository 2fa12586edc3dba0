using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Search;

/// <summary>A word of a query.</summary>
/// <param name="Quoted">Inside quotation marks: meant exactly.</param>
/// <param name="Unfinished">The last word, still being typed.</param>
/// <param name="Times">How often the query has it.</param>
internal sealed record QueryWord(Word Word, bool Quoted, bool Unfinished, int Times = 1)
{
    public string Text => Word.Folded;
}

/// <summary>Words that must, or must not, stand behind one another.</summary>
internal sealed record Phrase(IReadOnlyList<string> Words, bool Excluded, bool Unfinished);

/// <summary>
/// A query taken apart: words; phrases in quotation marks; <c>-word</c>; <c>kind:form</c>; <c>id:UB-014</c>. Everything that is no
/// complete piece of this syntax is just words, so no text is wrong.
/// </summary>
internal sealed record ParsedQuery
{
    /// <summary>What is longer is cut: a question has some 20 words, a pasted paragraph 200.</summary>
    private const int MostLetters = 2000;

    private const int MostWords = 64;
    private const string KindFilter = "kind:";
    private const string IdFilter = "id:";

    /// <summary>The query as it is searched: as typed, but for what is beyond the limits.</summary>
    public required string Text { get; init; }

    public required IReadOnlyList<QueryWord> Words { get; init; }

    public IReadOnlyList<Phrase> Phrases { get; init; } = [];

    public DocumentKind? Kind { get; init; }

    /// <summary>Only the document with this id, in the form of <see cref="AnalysedDocument.NormalizeId"/>.</summary>
    public string? Id { get; init; }

    public bool IsEmpty => Words.Count == 0 && Phrases.Count == 0 && Kind is null && Id is null;

    public static ParsedQuery Parse(string text, bool unfinished, Analyzer analyzer)
    {
        text = text.Length <= MostLetters ? text : text[..MostLetters];
        var words = new List<QueryWord>();
        var phrases = new List<Phrase>();
        DocumentKind? kind = null;
        string? id = null;
        foreach (var (start, length, quoted, closed, excluded) in Pieces(text))
        {
            var piece = text.AsSpan(start, length);
            if (!quoted && !excluded && TryFilter(piece, KindFilter, out var kindName) && DocumentKinds.TryParse(kindName.ToLowerInvariant(), out var named))
            {
                kind = named;
                continue;
            }

            if (!quoted && !excluded && TryFilter(piece, IdFilter, out var idText) && AnalysedDocument.NormalizeId(idText) is { Length: > 0 } wanted)
            {
                id = wanted;
                continue;
            }

            var read = analyzer.Words(piece.ToString()).ConvertAll(word => word with { Start = word.Start + start });
            var open = unfinished && !closed && read.Count > 0 && !EndsWord(text, read[^1].End);
            if (excluded || (quoted && read.Count > 1))
            {
                if (read.Count > 0)
                {
                    phrases.Add(new Phrase(read.ConvertAll(word => word.Folded), excluded, open && !excluded));
                }
            }

            if (!excluded)
            {
                words.AddRange(read.Select((word, i) => new QueryWord(word, quoted, open && i == read.Count - 1)));
            }
        }

        return new ParsedQuery { Text = text, Words = Limit(words), Phrases = [.. phrases.Take(MostWords)], Kind = kind, Id = id };
    }

    /// <summary>Whether anything after the last word says that it is finished; a hyphen, as in "UB-", does not.</summary>
    private static bool EndsWord(string text, int end) => text.AsSpan(end).ContainsAnyExcept("-'’.,()".AsSpan());

    private static bool TryFilter(ReadOnlySpan<char> piece, string name, out string value)
    {
        value = piece.StartsWith(name, StringComparison.OrdinalIgnoreCase) ? piece[name.Length..].ToString() : "";
        return value.Length > 0;
    }

    /// <summary>A long text loses its later words; one that comes again counts at its first place.</summary>
    private static List<QueryWord> Limit(List<QueryWord> words)
    {
        if (words.Count <= 8)
        {
            return words;
        }

        var kept = new List<QueryWord>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            if (!word.Unfinished && places.TryGetValue(word.Text, out var place) && !kept[place].Unfinished)
            {
                kept[place] = kept[place] with { Times = kept[place].Times + 1 };
            }
            else if (kept.Count < MostWords)
            {
                places[word.Text] = kept.Count;
                kept.Add(word);
            }
        }

        return kept;
    }

    /// <summary>
    /// What is quoted, excluded or looks like a filter is a piece; so is the plain text between, whole, because some words (a phone
    /// number) have spaces in them. A quotation mark that is never closed runs to the end.
    /// </summary>
    private static IEnumerable<(int Start, int Length, bool Quoted, bool Closed, bool Excluded)> Pieces(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var excluded = IsExclusion(text, at);
            at += excluded ? 1 : 0;
            var start = at;
            if (IsQuote(text[at]))
            {
                start++;
                at++;
                while (at < text.Length && !IsQuote(text[at]))
                {
                    at++;
                }

                var closed = at < text.Length;
                yield return (start, at - start, true, closed, excluded);
                at += closed ? 1 : 0;
            }
            else
            {
                var single = excluded || IsFilter(text, at);
                while (at < text.Length && !IsQuote(text[at]) && !(char.IsWhiteSpace(text[at]) && (single || IsSpecial(text, at + 1))))
                {
                    at++;
                }

                yield return (start, at - start, false, false, excluded);
            }
        }
    }

    private static bool IsSpecial(string text, int at) => at < text.Length && (IsExclusion(text, at) || IsFilter(text, at));

    private static bool IsExclusion(string text, int at) =>
        text[at] == '-' && at + 1 < text.Length && (IsQuote(text[at + 1]) || char.IsLetterOrDigit(text[at + 1]));

    private static bool IsFilter(string text, int at) =>
        text.AsSpan(at).StartsWith(KindFilter, StringComparison.OrdinalIgnoreCase) || text.AsSpan(at).StartsWith(IdFilter, StringComparison.OrdinalIgnoreCase);

    private static bool IsQuote(char letter) => letter is '"' or '\u201C' or '\u201D' or '\u201E' or '\u00AB' or '\u00BB';
}
