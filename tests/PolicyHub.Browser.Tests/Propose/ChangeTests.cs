using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PolicyHub.Browser.Tests.Pages;
using PolicyHub.Content;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Proposals;
using PolicyHub.Testing;
using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.Propose;

/// <summary>A change is sent, discussed and approved, as the people do it who write and approve.</summary>
public sealed class ChangeTests(StarterSite starter)
{
    private const string Document = "policies/utility-billing/deposits.md";

    [Fact]
    public async Task Change_SentAndApprovedByKeyboard_IsInEffectAndEveryPageIsAccessible()
    {
        await using var site = await RunningSite.StartAsync(new TestClock(StarterSite.Now), ("PolicyHub:SignIn:Open", "false"));
        await starter.VisitAsync(
            author => starter.VisitAsync(
                async approver =>
                {
                    await approver.SignInAsync("approver");
                    await author.SignInAsync("author");
                    var address = await BeginAsync(site);
                    await author.OpenAsync(address);
                    Assert.Empty(await Axe.FindAsync(author.Page));
                    await Expect(author.Page.Locator(".change-compared .content ins")).ToContainTextAsync(["quince"]);

                    // Enter in a line saves and sends nothing.
                    await author.ReachAsync("What staff do differently");
                    await author.Page.Keyboard.TypeAsync("Ask for a quince as a deposit");
                    await author.Page.Keyboard.PressAsync("Enter");
                    await Expect(author.Page.Locator("p.said")).ToContainTextAsync("Saved.");
                    await author.ReachAsync("Send for approval");
                    await author.Page.Keyboard.PressAsync("Enter");
                    await Expect(author.Page.Locator(".bar-proposed")).ToContainTextAsync("waits for approval");
                    Assert.Empty(await Axe.FindAsync(author.Page));

                    await approver.OpenAsync("/my-work");
                    Assert.Empty(await Axe.FindAsync(approver.Page));
                    await approver.ReachAsync("Ask for a quince as a deposit");
                    await approver.Page.Keyboard.PressAsync("Enter");
                    await Expect(approver.Page.Locator(".decision")).ToBeVisibleAsync();
                    Assert.Empty(await Axe.FindAsync(approver.Page));
                    await approver.ReachAsync("Approve");
                    await approver.Page.Keyboard.PressAsync("Enter");
                    await Expect(approver.Page.Locator(".bar-proposed")).ToContainTextAsync("Published.");
                    Assert.Empty(await Axe.FindAsync(approver.Page));

                    await author.OpenAsync("/my-work");
                    await Expect(author.Page.Locator("[aria-labelledby=ended]")).ToContainTextAsync("Ask for a quince as a deposit");
                    Assert.Empty(await Axe.FindAsync(author.Page));
                    await author.OpenAsync("/my-work/deputies");
                    Assert.Empty(await Axe.FindAsync(author.Page));
                },
                site: site),
            site: site);
    }

    [Fact]
    public async Task Change_OnAPhoneAndInTheDark_FitsAndCanBeRead()
    {
        await using var site = await RunningSite.StartAsync(new TestClock(StarterSite.Now), ("PolicyHub:SignIn:Open", "false"));
        await starter.VisitAsync(
            async author =>
            {
                await author.SignInAsync("author");
                foreach (var address in new[] { await BeginAsync(site), "/my-work", "/my-work/deputies" })
                {
                    await author.OpenAsync(address);
                    Assert.InRange(await author.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 1, Sizes.Phone.Width);
                    Assert.Empty(await Axe.FindColorsAsync(author.Page));
                }
            },
            options => (options.ViewportSize, options.ColorScheme) = (Sizes.Phone, ColorScheme.Dark),
            site);
    }

    /// <summary>What the author has written; the page of it.</summary>
    private static async Task<string> BeginAsync(RunningSite site)
    {
        var blob = site.Edition.Find(LibraryPath.Parse(Document), Reader.Anyone)!.Version.Blob!.Value;
        var text = Encoding.UTF8.GetString((await site.Services.GetRequiredService<Web.Refresh.CurrentEdition>().Blobs.ReadAsync([blob], 1_000_000, CancellationToken.None))[0]!);
        var maria = new Colleague(new Guid(0, 0, 0, [0x80, 0, 0, 0, 0, 0, 0, 3]), "Maria Lopez", "maria@riverton.example", ["billing-lead"], new AuditActor { Reference = "person:3" })
        {
            Today = DateOnly.FromDateTime(StarterSite.Now.Date),
        };
        var proposal = await site.Services.GetRequiredService<ProposalBook>().StartAsync(
            maria, [new StartedFile(Document, Encoding.UTF8.GetBytes(text.TrimEnd() + "\n\nWe also take a quince.\n")) { Base = blob.Hex, Origin = blob.Hex }], CancellationToken.None);
        return $"/changes/{proposal.Id}";
    }
}
