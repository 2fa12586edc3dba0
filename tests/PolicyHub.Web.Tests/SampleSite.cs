using PolicyHub.Testing;

[assembly: AssemblyFixture(typeof(PolicyHub.Web.Tests.SampleSite))]

namespace PolicyHub.Web.Tests;

/// <summary>A small city with one document of every kind, at one known minute: Tuesday, 3 March 2026, 10:00 in Chicago.</summary>
public sealed class SampleSite : IAsyncLifetime
{
    /// <summary>Pictures and forms here are text: what is tested is how they are sent.</summary>
    public const string ActiveSvg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";

    private readonly TestRepository repository = SampleLibrary.Create();

    public TestClock Clock { get; } = new(new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero));

    /// <summary>The repository of the site, for who compares with it.</summary>
    public string Repository => repository.Folder;

    public RunningSite Site { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        repository.Flush();
        Site = await RunningSite.StartAsync(Clock, ("PolicyHub:Library", repository.Folder));
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        repository.Dispose();
    }
}
