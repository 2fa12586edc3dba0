using System.Net;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Propose;

/// <summary>A change is written, by the page that asks in the background and by forms alone.</summary>
public sealed class EditTests(EditSite shared) : IClassFixture<EditSite>
{
    private const string Fees = "policies/utility-billing/late-fees.md";
    private const string Plans = "policies/utility-billing/payment-plans.md";

    [Fact]
    public async Task Document_WhoMayChangeIt_BeginsAChangeFromThere()
    {
        using var author = await AuthorAsync();
        var page = await author.GetAsync("/docs/policies/utility-billing/payment-plans");
        Assert.NotNull(page.QuerySelector("form[data-change-this]"));
        using var reader = await Browsing.AsAsync(shared.Site, "reader");
        Assert.Null((await reader.GetAsync("/docs/policies/utility-billing/payment-plans")).QuerySelector("form[data-change-this]"));
        Assert.Null((await author.GetAsync("/docs/practices/sensitive-records")).QuerySelector("form[data-change-this]"));

        using var begun = await author.SubmitAsync("/docs/policies/utility-billing/payment-plans", "form[data-change-this]");
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        using var again = await author.SubmitAsync("/docs/policies/utility-billing/payment-plans", "form[data-change-this]");
        Assert.Equal(begun.Headers.Location, again.Headers.Location);
    }

    [Fact]
    public async Task Edit_APage_IsTheOneThatStaffSee()
    {
        using var author = await AuthorAsync();
        var edit = await BeginAsync(author, Plans);
        var page = await author.GetAsync(edit);

        Assert.Contains("Not in effect", page.QuerySelector(".edit-bar")!.TextContent, StringComparison.Ordinal);
        var staff = (await author.GetAsync("/docs/policies/utility-billing/payment-plans")).QuerySelector(".content")!;
        foreach (var button in staff.QuerySelectorAll(".anchor").ToList())
        {
            button.Remove();
        }

        Assert.Equal(Words(staff), Words(page.QuerySelector("[data-editable]")!));
        Assert.Empty(page.QuerySelectorAll("[style]"));
        Assert.Null(page.QuerySelector("textarea[data-markdown]"));
    }

