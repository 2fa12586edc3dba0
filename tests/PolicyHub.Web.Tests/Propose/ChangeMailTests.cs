using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Testing;
using PolicyHub.Web.Tests.Mail;

namespace PolicyHub.Web.Tests.Propose;

/// <summary>Who is told by e-mail of what happens to a change.</summary>
public sealed class ChangeMailTests
{
    [Fact]
    public async Task Send_ThenApprove_TellsWhoIsAskedAndThenTheAuthor()
    {
        await using var server = new SmtpListener();
        await using var city = await StartAsync(server);
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        await GiveAddressesAsync(city);

        var proposal = await city.SendAsync(author);
        var asked = await server.NextAsync();
        Assert.Contains("RCPT TO:<sample-approver@riverton.example>", asked, StringComparison.Ordinal);
        Assert.Contains("Subject: For your approval: Ask for thirty dollars", asked, StringComparison.Ordinal);
        Assert.Contains($"https://policies.riverton.example/changes/{proposal.Id}", asked.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal), StringComparison.Ordinal);

        using var approved = await approver.SubmitAsync($"/changes/{proposal.Id}", ".decision form");
        var told = await server.NextAsync();
        Assert.Contains("RCPT TO:<sample-author@riverton.example>", told, StringComparison.Ordinal);
        Assert.Contains("Subject: Approved and published: Ask for thirty dollars", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_APlannedText_TellsWhoApprovedItOnceThatIsPublished()
    {
        await using var server = new SmtpListener();
        await using var city = await StartAsync(server);
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        await GiveAddressesAsync(city);
        var planned = await city.BeginAsync((ChangeSite.Fees, ChangeSite.Text("Late fees", "Forty.", "billing-lead")));
        await city.ApproveAsync(author, planned.Id, ("note", "Forty"), ("when", "date"), ("date", "2026-12-01"));
        using var begun = await author.SubmitAsync("/changes/other?doc=policies%2Futility-billing%2Ffees.md", "main form:has(input[value=cancel])", ("reason", "The council took it back."));
        await city.ApproveAsync(author, Guid.Parse(begun.Headers.Location!.OriginalString.Split('/')[2]));

        var told = new List<string>();
        while (told.Count < 6 && !told.Any(mail => mail.Contains("Subject: Does not come as planned: Late fees", StringComparison.Ordinal)))
        {
            told.Add(await server.NextAsync());
        }

        Assert.Contains("RCPT TO:<sample-approver@riverton.example>", told[^1], StringComparison.Ordinal);
        Assert.Contains("Does not come as planned", told[^1], StringComparison.Ordinal);
    }

    private static Task<ChangeSite> StartAsync(SmtpListener server) => ChangeSite.StartAsync(
        ("PolicyHub:Mail:Host", "127.0.0.1"), ("PolicyHub:Mail:Port", server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("PolicyHub:Mail:Tls", "false"),
        ("PolicyHub:Mail:From", "hub@riverton.example"), ("PolicyHub:Mail:Site", "https://policies.riverton.example/"));

    private static async Task GiveAddressesAsync(ChangeSite city)
    {
        var accounts = city.Site.Services.GetRequiredService<AccountBook>();
        foreach (var person in (await accounts.ListAsync("", 0, 10, CancellationToken.None)).People)
        {
            await accounts.ChangeAsync(person.Id, "changed", known => known.Email = $"{person.UserName}@riverton.example", AuditActor.CommandLine, CancellationToken.None);
        }
    }
}
