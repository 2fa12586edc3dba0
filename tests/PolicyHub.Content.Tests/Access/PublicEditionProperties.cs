using FsCheck;
using FsCheck.Fluent;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Search;
using PolicyHub.Content.Tests.Editions;
using PolicyHub.Content.Tests.Search;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Access;

/// <summary>
/// For everybody, a library with words for staff, and with documents that are not public, is the same as one in which they were never written.
/// Words of staff start with “zq”; a text written without them has nothing in their place.
/// </summary>
public sealed class PublicEditionProperties
{
    private const string Settings = "kinds: { desks: desk, authority: authority, process: process, terms: term }\naccess: { hr: hr }\ngroups: [hr]\n";

    private static readonly string[] Words = ["late", "fee", "waiver", "water", "shut", "bill", "billing", "pay", "permit", "trash", "cart", "form", "refund"];

    [Fact]
    public async Task ForPublic_GeneratedLibrary_IsAsIfHiddenThingsWereNeverWritten()
    {
        var libraries = new List<Written[]>();
        Seeded.Check(Documents, libraries.Add, count: 12);
        foreach (var documents in libraries)
        {
            using var all = Write(documents.Select(document => (document.Path, document.Whole)));
            using var open = Write(documents.Where(document => document.IsPublic).Select(document => (document.Path, document.Open)));
            var (shown, alone) = (await PublicOf(all), await PublicOf(open));

            var everything = Everything.In(shown);
            Assert.DoesNotContain("zq", everything, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(alone.All.Select(document => document.Path), shown.All.Select(document => document.Path));
            foreach (var (document, same) in shown.All.Zip(alone.All))
            {
                Assert.Equal(Tidy(same.Rendered.Html.Value), Tidy(document.Rendered.Html.Value));
                Assert.Equal(same.Rendered.Sections.Select(section => (section.Heading, section.Anchor, section.Text)), document.Rendered.Sections.Select(section => (section.Heading, section.Anchor, section.Text)));
                Assert.Equal(shown.LinksTo(document, Reader.Auditor).Select(from => from.Path), alone.LinksTo(same, Reader.Auditor).Select(from => from.Path));
            }

            foreach (var text in Words.Concat(["zq1", "zq2 fee", "zq", "z", "w", "fee zq3", "wter", "shutoff", "late feee", "\"zq1\"", "kind:desk", "zqfee"]))
            {
                var query = new SearchQuery { Text = text, Facets = true };
                Assert.Equal(alone.Search(query, Reader.Anyone).Print(), shown.Search(query, Reader.Auditor).Print());
            }
        }
    }

    private static string Tidy(string html) => html.ReplaceLineEndings("\n").Replace("\n\n", "\n", StringComparison.Ordinal);

    private static TestRepository Write(IEnumerable<(string Path, string Text)> documents) =>
        new TestRepository().Commit("All", commit =>
        {
            commit.At("2026-01-02 00:00").Write("library.yml", Settings);
            foreach (var (path, text) in documents)
            {
                commit.Write(path, text);
            }
        });

    private static async Task<Edition> PublicOf(TestRepository repository)
    {
        using var editions = await TestEdition.OpenAsync(repository);
        return (await editions.AtAsync("2026-06-01T00:00Z")).ForPublic;
    }

    private sealed record Written(string Path, bool IsPublic, string Whole, string Open);

    /// <summary>A piece of a source, and the same without what is for staff.</summary>
    private sealed record Piece(string Whole, string Open)
    {
        public static Piece Same(string text) => new(text, text);
    }

    private static Gen<Written[]> Documents =>
        from documents in Gen.Choose(0, 9).SelectMany(One).ArrayOf(9)
        select documents.DistinctBy(document => document.Path).ToArray();

    private static Gen<Written> One(int number) =>
        from folder in Gen.Elements("rules", "rules", "hr", "desks", "authority", "process", "terms")
        from isPublic in Gen.Elements(true, true, false)
        from access in isPublic ? Gen.Constant("public") : Gen.Elements("", "hr", "[public, hr]", "gone", "{ a: b }")
        from title in Sentence(3)
        from summary in Gen.Elements(true, false)
        from body in Block(2).ArrayOf(4)
        let path = $"{folder}/{number}.md"
        let mark = isPublic ? "" : " zq9"
        let fields = $"access: {access}\ntitle: {title}{mark}\n{(summary ? $"summary: In short {title}{mark}\n" : "")}tags: [{(isPublic ? "money" : "zqtag")}]\nanswers:\n  - {{ ask: {title}{mark}, say: Yes{mark} }}\n"
        select new Written(
            path, isPublic,
            $"---\n{fields}{StaffFields(folder)}---\n{string.Join("\n\n", body.Select(piece => piece.Whole))}\n{mark}\n",
            $"---\n{fields}{OpenFields(folder)}---\n{string.Join("\n\n", body.Select(piece => piece.Open))}\n{mark}\n");

    private static string OpenFields(string folder) => folder switch
    {
        "desks" => "phone: 555\nhandles: [water bill]\n",
        "process" => "steps:\n  - { name: Greet, say: [Good morning] }\n",
        "terms" => "plain: bill\ninstead-of: [invoice]\n",
        _ => "",
    };

    private static string StaffFields(string folder) => folder switch
    {
        "desks" => OpenFields(folder) + "transfer: zqstar\nextension: zq12\nnot-ours:\n  - { topic: zqtopic, who: zqwho }\n",
        "authority" => "limits:\n  - { role: zqrole, may: zqwaive fee, up-to: zq50 }\n",
        "process" => "steps:\n  - { name: Greet, say: [Good morning], do: [zqsmile] }\n",
        _ => OpenFields(folder),
    } + "audience: [zqcrew]\nmust-read: [zqcrew]\nreview-by: 2026-02-02\nreplaces: [zq-1]\n";

    private static Gen<Piece> Block(int depth) => depth == 0 ? Leaf : Gen.Frequency(
        (4, Leaf),
        (2, Block(depth - 1).Select(inner => Prefixed("> ", inner))),
        (1, Block(depth - 1).Select(inner => new Piece("> [!SAY]\n> Say this.\n>\n" + Prefixed("> ", inner).Whole, "> [!SAY]\n> Say this.\n>\n" + Prefixed("> ", inner).Open))),
        (1, from target in Gen.Choose(0, 9)
            from folder in Gen.Elements("zqhr", "../zqhr/zq", "../files/zq.pdf")
            select new Piece($"See [this page]({folder}{target}.md \"zqtitle\") and ![a plan]({folder}.png).", "See this page and a plan.")),
        (4, from kind in Gen.Elements("DO", "NEVER", "do", "DONE")
            from inner in Block(depth - 1)
            from sameLine in Gen.Elements(" zq1 fee\n", "\n> zq2 waiver\n", "\n> zq3[^a]\nzq4 lazily\n")
            select new Piece($"> [!{kind}]{(kind == "DONE" ? "\n> zq6\n" : sameLine)}>\n{Prefixed("> ", inner).Whole}", "")));

    private static Gen<Piece> Leaf => Gen.OneOf(
        Sentence(12).Select(Piece.Same),
        Sentence(3).Select(words => Piece.Same("## " + words)),
        from one in Sentence(3)
        from other in Sentence(3)
        select Piece.Same($"| {one} | {other} |\n|---|---|\n| {other} | 2 |"));

    private static Gen<string> Sentence(int most) =>
        from count in Gen.Choose(1, most)
        from words in Gen.Elements(Words).ArrayOf(count)
        select string.Join(' ', words);

    private static Piece Prefixed(string prefix, Piece piece) => new(Prefixed(prefix, piece.Whole), Prefixed(prefix, piece.Open));

    private static string Prefixed(string prefix, string text) => string.Join('\n', text.Split('\n').Select(line => prefix + line));
}
