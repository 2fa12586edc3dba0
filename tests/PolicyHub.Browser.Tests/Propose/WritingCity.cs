using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Content;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Proposals;
using PolicyHub.Testing;

namespace PolicyHub.Browser.Tests.Propose;

/// <summary>A small city whose changes are long: thirty documents, titles and comments without an end, tables wider than a screen.</summary>
internal sealed class WritingCity : IAsyncDisposable
{
    public const int Documents = 30;

    private const string Settings = """
        name: Riverton
        timezone: America/Chicago
        audiences: { counter: Counter, phone: Phone, field: Field crews }
        kinds: { policies: policy }
        positions:
          billing-lead: { title: Utility Billing Lead, held-by: [Maria Lopez], above: finance-director }
          finance-director: { title: Finance Director, held-by: [Priya Nair] }
        approvals:
          default: { by: owner }
          urgent: { by: billing-lead, approve-within: 4 hours }
        """;

    private readonly TestRepository repository = new();

    public static string LongTitle { get; } = "What to do when a customer who has moved twice within a year asks for a refund of a deposit that was paid by somebody else on an account closed before the new billing system";

    public static string LongComment { get; } = string.Concat(Enumerable.Repeat("This sentence is one of very many and says little. ", 95)) + new string('x', 100);

    public RunningSite Site { get; private set; } = null!;

    public static string Path(int number) => $"policies/utility-billing/rule-{number}.md";

    /// <param name="isHolding">What comes from outside from now on is held back.</param>
    public static async Task<WritingCity> StartAsync(bool isHolding = false)
    {
        var city = new WritingCity();
        city.repository.Commit("First", commit =>
        {
            commit.Write("library.yml", Settings);
            for (var number = 1; number <= Documents; number++)
            {
                commit.Write(Path(number), Text(number, "The fee is twenty dollars."));
            }
        }).Flush();
        city.Site = await RunningSite.StartAsync(
            new TestClock(StarterSite.Now),
            ("PolicyHub:Data", System.IO.Path.GetDirectoryName(city.repository.Folder)),
            ("PolicyHub:SignIn:Open", "false"),
            ("PolicyHub:HoldBackAfter", isHolding ? city.repository.Head().Hex : null));
        return city;
    }

    public static string Text(int number, string body, string? title = null) =>
        $"---\nid: UB-{number:000}\ntitle: {title ?? $"Rule {number} of utility billing"}\nowner: billing-lead\n---\nBring a photo ID.\n\n{body}\n\n## Fees\n\n| Fee | Cost | Who decides | Since | Until | Remark |\n| --- | --- | --- | --- | --- | --- |\n| Late fee of the second reminder | $20.00 | Utility Billing Lead or Finance Director | 1 January 2026 | further notice | Unbreakable{new string('x', 60)} |\n\n> [!SAY]\n> I have taken it off.\n";

    /// <summary>What Maria would have typed.</summary>
    public async Task<string> BeginAsync(IEnumerable<int> documents, Func<int, string> text)
    {
        var maria = new Colleague(new Guid(0, 0, 0, [0x80, 0, 0, 0, 0, 0, 0, 3]), "Maria Lopez", "maria@riverton.example", ["billing-lead"], new AuditActor { Reference = "person:3" })
        {
            Today = DateOnly.FromDateTime(StarterSite.Now.Date),
        };
        var proposal = await Site.Services.GetRequiredService<ProposalBook>().StartAsync(maria, documents.Select(number =>
        {
            var blob = Site.Edition.Find(LibraryPath.Parse(Path(number)), Reader.Anyone)?.Version.Blob?.Hex ?? "";
            return new StartedFile(Path(number), Encoding.UTF8.GetBytes(text(number))) { Base = blob, Origin = blob };
        }), CancellationToken.None);
        return $"/changes/{proposal.Id}";
    }

    /// <summary>Presses a button of the page of a change, as somebody.</summary>
    public async Task PressAsync(string sample, string change, string act, params (string Name, string Value)[] fields)
    {
        using var who = await Browsing.AsAsync(Site, sample);
        using var answer = await who.SubmitAsync(change, act == "Comment" ? "#c_comment" : $"button[formaction$={act}], form[action$={act}]", fields);
        Assert.True(answer.Headers.Location?.OriginalString.StartsWith(change + "?done=", StringComparison.Ordinal) == true, $"{act}: {answer.StatusCode} {(await RunningSite.ParseAsync(answer)).QuerySelector("[role=alert], h1")?.TextContent}");
    }

    /// <summary>Somebody changes a document without the portal; the site knows of it when this ends.</summary>
    public async Task CommitAsync(int number, string text)
    {
        repository.Commit("Outside", commit => commit.By("Olga Outside", "olga@riverton.example").At(StarterSite.Now).Write(Path(number), text)).Flush();
        for (var looked = 0; Site.Edition.Head != repository.Head() && looked < 1500; looked++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        repository.Dispose();
    }
}
