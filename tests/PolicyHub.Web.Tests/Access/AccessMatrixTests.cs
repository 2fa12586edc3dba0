using System.Net;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Access;

/// <summary>Every route, for every reader, about every kind of rule: no word of what is hidden stands in any answer, and what may be seen is seen.</summary>
public sealed class AccessMatrixTests(AccessSite sites) : IClassFixture<AccessSite>
{
    /// <summary>What whoever has not signed in may ask for, though nothing is public: it holds nothing of the library.</summary>
    private static readonly string[] ForAnybody = ["/keys", "/accessibility", "/error/{status:int}", "/theme/theme.css", "/theme/logo", "/theme/favicon", "/health/live", "/health/ready", "/sign-in", "/sign-in/trouble", "/sign-in/code", "/welcome", "/counter-pc", "/sign-out", "/look"];

    /// <summary>What is for staff, though much is public.</summary>
    private static readonly string[] ForStaff = ["/history/{**path}", "/changes", "/changes.atom", "/compare", "/compare/{**path}", "/evidence/{**path}", "/search/history", "/search/gaps", "/problems", "/audit"];

    private static readonly string[] Days = ["", "on=2026-01-12", "on=2026-01-25", "on=2026-02-20", "on=2026-03-12", "on=2026-03-14", "for=2026-01-12", "for=2026-02-20", "for=2027-01-01"];

    private static readonly string[] Readers =
    [
        "nobody, nothing public", "nobody", "staff, as the public", "auditor, as the public", "staff without a name", "reader", "hr", "legal", "hr and legal", "group that is gone",
        "lead", "author", "approver", "administrator", "auditor",
    ];

    public static TheoryData<string> EveryReader => [.. Readers];

    [Theory]
    [MemberData(nameof(EveryReader))]
    public async Task Ask_EveryRoute_SaysNoWordOfWhatIsHidden(string reader)
    {
        var (browser, sight, way) = await sites.AsAsync(reader);
        using var disposing = browser;
        var words = sites.Library.Words.ToDictionary(word => word.Word, StringComparer.Ordinal);
        var routes = sites.Library.Routes;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var leaks = new List<string>();
        foreach (var day in DaysOf(reader, sight))
        {
            foreach (var address in routes.All)
            {
                var asked = SiteRoutes.With(SiteRoutes.With(address, day), way);
                foreach (var method in day.Length == 0 ? new[] { HttpMethod.Get, HttpMethod.Head } : [HttpMethod.Get])
                {
                    using var request = new HttpRequestMessage(method, new Uri(asked, UriKind.Relative));
                    using var response = await browser.Client.SendAsync(request, TestContext.Current.CancellationToken);
                    var answer = await Answer.OfAsync(response);
                    if ((int)answer.Status >= 500)
                    {
                        leaks.Add($"{method} {asked}: {answer.Status}");
                    }

                    // What was asked for stands in what answers it, and tells nothing.
                    foreach (var word in answer.Found.Where(word => !asked.Contains(word, StringComparison.Ordinal)))
                    {
                        if (sight.May(words[word]))
                        {
                            seen.Add(word);
                        }
                        else
                        {
                            leaks.Add($"{method} {asked}: {words[word]} in {Around(answer, word)}");
                        }
                    }
                }
            }
        }

        Assert.True(leaks.Count == 0, $"{leaks.Count}:\n{string.Join('\n', leaks.Take(40))}");

        // Else the test would pass on a site that shows nothing.
        Assert.Equal([], words.Values.Where(word => word.IsShown && sight.May(word) && !seen.Contains(word.Word)));
    }

    [Fact]
    public async Task Ask_NotSignedInAndNothingPublic_GivesNothingButTheWayIn()
    {
        var (browser, _, _) = await sites.AsAsync("nobody, nothing public");
        using var disposing = browser;
        foreach (var (route, addresses) in Listed.Where(listed => !ForAnybody.Contains(listed.Key)))
        {
            foreach (var address in addresses)
            {
                AssertRefused(await AskAsync(browser, address), route, address);
            }
        }

        foreach (var address in Listed.Where(listed => ForAnybody.Contains(listed.Key)).SelectMany(listed => listed.Value))
        {
            var answer = await AskAsync(browser, address);
            Assert.DoesNotContain(new[] { "Clerk", "Rules", "hr", sites.Closed.Edition.Head.Hex[..10] }, fact => answer.Body.Contains($">{fact}<", StringComparison.Ordinal) || answer.Body.Contains($"\"{fact}\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Ask_NotSignedInWhereMuchIsPublic_IsRefusedWhatIsForStaff()
    {
        var (browser, _, _) = await sites.AsAsync("nobody");
        using var disposing = browser;
        foreach (var (route, addresses) in Listed.Where(listed => ForStaff.Contains(listed.Key)))
        {
            foreach (var address in addresses.Where(address => !address.StartsWith("/search?", StringComparison.Ordinal) && !address.StartsWith("/api/", StringComparison.Ordinal)))
            {
                AssertRefused(await AskAsync(browser, address), route, address);
            }
        }
    }

    /// <summary>What is for auditors is for nobody else, however much they may do.</summary>
    [Fact]
    public async Task Ask_TheAuditLog_IsGivenToAuditorsAlone()
    {
        foreach (var reader in Readers.Where(reader => !reader.StartsWith("nobody", StringComparison.Ordinal)))
        {
            var (browser, sight, _) = await sites.AsAsync(reader);
            using var disposing = browser;
            var answer = await AskAsync(browser, "/audit");
            Assert.Equal((reader, sight.SeesAll || reader.StartsWith("auditor", StringComparison.Ordinal) ? HttpStatusCode.OK : HttpStatusCode.Forbidden), (reader, answer.Status));
        }
    }

    [Fact]
    public void Routes_OfTheSite_AreAllListed() => Assert.Equal([], sites.Library.Routes.Unlisted(sites.Open));

    private IEnumerable<KeyValuePair<string, string[]>> Listed => sites.Library.Routes.OfTheDay.Concat(sites.Library.Routes.OfHistory).Concat(SiteRoutes.OfNoText);

    /// <summary>Everybody reads the past on its days alone; staff also read all of it today, so that one day more is looked at, another for each reader, and all in the long run.</summary>
    private static string[] DaysOf(string reader, Sight sight) => LongRun.IsWanted || !sight.IsStaff
        ? Days
        : [Days[0], Days[1 + (Array.IndexOf(Readers, reader) % (Days.Length - 1))]];

    private static void AssertRefused(Answer answer, string route, string address)
    {
        Assert.True(answer.Status is HttpStatusCode.Redirect or HttpStatusCode.Unauthorized, $"{route} {address}: {answer.Status}");
        Assert.True(answer.Status != HttpStatusCode.Redirect || answer.Headers.Contains("Location: /sign-in", StringComparison.Ordinal), $"{route} {address}: {answer.Headers}");
        Assert.DoesNotContain("ommon", answer.Body, StringComparison.Ordinal);
    }

    private static async Task<Answer> AskAsync(Browsing browser, string address)
    {
        using var response = await browser.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        return await Answer.OfAsync(response);
    }

    private static string Around(Answer answer, string word)
    {
        var all = answer.Headers + answer.Body;
        var at = all.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? "(between tags)" : all[Math.Max(0, at - 120)..Math.Min(all.Length, at + 40)].ReplaceLineEndings(" ");
    }
}
