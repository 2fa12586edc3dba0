using Microsoft.Playwright;
using PolicyHub.Browser.Tests.Pages;
using PolicyHub.Testing;
using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.Propose;

/// <summary>Every page of writing and approving, in every state, with nothing in it and with too much: axe in light and dark, 320 pixels, a phone and 200 %.</summary>
public sealed class ChangePagesTests(StarterSite starter)
{
    private const string Today = "The fee is twenty dollars.";

    [Fact]
    public async Task EveryPageOfAChange_InEveryState_IsAccessibleFitsAndIsPlain()
    {
        await using var city = await WritingCity.StartAsync();
        await starter.TogetherAsync(
            city.Site,
            async people =>
            {
                var found = new List<string>();
                var (maria, priya, ben) = (people["author"], people["approver"], people["auditor"]);
                maria.Forgive("status of 422");
                maria.Forgive("answer 422");

                await LookAsync(maria, "work-empty", "/my-work");
                await LookAsync(maria, "deputies-empty", "/my-work/deputies");
                await LookAsync(ben, "urgent-empty", "/audit/urgent");
                await LookAsync(maria, "new", "/changes/new");
                await LookAsync(maria, "start", $"/changes/start?doc={WritingCity.Path(7)}");

                // Too much of everything, not yet sent, and a mistake in it.
                var much = await city.BeginAsync(Enumerable.Range(1, WritingCity.Documents), number => WritingCity.Text(number, number == 1 ? "The [fee](nowhere.md) is thirty dollars." : "The fee is thirty dollars.", number == 1 ? WritingCity.LongTitle : null));
                await city.PressAsync("author", much, "Comment", ("text", WritingCity.LongComment));
                await LookAsync(maria, "draft-much", much);
                await LookAsync(maria, "edit", $"{much}/edit/{WritingCity.Path(1)}");
                await LookAsync(maria, "markdown", $"{much}/edit/{WritingCity.Path(1)}?view=markdown", isPlain: false);

                var sent = await city.BeginAsync([2, 3, 4], number => WritingCity.Text(number, "The fee is forty dollars."));
                await city.PressAsync("author", sent, "Send", ("note", WritingCity.LongTitle), ("why", WritingCity.LongComment[..900]), ("when", "date"), ("date", "2026-12-01"));
                await city.PressAsync("approver", sent, "Comment", ("text", WritingCity.LongComment));
                await LookAsync(maria, "sent-author", sent);
                await LookAsync(priya, "sent-approver", sent);
                await LookAsync(ben, "sent-auditor", sent, isPlain: false);
                await LookAsync(priya, "work-approver", "/my-work");
                await ben.OpenAsync(sent);
                await ben.Page.GetByRole(AriaRole.Link, new() { Name = "Show all texts" }).ClickAsync();
                await Expect(ben.Page.Locator(".change-compared ins", new() { HasText = "forty" })).ToHaveCountAsync(3);
                await LookAsync(ben, "all-texts", null, isPlain: false);
                await city.PressAsync("approver", sent, "Reject", ("text", "Not this year."));
                await LookAsync(maria, "rejected", sent);

                var dated = await city.BeginAsync([5], number => WritingCity.Text(number, "The fee is fifty dollars."));
                await city.PressAsync("author", dated, "Send", ("note", "Ask for fifty dollars"), ("why", "Ordinance 12"), ("when", "date"), ("date", "2026-12-01"));
                await city.PressAsync("approver", dated, "Approve");
                await LookAsync(maria, "published", dated);
                await LookAsync(ben, "published-auditor", dated, isPlain: false);
                await LookAsync(maria, "other", $"/changes/other?doc={WritingCity.Path(5)}");
                await LookAsync(maria, "start-upcoming", $"/changes/start?doc={WritingCity.Path(5)}");

                var urgent = await city.BeginAsync([6], number => WritingCity.Text(number, "The fee is sixty dollars."));
                await city.PressAsync("author", urgent, "Urgent", ("note", "Ask for sixty dollars"), ("reason", "A flood"));
                await LookAsync(priya, "urgent-approver", urgent);
                await LookAsync(ben, "urgent-list", "/audit/urgent", isPlain: false);

                var moved = await city.BeginAsync([8], number => WritingCity.Text(number, "The fee is seventy dollars."));
                await city.CommitAsync(8, WritingCity.Text(8, "The fee is eighty dollars."));
                await LookAsync(maria, "moved", moved);
                await LookAsync(maria, "merge", $"{moved}/merge?path={WritingCity.Path(8)}");
                await LookAsync(maria, "work-author", "/my-work");

                // A Word file that holds what no page can.
                await maria.OpenAsync("/changes/new?kind=policy");
                var word = new WordFile().Paragraph("Heading1", "Leaks").Paragraph(null, "Call 2110.").Paragraph(null, WordFile.Run("A box"), WordFile.Run("x")).Table(["Fee", "Cost"], ["Late", "$5"]);
                await maria.Page.Locator("#word").SetInputFilesAsync(new FilePayload { Name = "Leaks.docx", MimeType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Buffer = word.Add(new DocumentFormat.OpenXml.Wordprocessing.SectionProperties()).Paragraph(null, word.Picture("", isPng: false)).Make() });
                await LookAsync(maria, "new-kind", null);
                await maria.Page.GetByRole(AriaRole.Button, new() { Name = "Begin the change" }).ClickAsync();
                await Expect(maria.Page.Locator("#left-out")).ToBeVisibleAsync();
                await LookAsync(maria, "word-report", null);

                Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));

                Task LookAsync(Visitor visitor, string name, string? address, bool isPlain = true) => ChangePagesTests.LookAsync(found, visitor, name, address, isPlain);
            },
            "author",
            "approver",
            "auditor");
    }

    [Fact]
    public async Task WhatCameFromOutside_HeldBack_IsAccessibleFitsAndIsPlain()
    {
        await using var city = await WritingCity.StartAsync(isHolding: true);
        await city.CommitAsync(8, WritingCity.Text(8, "The fee is eighty dollars."));
        await starter.TogetherAsync(
            city.Site,
            async people =>
            {
                var found = new List<string>();
                var (maria, ben) = (people["author"], people["auditor"]);
                await LookAsync(found, maria, "outside", "/changes/outside");
                await LookAsync(found, ben, "outside-auditor", "/changes/outside", isPlain: false);
                await maria.OpenAsync("/changes/outside");
                await maria.Page.GetByRole(AriaRole.Link, new() { Name = "Rule 8" }).ClickAsync();
                await Expect(maria.Page.Locator("#compared ins", new() { HasText = "eighty" })).ToBeVisibleAsync();
                await LookAsync(found, maria, "outside-read", null);
                await maria.Page.GetByRole(AriaRole.Button, new() { Name = "Take it up for approval" }).ClickAsync();
                await Expect(maria.Page.Locator(".change-compared ins", new() { HasText = "eighty" })).ToBeVisibleAsync();
                Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
            },
            "author",
            "auditor");
    }

    private static async Task LookAsync(List<string> found, Visitor visitor, string name, string? address, bool isPlain = true)
    {
        var page = visitor.Page;
        await page.SetViewportSizeAsync(Sizes.Desktop.Width, Sizes.Desktop.Height);
        if (address is not null)
        {
            await visitor.OpenAsync(address);
        }

        found.AddRange((await Axe.FindAsync(page)).Select(fault => $"{name} light: {fault}"));
        await AtWork.PictureAsync(page, name);
        if (isPlain)
        {
            found.AddRange(await visitor.FindMarksAsync());
        }

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        found.AddRange((await Axe.FindColorsAsync(page)).Select(fault => $"{name} dark: {fault}"));
        await AtWork.PictureAsync(page, name + "-dark");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        found.AddRange((await Reflow.FindAsync(page)).Select(fault => $"{name}: {fault}"));
        await page.SetViewportSizeAsync(Sizes.Phone.Width, Sizes.Phone.Height);
        await AtWork.PictureAsync(page, name + "-phone");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.SetViewportSizeAsync(740, 1000);
        await AtWork.PictureAsync(page, name + "-print");
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
    }
}
