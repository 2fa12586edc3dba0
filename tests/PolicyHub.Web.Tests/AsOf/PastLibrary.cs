using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.AsOf;

/// <summary>
/// A library with a past and plans, in which every version of every document carries a word that stands nowhere else, so that a page
/// tells by its words which versions it showed.
/// </summary>
internal static class PastLibrary
{
    public static readonly string[] Markers =
        ["alphazero", "betaquartz", "gammonite", "deltawing", "epsilonic", "zetafore", "etamorph", "thetacron", "iotaplane", "kappaline", "lambdaform", "muonfield"];

    public static TestRepository Create() => new TestRepository()
        .Commit("Begin", commit => commit.At("2026-01-05 15:00")
            .Write("library.yml", "name: City of Riverton\nshort-name: Riverton\ntimezone: America/Chicago\nkinds: { policies: policy, notices: notice, desks: desk, processes: process }\naccess: { hr: hr }\nareas: { policies: Policies }\naudiences: { phone: Phone }\nemergency: policies/gas.md\n")
            .Write("policies/fees.md", Text("Fees alphazero", "FE-001", "alphazero", "The common fee is ten dollars. See [the gas page](gas.md) and ![form](../files/form.png).", "also-known-as: [alphazero charge]\nanswers:\n  - { ask: \"Can the common alphazero fee be waived?\", say: \"Yes, once. alphazero\", section: how }\n"))
            .Write("policies/gas.md", Text("Gas", "GA-001", "", "Common. Call 555-0100."))
            .Write("policies/dogs.md", Text("Dogs betaquartz", "DO-001", "betaquartz", "A common dog rule."))
            .Write("policies/late.md", Text("Late gammonite", "LA-001", "gammonite", "A common late rule."))
            .Write("processes/guest.md", "---\ntitle: Guest deltawing\nid: PR-001\nsteps:\n  - { letter: G, name: Greet deltawing, do: { phone: Common deltawing }, say: { phone: Hello } }\n---\nText.\n")
            .Write("desks/billing.md", "---\ntitle: Billing epsilonic\nphone: 555-0111\nhandles: [common epsilonic]\n---\nDesk.\n")
            .Write("files/form.png", "zetafore"))
        .Commit("Second", commit => commit.At("2026-02-10 15:00")
            .Write("policies/fees.md", Text("Fees etamorph", "FE-001", "etamorph", "The common fee is twelve dollars. See [the gas page](gas.md) and ![form](../files/form.png).", "also-known-as: [etamorph charge]\nanswers:\n  - { ask: \"Can the common etamorph fee be waived?\", say: \"Yes, once. etamorph\", section: how }\n"))
            .Write("files/form.png", "thetacron"))
        .Commit("Council adopts retroactively", commit => commit.At("2026-03-02 15:00")
            .Write("policies/late.md", Text("Late iotaplane", "LA-001", "iotaplane", "A common late rule.", "effective: 2026-01-20\n")))
        .Commit("Dogs are the county's now", commit => commit.At("2026-04-01 15:00").Delete("policies/dogs.md")
            .Write("policies/animals.md", Text("Animals kappaline", "AN-001", "kappaline", "A common animal rule.", "replaces: [DO-001]\n")))
        .Commit("Planned", commit => commit.At("2026-05-04 15:00")
            .Write("policies/fees.md", Text("Fees lambdaform", "FE-001", "lambdaform", "The common fee is twenty dollars.", "effective: 2026-12-01\n"))
            .Write("hr/pay.md", Text("Pay muonfield", "HR-001", "muonfield", "Common pay.")))
        .Flush();

    private static string Text(string title, string id, string marker, string body, string fields = "") =>
        $"---\ntitle: {title}\nid: {id}\ndesk: billing\ntags: [common]\naudience: [phone]\nsummary: Common {marker}\n{fields}---\n{body} {marker}\n\n## How {marker}\n\nCommon steps. {marker}\n\n## Why\n\nCommon.\n\n## Who\n\nCommon.\n";
}
