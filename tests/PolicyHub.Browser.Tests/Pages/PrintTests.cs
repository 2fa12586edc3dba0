using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.Pages;

/// <summary>What comes out of a printer.</summary>
public sealed class PrintTests(StarterSite starter)
{
    private const string Policy = "/docs/policies/utility-billing/late-fees";

    private const string Poster = "/docs/process/guest?view=poster";

    [Theory]
    [InlineData("Letter", "")]
    [InlineData("A4", "")]
    [InlineData("Letter", "dark.contrast")]
    [InlineData("A4", "dark.contrast")]
    public Task Print_Poster_IsOneSheet(string paper, string look) => starter.VisitAsync(async visitor =>
    {
        await visitor.WearAsync(look);
        await visitor.OpenAsync(Poster);

        Assert.Equal(1, PagesOf(await visitor.Page.PdfAsync(new() { Format = paper })));
    });

    [Theory]
    [InlineData("Letter")]
    [InlineData("A4")]
    public Task Print_Policy_TakesAFewSheets(string paper) => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync(Policy);

        Assert.InRange(PagesOf(await visitor.Page.PdfAsync(new() { Format = paper })), 2, 5);
    });

    [Fact]
    public Task Print_SupersededText_CarriesAMarkAcrossEverySheetAndSaysWhereTheCurrentOneIs() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync(Policy + "?on=2026-01-15");
        await visitor.Page.EmulateMediaAsync(new() { Media = Media.Print });

        var mark = visitor.Page.Locator(".print-mark:not(.print-outdated)");
        await Expect(mark).ToBeVisibleAsync();
        await Expect(mark).ToHaveTextAsync("Superseded on 9 Feb 2026");
        // Fixed is what browsers repeat on every sheet.
        Assert.Equal("fixed", await mark.EvaluateAsync<string>("element => getComputedStyle(element).position"));
        await Expect(visitor.Page.Locator(".bar-asof")).ToContainTextAsync("What staff could read on 15 Jan 2026");
        await Expect(visitor.Page.Locator(".asof-ways")).ToBeHiddenAsync();
        await Expect(visitor.Page.Locator(".print-foot")).ToContainTextAsync($"current version at {starter.Site.Address}docs/policies/utility-billing/late-fees");

        await visitor.OpenAsync(Policy);
        await Expect(visitor.Page.Locator(".print-mark:not(.print-outdated)")).ToHaveCountAsync(0);
        await Expect(visitor.Page.Locator(".print-outdated")).ToBeHiddenAsync();
        await visitor.Page.EvaluateAsync("() => document.documentElement.classList.add('outdated')");
        await Expect(visitor.Page.Locator(".print-outdated")).ToBeVisibleAsync();
    });

    [Theory]
    [InlineData("")]
    [InlineData("dark")]
    [InlineData("dark.contrast")]
    public Task Print_Policy_IsTheDocumentAloneBlackOnWhiteWithItsIdentity(string look) => starter.VisitAsync(async visitor =>
    {
        await visitor.WearAsync(look);
        await visitor.OpenAsync(Policy + "?q=late+fee");
        await visitor.Page.EmulateMediaAsync(new() { Media = Media.Print });

        await Expect(visitor.Page.Locator(".print-head")).ToContainTextAsync("City of Riverton");
        await Expect(visitor.Page.Locator(".print-head")).ToBeVisibleAsync();
        var foot = visitor.Page.Locator(".print-foot");
        await Expect(foot).ToBeVisibleAsync();
        foreach (var part in new[] { "Late fees and waivers", "UB-014", "version 7", "in effect since 1 Oct 2026", "23 Nov 2026" })
        {
            await Expect(foot).ToContainTextAsync(part, new() { IgnoreCase = true });
        }

        Assert.Equal("table-footer-group", await foot.EvaluateAsync<string>("element => getComputedStyle(element).display"));
        foreach (var screenOnly in new[] { ".top", ".foot", ".contents", ".marking", ".search" })
        {
            await Expect(visitor.Page.Locator(screenOnly)).ToBeHiddenAsync();
        }

        Assert.Equal("rgb(0, 0, 0)", await visitor.Page.Locator("h1").EvaluateAsync<string>("element => getComputedStyle(element).color"));
        Assert.Equal("rgb(255, 255, 255)", await visitor.Page.Locator("body").EvaluateAsync<string>("element => getComputedStyle(element).backgroundColor"));
        Assert.Equal("rgba(0, 0, 0, 0)", await visitor.Page.Locator(".content mark").First.EvaluateAsync<string>("element => getComputedStyle(element).backgroundColor"));
    });

    /// <summary>Pages of a PDF as Chromium writes it: every page is an object that stands open in the file.</summary>
    private static int PagesOf(byte[] pdf)
    {
        var text = Encoding.Latin1.GetString(pdf);
        Assert.StartsWith("%PDF-", text, StringComparison.Ordinal);
        return text.Split("/Type /Page").Skip(1).Count(rest => !char.IsLetter(rest[0]));
    }
}
