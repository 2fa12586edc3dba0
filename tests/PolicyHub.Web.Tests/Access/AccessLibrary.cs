using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Access;

/// <summary>
/// A library in which every text of every version of every document carries a word that stands nowhere else, under each kind of rule there
/// is, and under rules that changed. What it writes down about each word is all that the oracle of the test knows; no code of the site is asked.
/// </summary>
internal sealed class AccessLibrary : IDisposable
{
    /// <summary>Rules as they are written in front matter, by the name that the table uses; “gone” is a group that there was.</summary>
    private static readonly Dictionary<string, string> Written = new(StringComparer.Ordinal)
    {
        ["open"] = "",
        ["public"] = "access: public\n",
        ["hr"] = "access: hr\n",
        ["legal"] = "access: legal\n",
        ["hr+legal"] = "access: [hr, legal]\n",
        ["gone"] = "access: gone\n",
        ["nobody"] = "access: { a: b }\n",
        ["public+hr"] = "access: [public, hr]\n",
    };

    /// <summary>The rule of each version, one after another.</summary>
    private static readonly string[][] Lives =
    [
        ["open"], ["public"], ["hr"], ["legal"], ["hr+legal"], ["gone"], ["nobody"],
        ["public", "hr"], ["hr", "public"], ["hr", "open"], ["open", "hr"], ["gone", "open"], ["public", "gone"], ["nobody", "public"], ["public", "open", "public"], ["hr", "legal"], ["public+hr", "open"],
    ];

    private static readonly string[] Begins = ["2026-01-10", "2026-01-20", "2026-02-01"];

    private readonly List<MarkedWord> words = [];
    private readonly List<string> paths = [];

    public AccessLibrary()
    {
        Repository = new TestRepository();
        Repository.Commit(NoteOf("hr", "hr"), commit => commit.At("2026-01-02 00:00")
            .Write("library.yml", Settings("[hr, legal, gone]", "access: { vault: hr, opened: hr }\n"))
            .Write("pages/counter.md", "---\ntitle: Counter\naccess: public\n---\nCommon. See [a number](../rules/named.md) and ![plan](../pictures/plan.png).\n")
            .Write("pages/gas.md", "---\naccess: public\n---\n# Gas\n\nCommon. Call 555-0100.\n")
            .Write("pictures/plan.png", Mark("public", "public"))
            .Write("pictures/other.png", Mark("open", "open", isForAll: false))
            .Write("vault/closed.png", Mark("hr", "hr")));
        var lives = Lives.Select((rules, number) => (Rules: rules, Number: number, Path: NewPath("rules", rules[^1]))).ToList();
        for (var version = 0; version < Begins.Length; version++)
        {
            foreach (var (rules, number, path) in lives.Where(life => life.Rules.Length > version))
            {
                var (then, now) = (rules[version], rules[^1]);
                Repository.Commit(NoteOf(then, now), commit => commit.At($"{Begins[version]} {number:00}:00").Write(path, Text(then, now, $"AC-{number:000}", Written[then])));
            }
        }

        ChangeFolders();
        AddPeopleAndThings();
        Repository.Commit("Groups", commit => commit.At("2026-05-01 00:00").Write("library.yml", Settings("[hr, legal]", "access: { vault: hr, closing: hr }\n"))).Flush();
    }

    public TestRepository Repository { get; }

    /// <summary>Every word that is told apart.</summary>
    public IReadOnlyList<MarkedWord> Words => words;

    public SiteRoutes Routes => new()
    {
        Paths = [.. paths.Select(path => path[..^3]), "pages/counter"],
        Ids = [.. Lives.Select((_, number) => $"AC-{number:000}")],
        Words = [.. words.Where(word => word.IsTitle).Select(word => word.Word)],
        Files = ["pictures/plan.png", "pictures/other.png", "vault/closed.png"],
        Areas = ["rules", "vault", "opened", "closing", "desks"],
        Tags = ["common", .. words.Where(word => word.IsTag).Select(word => word.Word)],
        Kinds = ["policy", "process", "desk", "notice", "authority", "page"],
    };

    public void Dispose() => Repository.Dispose();

