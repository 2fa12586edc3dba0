using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.Feedback;
using PolicyHub.Records.People;
using PolicyHub.Records.Reading;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Privacy;

/// <summary>
/// Four people do distinctive things; then everybody who may looks everywhere: no page, list, CSV or API gives a figure about them, or shows
/// what is theirs alone. A fifth person does the same, and the figures are there: so it was the rule that kept them back.
/// </summary>
public sealed partial class SmallGroupTests : IAsyncLifetime
{
    /// <summary>How often the wording is searched for by four: a number that stands nowhere by chance.</summary>
    private const int TimesEach = 1093;

    private const string Wording = "zebra crossing paint";

    private static readonly string[] Roles = ["reader", "lead", "author", "approver", "auditor", "administrator"];

    private readonly TestClock clock = new(new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero));
    private readonly TestRepository repository = new TestRepository().Commit("First", commit => commit
        .Write("library.yml", "positions: { billing-lead: { title: Billing Lead } }\n")
        .Write("a.md", "---\nowner: billing-lead\n---\n# Apples\n\nText.\n")
        .Write("alone.md", "# Heliotrope leaflet\n\nText.\n")).Flush();

    private RunningSite site = null!;

    public async ValueTask InitializeAsync() =>
        site = await RunningSite.StartAsync(clock, ("PolicyHub:Library", repository.Folder), ("PolicyHub:SignIn:Open", "false"), ("PolicyHub:SearchesPerSecond", "100000"));

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        repository.Dispose();
    }

    [Fact]
    public async Task Get_EverythingAsEverybody_GivesNoFigureForFewerThanFive()
    {
        var people = Enumerable.Range(1, 5).Select(number => new Person { Id = Guid.NewGuid(), Name = $"Quillon{number} Varga", UserName = $"q{number}", NormalizedUserName = $"Q{number}", Made = clock.GetUtcNow() }).ToList();
        for (var number = 0; number < 4; number++)
        {
            await ActAsync(people[number], number);
        }

        var seen = await LookAsync();
        Assert.All(seen, page =>
        {
            Assert.DoesNotContain($"{4 * TimesEach:N0}", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain($"{4 * TimesEach}", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain($"{TimesEach}", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("a wording of one alone", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("waits for its owner", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("wait for their owners.", page.Text, StringComparison.Ordinal);
        });

        // Nobody's name stands anywhere but in the list of accounts, and where a deputy is chosen among colleagues: not with what they opened, pinned, searched or sent.
        Assert.Equal([], seen.Where(page => !page.Address.StartsWith("/admin/people", StringComparison.Ordinal) && page.Address != "/my-work/deputies" && page.Text.Contains("Quillon", StringComparison.Ordinal)).Select(page => $"{page.Role} {page.Address} {page.Text[Math.Max(0, page.Text.IndexOf("Quillon", StringComparison.Ordinal) - 80)..][..100]}"));

        await ActAsync(people[4], 4);
        var after = await LookAsync();
        Assert.Contains(after, page => page.Address == "/search/gaps" && page.Text.Contains($"{5 * TimesEach:N0}", StringComparison.Ordinal));
        Assert.Contains(after, page => page is { Role: "administrator", Address: "/feedback" } && page.Text.Contains("5 notes wait for their owners.", StringComparison.Ordinal));
        Assert.DoesNotContain(after, page => page.Role != "administrator" && page.Text.Contains("notes wait for their owners.", StringComparison.Ordinal));
    }

    /// <summary>One person searches, opens, pins and sends a note.</summary>
    private async Task ActAsync(Person person, int number)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await site.Services.GetRequiredService<PeopleBook>().TakeAsync(person, PolicyHub.Records.Audit.AuditActor.CommandLine, cancellation);
        var counts = site.Services.GetRequiredService<Web.Counting.QueryCounts>();
        for (var time = 0; time < TimesEach; time++)
        {
            counts.Count(Wording, Web.Counting.QueryOutcome.None, $"machine {number}", new DateOnly(2026, 3, 3));
        }

        counts.Count("a wording of one alone", Web.Counting.QueryOutcome.None, $"machine {number}", new DateOnly(2026, 3, 3));
        var reading = site.Services.GetRequiredService<ReadingBook>();
        await reading.PinAsync(person.Id, "alone", cancellation);
        await reading.OpenedAsync([new OpenedPage(person.Id, "alone", clock.GetUtcNow())], cancellation);
        await site.Services.GetRequiredService<FeedbackBox>().SendAsync(
            new FeedbackNote
            {
                Id = Guid.NewGuid(),
                Path = "a",
                Title = "Apples",
                Section = "",
                Version = "1",
                Commit = "c",
                Blob = "b",
                Owners = ["billing-lead"],
                Query = "",
                Answered = false,
                Note = "A note.",
                PersonId = person.Id,
                ShownName = "",
                At = clock.GetUtcNow(),
            },
            cancellation);
    }

    /// <summary>Every address that is read, in every form and with every filter, as each role.</summary>
    private async Task<List<(string Role, string Address, string Text)>> LookAsync()
    {
        var addresses = Addresses().ToList();
        Assert.True(addresses.Count > 30, "Too few addresses to say anything.");
        var seen = new List<(string, string, string)>();
        foreach (var role in Roles)
        {
            using var browsing = await Browsing.AsAsync(site, role);
            foreach (var address in addresses)
            {
                using var answer = await browsing.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
                Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError, $"{address} as {role}: {answer.StatusCode}");
                var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

                // Hashes and proofs of forms hold any digits.
                seen.Add((role, address, answer.Content.Headers.ContentType?.MediaType == "text/html" ? (await RunningSite.ParseAsync(answer)).Body!.TextContent : Hashes().Replace(body, "")));
            }
        }

        return seen;
    }

    private IEnumerable<string> Addresses()
    {
        var routes = site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(route => !route.Contains('{', StringComparison.Ordinal)).Distinct(StringComparer.Ordinal);
        string[] forms =
        [
            "/docs/a", "/docs/alone", "/search?q=zebra+crossing+paint", "/api/search?q=zebra+crossing+paint&facets=1", "/search/gap?q=zebra", "/changes?person=Quillon1+Varga", "/changes?format=csv", "/changes?person=Quillon1+Varga&format=csv",
            "/audit?format=csv", "/audit?format=jsonl", "/audit?text=Quillon", "/audit?kind=sign-in", "/history/a", "/history/a?format=csv", "/notices?page=1", "/feedback?done=resolved", "/api/documents?read=alone", "/search/section?read=alone&q=x",
        ];
        return routes.Concat(forms);
    }

    [GeneratedRegex("[0-9a-f]{32,}", RegexOptions.None, 1000)]
    private static partial Regex Hashes();
}
