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
        await using var city = await ChangeSite.StartAsync(
            ("PolicyHub:Mail:Host", "127.0.0.1"), ("PolicyHub:Mail:Port", server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("PolicyHub:Mail:Tls", "false"),
            ("PolicyHub:Mail:From", "hub@riverton.example"), ("PolicyHub:Mail:Site", "https://policies.riverton.example/"));
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        var accounts = city.Site.Services.GetRequiredService<AccountBook>();
        foreach (var person in (await accounts.ListAsync("", 0, 10, CancellationToken.None)).People)
        {
            await accounts.ChangeAsync(person.Id, "changed", known => known.Email = $"{person.UserName}@riverton.example", AuditActor.CommandLine, CancellationToken.None);
        }

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
}