    /// <summary>Rules of folders: one that is always closed, one that was opened, one that was closed, and moves between them.</summary>
    private void ChangeFolders()
    {
        var (vault, opened, closing, out1, in1) = (NewPath("vault", "hr"), NewPath("opened", "open"), NewPath("closing", "hr"), NewPath("vault", "hr"), NewPath("rules", "hr"));

        // A text that was replaced while its folder was closed was never for all; one that stood there when it was opened was.
        Repository.Commit(NoteOf("hr", "hr"), commit => commit.At("2026-02-11 00:00").Write(vault, Text("hr", "hr", "", "")))
            .Commit(NoteOf("hr", "open"), commit => commit.At("2026-02-11 01:00").Write(opened, Text("hr", "open", "", "")))
            .Commit(NoteOf("open", "hr"), commit => commit.At("2026-02-11 02:00").Write(closing, Text("open", "hr", "", "")))
            .Commit(NoteOf("hr", "open"), commit => commit.At("2026-02-11 03:00").Write(out1, Text("hr", "open", "", "", Long)))
            .Commit(NoteOf("open", "hr"), commit => commit.At("2026-02-11 04:00").Write(in1, Text("open", "hr", "", "", Long + Long)))
            .Commit(NoteOf("hr", "open"), commit => commit.At("2026-03-12 00:00").Write(opened, Text("open", "open", "", "")))
            .Commit(NoteOf("open", "open"), commit => commit.At("2026-03-12 01:00").Move(out1, NewPath("rules", "open", of: paths)).Write(paths[^1], Text("open", "open", "", "", Long)))
            .Commit(NoteOf("hr", "hr"), commit => commit.At("2026-03-12 02:00").Move(in1, NewPath("vault", "hr", of: paths)).Write(paths[^1], Text("hr", "hr", "", "", Long + Long)))
            .Commit("Folders", commit => commit.At("2026-03-12 03:00").Write("library.yml", Settings("[hr, legal, gone]", "access: { vault: hr, closing: hr }\n")))
            .Commit(NoteOf("open", "open"), commit => commit.At("2026-03-13 00:00").Write(opened, Text("open", "open", "", "")));
    }

    /// <summary>Things that name hidden things, and are named by them.</summary>
    private void AddPeopleAndThings()
    {
        var hidden = Mark("hr", "hr");
        Repository
            .Commit(NoteOf("hr", "hr"), commit => commit.At("2026-03-14 00:00")
                // Its path stands in an open text, so it is known; what it says is not.
                .Write("rules/named.md", $"---\nid: NA-001\naccess: hr\ntitle: Named {Title("hr", "hr")}\nreplaces: [AC-000]\nalso-known-as: [{Mark("hr", "hr")}]\n---\nCommon {hidden}. See [all](../pages/counter.md).\n")
                .Write("desks/quiet.md", $"---\naccess: hr\ntitle: Desk {Title("hr", "hr")}\nphone: {Mark("hr", "hr")}\nhandles: [common {Mark("hr", "hr")}]\n---\nText.\n")
                .Write("notices/quiet.md", $"---\naccess: hr\ntitle: Notice {Title("hr", "hr")}\nfrom: 2026-01-01\nuntil: 2027-01-01\nsay: Common {Mark("hr", "hr")}\noverrides: [pages/counter.md]\n---\nText.\n"))
            .Commit(NoteOf("open", "open"), commit => commit.At("2026-03-14 01:00")
                .Write("desks/clerk.md", $"---\naccess: public\ntitle: Clerk {Title("public", "public")}\nphone: 555-0111\nextension: {Mark("public", "public", isForAll: false)}\nhandles: [common]\ncovered-by: quiet\n---\nDesk.\n")
                .Write("notices/loud.md", $"---\naccess: public\ntitle: Notice {Title("public", "public")}\nfrom: 2026-01-01\nuntil: 2027-01-01\nsay: Common {Mark("public", "public")}\ndo-not-promise: {Mark("public", "public", isForAll: false)}\noverrides: [pages/counter.md, rules/named.md]\n---\nText.\n")
                .Write("authority/limits.md", $"---\naccess: public\ntitle: Limits\nlimits:\n  - {{ role: clerk, may: \"common {Mark("public", "public", isForAll: false)}\", up-to: $25 }}\n---\nCommon {Mark("public", "public")}.\n")
                .Write("rules/asks.md", $"---\naccess: public\ntitle: Asks {Title("public", "public")}\ndesk: quiet\nowner: clerk\nreplaces: [NA-001]\n---\nCommon. See [the number](named.md), [the desk](../desks/quiet.md).\n"))
            .Commit(NoteOf("hr", "hr"), commit => commit.At("2026-03-14 02:00")
                // What owners write to steer search, about a text that few may see.
                .Write("synonyms.yml", $"- {{ words: [counterword], means: [{hidden}] }}\n- {{ words: [{hidden}], means: [common] }}\n")
                .Write("search-pins.yml", $"- {{ ask: [common], find: rules/named.md, reason: {Mark("hr", "hr")}, until: 2027-01-01, owner: clerk }}\n")
                .Write("search-contracts.yml", $"- {{ ask: common, find: rules/named.md, top: 1, owner: clerk }}\n")
                .Write(NewPath("rules", "hr"), "---\naccess: hr\nid: AC-000\n---\n# Twice\n\nText.\n"))
            // A note may name all that its commit did.
            .Commit(NoteOf("hr", "hr"), commit => commit.At("2026-03-15 00:00")
                .Write("rules/asks.md", $"---\naccess: public\ntitle: Asks {Title("public", "public")}\ndesk: quiet\nowner: clerk\n---\nCommon, too. See [the number](named.md).\n")
                .Write("rules/mixed.md", $"---\naccess: hr\ntitle: Mixed {Title("hr", "hr")}\n---\nCommon.\n"))
            .Commit(NoteOf("hr", "hr"), commit => commit.At("2026-04-15 00:00").Delete("rules/mixed.md"))
            .Commit(NoteOf("public", "public"), commit => commit.At("2026-04-16 00:00")
                .Write("rules/planned.md", $"---\naccess: public\ntitle: Planned {Title("public", "public")}\n---\nCommon now.\n"))
            .Commit(NoteOf("hr", "public"), commit => commit.At("2026-04-17 00:00")
                // A newer text that is for few until then stands behind one that is for all.
                .Write("rules/planned.md", $"---\naccess: hr\neffective: 2026-12-01\ntitle: Planned {Title("hr", "public")}\n---\nCommon then {Mark("hr", "public")}.\n"));
        paths.AddRange(["rules/named.md", "desks/quiet.md", "notices/quiet.md", "desks/clerk.md", "notices/loud.md", "authority/limits.md", "rules/asks.md", "rules/mixed.md", "rules/planned.md"]);
    }

