using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Access;

/// <summary>
/// A library with hidden documents of every kind, in every relation to open ones, or the same library as if there had never been any. No open
/// text names a hidden one: what does, tells by itself that there is something.
/// </summary>
internal sealed class TwinLibrary : IDisposable
{
    /// <summary>Paths of all documents, the hidden ones last.</summary>
    public static readonly IReadOnlyList<string> Paths = ["rules/first", "rules/second", "rules/third", "pages/counter", "desks/clerk", "notices/loud", "rules/secret", "rules/other", "vault/deep", "desks/quiet", "notices/quiet", "pages/twice"];

    private readonly string? rule;

    /// <param name="rule">The line of front matter that hides; null: nothing hidden was ever there.</param>
    public TwinLibrary(string? rule)
    {
        this.rule = rule;
        Repository = new TestRepository();
        Open("2026-01-02 00:00", commit => commit
            .Write("library.yml", "name: City of Riverton\nshort-name: Riverton\ntimezone: UTC\nkinds: { rules: policy, notices: notice, desks: desk }\ngroups: [hr]\naccess: { vault: hr }\nareas: { rules: Rules, pages: Pages }\npositions:\n  clerk: { title: Clerk }\n")
            .Write("rules/first.md", Text("First", "TW-001", "", "The common fee is ten dollars.\n\n## How\n\nCommon steps of the first.\n")));
        Hidden("2026-01-03 00:00", commit => commit
            .Write("rules/secret.md", Text("Secret", "TW-100", $"{rule}owner: clerk\nreplaces: [TW-002]\nalso-known-as: [common charge]\n", "The common fee quince, quince. See [first](first.md).\n\n## How\n\nCommon quince steps.\n"))
            .Write("vault/deep.md", Text("Deep", "TW-101", $"{rule}", "A common zebra.\n"))
            .Write("vault/plan.png", "plan"));
        Open("2026-01-04 00:00", commit => commit
            .Write("pages/counter.md", Text("Counter", "", "desk: clerk\n", "Common counter. See [second](../rules/second.md), [gone](../rules/nowhere.md).\n"))
            .Write("rules/second.md", Text("Second", "TW-002", "review-by: 2026-02-01\n", "The common second.\n")));
        Hidden("2026-01-20 00:00", commit => commit
            .Write("desks/quiet.md", $"---\ntitle: Quiet\n{rule}phone: 555-0199\nhandles: [common, fees]\n---\nText.\n")
            .Write("notices/quiet.md", $"---\ntitle: Quiet notice\n{rule}from: 2026-01-01\nuntil: 2027-01-01\nsay: Common quince\noverrides: [rules/first.md]\n---\nText.\n")
            .Write("rules/other.md", Text("Other", "TW-102", $"{rule}", "Another common quince.\n"))
            .Write("pages/twice.md", Text("Twice", "TW-001", $"{rule}", "The same number, common.\n")));
        Open("2026-01-25 00:00", commit => commit
            .Write("desks/clerk.md", "---\ntitle: Clerk\naccess: public\nphone: 555-0111\nhandles: [common]\ncovered-by: quiets\n---\nDesk.\n")
            .Write("notices/loud.md", "---\ntitle: Loud\naccess: public\nfrom: 2026-01-01\nuntil: 2027-01-01\nsay: Common loud\noverrides: [rules/first.md]\n---\nText.\n"));
        Hidden("2026-02-10 00:00", commit => commit.Write("rules/secret.md", Text("Secret", "TW-100", $"{rule}owner: clerk\n", "The common fee quince is another.\n")));
        Open("2026-03-01 00:00", commit => commit.Write("rules/first.md", Text("First", "TW-001", "", "The common fee is twelve dollars.\n\n## How\n\nCommon steps of the first.\n")));
        Hidden("2026-03-02 00:00", commit => commit.Delete("rules/other.md"));
        Open("2026-03-03 00:00", commit => commit.Write("rules/third.md", Text("Third", "TW-003", "", "The third common.\n\n> [!DO]\n> Common.\n")));
        Hidden("2026-05-01 00:00", commit => commit.Write("vault/deep.md", Text("Deeper", "TW-101", $"{rule}", "A common zebra, the latest.\n")));
        Repository.Flush();
    }

    public TestRepository Repository { get; }

    public static SiteRoutes Routes => new()
    {
        Paths = Paths,
        Ids = ["TW-001", "TW-002", "TW-003", "TW-100", "TW-101", "TW-102"],
        Words = ["commons", "quinces", "zebras", "Secrets", "fees", "quincf"],
        Files = ["vault/plan.png"],
        Areas = ["rules", "vault", "pages", "desks"],
        Tags = ["common", "secret"],
    };

    public void Dispose() => Repository.Dispose();

    private static string Text(string title, string id, string more, string text) =>
        $"---\ntitle: {title}\n{(id.Length > 0 ? $"id: {id}\n" : "")}{(more.Contains("access:", StringComparison.Ordinal) || more.Contains('#', StringComparison.Ordinal) ? "" : "access: public\n")}{more}"
        + $"tags: [common, {title.ToLowerInvariant()}]\naudience: [phone]\nsummary: Common {title}\n---\n{text}";

    private void Open(string at, Action<TestCommit> write) => Repository.Commit("Open", commit => write(commit.At(at)));

    private void Hidden(string at, Action<TestCommit> write)
    {
        if (rule is not null)
        {
            Repository.Commit("Hidden", commit => write(commit.At(at)));
        }
    }
}
