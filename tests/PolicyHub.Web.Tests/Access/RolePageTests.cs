using System.Net;
using Microsoft.AspNetCore.Authorization;
using PolicyHub.Records.People;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Access;

/// <summary>Every page for a role, as the endpoints name them, asked for by every role: those who hold it get it, all others are refused.</summary>
public sealed class RolePageTests(AccessSite sites) : IClassFixture<AccessSite>
{
    /// <summary>What is for those who hold a role, by the policy that says so.</summary>
    private static readonly Dictionary<string, Role> RoleOf = Enum.GetValues<Role>().ToDictionary(role => role.ToString(), StringComparer.Ordinal);

    /// <summary>Whoever leads a desk has a page under a policy of its own, as counter PCs ask there who does.</summary>
    private const string LeadInPlace = "LeadInPlace";

    private IReadOnlyList<(string Route, Role Role)> Routes => [.. from endpoint in SiteRoutes.EndpointsOf(sites.Closed)
        from rule in endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>()
        let role = rule.Policy is LeadInPlace ? Role.Lead : RoleOf.TryGetValue(rule.Policy ?? "", out var named) ? named : (Role?)null
        where role is not null
        select (SiteRoutes.RouteOf(endpoint), role.Value)];

    [Theory]
    [InlineData("")]
    [InlineData("lead")]
    [InlineData("author")]
    [InlineData("approver")]
    [InlineData("auditor")]
    [InlineData("administrator")]
    public async Task Get_EveryPageForARole_AnswersThoseWhoHoldIt(string held)
    {
        using var browsing = await TestPeople.SignInAsync(sites.Closed, "Robin " + held, [], held.Length == 0 ? [] : [held]);
        foreach (var (route, role) in Routes.Distinct())
        {
            foreach (var address in SiteRoutes.OfNoText[route])
            {
                using var answer = await browsing.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);

                // A page about a document is not there without one.
                var open = address is "/changes/start" or "/changes/other" ? HttpStatusCode.NotFound : HttpStatusCode.OK;
                Assert.Equal((address, string.Equals(role.ToString(), held, StringComparison.OrdinalIgnoreCase) ? open : HttpStatusCode.Forbidden), (address, answer.StatusCode));
            }
        }
    }

    [Fact]
    public async Task Get_EveryPageForARole_WithNoNameOrNotSignedIn_LeadsToSigningIn()
    {
        foreach (var address in Routes.SelectMany(page => SiteRoutes.OfNoText[page.Route]).Distinct(StringComparer.Ordinal))
        {
            using var answer = await sites.Closed.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal((address, HttpStatusCode.Redirect), (address, answer.StatusCode));
        }
    }

    [Fact]
    public void Routes_OfAdministrationAndAudit_AllStandUnderARole()
    {
        var routes = Routes;
        var named = SiteRoutes.EndpointsOf(sites.Closed).Select(SiteRoutes.RouteOf).Where(route => route.StartsWith("/admin", StringComparison.Ordinal) || route.StartsWith("/audit", StringComparison.Ordinal)).ToList();

        Assert.True(named.Count >= 6, string.Join(' ', named));
        Assert.All(named, route => Assert.Contains(routes, page => page.Route == route && page.Role == (route.StartsWith("/audit", StringComparison.Ordinal) ? Role.Auditor : Role.Administrator)));
    }
}
