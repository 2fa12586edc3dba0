using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Access;

/// <summary>
/// Of two libraries, one with documents that a reader may not see and one that never had them, every answer is the same to that reader, byte by
/// byte: no count, order, score, spelling, state or empty line tells that there is something. What names commits and texts by their hashes is
/// masked, and so is the day of the last commit at the foot of each page, as the libraries' histories are not the same.
/// </summary>
public sealed partial class TwinTests : IAsyncLifetime
{
    private readonly Dictionary<string, (TwinLibrary Library, RunningSite Site)> sites = new(StringComparer.Ordinal);

    public async ValueTask InitializeAsync()
    {
        foreach (var (name, rule) in new (string, string?)[] { ("without", null), ("hr", "access: hr\n"), ("staff", "# for staff\n") })
        {
            var library = new TwinLibrary(rule);
            var site = await RunningSite.StartAsync(
                new TestClock(new DateTimeOffset(2026, 6, 1, 15, 0, 0, TimeSpan.Zero)),
                ("PolicyHub:Library", library.Repository.Folder), ("PolicyHub:SignIn:Open", "false"), ("PolicyHub:SignIn:Public", "true"),
                ("PolicyHub:SearchesPerSecond", "100000"), ("PolicyHub:ExportsPerMinute", "100000"), ("PolicyHub:SignInsPerMinute", "100000"));
            sites[name] = (library, site);
            await site.UntilAsync("/health/ready", body => body.Length > 0, TimeSpan.FromSeconds(30));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (library, site) in sites.Values)
        {
            await site.DisposeAsync();
            library.Dispose();
        }
    }

    [Theory]
    [InlineData("nobody", "hr")]
    [InlineData("nobody", "staff")]
    [InlineData("reader", "hr")]
    [InlineData("author", "hr", "author folder:vault")]
    [InlineData("administrator", "hr", "administrator")]
    public async Task Ask_EveryRoute_TellsNotThatSomethingIsHidden(string reader, string hidden, params string[] grants)
    {
        using var with = await AsAsync(hidden, reader, [], grants);
        using var without = await AsAsync("without", reader, [], grants);
        await UntilReadAsync(with);
        await UntilReadAsync(without);
        var told = (await AskAllAsync(with, without)).Where(answer => answer.One != answer.Other)
            .GroupBy(answer => Difference(answer.One, answer.Other), answer => answer.Asked, StringComparer.Ordinal).ToList();
        Assert.True(told.Count == 0, string.Join('\n', told.Select(one => string.Join(' ', one.Take(6)) + one.Key)));
    }

    /// <summary>The positive control: whoever may see them is told, wherever something is counted or listed.</summary>
    [Fact]
    public async Task Ask_AsOneWhoMaySee_TellsMore()
    {
        using var with = await AsAsync("hr", "hr", ["hr"]);
        using var without = await AsAsync("without", "hr", ["hr"]);
        var told = (await AskAllAsync(with, without)).Where(answer => answer.One != answer.Other).Select(answer => answer.Asked).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(
            [],
            new[]
            {
                "/docs/rules/first", "/docs/rules/secret", "/problems", "/id/TW-101", "/kind/policy", "/tag/common", "/audience/phone", "/area/rules", "/browse", "/search?q=common",
                "/api/search?q=common&limit=50&facets=1", "/search/history?q=common", "/history/rules/secret", "/changes", "/changes?format=csv", "/changes.atom", "/compare?from=2026-01-01&to=2026-06-01", "/files/vault/plan.png",
            }.Except(told));
    }

    private async Task<Browsing> AsAsync(string site, string reader, string[] groups, params string[] grants) =>
        reader == "nobody" ? new Browsing(sites[site].Site.Address) : await TestPeople.SignInAsync(sites[site].Site, reader, groups, grants);

    private async Task<List<(string Asked, string One, string Other)>> AskAllAsync(Browsing with, Browsing without)
    {
        var answers = new List<(string, string, string)>();
        foreach (var day in new[] { "", "on=2026-02-05" })
        {
            foreach (var address in TwinLibrary.Routes.All.Where(address => address is not ("/sign-out" or "/audit" or "/account/authenticator" or "/account/authenticator.svg")))
            {
                // What was opened last stands first: no two pages are opened at one instant.
                foreach (var (_, site) in sites.Values)
                {
                    ((TestClock)site.Services.GetRequiredService<TimeProvider>()).Advance(TimeSpan.FromSeconds(1));
                }

                var asked = SiteRoutes.With(address, day);
                answers.Add((asked, await AskAsync(with, asked), await AskAsync(without, asked)));
            }
        }

        return answers;
    }

    /// <summary>How much of the history is read yet is told by the clock, not by what is hidden in it.</summary>
    private static async Task UntilReadAsync(Browsing browsing)
    {
        for (var looked = 0; looked < 600 && (await AskAsync(browsing, "/search/history?q=common")).Contains("Still reading", StringComparison.Ordinal); looked++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>What an answer says, without what differs from one question to the next or names a commit or a text.</summary>
    private static async Task<string> AskAsync(Browsing browsing, string asked)
    {
        using var answer = await browsing.Client.GetAsync(new Uri(asked, UriKind.Relative), TestContext.Current.CancellationToken);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var body = bytes.AsSpan().StartsWith("PK"u8) ? Names(bytes) : System.Text.Encoding.UTF8.GetString(bytes);
        var headers = string.Concat(answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Date" or "Content-Length" or "Set-Cookie" or "ETag")).Select(header => $"{header.Key}: {string.Join(", ", header.Value)}\n"));
        return Changing().Replace($"{(int)answer.StatusCode}\n{headers}\n{body}", "#");
    }

    /// <summary>
    /// What is in a pack of evidence. Of the objects of git it leaves out folders in which hidden files stand, so that their absence tells of some:
    /// known, and told of in the pack itself.
    /// </summary>
    private static string Names(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        return string.Join('\n', archive.Entries.Select(entry => entry.FullName).Where(name => !name.StartsWith("objects/", StringComparison.Ordinal)));
    }

    private static string Difference(string one, string other)
    {
        var at = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        string Around(string text) => text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 90)].ReplaceLineEndings(" ");
        return $"\n   with    …{Around(one)}…\n   without …{Around(other)}…";
    }

    [GeneratedRegex("""(?<=as published )<time.*?</time>|(?<=__RequestVerificationToken" value=")[^"]+|(?<=127\.0\.0\.1:)\d+|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{7,64}\b|\b0H[0-9A-Z]{11}(:[0-9A-F]{8})?|"(took|tookMs|milliseconds)":[0-9.]+""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Changing();
}
