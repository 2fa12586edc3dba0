using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Access;

/// <summary>The site over <see cref="AccessLibrary"/> on 1 June 2026, three times: open to all on this machine, closed but for what is public, and closed.</summary>
public sealed class AccessSite : IAsyncLifetime
{
    private readonly Dictionary<string, RunningSite> sites = new(StringComparer.Ordinal);

    internal AccessLibrary Library { get; } = new();

    /// <summary>Where nobody need sign in.</summary>
    public RunningSite Open => sites["open"];

    /// <summary>Where whoever has not signed in reads what is public.</summary>
    public RunningSite Public => sites["public"];

    public RunningSite Closed => sites["closed"];

    public async ValueTask InitializeAsync()
    {
        foreach (var (name, open, isPublic) in new[] { ("open", "true", "false"), ("public", "false", "true"), ("closed", "false", "false") })
        {
            sites[name] = await RunningSite.StartAsync(
                new TestClock(new DateTimeOffset(2026, 6, 1, 15, 0, 0, TimeSpan.Zero)),
                ("PolicyHub:Library", Library.Repository.Folder), ("PolicyHub:SignIn:Open", open), ("PolicyHub:SignIn:Public", isPublic),
                ("PolicyHub:SearchesPerSecond", "100000"), ("PolicyHub:ExportsPerMinute", "100000"), ("PolicyHub:SignInsPerMinute", "100000"));
            await sites[name].UntilAsync("/health/ready", body => body.Length > 0, TimeSpan.FromSeconds(30));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var site in sites.Values)
        {
            await site.DisposeAsync();
        }

        Library.Dispose();
    }

    /// <summary>Somebody who reads, as the table of the test names them, and what they may see.</summary>
    internal async Task<(Browsing Browser, Sight Sight, string Way)> AsAsync(string reader) => reader switch
    {
        "nobody, nothing public" => (new Browsing(Closed.Address), Sight.Everybody with { Refused = true }, ""),
        "nobody" => (new Browsing(Public.Address), Sight.Everybody, ""),
        "staff without a name" => (new Browsing(Open.Address), new Sight(true, false), ""),
        "staff, as the public" => (new Browsing(Open.Address), Sight.Everybody, "as=public"),
        "auditor, as the public" => (await TestPeople.SignInAsync(Public, reader, ["hr"], "auditor"), Sight.Everybody, "as=public"),
        "reader" => (await TestPeople.SignInAsync(Public, reader, []), new Sight(true, false), ""),
        "hr" => (await TestPeople.SignInAsync(Public, reader, ["hr"]), new Sight(true, false, "hr"), ""),
        "legal" => (await TestPeople.SignInAsync(Closed, reader, ["legal"]), new Sight(true, false, "legal"), ""),
        "hr and legal" => (await TestPeople.SignInAsync(Closed, reader, ["hr", "legal"]), new Sight(true, false, "hr", "legal"), ""),
        "group that is gone" => (await TestPeople.SignInAsync(Closed, reader, ["gone", "public", "", "open", "nobody"]), new Sight(true, false), ""),
        "lead" => (await TestPeople.SignInAsync(Closed, reader, [], "lead desk:quiet"), new Sight(true, false), ""),
        "author" => (await TestPeople.SignInAsync(Closed, reader, [], "author", "author folder:vault"), new Sight(true, false), ""),
        "approver" => (await TestPeople.SignInAsync(Public, reader, [], "approver", "approver folder:vault"), new Sight(true, false), ""),
        "administrator" => (await TestPeople.SignInAsync(Closed, reader, [], "administrator"), new Sight(true, false), ""),
        "auditor" => (await TestPeople.SignInAsync(Closed, reader, [], "auditor"), new Sight(true, true), ""),
        _ => throw new ArgumentException("No such reader.", nameof(reader)),
    };
}
