using PolicyHub.Testing;

[assembly: AssemblyFixture(typeof(PolicyHub.Web.Tests.AsOf.PastSite))]

namespace PolicyHub.Web.Tests.AsOf;

/// <summary>The site over <see cref="PastLibrary"/>, on 1 June 2026.</summary>
public sealed class PastSite : IAsyncLifetime
{
    private readonly TestRepository repository = PastLibrary.Create();

    public RunningSite Site { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Site = await RunningSite.StartAsync(
        new TestClock(new DateTimeOffset(2026, 6, 1, 15, 0, 0, TimeSpan.Zero)), ("PolicyHub:Library", repository.Folder));

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        repository.Dispose();
    }
}