    private string Text(string then, string now, string id, string access, string more = "")
    {
        var tag = Add(then, now, isTag: true);
        return $"---\ntitle: Rule {Title(then, now)}\n{(id.Length > 0 ? $"id: {id}\n" : "")}{access}tags: [common, {tag}]\naudience: [phone]\nsummary: Common {Mark(then, now)}\n"
            + $"also-known-as: [{Mark(then, now)} charge]\nanswers:\n  - {{ ask: \"Can the common {Mark(then, now)} be waived?\", say: \"Yes. {Mark(then, now)}\", section: how }}\n---\n"
            + $"The common {Mark(then, now)}.\n\n{more}\n\n> [!DO]\n> Common {Mark(then, now, isForAll: false)}\n\n> [!NEVER]\n> Common {Mark(then, now, isForAll: false)}\n\n## How {Mark(then, now)}\n\nCommon steps.\n";
    }

    private const string Long = "One line that stays as it is.\nAnother line that stays as it is.\nA third line that stays as it is.\nA fourth line that stays as it is.\n\nAnd one more that stays, so that the text is known again where it is moved to.\n\nAnd the last of those that stay.\n";

    /// <summary>Settings of the library; what they say is for staff.</summary>
    private string Settings(string groups, string access) =>
        $"name: City of Riverton\nshort-name: Riverton\ntimezone: UTC\nkinds: {{ rules: policy, notices: notice, desks: desk, authority: authority }}\ngroups: {groups}\n{access}"
        + $"areas: {{ rules: Rules, vault: {Add("open", "open", isForAll: false, isShown: false)} }}\naudiences: {{ phone: {Add("open", "open", isForAll: false, isShown: false)} }}\n"
        + $"positions:\n  clerk: {{ title: Clerk, held-by: [{Add("open", "open", isForAll: false, isShown: false)}] }}\nemergency: pages/gas.md\n";

    private string Title(string then, string now) => Add(then, now, isTitle: true);

    private string Mark(string then, string now, bool isForAll = true) => Add(then, now, isForAll);

    /// <summary>Change notes are for staff.</summary>
    private string NoteOf(string then, string now) => "Note " + Add(then, now, isForAll: false);

    /// <summary>A path that names itself; whoever may see the document today may know it.</summary>
    private string NewPath(string folder, string now, List<string>? of = null)
    {
        var path = $"{folder}/{Add(folder == "vault" ? "hr" : "open", now, isForAll: now == "public", isPath: true)}.md";
        (of ?? paths).Add(path);
        return path;
    }

    private string Add(string then, string now, bool isForAll = true, bool isShown = true, bool isTitle = false, bool isTag = false, bool isPath = false)
    {
        const string Letters = "bcdfghjklmnprtvw";
        var number = words.Count;
        var word = $"zq{Letters[number / 256]}a{Letters[number / 16 % 16]}o{Letters[number % 16]}um";
        words.Add(new MarkedWord(word, then, now, isForAll, isShown, isTitle, isTag, isPath));
        return word;
    }
}

/// <param name="Then">The rule of the version that holds it, in its own time.</param>
/// <param name="Now">The rule of its document today.</param>
/// <param name="IsForAll">Whether it is for everybody where its document is public; what is not is for staff.</param>
/// <param name="IsShown">Whether whoever may see it must find it on some page.</param>
internal sealed record MarkedWord(string Word, string Then, string Now, bool IsForAll, bool IsShown, bool IsTitle, bool IsTag, bool IsPath);
