using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Testing;
using PolicyHub.Web.Pages.Read;

namespace PolicyHub.Browser.Tests.Pages;

/// <summary>One page of every route and of every kind of document.</summary>
public static class Addresses
{
    public static TheoryData<string> Routes =>
    [
        "/", "/browse", "/changes", "/problems", "/accessibility", "/emergency", "/kind/policy", "/kind/term", "/kind/desk",
        "/tag/billing", "/audience/phone", "/area/policies/water", "/search", "/search?q=late+fee", "/search?q=watter+bil&kind=policy",
        "/search?q=wvfgtbkdl", "/search?q=wvfgtbkdl&kind=form", "/keys", "/evidence", "/evidence/policies/utility-billing/late-fees", "/search/gap?q=piano", "/search/gap?reported=1", "/search/gaps", "/search/why?q=late+fee&read=policies/utility-billing/late-fees%23how-the-late-fee-is-worked-out", "/docs/policies/nothing/late-fee-rules", "/search?kind=nonsense", "/docs/process/guest?view=poster",
        "/changes?area=policies&kind=policy&person=a", "/history/policies/utility-billing/late-fees", "/history/policies/utility-billing/late-fees?on=2026-09-01", "/compare/policies/utility-billing/late-fees",
        "/compare/policies/utility-billing/late-fees?from=1&view=source", "/compare/policies/utility-billing/late-fees?from=1&view=details", "/compare?from=2026-02-01&to=2026-11-23", "/compare/policies/utility-billing/late-fees?from=99",
        "/docs/policies/utility-billing/late-fees?on=2026-01-15", "/search?q=late+fee&on=2026-01-15", "/?for=2025-06-01", "/docs/policies/utility-billing/late-fees?on=2020-01-01", "/search/history", "/search/history?q=late+fee", "/?on=nonsense",
    ];

    public static TheoryData<string> Kinds => [.. DocumentKinds.All.Select(kind => kind.Slug())];

    /// <summary>The fullest document of a kind, with words marked as when it was searched for.</summary>
    public static string OfKind(RunningSite site, string kind)
    {
        ArgumentNullException.ThrowIfNull(site);
        var documents = site.Edition.Documents(Reader.Anyone).Where(document => document.Kind.Slug() == kind).ToList();
        Assert.NotEmpty(documents);
        return ReadLinks.Document(documents.MaxBy(Length)!, marking: "the city");
    }

    public static IReadOnlyList<string> OfEveryDocument(RunningSite site)
    {
        ArgumentNullException.ThrowIfNull(site);
        return [.. site.Edition.Documents(Reader.Anyone).Select(document => ReadLinks.Document(document))];
    }

    private static int Length(EditionDocument document) => document.Rendered.Html.Value.Length;
}
