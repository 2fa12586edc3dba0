namespace PolicyHub.Browser.Tests.Pages;

/// <summary>Nothing scrolls sideways but a wide table or a program's text in its own frame: 200 % of a desk's screen, and 320 pixels.</summary>
public sealed class ReflowTests(StarterSite starter)
{
    public static TheoryData<string> Routes => Addresses.Routes;

    public static TheoryData<string> Kinds => Addresses.Kinds;

    [Theory]
    [MemberData(nameof(Routes))]
    public Task Open_RouteNarrowOrZoomed_DoesNotScrollSideways(string address) => AssertFitsAsync(address);

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task Open_KindNarrowOrZoomed_DoesNotScrollSideways(string kind) => AssertFitsAsync(Addresses.OfKind(starter.Site, kind));

    [Fact]
    public async Task Open_EveryDocumentNarrow_DoesNotScrollSideways()
    {
        Assert.SkipUnless(StarterSite.IsLong, "Every page is for tests/run.sh --long.");
        foreach (var address in Addresses.OfEveryDocument(starter.Site))
        {
            await AssertFitsAsync(address);
        }
    }

    private Task AssertFitsAsync(string address) => starter.VisitAsync(
        async visitor =>
        {
            visitor.Forgive("status of 40");
            visitor.Forgive("answer 40");
            await visitor.OpenAsync(address);
            Assert.Empty(await Reflow.FindAsync(visitor.Page));
        });
}
