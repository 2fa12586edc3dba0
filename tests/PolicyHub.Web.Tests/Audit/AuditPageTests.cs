using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.Audit;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Audit;

/// <summary>What is told to the audit log over HTTP, and how auditors read it.</summary>
public sealed class AuditPageTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestClock clock = new(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));
    private readonly TestRepository repository = new TestRepository().Commit("First", "fees.md", "---\nid: UB-001\n---\n# Fees\n\nTen dollars.\n").Flush();
    private RunningSite site = null!;

    public async ValueTask InitializeAsync()
    {
        site = await RunningSite.StartAsync(clock, ("PolicyHub:Library", repository.Folder), ("PolicyHub:SignIn:Open", "false"));
        await UntilAsync(rows => rows.Exists(row => row.Entry.Kind == "publication"));
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        repository.Dispose();
    }

    [Fact]
    public async Task SignInAndOut_AreTold()
    {
        using var browsing = await Browsing.AsAsync(site, "author");
        using var _ = await browsing.SubmitAsync("/sign-out", "main form");

        var rows = await RowsAsync();
        Assert.Equal(["sign-out sample", "sign-in sample", "publication served"], rows.Select(row => $"{row.Entry.Kind} {row.Entry.What}"));
        Assert.All(rows.Take(2), row => Assert.Equal(("billing-lead", "Maria Lopez", "127.0.0.1"), (row.Entry.Position, row.Personal["name"], row.Personal["address"])));
        Assert.Equal(repository.Head().Hex, rows[2].Entry.Commit);
    }

    [Theory]
    [InlineData("reader")]
    [InlineData("lead")]
    [InlineData("author")]
    [InlineData("approver")]
    [InlineData("administrator")]
    public async Task Audit_ForWhoeverIsNoAuditor_IsRefusedAndTheRefusalToldOnceAMinute(string sample)
    {
        using var browsing = await Browsing.AsAsync(site, sample);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var answer = await browsing.Client.GetAsync(new Uri("/audit", UriKind.Relative));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.DoesNotContain("publication", await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(["/audit 1"], Refusals(await RowsAsync()));
        clock.Advance(TimeSpan.FromMinutes(1));
        await UntilAsync(rows => Refusals(rows).Count == 2);
        Assert.Equal(["/audit 4", "/audit 1"], Refusals(await RowsAsync()));
    }

    [Fact]
    public async Task Form_WithoutItsToken_IsRefusedAndTold()
    {
        using var browsing = await Browsing.AsAsync(site, "reader");
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("on", "1")]);
        using var answer = await browsing.Client.PostAsync(new Uri("/pins?read=fees", UriKind.Relative), form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var row = Assert.Single(await RowsAsync(), row => row.Entry.Kind == "refusal");
        Assert.Equal(("form-token", "127.0.0.1"), (row.Entry.What, row.Personal["address"]));
    }

    [Fact]
    public async Task Limit_ThatWasMet_IsToldOnceAMinuteWhateverWasAsked()
    {
        await site.DisposeAsync();
        site = await RunningSite.StartAsync(clock, ("PolicyHub:Library", repository.Folder), ("PolicyHub:SignIn:Open", "false"), ("PolicyHub:ExportsPerMinute", "2"));
        using var browsing = await Browsing.AsAsync(site, "reader");
        var statuses = new List<HttpStatusCode>();
        for (var asked = 0; asked < 5; asked++)
        {
            using var answer = await browsing.Client.GetAsync(new Uri($"/changes?format=csv&page={asked}", UriKind.Relative), TestContext.Current.CancellationToken);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(3, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
        Assert.Equal("limit", Assert.Single(await RowsAsync(), row => row.Entry.Kind == "refusal").Entry.What);
    }

    [Fact]
    public async Task Audit_NotSignedIn_LeadsToSigningIn()
    {
        using var answer = await site.Client.GetAsync(new Uri("/audit", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task Audit_ForAnAuditor_ShowsRowsHeadAndThatItIsNotAnchored()
    {
        using var browsing = await Browsing.AsAsync(site, "auditor");
        var page = await browsing.GetAsync("/audit");

        Assert.Equal(["Sign-in", "Publication"], page.QuerySelectorAll("table.audit tbody tr").Select(row => row.Children[2].TextContent));
        Assert.StartsWith("2 ", page.QuerySelector("#audit-line")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Ben Sato", page.QuerySelector("#row-2")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Not anchored", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The audit log is not anchored.", await site.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?kind=sign-in", "2")]
    [InlineData("?kind=refusal", "")]
    [InlineData("?text=SERVED", "1")]
    [InlineData("?text=Ben", "")]
    [InlineData("?since=2026-03-02&until=2026-03-02", "2 1")]
    [InlineData("?since=2026-03-03", "")]
    [InlineData("?until=2026-03-01", "")]
    [InlineData("?before=2", "1")]
    public async Task Audit_Filtered_ShowsTheRowsThatFit(string question, string expected)
    {
        using var browsing = await Browsing.AsAsync(site, "auditor");
        var page = await browsing.GetAsync("/audit" + question);
        Assert.Equal(expected, string.Join(' ', page.QuerySelectorAll("table.audit tbody th").Select(number => number.TextContent)));
    }

    [Theory]
    [InlineData("?kind=nothing", HttpStatusCode.BadRequest)]
    [InlineData("?since=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("?before=0", HttpStatusCode.BadRequest)]
    [InlineData("?before=x", HttpStatusCode.BadRequest)]
    [InlineData("?format=xml", HttpStatusCode.BadRequest)]
    [InlineData("?look-up=1", HttpStatusCode.Forbidden)]
    [InlineData("?look-up=2", HttpStatusCode.Forbidden)]
    [InlineData("?look-up=x", HttpStatusCode.Forbidden)]
    public async Task Audit_WrongAddress_SaysWhatToDo(string question, HttpStatusCode expected)
    {
        using var browsing = await Browsing.AsAsync(site, "auditor");
        using var answer = await browsing.Client.GetAsync(new Uri("/audit" + question, UriKind.Relative));
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Audit_ManyRows_ArePagedByNumber()
    {
        var log = site.Services.GetRequiredService<AuditLog>();
        for (var row = 0; row < 120; row++)
        {
            await log.AppendAsync(new AuditEvent { Kind = AuditKind.Notice, Who = AuditActor.Hub, What = "posted" }, CancellationToken.None);
        }

        using var browsing = await Browsing.AsAsync(site, "auditor");
        var (address, seen) = ("/audit", new List<string>());
        while (address is not null)
        {
            var page = await browsing.GetAsync(address);
            seen.AddRange(page.QuerySelectorAll("table.audit tbody th").Select(number => number.TextContent));
            address = page.QuerySelector(".pager a[rel=next]")?.GetAttribute("href");
        }

        Assert.Equal(Enumerable.Range(1, 122).Reverse().Select(number => $"{number}"), seen);
    }

    [Fact]
    public async Task Audit_OnePerson_AsksWhyAndTells()
    {
        using (await Browsing.AsAsync(site, "reader"))
        using (var browsing = await Browsing.AsAsync(site, "auditor"))
        {
            var reader = (await RowsAsync()).Single(row => row.Personal.GetValueOrDefault("name") == "Teresa Nguyen").Entry;
            using var without = await browsing.SubmitAsync("/audit", ".audit-look-up form", ("row", $"{reader.Number}"), ("reason", " "));
            Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
            using var answer = await browsing.SubmitAsync("/audit", ".audit-look-up form", ("row", $"{reader.Number}"), ("reason", "Complaint 12"));
            var page = await browsing.GetAsync(answer.Headers.Location!.OriginalString);

            Assert.Equal(["4", "2"], page.QuerySelectorAll("table.audit tbody th").Select(number => number.TextContent));
            Assert.Contains("Rows about Teresa Nguyen only.", page.Body!.TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain("reason", answer.Headers.Location.OriginalString, StringComparison.Ordinal);
            var told = (await RowsAsync())[0];
            Assert.Equal(("look-up", reader.Actor, "Complaint 12"), (told.Entry.Kind, told.Entry.Subject, told.Personal["reason"]));

            // It does not hold for ever, and every export of it is told.
            Assert.Contains("Teresa Nguyen", await browsing.Client.GetStringAsync(answer.Headers.Location.OriginalString + "&format=csv"), StringComparison.Ordinal);
            Assert.Equal(("export", "audit.csv", "one-person"), ((await RowsAsync())[0].Entry.Kind, (await RowsAsync())[0].Entry.What, (await RowsAsync())[0].Entry.Subject));
            clock.Advance(TimeSpan.FromMinutes(61));
            using var later = await browsing.Client.GetAsync(answer.Headers.Location);
            Assert.Equal(HttpStatusCode.Forbidden, later.StatusCode);
        }
    }

    [Fact]
    public async Task Audit_LookUpWithoutTheToken_IsRefused()
    {
        using var browsing = await Browsing.AsAsync(site, "auditor");
        using var form = new FormUrlEncodedContent([new("row", "2"), new("reason", "why")]);
        using var answer = await browsing.Client.PostAsync(new Uri("/audit?handler=LookUp", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Audit_AsFiles_HoldsWhatTheHashesAreOf()
    {
        using var browsing = await Browsing.AsAsync(site, "auditor");
        var csv = await browsing.Client.GetStringAsync("/audit?format=csv");
        var lines = (await browsing.Client.GetStringAsync("/audit?format=jsonl")).Trim().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.StartsWith("number,at,kind,actor", csv, StringComparison.Ordinal);
        Assert.Equal([4, 3, 2, 1], lines.Select(line => line.GetProperty("number").GetInt64()));
        Assert.All(lines.Zip(lines.Skip(1)), pair => Assert.Equal(pair.First.GetProperty("previous").GetString(), pair.Second.GetProperty("hash").GetString()));
        Assert.Equal("Ben Sato", lines[^2].GetProperty("personal").GetProperty("name").GetString());
        Assert.Equal(["export audit.jsonl", "export audit.csv"], (await RowsAsync()).Take(2).Select(row => $"{row.Entry.Kind} {row.Entry.What}"));
    }

    [Fact]
    public async Task Table_OfAnyPageAsAFile_IsTold()
    {
        var routes = new SiteRoutes { Paths = ["fees"], Ids = ["UB-001"], Words = [], Files = [], Areas = [] };
        using var browsing = await Browsing.AsAsync(site, "auditor");
        var (before, tables) = ((await RowsAsync()).Count, new List<string>());
        foreach (var address in routes.All.Where(address => address != "/sign-out" && !address.Contains("format=", StringComparison.Ordinal)).Select(address => SiteRoutes.With(address, "format=csv")))
        {
            using var head = await browsing.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, new Uri(address, UriKind.Relative)));
            using var answer = await browsing.Client.GetAsync(new Uri(address, UriKind.Relative));
            if (answer.Content.Headers.ContentType?.MediaType == "text/csv")
            {
                tables.Add(address);
            }
        }

        // /audit answers a question for its head alone as it does all others.
        var told = (await RowsAsync()).SkipLast(before).Where(row => row.Entry.Kind == "export").ToList();
        Assert.Equal(["audit.csv", "audit.csv", "changes.csv", "changes.csv", "changes.csv", "compare.csv", "compare.csv", "history.csv"], told.Select(row => row.Entry.What).Order());
        Assert.Equal(7, tables.Count);
    }

    [Fact]
    public async Task Changes_OfAPersonAsAFile_AreToldWithoutTheName()
    {
        using var browsing = await Browsing.AsAsync(site, "reader");
        Assert.StartsWith("Published,", await browsing.Client.GetStringAsync("/changes?format=csv&kind=policy&person=Maria"), StringComparison.Ordinal);
        var told = (await RowsAsync())[0];
        Assert.Equal(("export", "changes.csv", repository.Head().Hex, """{"kind":"policy","person":"one"}"""), (told.Entry.Kind, told.Entry.What, told.Entry.Commit, told.Entry.Details));
        Assert.Equal("Teresa Nguyen", told.Personal["name"]);
        Assert.DoesNotContain("Maria", told.Personal.Values);
    }

    [Fact]
    public async Task History_AsAFile_IsToldWithItsDocumentAndForEverybodyNot()
    {
        repository.Commit("Open", "fees.md", "---\nid: UB-001\naccess: public\n---\n# Fees\n\nTen dollars.\n").Flush();
        await using var open = await RunningSite.StartAsync(
            clock, ("PolicyHub:Library", repository.Folder), ("PolicyHub:SignIn:Open", "false"), ("PolicyHub:SignIn:Public", "true"), ("PolicyHub:Data", site.Data + "-open"));
        var book = open.Services.GetRequiredService<AuditBook>();
        async Task<List<string>> ExportsAsync() =>
            [.. (await book.ReadAsync(new AuditQuestion(), null, 1000, CancellationToken.None)).Where(row => row.Entry.Kind == "export").Select(row => $"{row.Entry.What} {row.Entry.Subject}")];

        using var everybody = await open.Client.GetAsync(new Uri("/changes?format=csv", UriKind.Relative));
        Assert.NotEqual("text/csv", everybody.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await ExportsAsync());

        using var browsing = await Browsing.AsAsync(open, "reader");
        Assert.Contains("First", await browsing.Client.GetStringAsync("/history/fees?format=csv"), StringComparison.Ordinal);
        Assert.Equal(["history.csv fees.md"], await ExportsAsync());
    }

    [Fact]
    public async Task Evidence_Taken_IsTold()
    {
        using var browsing = await Browsing.AsAsync(site, "auditor");
        using var answer = await browsing.Client.GetAsync(new Uri("/evidence?on=2026-03-01", UriKind.Relative));
        Assert.Equal("application/zip", answer.Content.Headers.ContentType?.MediaType);
        var told = (await RowsAsync())[0];
        Assert.Equal(("evidence", "pack", repository.Head().Hex, "Ben Sato"), (told.Entry.Kind, told.Entry.What, told.Entry.Commit, told.Personal["name"]));
    }

    [Fact]
    public async Task Push_IsToldAsAPublicationAndARewriteAsOne()
    {
        var first = repository.Head();
        repository.Branch("before").Commit("Second", "fees.md", "# Fees\n\nTwelve dollars.\n").Flush();
        var second = repository.Head();
        await UntilAsync(rows => rows[0].Entry.Commit == second.Hex);
        Assert.Contains(first.Hex, (await RowsAsync())[0].Entry.Details, StringComparison.Ordinal);

        repository.MoveBranch("main", "before").Commit("Rewritten", "fees.md", "# Fees\n\nA hundred dollars.\n").Flush();
        await UntilAsync(rows => rows[0].Entry.Kind == "rewritten-history");
        Assert.Contains("was rewritten", (await RowsAsync())[0].Entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_AfterAllThis_IsWhole()
    {
        using var browsing = await Browsing.AsAsync(site, "auditor");
        await browsing.GetAsync("/audit");
        var report = await site.Services.GetRequiredService<AuditVerifier>().VerifyAsync([], CancellationToken.None);
        Assert.True(report.IsWhole, string.Join('\n', report.Faults));
    }

    private static List<string> Refusals(IEnumerable<AuditRow> rows) => [.. rows.Where(row => row.Entry.Kind == "refusal").Select(row => $"{row.Entry.Subject} {row.Entry.Count}")];

    /// <summary>All rows, the newest first.</summary>
    private async Task<List<AuditRow>> RowsAsync() =>
        [.. await site.Services.GetRequiredService<AuditBook>().ReadAsync(new AuditQuestion(), null, 1000, CancellationToken.None)];

    private async Task UntilAsync(Func<List<AuditRow>, bool> isAsWanted)
    {
        for (var watch = System.Diagnostics.Stopwatch.StartNew(); !isAsWanted(await RowsAsync()); await Task.Delay(50))
        {
            Assert.True(watch.Elapsed < Patience, "The log did not become as wanted.");
        }
    }
}
