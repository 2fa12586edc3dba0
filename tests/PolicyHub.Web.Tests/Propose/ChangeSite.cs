using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Content;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Proposals;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Propose;

/// <summary>A small city with its people and rules, and changes that its author begins.</summary>
internal sealed class ChangeSite : IAsyncDisposable
{
    public const string Fees = "policies/utility-billing/fees.md";

    public const string Plans = "policies/utility-billing/plans.md";

    private const string Settings = """
        name: Riverton
        timezone: America/Chicago
        audiences: { counter: Counter, phone: Phone }
        positions:
          billing-lead: { title: Utility Billing Lead, held-by: [Maria Lopez], above: finance-director }
          finance-director: { title: Finance Director, held-by: [Priya Nair] }
          customer-service-lead: { title: Customer Service Lead, held-by: [Sam Rivera] }
          records-officer: { title: Records Officer, held-by: [Ben Sato] }
        approvals:
          default: { by: owner }
          urgent: { by: billing-lead, approve-within: 4 hours }
        """;

    private readonly TestRepository repository = new();
    private bool isEnded;

    private ChangeSite()
    {
    }

    public TestClock Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));

    public RunningSite Site { get; private set; } = null!;

    public static Task<ChangeSite> StartAsync(params (string Key, string? Value)[] settings) => StartAsync(isRemote: false, settings);

    /// <summary>The same, with its library at a remote: others can be started on it, <see cref="AlsoAsync"/>.</summary>
    public static Task<ChangeSite> StartRemoteAsync(params (string Key, string? Value)[] settings) => StartAsync(isRemote: true, settings);

    /// <summary>Another process, as it were, on the same remote, with a folder of its own.</summary>
    public Task<RunningSite> AlsoAsync(params (string Key, string? Value)[] settings) =>
        RunningSite.StartAsync(Clock, [("PolicyHub:Library", new Uri(repository.Folder).AbsoluteUri), ("PolicyHub:SignIn:Open", "false"), .. settings]);

    private static async Task<ChangeSite> StartAsync(bool isRemote, (string Key, string? Value)[] settings)
    {
        var city = new ChangeSite();
        city.repository.Commit("First", commit => commit
            .Write("library.yml", Settings)
            .Write(Fees, Text("Late fees", "The fee is twenty dollars.", "billing-lead"))
            .Write(Plans, Text("Payment plans", "A plan runs for three months.", "billing-lead"))
            .Write("policies/water/breaks.md", Text("Main breaks", "Call the water desk.", "customer-service-lead"))).Flush();
        if (isRemote)
        {
            city.Site = await city.AlsoAsync(settings);
            return city;
        }

        await city.RunAsync(settings);
        return city;
    }

    /// <summary>A city whose commits from now on need an approval.</summary>
    public static Task<ChangeSite> HoldingAsync() => StartAsync(("PolicyHub:HoldBackAfter", Here));

    /// <summary>In a setting, the head of the published branch as the site starts.</summary>
    public const string Here = "HERE";

    /// <summary>The site ends, and starts again by other settings.</summary>
    public async Task RestartAsync(params (string Key, string? Value)[] settings)
    {
        await Site.DisposeAsync();
        await RunAsync(settings);
    }

    /// <summary>The first commit of the published branch.</summary>
    public string First => repository.Git("rev-list", "--max-parents=0", "main").Trim();

    /// <summary>The head of the published branch.</summary>
    public string Head => repository.Head().Hex;

    private async Task RunAsync(params (string Key, string? Value)[] settings) => Site = await RunningSite.StartAsync(
        Clock,
        [("PolicyHub:Data", Path.GetDirectoryName(repository.Folder)), ("PolicyHub:SignIn:Open", "false"), .. settings.Select(setting => (setting.Key, setting.Value == Here ? Head : setting.Value))]);

    /// <summary>Somebody who likes git clones the library, changes files and pushes; null takes one away. The site knows of it when this ends.</summary>
    public async Task<string> PushAsync(string message, params (string Path, string? Text)[] files)
    {
        var clone = repository.Beside("clone-" + Guid.NewGuid().ToString("N"));
        TestRepository.RunGit(null, ["clone", "--quiet", repository.Flush().Folder, clone]);
        foreach (var (path, text) in files)
        {
            var file = Path.Combine(clone, path);
            if (text is null)
            {
                File.Delete(file);
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        }

        TestRepository.RunGit(clone, ["add", "--all"]);
        TestRepository.RunGit(
            clone,
            ["-c", "user.name=Olga Outside", "-c", "user.email=olga@riverton.example", "commit", "--quiet", "--allow-empty", "--author=Olga Outside <olga@riverton.example>", "--date=2026-03-02T15:00:00Z", "-m", message],
            committed: Clock.GetUtcNow());
        TestRepository.RunGit(clone, ["push", "--quiet", "origin", "HEAD:main"]);
        await KnownAsync();
        return Head;
    }

    /// <summary>Ends when the site knows of the head of the branch.</summary>
    public async Task KnownAsync()
    {
        for (var looked = 0; Site.Edition.Head != repository.Head() && looked < 500; looked++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Equal(repository.Head(), Site.Edition.Head);
    }

    public static string Text(string title, string body, string owner, string more = "") => $"---\ntitle: {title}\nowner: {owner}\n{more}---\n{body}\n";

    /// <summary>What Maria would have typed: begins a change of a document.</summary>
    public async Task<Proposal> BeginAsync(params (string Path, string Text)[] files)
    {
        var book = Site.Services.GetRequiredService<ProposalBook>();
        return await book.StartAsync(Maria, files.Select(file =>
        {
            var base64 = Site.Edition.Find(LibraryPath.Parse(file.Path), Reader.Anyone)?.Version.Blob?.Hex ?? "";
            return new StartedFile(file.Path, Encoding.UTF8.GetBytes(file.Text)) { Base = base64, Origin = base64 };
        }), CancellationToken.None);
    }

    public Task<Proposal> BeginAsync(StartedFile file) => Site.Services.GetRequiredService<ProposalBook>().StartAsync(Maria, [file], CancellationToken.None);

    /// <summary>A change of one document, sent by the page.</summary>
    public async Task<Proposal> SendAsync(Browsing author, string text = "The fee is thirty dollars.")
    {
        var proposal = await BeginAsync((Fees, Text("Late fees", text, "billing-lead")));
        using var sent = await author.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Send]", ("note", "Ask for thirty dollars"), ("why", "Ordinance 12"));
        Assert.True(sent.Headers.Location?.OriginalString == $"/changes/{proposal.Id}?done=sent", $"{sent.StatusCode}: {(await RunningSite.ParseAsync(sent)).QuerySelector("main [role=alert]")?.TextContent}");
        return proposal;
    }

    /// <summary>The folder of state.</summary>
    public string Data => Path.GetDirectoryName(repository.Folder)!;

    /// <summary>Somebody else publishes, by git alone; the site knows of it when this ends.</summary>
    public async Task CommitAsync(string path, string text)
    {
        repository.Commit("Outside", commit => commit.By("Olga Outside", "olga@riverton.example").At(Clock.GetUtcNow()).Write(path, text)).Flush();
        for (var looked = 0; Site.Edition.Head != repository.Head() && looked < 500; looked++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Equal(repository.Head(), Site.Edition.Head);
    }

    /// <summary>Sends a change by its page and has the sample approver say yes; it is published, and the site knows.</summary>
    public async Task ApproveAsync(Browsing author, Guid id, params (string Name, string Value)[] fields)
    {
        using var sent = await author.SubmitAsync($"/changes/{id}", "button[formaction$=Send]", fields);
        Assert.True(sent.Headers.Location?.OriginalString == $"/changes/{id}?done=sent", $"{sent.StatusCode}: {await ToldAsync(sent)}");
        using var approver = await Browsing.AsAsync(Site, "approver");
        using var approved = await approver.SubmitAsync($"/changes/{id}", "button[formaction$=Approve], form[action$=Approve]");
        Assert.True(approved.Headers.Location?.OriginalString == $"/changes/{id}?done=published", $"{approved.StatusCode}: {(await RunningSite.ParseAsync(approved)).QuerySelector("main [role=alert]")?.TextContent}");
        for (var looked = 0; Site.Edition.Head != repository.Head() && looked < 500; looked++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<string> ToldAsync(HttpResponseMessage answer) =>
        string.Join(' ', (await RunningSite.ParseAsync(answer)).QuerySelectorAll("main [role=alert], .findings li").Select(line => line.TextContent.Trim()));

    /// <summary>Every text that the published branch had at a path, the newest first.</summary>
    public IEnumerable<string> Line(string path) => repository.Git("log", "--format=%H", "main", "--", path).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(commit => repository.Git("show", $"{commit}:{path}"));

    public string Published(string path) => repository.Git("show", $"main:{path}");

    /// <summary>The last message on the published branch.</summary>
    public string Message() => repository.Git("log", "-1", "--format=%B", "main");

    /// <summary>Ends the site; what it kept stays.</summary>
    public ValueTask EndAsync()
    {
        isEnded = true;
        return Site.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!isEnded)
        {
            await Site.DisposeAsync();
        }

        repository.Dispose();
    }

    /// <summary>The sample author, as the site knows her.</summary>
    public static Colleague Maria { get; } = new(
        new Guid(0, 0, 0, [0x80, 0, 0, 0, 0, 0, 0, 3]), "Maria Lopez", "maria@riverton.example", ["billing-lead"], new AuditActor { Reference = "person:3", Name = "Maria Lopez" })
    {
        Today = new DateOnly(2026, 3, 2),
    };
}
