using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Notices;
using PolicyHub.Records.People;
using PolicyHub.Testing;
using static PolicyHub.Web.Tests.SignIn.Local.AccountSite;

namespace PolicyHub.Web.Tests.SignIn.Local;

/// <summary>Notices at a counter PC: whoever says in the form who they are speaks for the desk that they lead, once.</summary>
public sealed class CounterPcNoticeTests : IAsyncLifetime
{
    private AccountSite site = null!;
    private Person lead = null!;
    private Browsing pc = null!;

    public async ValueTask InitializeAsync()
    {
        site = await StartAsync();
        lead = await JoinAsync("casey", "Casey Morgan", "77-1", "lead desk:utility-billing");
        pc = await site.EnrolPcAsync();
    }

    public async ValueTask DisposeAsync()
    {
        pc.Dispose();
        await site.DisposeAsync();
    }

    [Fact]
    public async Task Post_ByALead_IsInTheirNameAndForgetsThem()
    {
        var list = await pc.GetAsync("/notices");
        Assert.NotNull(list.QuerySelector("a[href='/notices/new']"));
        Assert.Contains((await pc.GetAsync("/")).QuerySelectorAll("footer a"), link => link.GetAttribute("href") == "/notices");
        Assert.Equal("utility-billing", (await pc.GetAsync("/notices/new")).QuerySelector("#desk [selected]")!.GetAttribute("value"));
        using (var answer = await PostAsync(("badge", "77-1"), ("pin", Pin), ("stay", "on")))
        {
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        var notice = Assert.Single(await RunningAsync());
        Assert.Equal((lead.Id, "Casey Morgan", "utility-billing"), (notice.PostedById!.Value, notice.PostedBy, notice.Desk));
        Assert.NotNull((await pc.GetAsync("/docs/a")).QuerySelector(".posted"));
        var rows = await RowsAsync();
        Assert.Equal(["notice posted", "sign-in badge"], rows.Take(2).Select(row => $"{row.Entry.Kind} {row.Entry.What}"));
        Assert.All(rows.Take(2), row => Assert.Equal((AuditActor.ReferenceOf(lead.Id), "Casey Morgan"), (row.Entry.Actor, row.Personal["name"])));

        // The form has no box to be remembered, and one that is sent all the same does nothing.
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(pc, "/account"));
    }

    [Fact]
    public async Task Post_WithAWrongPin_KeepsAllThatWasTyped()
    {
        using var answer = await PostAsync(("badge", "77-1"), ("pin", "482916"), ("details", "Take cash."), ("audience", "leads"), ("until", "2026-03-02T16:30"));
        var form = (await RunningSite.ParseAsync(answer)).QuerySelector("main form")!;

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(
            new[] { "Cards are down", "Take cash.", "utility-billing", "leads", "2026-03-02T16:30", "77-1" },
            new[] { Value("#what"), form.QuerySelector("#details")!.TextContent, Value("#desk [selected]"), Value("#audience [selected]"), Value("#until"), Value("[name=badge]") });
        Assert.True(form.QuerySelector("[name=pin]")!.HasAttribute("autofocus"));
        Assert.Null(form.QuerySelector("[name=pin]")!.GetAttribute("value"));
        Assert.Empty(await RunningAsync());

        string Value(string selector) => form.QuerySelector(selector)!.GetAttribute("value") ?? "";
    }

