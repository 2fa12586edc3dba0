using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Access;

/// <summary>Who may ask for what is said at each endpoint, and what changes something wants the proof of a form; each exception stands here with its reason.</summary>
public sealed class EndpointTests(AccessSite sites) : IClassFixture<AccessSite>
{
    /// <summary>What anybody may ask for, though nothing is public.</summary>
    private static readonly Dictionary<string, string> ForAnybody = new(StringComparer.Ordinal)
    {
        ["/keys"] = "Says how the site is used, not what it holds.",
        ["/accessibility"] = "Must be readable by whoever can't sign in.",
        ["/error/{status:int}"] = "Shows why a request failed, whoever made it.",
        ["/theme/theme.css"] = "The look of the page to sign in on.",
        ["/theme/logo"] = "The same.",
        ["/theme/favicon"] = "The same.",
        ["/look"] = "A choice of colours, kept in the browser alone.",
        ["/health/live"] = "Asked by what watches the site.",
        ["/health/ready"] = "The same.",
        ["/sign-in"] = "The way in.",
        ["/sign-in/trouble"] = "Says why the way in is closed.",
        ["/sign-in/code"] = "The second step of the way in.",
        ["/welcome"] = "Where an invitation leads, which is its own key.",
        ["/counter-pc"] = "Where a counter PC is enrolled by its own key.",
        ["/sign-out"] = "The way out, also when the session has ended already.",
        ["{**path:file}"] = "Styles and scripts of ours.",
    };

    /// <summary>What takes a form without its proof.</summary>
    private static readonly Dictionary<string, string> WithoutProof = new(StringComparer.Ordinal)
    {
        ["/look"] = "Changes a cookie of colours and nothing else.",
        ["/api/search/outcome"] = "Adds to a count; whoever could send it from elsewhere could search as well.",
        ["/keys"] = "Turns keys on and off in this browser and nothing else.",
        ["/health/live"] = "Reads, by whatever method it is asked.",
        ["/health/ready"] = "The same.",
        ["/error/{status:int}"] = "Shows the failure of any request, a form without proof among them.",
    };

    [Fact]
    public void Endpoints_OpenToAnybody_AreThoseThatAreListed()
    {
        var open = SiteRoutes.EndpointsOf(sites.Closed).Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(SiteRoutes.RouteOf).Distinct().ToList();

        Assert.Equal([], open.Except(ForAnybody.Keys));
        Assert.Equal([], ForAnybody.Keys.Except(["{**path:file}"]).Except(open));
    }

    [Fact]
    public void Endpoints_All_StandUnderAPolicy()
    {
        var options = sites.Closed.Services.GetRequiredService<IOptions<AuthorizationOptions>>().Value;
        Assert.NotNull(options.FallbackPolicy);
        foreach (var endpoint in SiteRoutes.EndpointsOf(sites.Closed).Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            foreach (var rule in endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>())
            {
                // A policy of a wrong name would fail only when it is asked for.
                Assert.True(rule.Policy is null || options.GetPolicy(rule.Policy) is not null, $"{SiteRoutes.RouteOf(endpoint)} names the policy {rule.Policy}, which there is not.");
            }
        }
    }

    [Fact]
    public async Task Post_WithoutTheProofOfAForm_IsRefusedByEveryEndpoint()
    {
        using var browsing = await TestPeople.SignInAsync(sites.Closed, "Forms", [], "administrator", "auditor", "lead", "author", "approver");
        var listed = sites.Library.Routes.OfTheDay.Concat(sites.Library.Routes.OfHistory).Concat(SiteRoutes.OfNoText).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var asked = 0;
        foreach (var endpoint in SiteRoutes.EndpointsOf(sites.Closed).Where(TakesForms).Where(endpoint => !WithoutProof.ContainsKey(SiteRoutes.RouteOf(endpoint))).DistinctBy(SiteRoutes.RouteOf))
        {
            var page = endpoint.Metadata.GetMetadata<PageActionDescriptor>();
            Assert.True(page is not null && endpoint.Metadata.GetMetadata<IgnoreAntiforgeryTokenAttribute>() is null, $"{SiteRoutes.RouteOf(endpoint)} takes forms without their proof.");
            var route = SiteRoutes.RouteOf(endpoint);
            var address = listed[route] is [var first, ..] ? first : route.Replace("{id:guid}", Guid.Empty.ToString("D"), StringComparison.Ordinal).Replace("{handler}", "block", StringComparison.Ordinal);
            using var form = new FormUrlEncodedContent([new("a", "b")]);
            using var answer = await browsing.Client.PostAsync(new Uri(address, UriKind.Relative), form, TestContext.Current.CancellationToken);
            Assert.Equal((address, HttpStatusCode.BadRequest), (address, answer.StatusCode));
            asked++;
        }

        Assert.True(asked > 20, $"{asked}");
    }

    private static bool TakesForms(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not { HttpMethods.Count: > 0 } methods || methods.HttpMethods.Any(method => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method));
}
