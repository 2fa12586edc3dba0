using PolicyHub.Testing;

[assembly: AssemblyFixture(typeof(PolicyHub.Web.Tests.Pages.History.HistorySite))]

namespace PolicyHub.Web.Tests.Pages.History;

/// <summary>A library with a history that has everything, on 23 November 2026 in Chicago.</summary>
public sealed class HistorySite : IAsyncLifetime
{
    private const string Hash = "1111111111111111111111111111111111111111";

    private readonly TestRepository repository = Create();

    public RunningSite Site { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        repository.Flush();
        Site = await RunningSite.StartAsync(new TestClock(new DateTimeOffset(2026, 11, 23, 16, 0, 0, TimeSpan.Zero)), ("PolicyHub:Library", repository.Folder));
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        repository.Dispose();
    }

    private static TestRepository Create() => new TestRepository()
        .Commit("Settings", commit => commit.At("2025-05-01 15:00")
            .Write("library.yml", "name: City of Riverton\ntimezone: America/Chicago\nkinds: { policies: policy }\nareas: { policies: Bills and rules }\npositions:\n  billing-lead: { title: Billing lead, held-by: [Dan Osei] }\naccess: { hidden: leads }\n"))
        .Commit("Begin", commit => commit.At("2025-06-01 15:00").By("Maria Lopez", "m@x.example")
            .Write("policies/penalties.md", "---\nid: UB-014\ntitle: Penalties\n---\nA penalty is added to a late bill.\n")
            .Write("policies/plans.md", "---\ntitle: Payment plans\n---\nPay in parts.\n")
            .Write("guide.md", "# Guide\n\nHello there.\n"))
        .Commit($"Say late fees\n\nApproved-by: Dan Osei <d@x.example> as billing-lead 2025-08-08T14:02:11Z {Hash}\n", commit => commit.At("2025-08-09 15:00").By("Maria Lopez", "m@x.example")
            .Move("policies/penalties.md", "policies/late-fees.md")
            .Write("policies/late-fees.md", "---\nid: UB-014\ntitle: Late fees\n---\nA late fee is added to a late bill.\n"))
        .Commit("=cmd|'/c calc'!A1", commit => commit.At("2026-01-11 15:00").By("J. Park", "j@x.example")
            .Write("policies/late-fees.md", "---\nid: UB-014\ntitle: Late fees\neffective: 2026-02-02\ntags: [billing]\n---\nA late fee is added to a late bill.\n\n## Waivers\n\nOne fee may be waived in 24 months. <script>alert(1)</script>\n"))
        .Commit("Twelve months", commit => commit.At("2026-09-24 15:00").By("Maria Lopez", "m@x.example")
            .Write("policies/late-fees.md", "---\nid: UB-014\ntitle: Late fees\neffective: 2026-10-01\ntags: [billing]\n---\nA late fee is added to a late bill.\n\n## Waivers\n\nOne fee may be waived in 12 months. <script>alert(1)</script>\n"))
        .Commit("From January", commit => commit.At("2026-11-02 15:00").By("Maria Lopez", "m@x.example")
            .Write("policies/late-fees.md", "---\nid: UB-014\ntitle: Late fees\neffective: 2027-01-01\ntags: [billing]\n---\nA late fee is added to a late bill.\n\n## Waivers\n\nOne fee may be waived in 6 months. <script>alert(1)</script>\n"))
        .Commit("Plans are over", commit => commit.At("2026-11-03 15:00").Delete("policies/plans.md"))
        .Commit("Pay of zanzibar, and the guide", commit => commit.At("2026-11-04 15:00")
            .Write("hidden/pay.md", "---\ntitle: Zanzibar pay\n---\nSecret.\n")
            .Write("guide.md", "# Guide\n\nHello there, all.\n"))
        .Commit("Open once, then closed", commit => commit.At("2026-11-05 15:00")
            .Write("closing.md", "---\ntitle: Zebra rules\n---\nFirst text.\n"))
        .Commit("Close it", commit => commit.At("2026-11-06 15:00")
            .Write("closing.md", "---\ntitle: Zebra rules\naccess: leads\n---\nSecond text.\n"));
}