    [Theory]
    [InlineData("administrator; auditor", "utility-billing")]
    [InlineData("author; approver", "utility-billing")]
    [InlineData("lead desk:customer-service", "utility-billing")]
    [InlineData("lead desk:utility-billing", "customer-service")]
    public async Task Post_ByWhoDoesNotLeadTheDesk_IsRefusedAndTold(string roles, string desk)
    {
        var other = await JoinAsync("devon", "Devon Lee", "88-2", roles);
        using var answer = await PostAsync(("badge", "88-2"), ("pin", Pin), ("desk", desk));
        var page = await RunningSite.ParseAsync(answer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("desk", page.QuerySelector("[aria-invalid=true]")!.GetAttribute("name"));
        Assert.Equal("Cards are down", page.QuerySelector("#what")!.GetAttribute("value"));
        Assert.Empty(await RunningAsync());
        Assert.Contains(await RowsAsync(), row => row.Entry is { Kind: "refusal", What: "notice" } && row.Entry.Subject == AuditActor.ReferenceOf(other.Id));
    }

    [Fact]
    public async Task Post_WhileTheLeadIsRemembered_AsksAllTheSame()
    {
        using (await pc.SubmitAsync("/pins?read=a", "[data-pin-form]", ("badge", "77-1"), ("pin", Pin), ("stay", "on")))
        {
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(pc, "/account"));
        Assert.NotNull((await pc.GetAsync("/notices/new")).QuerySelector(".who-acts"));
        using var answer = await PostAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Empty(await RunningAsync());
    }

    [Fact]
    public async Task ExtendAndEnd_ByItsLead_AreInTheirName()
    {
        using (await PostAsync(("badge", "77-1"), ("pin", Pin)))
        {
        }

        var before = Assert.Single(await RunningAsync()).Until;
        using (var nobody = await pc.SubmitAsync("/notices", "details form", ("hours", "2")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, nobody.StatusCode);
        }

        using (var extended = await pc.SubmitAsync("/notices", "details form", ("hours", "2"), ("badge", "77-1"), ("pin", Pin)))
        {
            Assert.Equal(HttpStatusCode.Redirect, extended.StatusCode);
        }

        Assert.Equal((before.AddHours(2), "Casey Morgan"), (Assert.Single(await RunningAsync()).Until, (await RunningAsync())[0].ExtendedBy));
        using (var ended = await pc.SubmitAsync("/notices", "details button[formaction*=End]", ("badge", "77-1"), ("pin", Pin)))
        {
            Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        }

        Assert.Empty(await RunningAsync());
        Assert.Contains("ended by Casey Morgan", string.Join(' ', (await pc.GetAsync("/notices")).QuerySelector(".posted-past")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.All((await RowsAsync()).Where(row => row.Entry.Kind == "notice"), row => Assert.Equal(AuditActor.ReferenceOf(lead.Id), row.Entry.Actor));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(pc, "/account"));
    }

    [Theory]
    [InlineData("77-1", "482916", "do not fit")]
    [InlineData("88-2", Pin, "do not lead the desk")]
    public async Task Extend_ByAWrongPinOrAnotherPerson_SaysSoInTheFormOfThatNotice(string badge, string pin, string said)
    {
        await JoinAsync("devon", "Devon Lee", "88-2", "administrator; lead desk:customer-service");
        using (await PostAsync(("badge", "77-1"), ("pin", Pin)))
        using (await PostAsync(("badge", "77-1"), ("pin", Pin), ("what", "The lift is out")))
        {
        }

        var before = await RunningAsync();
        using var answer = await pc.SubmitAsync("/notices", $"#n-{before[1].Id:N} form", ("hours", "4"), ("badge", badge), ("pin", pin));
        var open = Assert.Single((await RunningSite.ParseAsync(answer)).QuerySelectorAll("details[open]"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal($"n-{before[1].Id:N}", open.Closest("article")!.Id);
        Assert.Contains(said, open.QuerySelector(".fault")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((badge, "4"), (open.QuerySelector("[name=badge]")!.GetAttribute("value"), open.QuerySelector("[selected]")!.GetAttribute("value")));
        Assert.Equal(before.Select(notice => notice.Until), (await RunningAsync()).Select(notice => notice.Until));
    }

    private Task<HttpResponseMessage> PostAsync(params (string Name, string Value)[] fields) =>
        pc.SubmitAsync("/notices/new", "main form", [.. fields.Any(field => field.Name == "what") ? [] : new[] { ("what", "Cards are down") }, .. fields]);

    private async Task<Person> JoinAsync(string userName, string name, string badge, string roles)
    {
        var (person, browsing) = await site.JoinWithPinAsync(new PersonForm { Name = name, UserName = userName, Badge = badge, Roles = roles });
        browsing.Dispose();
        return person;
    }

    private async Task<IReadOnlyList<PostedNotice>> RunningAsync() => await site.Site.Services.GetRequiredService<NoticeBook>().RunningAsync(TestContext.Current.CancellationToken);

    private Task<IReadOnlyList<AuditRow>> RowsAsync() =>
        site.Site.Services.GetRequiredService<AuditBook>().ReadAsync(new AuditQuestion(), null, 50, TestContext.Current.CancellationToken);
}