    [Fact]
    public async Task Edit_OfAnotherPerson_IsNotThere()
    {
        using var author = await AuthorAsync();
        var edit = await BeginAsync(author, Plans);
        foreach (var sample in new[] { "reader", "approver", "auditor", "administrator" })
        {
            using var other = await Browsing.AsAsync(shared.Site, sample);
            using var asked = await other.Client.GetAsync(new Uri(edit, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, asked.StatusCode);
            using var saved = await PostAsync(other, (await other.GetAsync("/about-you")).Body!, edit, "block", Edits(0, 1, "<p>Mine</p>"), 0);
            Assert.Equal(HttpStatusCode.NotFound, saved.StatusCode);
        }
    }

    [Fact]
    public async Task Block_Typed_IsSavedAndNothingElseChanges()
    {
        using var author = await AuthorAsync();
        var edit = await BeginAsync(author, Plans);
        var before = (await author.GetAsync(edit + "?view=markdown")).QuerySelector("[data-markdown]")!.TextContent;
        var page = await author.GetAsync(edit);
        var first = page.QuerySelector("[data-editable] > p")!;
        var block = int.Parse(first.GetAttribute("data-block")!, System.Globalization.CultureInfo.InvariantCulture);
        first.InnerHtml += " <b>Typed</b> here.";

        using var answer = await PostAsync(author, page.Body!, edit, "block", Edits(block, block + 1, first.OuterHtml + "<p>And a new one.</p>"), Stamp(page));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var said = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(Stamp(page) + 1, said.RootElement.GetProperty("stamp").GetInt32());
        Assert.Equal(2, said.RootElement.GetProperty("runs")[0].GetProperty("count").GetInt32());

        var after = (await author.GetAsync(edit + "?view=markdown")).QuerySelector("[data-markdown]")!.TextContent;
        Assert.Contains(" **Typed** here.\n\nAnd a new one.\n", after, StringComparison.Ordinal);
        Assert.Equal(before, after.Replace(" **Typed** here.\n\nAnd a new one.", "", StringComparison.Ordinal));
        Assert.DoesNotContain("Typed", (await author.GetAsync("/docs/policies/utility-billing/payment-plans")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Block_FromAnOlderPage_LosesNothing()
    {
        using var author = await AuthorAsync();
        var edit = await BeginAsync(author, Plans);
        var page = await author.GetAsync(edit);
        using var first = await PostAsync(author, page.Body!, edit, "block", Edits(1, 1, "<p>From one window</p>"), Stamp(page));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        using var second = await PostAsync(author, page.Body!, edit, "block", Edits(1, 1, "<p>From another</p>"), Stamp(page));
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Contains("From one window", (await author.GetAsync(edit)).QuerySelector("[data-editable]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("nothing")]
    [InlineData("[{\"from\":0,\"to\":1}]")]
    [InlineData(null)]
    public async Task Block_ThatIsNone_IsRefused(string? edits)
    {
        using var author = await AuthorAsync();
        var edit = await BeginAsync(author, Plans);
        var page = await author.GetAsync(edit);

        using var answer = await PostAsync(author, page.Body!, edit, "block", edits is null ? [] : [("edits", edits)], Stamp(page));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("../../library.yml")]
    [InlineData("policies/utility-billing/late-fees-of-others.md")]
    [InlineData("")]
    public async Task Block_OfAPathThatTheChangeHasNot_IsNotThere(string path)
    {
        using var author = await AuthorAsync();
        var edit = await BeginAsync(author, Plans);
        var page = await author.GetAsync(edit);

        using var answer = await PostAsync(author, page.Body!, edit, "block", [.. Edits(0, 1, "<p>x</p>"), ("path", path)], Stamp(page));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Block_WithoutTheTokenOfAPage_IsRefused()
    {
        using var author = await AuthorAsync();
        var edit = await BeginAsync(author, Plans);
        using var form = new FormUrlEncodedContent([new("path", Plans), new("stamp", "0"), new("edits", "[]")]);

        using var answer = await author.Client.PostAsync(new Uri(Api(edit) + "/block", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Paste_FromAWordProcessor_ComesBackClean()
    {
        using var author = await AuthorAsync();
        var edit = await BeginAsync(author, Plans);
        var page = await author.GetAsync(edit);
        const string Word = "<html xmlns:o='x'><style>p{color:red}</style><script>alert(1)</script><p class=MsoNormal style='color:red' onclick='x()'><b>Fees</b> <a href='javascript:x()'>no</a> <a href='"
            + "/docs/policies/utility-billing/late-fees?q=x#say'>late fees</a></p><table style='x'><tr><td>Fee</td><td>Cost</td></tr><tr><td>One</td><td>$5</td></tr></table></html>";

        using var answer = await PostAsync(author, page.Body!, edit, "paste", [("html", Word)], 0);
        using var said = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var html = said.RootElement.GetProperty("html").GetString()!;
        Assert.DoesNotContain("style", html, StringComparison.Ordinal);
        Assert.DoesNotContain("onclick", html, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript", html, StringComparison.Ordinal);
        Assert.Contains("<strong>Fees</strong> no <a data-address=\"late-fees.md#say\"", html, StringComparison.Ordinal);
        Assert.Contains("<td>One</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutScripts_TheSourceIsAForm_WithThePageBesideIt()
    {
        using var author = await AuthorAsync();
        var edit = await BeginAsync(author, Plans) + "?view=markdown";
        var typed = (await author.GetAsync(edit)).QuerySelector("[data-markdown]")!.TextContent + "\r\n> [!NEVER]\r\n> Promise a date.\r\n";

        using var saved = await author.SubmitAsync(edit, "form.edit-text", ("text", typed));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var page = await author.GetAsync(saved.Headers.Location!.OriginalString);
        Assert.Equal("Saved", page.QuerySelector("[data-status]")!.TextContent);
        Assert.Contains("Promise a date.", page.QuerySelector("[data-preview] .callout-never:last-of-type")!.TextContent, StringComparison.Ordinal);

        using var stale = await author.SubmitAsync(edit, "form.edit-text", ("text", "Older words"), ("stamp", "0"));
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        var told = await RunningSite.ParseAsync(stale);
        Assert.NotNull(told.QuerySelector("[role=alert]"));
        Assert.Equal("Older words", told.QuerySelector("[data-markdown]")!.TextContent);
        Assert.Contains("Promise a date.", (await author.GetAsync(edit)).QuerySelector("[data-markdown]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Details_OfTheForm_AreWrittenAndNothingElse()
    {
        using var author = await AuthorAsync();
        var edit = await BeginAsync(author, Plans);
        var matter = (await author.GetAsync(edit + "?view=markdown")).QuerySelector("[data-matter]")!.TextContent;

        using var same = await author.SubmitAsync(edit, "form[data-details]");
        Assert.Equal(HttpStatusCode.Redirect, same.StatusCode);
        Assert.Equal(matter, (await author.GetAsync(edit + "?view=markdown")).QuerySelector("[data-matter]")!.TextContent);

        using var saved = await author.SubmitAsync(edit, "form[data-details]", ("title", "Payment plans: “how”"), ("review-by", "2028-03-01"), ("ask", "Can they?"), ("say", "Yes."), ("only-if", ""), ("answer-section", ""));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var page = await author.GetAsync(edit);
        Assert.Equal("Payment plans: “how”", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("2028-03-01", page.QuerySelector("[name=review-by]")!.GetAttribute("value"));

        using var wrong = await author.SubmitAsync(edit, "form[data-details]", ("title", " "), ("review-by", "soon"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var told = await RunningSite.ParseAsync(wrong);
        Assert.NotEqual("", told.QuerySelector("[data-wrong=title]")!.TextContent);
        Assert.NotEqual("", told.QuerySelector("[data-wrong=review-by]")!.TextContent);
        Assert.Equal("Payment plans: “how”", (await author.GetAsync(edit)).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Move_ToAnotherName_TakesTheTextAlong()
    {
        using var author = await AuthorAsync();
        var edit = await BeginAsync(author, Plans);
        using var taken = await author.SubmitAsync(edit, "form[action*=Move]", ("name", "late fees"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.StatusCode);
        using var moved = await author.SubmitAsync(edit, "form[action*=Move]", ("name", "Plans for payment"));
        var now = moved.Headers.Location!.OriginalString;
        Assert.EndsWith("/edit/policies/utility-billing/plans-for-payment.md", now, StringComparison.Ordinal);
        Assert.Equal("Payment plans", (await author.GetAsync(now)).QuerySelector("h1")!.TextContent);
        using var gone = await author.Client.GetAsync(new Uri(edit, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        using var back = await author.SubmitAsync(now, "form[action*=Move]", ("name", "payment-plans"));
        Assert.Equal(edit, back.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Details_RescindedOnADay_SaySo()
    {
        using var author = await AuthorAsync();
        var edit = await BeginAsync(author, Plans);
        using var saved = await author.SubmitAsync(edit, "form[data-details]", ("rescinded", "2027-01-01"), ("reason", "Merged"), ("replaced-by", "UB-014"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Contains("rescinded: 2027-01-01\nreason: Merged\n", (await author.GetAsync(edit + "?view=markdown")).QuerySelector("[data-matter]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Details_OfAKind_AreFieldsOfTheForm()
    {
        using var author = await TestPeople.SignInAsync(shared.Site, "Ada " + Guid.NewGuid().ToString("N"), [], "author");
        var edit = await BeginAsync(author, "process/guest.md");
        var page = await author.GetAsync(edit);
        Assert.Equal("Greet", page.QuerySelector("[name='k:steps.0.name']")!.GetAttribute("value"));

        using var saved = await author.SubmitAsync(edit, "form[data-details]", ("k:steps.0.name", "Greet them"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal("Greet them", (await author.GetAsync(edit)).QuerySelector("[name='k:steps.0.name']")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("Sign at the door.PNG", "image/png", "\u0089PNG\r\n", HttpStatusCode.OK)]
    [InlineData("evil.html", "text/html", "<script>", HttpStatusCode.UnprocessableEntity)]
    [InlineData("evil.png", "image/png", "<script>", HttpStatusCode.UnprocessableEntity)]
    [InlineData("../../x.png/", "image/png", "\u0089PNG\r\n", HttpStatusCode.UnprocessableEntity)]
    public async Task File_Dropped_GoesBesideTheDocumentIfItIsWhatItSays(string name, string type, string bytes, HttpStatusCode status)
    {
        using var author = await AuthorAsync();
        var edit = await BeginAsync(author, Plans);
        var page = await author.GetAsync(edit);
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(bytes));
        content.Headers.ContentType = new(type);
        using var form = new MultipartFormDataContent { { new StringContent(Plans), "path" }, { new StringContent("A sign"), "words" }, { content, "file", name } };
        using var request = new HttpRequestMessage(HttpMethod.Post, Api(edit) + "/file") { Content = form };
        request.Headers.Add("RequestVerificationToken", Token(page.Body!));

        using var answer = await author.Client.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.OK)
        {
            using var said = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            var html = said.RootElement.GetProperty("html").GetString()!;
            Assert.Contains("data-address=\"sign-at-the-door", html, StringComparison.Ordinal);
            var address = html.Split("src=\"")[1].Split('"')[0];
            using var shown = await author.Client.GetAsync(new Uri(address, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
            using var reader = await Browsing.AsAsync(shared.Site, "reader");
            using var hidden = await reader.Client.GetAsync(new Uri(address, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        }
    }

    [Fact]
    public async Task Start_WhereAnotherTextIsToCome_AsksWhichOneAndBeginsWithBoth()
    {
        using var author = await AuthorAsync();
        using var asked = await author.SubmitAsync("/changes/start?doc=" + Uri.EscapeDataString(Fees), "main form", ("which", ""));
        var page = await RunningSite.ParseAsync(asked);
        if (page.QuerySelector("input[name=which]") is null)
        {
            // Another test has begun it.
            return;
        }

        using var begun = await author.SubmitAsync("/changes/start?doc=" + Uri.EscapeDataString(Fees), "main form", ("which", "both"));
        var edit = begun.Headers.Location!.OriginalString;
        Assert.Equal(2, (await author.GetAsync(edit)).QuerySelectorAll(".edit-others a").Length);
        Assert.Contains("takes effect later", (await author.GetAsync(edit + "?step=1")).QuerySelector(".edit-bar")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_AKindAndATitle_BeginADocumentFromItsTemplate()
    {
        using var author = await AuthorAsync();
        Assert.NotEmpty((await author.GetAsync("/changes/new")).QuerySelectorAll("a[href*='kind=policy']"));
        using var nameless = await author.SubmitAsync("/changes/new?kind=policy", "main form", ("title", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nameless.StatusCode);
        using var outside = await author.SubmitAsync("/changes/new?kind=policy", "main form", ("title", "A"), ("folder", "practices"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, outside.StatusCode);

        using var begun = await author.SubmitAsync("/changes/new?kind=policy", "main form", ("title", "Leak adjustments"), ("folder", "policies/utility-billing"));
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        var page = await author.GetAsync(begun.Headers.Location!.OriginalString);
        Assert.Equal("Leak adjustments", page.QuerySelector("h1")!.TextContent);
        Assert.True(page.QuerySelectorAll("[data-editable] > [data-block]").Length > 3);

        using var reader = await Browsing.AsAsync(shared.Site, "reader");
        using var refused = await reader.Client.GetAsync(new Uri("/changes/new", UriKind.Relative));
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
    }

    [Fact]
    public async Task New_WithAWordFile_BeginsWithItsTextAndTellsWhatIsLeftOut()
    {
        using var author = await AuthorAsync();
        var word = new WordFile();
        var whole = word.Paragraph("Title", "Leaks and credits").Paragraph("Heading1", "Answer").Paragraph("TOC1", "Contents").Paragraph(null, WordFile.Run("Ask for "), WordFile.Run("the reading", new DocumentFormat.OpenXml.Wordprocessing.Bold()), word.Picture("A meter")).Make();

        using var begun = await SendWordAsync(author, whole);
        Assert.Equal(HttpStatusCode.OK, begun.StatusCode);
        var report = await RunningSite.ParseAsync(begun);
        Assert.Contains("table of contents", Assert.Single(report.QuerySelectorAll("main section li")).TextContent, StringComparison.Ordinal);
        var page = await author.GetAsync(report.QuerySelector("main section a.button")!.GetAttribute("href")!);
        Assert.Equal("Leaks and credits", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("the reading", page.QuerySelector("[data-editable] strong")!.TextContent);
        Assert.StartsWith("leaks-and-credits", page.QuerySelector("[data-editable] img")!.GetAttribute("data-address"), StringComparison.Ordinal);

        using var plain = await SendWordAsync(author, new WordFile().Paragraph("Title", "Nothing left out").Paragraph(null, "Words.").Make());
        Assert.Equal(HttpStatusCode.Redirect, plain.StatusCode);
        using var other = await SendWordAsync(author, "no Word file"u8.ToArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Contains("no Word file", (await RunningSite.ParseAsync(other)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendWordAsync(Browsing author, byte[] word)
    {
        var page = await author.GetAsync("/changes/new?kind=policy");
        using var content = new ByteArrayContent(word);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(""), "title" }, { new StringContent("policies/utility-billing"), "folder" }, { content, "word", "Leaks.docx" },
            { new StringContent(page.QuerySelector("main form input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
        };
        return await author.Client.PostAsync(new Uri("/changes/new?kind=policy", UriKind.Relative), form);
    }

    private Task<Browsing> AuthorAsync() => TestPeople.SignInAsync(shared.Site, "Ada " + Guid.NewGuid().ToString("N"), [], "author folder:policies/utility-billing");

    private static async Task<string> BeginAsync(Browsing author, string path)
    {
        using var begun = await author.SubmitAsync("/changes/start?doc=" + Uri.EscapeDataString(path), "main form");
        return begun.Headers.Location!.OriginalString;
    }

    private static string Api(string edit) => "/api" + edit[..edit.IndexOf("/edit/", StringComparison.Ordinal)];

    private static int Stamp(IDocument page) => int.Parse(page.QuerySelector("[data-edit]")!.GetAttribute("data-stamp")!, System.Globalization.CultureInfo.InvariantCulture);

    private static string Token(IElement page) => page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    private static (string Name, string Value)[] Edits(int from, int to, string html) => [("edits", JsonSerializer.Serialize(new[] { new { from, to, html } }))];

    private static async Task<HttpResponseMessage> PostAsync(Browsing who, IElement page, string edit, string act, (string Name, string Value)[] fields, int stamp)
    {
        var path = Uri.UnescapeDataString(edit.Split("/edit/")[1]);
        using var form = new FormUrlEncodedContent(new (string Name, string Value)[] { ("path", path), ("stamp", $"{stamp}"), ("step", "0") }
            .Where(pair => fields.All(field => field.Name != pair.Name)).Concat(fields).Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
        using var request = new HttpRequestMessage(HttpMethod.Post, Api(edit) + "/" + act) { Content = form };
        if (page.QuerySelector("input[name=__RequestVerificationToken]") is not null)
        {
            request.Headers.Add("RequestVerificationToken", Token(page));
        }

        return await who.Client.SendAsync(request);
    }

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>The starter library, open to nobody without a name.</summary>
public sealed class EditSite : IAsyncLifetime
{
    public RunningSite Site { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Site = await RunningSite.StartAsync(new TestClock(new DateTimeOffset(2026, 11, 23, 16, 0, 0, TimeSpan.Zero)), ("PolicyHub:SignIn:Open", "false"));

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
