using System.Collections.Immutable;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

/// <summary>Small collections written as literals, and random ones.</summary>
internal static class Library
{
    /// <param name="body">Sections by <c>## Heading</c> lines; what stands above the first is the lead.</param>
    public static SearchableDocument Doc(
        string path, string title, string body = "", string? id = null, DocumentKind kind = DocumentKind.Policy, string access = "",
        string[]? known = null, string[]? tags = null, string[]? audience = null, DirectAnswer[]? answers = null, KindDetails? details = null, string summary = "", DateTimeOffset since = default) => new()
        {
            Key = $"{path}\0{title}\0{body}\0{access}",
            Access = access,
            InEffectSince = since,
            Document = new Document
            {
                Path = LibraryPath.Parse(path + ".md"),
                Title = title,
                Summary = summary,
                Id = id,
                Kind = kind,
                AlsoKnownAs = [.. known ?? []],
                Tags = [.. tags ?? []],
                Audience = [.. audience ?? []],
                Answers = [.. answers ?? []],
                Details = details,
                Body = "",
                BodyLine = 1,
            },
            Sections = Sections(body),
        };

    public static SearchResults Find(this SearchIndex index, string text, params string[] labels) =>
        index.Search(new SearchQuery { Text = text }, new Reader(labels));

    public static string[] Paths(this SearchResults results) => [.. results.Hits.Select(hit => hit.Document.Document.Path.WithoutExtension)];

    public static SearchIndex Index(params SearchableDocument[] documents) => SearchIndex.Build(documents, "en");

    /// <summary>Everything that a reader is shown of a search, as one text.</summary>
    public static string Print(this SearchResults results) => string.Join('\n',
    [
        $"total {results.Total} corrected {results.CorrectedTo} suggestion {results.Suggestion}",
        .. results.Kinds.Select(kind => $"{kind.Kind} {kind.Count}"),
        .. results.Answers.Select(answer => $"{answer.Document.Document.Path} {answer.Answer.Ask}"),
        .. results.Hits.Select(hit => $"{hit.Document.Document.Path} #{hit.Section} {hit.Score:R} {Marked(hit.Title)} {Marked(hit.Heading)} {Marked(hit.Excerpt)} {string.Join(',', hit.OtherSections)}"),
    ]);

    public static string Marked(MarkedText text)
    {
        var marked = text.Text;
        foreach (var mark in text.Marks.Reverse())
        {
            marked = marked.Insert(mark.Start + mark.Length, "]").Insert(mark.Start, "[");
        }

        return marked;
    }

    /// <summary>Documents of words from a small vocabulary, so that words meet, with labels, kinds, names and answers among them.</summary>
    public static SearchableDocument[] Random(Random random, int count, params string[] labels)
    {
        string[] words = ["late", "fee", "fees", "waiver", "water", "shut", "off", "shutoff", "bill", "billing", "pay", "payment", "permit", "trash", "cart", "the", "a", "of", "form", "refund"];
        string Words(int most) => string.Join(' ', Enumerable.Range(0, random.Next(1, most)).Select(_ => words[random.Next(words.Length)]));
        return
        [
            .. Enumerable.Range(0, count).Select(number =>
            {
                var label = labels.Length > 0 && random.Next(3) == 0 ? labels[random.Next(labels.Length)] : "";
                // A hidden document has words of its own, so that a leak shows.
                var secret = label.Length > 0 ? $" {label} secret{random.Next(3)} waivers watr" : "";
                return Doc(
                    $"d{number}",
                    Words(4) + secret,
                    $"{Words(20)}\n## {Words(4)}\n{Words(30)}{secret}\n## {Words(3)}\n{Words(10)}",
                    id: random.Next(3) == 0 ? $"UB-{number:000}" : null,
                    kind: DocumentKinds.All[random.Next(3)],
                    access: label,
                    known: random.Next(2) == 0 ? [Words(3), Words(3)] : [],
                    tags: random.Next(2) == 0 ? ["money"] : [],
                    audience: random.Next(2) == 0 ? ["counter"] : [],
                    answers: random.Next(3) == 0 ? [new DirectAnswer(Words(5), Words(5), null, null)] : [],
                    details: random.Next(6) == 0 ? new TermDetails([Words(2)], Words(2)) : null,
                    summary: random.Next(2) == 0 ? Words(8) : "");
            }),
        ];
    }

    private static ImmutableArray<RenderedSection> Sections(string body)
    {
        var sections = new List<(string Heading, List<string> Lines)> { ("", []) };
        foreach (var line in body.Split('\n'))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                sections.Add((line[3..], []));
            }
            else
            {
                sections[^1].Lines.Add(line);
            }
        }

        return
        [
            .. sections.Select((section, i) => new RenderedSection(
                section.Heading, section.Heading.ToLowerInvariant().Replace(' ', '-'), i == 0 ? 0 : 2, string.Join('\n', section.Lines), 0, 0, 1)),
        ];
    }
}
